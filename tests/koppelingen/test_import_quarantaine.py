"""A wrong row goes to quarantine, what refers to it follows, everything else loads."""

import json

import pytest

from casework.models import Inschrijving, Jongere, Verzuimmelding
from koppelingen.models import Quarantaine
from koppelingen.pakket.lezer import unseal
from tests.koppelingen.pakketten import (
    BSN1,
    EEN_JONGERE,
    JONGEREN,
    MELDINGEN,
    SCHOOL,
    afgekeurd,
    lees_in,
    redenen,
)

pytestmark = pytest.mark.django_db

INSCHRIJVINGEN = "bron_id;jongere_id;school_id;onderwijssoort;begindatum;einddatum\n"


@pytest.mark.parametrize(
    ("bestand", "kop", "rij", "kolom", "reden"),
    [
        (
            "jongeren",
            JONGEREN,
            "j2;910000002;;Wit;Kim;2010-05-01;0637",
            "bsn",
            "Dit is geen geldig BSN: negen cijfers die door de elfproef komen.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;10000001;;Wit;Kim;2010-05-01;0637",
            "bsn",
            "Dit is geen geldig BSN: negen cijfers die door de elfproef komen.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;12345;Wit;Kim;2010-05-01;0637",
            "onderwijsnummer",
            "Dit is geen onderwijsnummer: het heeft negen cijfers.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;;Kim;2010-05-01;0637",
            "achternaam",
            "Deze cel is verplicht en is leeg.",
        ),
        (
            "jongeren",
            JONGEREN,
            f"j2;;;{'a' * 201};Kim;2010-05-01;0637",
            "achternaam",
            "De tekst is langer dan 200 tekens.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;01-05-2010;0637",
            "geboortedatum",
            "Dit is geen datum in de vorm JJJJ-MM-DD.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;2010-02-30;0637",
            "geboortedatum",
            "Deze datum bestaat niet.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;2005-00-00;0637",
            "geboortedatum",
            "Deze datum bestaat niet.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;1900-01-01;0637",
            "geboortedatum",
            "Dit is een opvuldatum. Laat de cel leeg als de datum onbekend is.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;2110-05-01;0637",
            "geboortedatum",
            "De geboortedatum ligt in de toekomst.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;2010-05-01;637",
            "gemeentecode",
            "Dit is geen code van vier cijfers.",
        ),
        (
            "jongeren",
            JONGEREN,
            ";;;Wit;Kim;2010-05-01;0637",
            "bron_id",
            "bron_id moet gevuld zijn, met hoogstens 64 tekens.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;Wit;Kim;2010-05-01",
            "",
            "De rij heeft 6 cellen, de kop heeft er 7.",
        ),
        (
            "jongeren",
            JONGEREN,
            'j2;;;"Wit"x;Kim;2010-05-01;0637',
            "",
            "De aanhalingstekens in deze rij kloppen niet.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j2;;;W\0it;Kim;2010-05-01;0637",
            "",
            "De rij bevat een teken (NUL) dat niet bewaard kan worden.",
        ),
        (
            "jongeren",
            JONGEREN,
            "j1;;;Wit;Kim;2010-05-01;0637",
            "bron_id",
            "Dit bron_id staat al eerder in het bestand.",
        ),
        (
            "inschrijvingen",
            INSCHRIJVINGEN,
            "i1;j1;s1;GYMNASIUM;2023-08-01;",
            "onderwijssoort",
            "'GYMNASIUM' is geen code van deze lijst, en codemapping.csv vertaalt hem niet.",
        ),
        (
            "inschrijvingen",
            INSCHRIJVINGEN,
            f"i1;j1;s1;{BSN1};2023-08-01;",
            "onderwijssoort",
            "Deze waarde (9 cijfers) is geen code van deze lijst,"
            " en codemapping.csv vertaalt hem niet.",
        ),
        (
            "inschrijvingen",
            INSCHRIJVINGEN,
            "i1;j1;s1;HAVO;2023-08-01;2023-07-31",
            "einddatum",
            "De inschrijving eindigt voor zij begint.",
        ),
        (
            "inschrijvingen",
            INSCHRIJVINGEN,
            "i1;j9;s1;HAVO;2023-08-01;",
            "jongere_id",
            "Geen rij in jongeren.csv heeft het bron_id dat in jongere_id staat.",
        ),
        (
            "inschrijvingen",
            INSCHRIJVINGEN,
            "i1;j1;s9;HAVO;2023-08-01;",
            "school_id",
            "Geen rij in scholen.csv heeft het bron_id dat in school_id staat.",
        ),
        (
            "adressen",
            "bron_id;jongere_id;relatie_id;van;tot\n",
            "a1;;;2020-01-01;",
            "jongere_id",
            "Precies een van jongere_id en relatie_id moet gevuld zijn.",
        ),
        (
            "adressen",
            "bron_id;jongere_id;relatie_id;van;tot\n",
            "a1;j1;;2020-01-01;2019-01-01",
            "tot",
            "De einddatum van het adres ligt voor de begindatum.",
        ),
        (
            "verzuimmeldingen",
            "bron_id;jongere_id;soort;melddatum;status;uren\n",
            "m1;j1;V3;2023-10-01;B;16,5",
            "uren",
            "Dit is geen getal van 0 of hoger met een decimale punt.",
        ),
        (
            "verzuimmeldingen",
            "bron_id;jongere_id;soort;melddatum;status;uren\n",
            "m1;j1;V3;2023-10-01;B;123456",
            "uren",
            "Dit getal is te groot.",
        ),
        (
            "verzuimmeldingen",
            "bron_id;jongere_id;soort;melddatum;status;aantal_te_laat\n",
            "m1;j1;V3;2023-10-01;B;-3",
            "aantal_te_laat",
            "Dit is geen heel getal van 0 of hoger.",
        ),
        (
            "verzuimmeldingen",
            "bron_id;jongere_id;soort;melddatum;status;alle_lessen\n",
            "m1;j1;V3;2023-10-01;B;ja",
            "alle_lessen",
            "Vul J of N in.",
        ),
        (
            "contactmomenten",
            "bron_id;jongere_id;datum;kanaal\n",
            "c1;j1;2023-10-01T10:00:00;MAIL",
            "datum",
            "Bij het tijdstip ontbreekt het verschil met UTC, zoals +01:00.",
        ),
        (
            "vsv_duo",
            "gebied_soort;gebied_naam;schooljaar;status\n",
            "land;Nederland;2022;definitief",
            "schooljaar",
            "Dit is geen schooljaar, zoals 2022-2023.",
        ),
        (
            "codemapping",
            "lijst;bron_code;doel_code\n",
            "redenen;X;WERK",
            "lijst",
            "Deze lijst bestaat niet. Noem de kolom, of bestand.kolom.",
        ),
        (
            "documenten",
            "bron_id;jongere_id;pad;bestandsnaam;bytes;sha256\n",
            "d1;j1;../../etc/passwd;x;1;00",
            "pad",
            "Het pad is niet toegestaan: het moet binnen documenten/ liggen.",
        ),
        (
            "documenten",
            "bron_id;jongere_id;pad;bestandsnaam;bytes;sha256\n",
            "d1;j1;weg.pdf;x;1;00",
            "pad",
            "Dit document zit niet in het pakket.",
        ),
    ],
)
def test_a_wrong_row(tmp_path, bestand, kop, rij, kolom, reden):
    bestanden = {"scholen": SCHOOL, "jongeren": EEN_JONGERE}
    eerste = bestanden.get(bestand, kop)
    bestanden[bestand] = eerste + rij + "\n"

    rapport = lees_in(tmp_path, **bestanden)

    rijnummer = eerste.count("\n") + 1
    assert afgekeurd(rapport) == [(f"{bestand}.csv", rijnummer, kolom)]
    assert redenen(rapport) == [reden]
    assert rapport["totaal"]["geladen"] == 2
    assert BSN1 not in json.dumps(rapport)


def test_what_refers_to_a_refused_row_follows_it(tmp_path):
    rapport = lees_in(
        tmp_path,
        jongeren=EEN_JONGERE + "j2;;;Wit;Kim;geen;0637\n",
        werkprocessen="bron_id;jongere_id;soort;gestart_op;status\n"
        "w1;j1;RELATIEF;2023-10-01;OPEN\nw2;j2;RELATIEF;2023-10-01;OPEN\n",
        verzuimmeldingen=MELDINGEN
        + "m1;j1;V3;2023-10-01;;B;;w1\nm2;j1;V3;2023-10-01;;B;;w2\nm3;j1;V3;2023-10-01;;B;;\n",
        verzuimdagen="melding_id;datum\nm1;2023-09-20\nm2;2023-09-20\n",
    )

    assert afgekeurd(rapport) == [
        ("jongeren.csv", 3, "geboortedatum"),
        ("werkprocessen.csv", 3, "jongere_id"),
        ("verzuimmeldingen.csv", 3, "werkproces_id"),
        ("verzuimdagen.csv", 3, "melding_id"),
    ]
    assert redenen(rapport)[1:] == [
        "De rij waarnaar jongere_id verwijst (jongeren.csv) is zelf afgekeurd.",
        "De rij waarnaar werkproces_id verwijst (werkprocessen.csv) is zelf afgekeurd.",
        "De rij waarnaar melding_id verwijst (verzuimmeldingen.csv) is zelf afgekeurd.",
    ]
    assert Verzuimmelding.objects.count() == 2


def test_of_two_rows_with_one_bron_id_the_first_counts(tmp_path):
    rapport = lees_in(
        tmp_path,
        scholen=SCHOOL,
        jongeren=EEN_JONGERE + "j1;;;Wit;Kim;2010-05-01;0637\n",
        inschrijvingen=INSCHRIJVINGEN + "i1;j1;s1;HAVO;2023-08-01;\n",
    )

    assert Jongere.objects.get().achternaam == "Jansen"
    assert Inschrijving.objects.get().jongere.achternaam == "Jansen"
    assert rapport["totaal"]["quarantaine"] == 1


def test_a_second_row_does_not_replace_a_refused_first_one(tmp_path):
    rapport = lees_in(
        tmp_path, jongeren=JONGEREN + "j1;;;Wit;Kim;geen;0637\nj1;;;Wit;Kim;2010-05-01;0637\n"
    )

    assert afgekeurd(rapport) == [
        ("jongeren.csv", 2, "geboortedatum"),
        ("jongeren.csv", 3, "bron_id"),
    ]


def test_double_days_of_one_melding(tmp_path):
    rapport = lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        verzuimmeldingen=MELDINGEN + "m1;j1;V3;2023-10-01;;B;;\n",
        verzuimdagen="melding_id;datum\nm1;2023-09-20\nm1;2023-09-20\n",
    )

    assert redenen(rapport) == ["Een rij met dezelfde melding_id en datum staat al in het bestand."]


def test_what_only_the_database_can_refuse_is_found_row_by_row(tmp_path):
    """99999.999 fits the form and rounds to a number that the column cannot hold."""
    rijen = "".join(f"m{n};j1;V3;2023-10-01;B;1\n" for n in range(20))
    rapport = lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        verzuimmeldingen="bron_id;jongere_id;soort;melddatum;status;uren\n"
        f"{rijen}x;j1;V3;2023-10-01;B;99999.999\ny;j1;V3;2023-10-01;B;2\n",
    )

    assert afgekeurd(rapport) == [("verzuimmeldingen.csv", 22, "")]
    assert redenen(rapport) == ["De database weigert deze rij."]
    assert Verzuimmelding.objects.count() == 21


def test_refused_rows_are_kept_whole_but_sealed(tmp_path):
    lees_in(tmp_path, jongeren=JONGEREN + "j2;123456789;;Wit;Kim;2010-05-01;0637\n")

    row = Quarantaine.objects.get()
    assert (row.bestand, row.rijnummer, row.kolom) == ("jongeren", 2, "bsn")
    assert "123456789" not in json.dumps(row.rij)
    assert unseal(row.rij) == {
        "bron_id": "j2",
        "bsn": "123456789",
        "onderwijsnummer": "",
        "achternaam": "Wit",
        "voornamen": "Kim",
        "geboortedatum": "2010-05-01",
        "gemeentecode": "0637",
    }


def test_a_bron_id_that_looks_like_a_bsn_is_not_told(tmp_path):
    rapport = lees_in(tmp_path, jongeren=JONGEREN + f"{BSN1};;;Wit;Kim;geen;0637\n")

    assert rapport["afgekeurde_rijen"][0]["bron_id"] == "••••••001"


def test_every_count_adds_up(tmp_path):
    rapport = lees_in(
        tmp_path,
        jongeren=EEN_JONGERE + "j2;;;Wit;Kim;geen;0637\nj1;;;x;;2010-01-01;\n",
        verzuimmeldingen=MELDINGEN + "m1;j1;V3;2023-10-01;;B;;\nm2;j2;V3;2023-10-01;;B;;\n",
    )

    for telling in rapport["bestanden"].values():
        assert telling["gelezen"] == sum(telling.values()) - telling["gelezen"]


@pytest.mark.parametrize("lijst", ["reden", "verzuimmeldingen.reden", "rdn"])
def test_codemapping_translates_before_validation(tmp_path, lijst):
    rapport = lees_in(
        tmp_path,
        codemapping=f"lijst;bron_code;doel_code;besluit_door\n{lijst};SPIJBEL;MOTIVATIE;A. Baas\n",
        jongeren=EEN_JONGERE,
        verzuimmeldingen="bron_id;jongere_id;soort;melddatum;status;reden\n"
        "m1;j1;V3;2023-10-01;B;SPIJBEL\nm2;j1;V3;2023-10-01;B;SPIJBELEN\n",
    )

    assert [m.reden for m in Verzuimmelding.objects.all()] == ["MOTIVATIE"]
    assert afgekeurd(rapport) == [("verzuimmeldingen.csv", 3, "reden")]
