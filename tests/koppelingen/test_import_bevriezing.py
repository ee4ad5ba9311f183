"""What loading freezes: gemeente and taak of every fact, state, dossiers; and what it starts."""

import pytest
from django.core import mail

from accounts.models import Gebeurtenis, Gebruiker
from casework.models import Actie, Contactmoment, Dossier, Jongere, Verzuimmelding, Werkproces
from doorstroompunt.models import Traject
from leerplicht.models import Vrijstelling
from tests.koppelingen.pakketten import EEN_JONGERE, JONGEREN, MELDINGEN, RIJK, lees_in

pytestmark = pytest.mark.django_db

# Lived in 0637 until 1 September 2023, nowhere in September, in 0518 from 1 October.
ADRESSEN = (
    "bron_id;jongere_id;soort;gemeentecode;van;tot\n"
    "a1;j1;WOON;0637;2010-05-01;2023-09-01\na2;j1;WOON;0518;2023-10-01;\n"
    "a3;j1;BRIEF;0344;2020-01-01;\n"
)


def gemeenten_by_melddatum() -> dict[str, str | None]:
    rows = Verzuimmelding.objects.order_by("melddatum", "pk")
    return {str(datum): code for datum, code in rows.values_list("melddatum", "gemeente__code")}


def meldingen(*dagen: str) -> str:
    return MELDINGEN + "".join(f"m{dag};j1;V3;{dag};;B;;\n" for dag in dagen)


def test_gemeente_is_where_the_jongere_lived_on_the_day(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN,
        verzuimmeldingen=meldingen("2023-08-31", "2023-09-01", "2023-09-30", "2023-10-01"),
    )

    assert gemeenten_by_melddatum() == {
        "2023-08-31": "0637",
        "2023-09-01": None,
        "2023-09-30": None,
        "2023-10-01": "0518",
    }
    assert Jongere.objects.get().gemeente.code == "0518"


def test_without_woon_address_the_gemeentecode(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen="bron_id;jongere_id;soort;gemeentecode\na1;j1;BRIEF;0518\n",
        verzuimmeldingen=meldingen("2023-10-01"),
    )

    assert gemeenten_by_melddatum() == {"2023-10-01": "0637"}


def test_a_contact_counts_by_its_date_in_amsterdam(tmp_path):
    """22:30 UTC on 31 August is half past midnight on 1 September: no address any more."""
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN,
        contactmomenten="bron_id;jongere_id;datum;kanaal\n"
        "c1;j1;2023-08-31T21:30:00+00:00;MAIL\nc2;j1;2023-08-31T22:30:00+00:00;MAIL\n",
    )

    rows = Contactmoment.objects.order_by("datum")
    assert [c.gemeente and c.gemeente.code for c in rows] == ["0637", None]


def test_werkproces_has_two_gemeenten_and_a_given_one_wins(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN,
        werkprocessen="bron_id;jongere_id;soort;gestart_op;gemeentecode;status;gesloten_op\n"
        "w1;j1;RELATIEF;2023-08-01;;GESLOTEN;2023-11-01\n"
        "w2;j1;LUXE;2023-08-01;0344;GESLOTEN;2023-11-01\n"
        "w3;j1;ZORG;2023-08-01;;OPEN;\n",
    )

    rows = Werkproces.objects.order_by("pk")
    assert [
        (
            w.gemeente.code,
            w.gemeente_sluiting and w.gemeente_sluiting.code,
            w.gemeente_opgegeven,
            w.toestand,
        )
        for w in rows
    ] == [
        ("0637", "0518", False, "afgesloten"),
        ("0344", "0344", True, "afgesloten"),
        ("0637", None, False, "onderzoek"),
    ]


def test_vrijstelling_has_a_gemeente_for_each_of_its_dates(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN,
        vrijstellingen="bron_id;jongere_id;grond;aanvraagdatum;begindatum;besluit;"
        "terug_naar_school_op\nv1;j1;5a;2023-08-01;2023-09-10;VERLEEND;2023-12-01\n",
    )

    row = Vrijstelling.objects.get()
    assert row.gemeente is None
    assert (row.gemeente_aanvraag.code, row.gemeente_terug.code) == ("0637", "0518")


def test_a_later_move_shifts_nothing(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN,
        verzuimmeldingen=meldingen("2023-10-01"),
    )

    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=ADRESSEN.replace("2023-10-01;\n", "2023-10-01;2024-01-01\n")
        + "a4;j1;WOON;0599;2024-01-01;\n",
    )

    assert gemeenten_by_melddatum() == {"2023-10-01": "0518"}
    assert Jongere.objects.get().gemeente.code == "0599"


def test_a_changed_gemeentecode_shifts_nothing(tmp_path):
    lees_in(tmp_path, jongeren=EEN_JONGERE, verzuimmeldingen=meldingen("2023-10-01"))

    lees_in(tmp_path, jongeren=EEN_JONGERE.replace("0637", "0518"))

    assert gemeenten_by_melddatum() == {"2023-10-01": "0637"}
    assert Jongere.objects.get().gemeente.code == "0518"


def test_a_mended_address_places_the_facts_that_came_before_it(tmp_path):
    fout = ADRESSEN.replace("a2;j1;WOON;0518;2023-10-01;", "a2;j1;WOON;0518;2023-13-01;")
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        adressen=fout,
        verzuimmeldingen=meldingen("2023-08-31", "2023-10-01"),
    )
    assert gemeenten_by_melddatum() == {"2023-08-31": "0637", "2023-10-01": None}

    lees_in(tmp_path, adressen=ADRESSEN)

    assert gemeenten_by_melddatum() == {"2023-08-31": "0637", "2023-10-01": "0518"}


@pytest.mark.parametrize(
    ("soort", "geboren", "begin", "meld", "extra", "taak"),
    [
        ("V3", "2010-05-01", "", "2023-10-01", {}, "leerplicht"),
        ("V4", "2010-05-01", "", "2023-10-01", {}, "doorstroompunt"),
        ("RMC", "2010-05-01", "", "2023-10-01", {}, "doorstroompunt"),
        # 17 on the first day of absence, 18 when it was reported, and the other way round.
        ("V3", "2005-09-25", "2023-09-20", "2023-10-01", {}, "leerplicht"),
        ("O", "2005-09-25", "", "2023-10-01", {}, "doorstroompunt"),
        ("O", "2005-10-01", "", "2023-10-01", {}, "doorstroompunt"),
        ("O", "2005-10-02", "", "2023-10-01", {}, "leerplicht"),
        # A startkwalificatie at seventeen ends kwalificatieplicht.
        (
            "O",
            "2006-10-02",
            "",
            "2023-10-01",
            {"diplomas": "bron_id;jongere_id;datum;startkwalificatie\nd1;j1;2023-07-01;J\n"},
            "doorstroompunt",
        ),
        (
            "O",
            "2006-10-02",
            "",
            "2023-10-01",
            {"diplomas": "bron_id;jongere_id;datum;startkwalificatie\nd1;j1;2023-11-01;J\n"},
            "leerplicht",
        ),
        # Praktijkonderwijs with its diploma: no kwalificatieplicht.
        (
            "O",
            "2006-10-02",
            "",
            "2023-10-01",
            {
                "diplomas": "bron_id;jongere_id;soort;naam;datum;startkwalificatie\n"
                "d1;j1;DIPLOMA;praktijkonderwijs;2023-07-01;N\n"
            },
            "doorstroompunt",
        ),
        # An exemption makes no difference.
        (
            "ABSOLUUT",
            "2010-05-01",
            "",
            "2023-10-01",
            {
                "vrijstellingen": "bron_id;jongere_id;grond;aanvraagdatum;begindatum;besluit\n"
                "v1;j1;5a;2023-06-01;2023-08-01;VAN_RECHTSWEGE\n"
            },
            "leerplicht",
        ),
    ],
)
def test_taak_of_a_melding(tmp_path, soort, geboren, begin, meld, extra, taak):
    lees_in(
        tmp_path,
        jongeren=JONGEREN + f"j1;;;Jansen;Sam;{geboren};0637\n",
        verzuimmeldingen=MELDINGEN + f"m1;j1;{soort};{meld};{begin};B;;\n",
        **extra,
    )

    assert Verzuimmelding.objects.get().taak == taak


def test_what_was_dealt_with_elsewhere_is_not_for_triage(tmp_path):
    rijen = [
        "R;;",
        "LOKAAL;;",
        "R;naar_school;",
        "R;;w1",
        "G;;",
        "K;;",
        "I;;",
        "B;;",
    ]
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        werkprocessen="bron_id;jongere_id;soort;gestart_op;status\nw1;j1;RELATIEF;2023-10-01;OPEN\n",
        verzuimmeldingen=MELDINGEN
        + "".join(f"m{n};j1;V3;2023-10-01;;{rij}\n" for n, rij in enumerate(rijen)),
    )

    assert Verzuimmelding.objects.to_triage().count() == 2
    assert Verzuimmelding.objects.filter(beoordeeld_op=None).count() == 2


def test_state_of_trajecten(tmp_path):
    kop = "bron_id;jongere_id;soort;datum_melding;benaderd_op;begeleid_van;status;gesloten_op\n"
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        trajecten=kop
        + "t1;j1;VSV;2023-10-01;;;OPEN;\nt2;j1;BWJ;2023-10-01;2023-10-02;;;\n"
        + "t3;j1;VSV;2023-10-01;2023-10-02;2023-10-03;OPEN;\n"
        + "t4;j1;VSV;2023-10-01;;;GESLOTEN;2023-11-01\n",
    )

    rows = Traject.objects.order_by("pk")
    assert [(t.toestand, str(t.toestand_sinds)) for t in rows] == [
        ("te_benaderen", "2023-10-01"),
        ("in_benadering", "2023-10-02"),
        ("in_begeleiding", "2023-10-03"),
        ("afgesloten", "2023-11-01"),
    ]


def test_dossiers_are_opened_once_per_taak_and_gemeente(tmp_path):
    for _ in range(2):
        lees_in(
            tmp_path,
            jongeren=EEN_JONGERE,
            adressen=ADRESSEN,
            verzuimmeldingen=meldingen("2023-08-30", "2023-08-31", "2023-09-15", "2023-10-01"),
            trajecten="bron_id;jongere_id;soort;datum_melding\nt1;j1;VSV;2023-10-05\n",
        )

    rows = Dossier.objects.order_by("geopend_op", "taak")
    assert [(d.taak, d.gemeente and d.gemeente.code, str(d.geopend_op)) for d in rows] == [
        ("leerplicht", "0637", "2023-08-30"),
        ("leerplicht", None, "2023-09-15"),
        ("leerplicht", "0518", "2023-10-01"),
        ("doorstroompunt", "0518", "2023-10-05"),
    ]


def test_loading_starts_nothing(tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        lees_in(tmp_path, **{naam: d for naam, d in RIJK.items() if "/" not in naam})

    assert Actie.objects.count() == 0
    assert mail.outbox == []
    assert callbacks == []


def test_authors_cannot_log_in(tmp_path):
    lees_in(tmp_path, gebruikers=RIJK["gebruikers"])

    rows = Gebruiker.objects.order_by("naam")
    assert [(g.naam, g.email, g.is_active, g.has_usable_password()) for g in rows] == [
        ("Anna de Boer", "anna@voorbeeld.nl", False, False),
        ("Bo Vink", None, False, False),
    ]


def test_a_package_does_not_touch_a_colleague(tmp_path):
    collega = Gebruiker.objects.create_user("anna@voorbeeld.nl", "geheim-woord-12", naam="Anna")

    lees_in(tmp_path, gebruikers=RIJK["gebruikers"])

    collega.refresh_from_db()
    auteur = Gebruiker.objects.get(naam="Anna de Boer")
    assert (collega.naam, collega.is_active, auteur.email) == ("Anna", True, None)


def test_every_changed_dossier_has_its_event(tmp_path):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE + "j2;;;Wit;Kim;2010-05-02;0637\n",
        verzuimmeldingen=meldingen("2023-10-01"),
    )
    lees_in(tmp_path, jongeren=EEN_JONGERE, verzuimmeldingen=meldingen("2023-10-01", "2023-10-02"))

    events = Gebeurtenis.objects.filter(actie="pakket.ingelezen")
    jansen = Jongere.objects.get(achternaam="Jansen").pk
    wit = Jongere.objects.get(achternaam="Wit").pk
    assert sorted(e.jongere_id for e in events) == sorted([jansen, jansen, wit])
