"""Reports that come from DUO by files: new, changed, withdrawn, with their days."""

import csv
import os
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import Gebeurtenis
from casework.domain.meldingstatus import change_status
from casework.models import Actie, Adres, Dossier, Jongere, School, Verzuimmelding
from koppelingen.domain.duo import exchange
from koppelingen.models import Inleesrun, Persoonsvraag, Quarantaine
from koppelingen.pakket.inlezen import SLOT
from koppelingen.tasks import forget_packages
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    SchoolFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_bsn,
)

pytestmark = pytest.mark.django_db
NU = datetime(2025, 9, 20, 10, 0, tzinfo=UTC)
BSN = make_bsn(71)
RIJ = {
    "versie": "1",
    "meldingnummer": "800001",
    "status": "R",
    "reden_ingetrokken": "",
    "laatste_mutatie": "2025-09-17T11:00:00.125+02:00",
    "datum_melding": "2025-09-17",
    "bsn": BSN,
    "onderwijsnummer": "",
    "achternaam": "Zomerdijk",
    "voorvoegsel": "van",
    "voornamen": "Noor",
    "geboortedatum": "2011-03-04",
    "geslacht": "V",
    "brin": "02VB",
    "vestigingsvolgnummer": "0",
    "leslocatie_naam": "Het Noorderlicht",
    "onderwijssoort": "VMBO-B",
    "leerjaar": "2",
    "soort_verzuim": "V3",
    "begindatum": "2025-09-01",
    "einddatum": "",
    "reden_vermoedelijk": "Wij weten het niet; zij komt niet",
    "alle_lessen_gemist": "N",
    "ondernomen_actie": "Gebeld met thuis",
    "actie_gewenst": "J",
    "melder_naam": "M. Melder",
    "melder_email": "melder@school.example",
    "afw_straat": "Kade",
    "afw_huisnummer": "7",
    "afw_plaats": "Elders",
}
NAAM = "verzuimmeldingen_in_0637_20250920T060000.csv"
DAG = {"versie": "1", "meldingnummer": "800001", "datum": "", "hele_dag": "", "lesuren": ""}


@pytest.fixture
def map_(settings, tmp_path):
    settings.DUO_REGISTER, settings.DUO_MAP = "csv", tmp_path / "duo"
    (tmp_path / "duo" / "in").mkdir(parents=True)
    return settings.DUO_MAP


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637")


def deliver(map_, *rijen, naam=NAAM):
    with (map_ / "in" / naam).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rijen[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rijen)


def exchanged(now=NU) -> dict[str, int]:
    return {naam: aantal for naam, aantal in exchange(now).items() if aantal}


def test_a_new_report_has_its_youth_school_dossier_and_taak(map_, gemeente):
    deliver(map_, RIJ)

    assert exchanged() == {"meldingen": 1}

    melding = Verzuimmelding.objects.get()
    assert (melding.duo_meldingnummer, melding.status, melding.kanaal) == ("800001", "R", "DUO")
    assert (melding.soort, melding.taak, melding.gemeente) == ("V3", "leerplicht", gemeente)
    assert (melding.begindatum, melding.alle_lessen) == (date(2025, 9, 1), False)
    assert melding.actie_school.splitlines() == [
        "Gebeld met thuis",
        "Reden volgens de school: Wij weten het niet; zij komt niet",
        "Onderwijs volgens DUO: VMBO-B, 2",
    ]
    assert (melding.jongere.bsn, melding.jongere.gemeente) == (BSN, gemeente)
    assert str(melding.jongere.voorvoegsel) == "van"
    assert (melding.school.vestigingscode, melding.school.naam) == ("02VB00", "Het Noorderlicht")
    assert Adres.objects.get().soort == "FEITELIJK"
    assert Dossier.objects.filter(jongere=melding.jongere, taak="leerplicht").count() == 1
    assert Gebeurtenis.objects.filter(actie="pakket.ingelezen").count() == 1
    assert melding in Verzuimmelding.objects.visible_to(make_ambtenaar(gemeente)).to_triage()


def test_known_youths_and_schools_are_used_and_keep_their_names(map_, gemeente):
    jongere = JongereFactory(gemeente=gemeente, bsn=BSN, achternaam="Zomerdijk", roepnaam="Noortje")
    school = SchoolFactory(vestigingscode="02VB00", naam="Scholengroep Noord")

    deliver(map_, RIJ)
    exchanged()

    melding = Verzuimmelding.objects.get()
    assert (melding.jongere, melding.school) == (jongere, school)
    jongere.refresh_from_db()
    assert jongere.roepnaam == "Noortje"
    assert School.objects.get().naam == "Scholengroep Noord"


def test_reading_again_changes_nothing(map_, gemeente):
    for _ in range(2):
        deliver(map_, RIJ)
        exchanged()
    deliver(map_, RIJ, naam="verzuimmeldingen_in_0637_20250921T060000.csv")

    assert exchanged() == {}
    assert [Verzuimmelding.objects.count(), Jongere.objects.count()] == [1, 1]
    assert Inleesrun.objects.count() == 1


def test_of_one_number_the_last_change_counts_in_any_order(map_, gemeente):
    older = RIJ | {"laatste_mutatie": "2025-09-16T11:00:00+02:00", "soort_verzuim": "O"}
    deliver(map_, RIJ, older)

    exchanged()

    assert Verzuimmelding.objects.get().soort == "V3"


def test_a_change_of_the_school_is_shown_to_who_works_on_it(map_, gemeente):
    deliver(map_, RIJ)
    exchanged()
    ambtenaar = make_ambtenaar(gemeente)
    melding = Verzuimmelding.objects.get()
    melding.werkproces = WerkprocesFactory(
        jongere=melding.jongere, gemeente=gemeente, behandelaar=ambtenaar
    )
    melding.beoordeeld_op, melding.beoordeeld_door = NU, ambtenaar
    change_status(melding, "B", by=ambtenaar)
    melding.save()
    changed = RIJ | {
        "laatste_mutatie": "2025-09-19T09:00:00+02:00",
        "einddatum": "2025-09-18",
        "melder_naam": "P. Anders",
    }
    deliver(map_, changed)

    assert exchanged() == {"gewijzigd": 1, "verzonden": 1}

    melding.refresh_from_db()
    assert (melding.einddatum, melding.status) == (date(2025, 9, 18), "B")
    actie = Actie.objects.get()
    assert actie.toegewezen_aan == ambtenaar
    assert actie.omschrijving == (
        "De school wijzigde de melding: einddatum was leeg, is nu 18 september 2025;"
        " toelichting of melder."
    )
    event = Gebeurtenis.objects.get(actie="melding.school_gewijzigd")
    assert event.gegevens == {"velden": ["einddatum", "melder_naam"]}
    # What left had the change of the school as the last that we saw.
    assert "2025-09-19T09:00:00+02:00" in next((map_ / "uit").iterdir()).read_text()


def test_what_is_older_than_we_have_seen_is_left_alone(map_, gemeente):
    deliver(map_, RIJ)
    exchanged()
    deliver(map_, RIJ | {"laatste_mutatie": "2025-09-17T10:59:59+02:00", "einddatum": "2025-09-18"})

    assert exchanged() == {}
    assert Verzuimmelding.objects.get().einddatum is None


def test_another_status_at_duo_is_a_question_and_overwrites_nothing(map_, gemeente):
    deliver(map_, RIJ)
    exchanged()
    deliver(map_, RIJ | {"laatste_mutatie": "2025-09-18T08:00:00+02:00", "status": "K"})

    assert exchanged() == {"gewijzigd": 1}
    assert Verzuimmelding.objects.get().status == "R"
    assert Actie.objects.get().omschrijving == (
        "Bij DUO staat de melding op Ter kennisgeving aangenomen, hier op Geregistreerd."
    )


@pytest.mark.parametrize(
    ("reden", "zin"),
    [("", "Ingetrokken door de melder"), ("V", "Overlapt een vrijstelling")],
)
@pytest.mark.parametrize("known", [True, False], ids=["known", "new"])
def test_withdrawn_by_the_school_or_by_duo(map_, gemeente, reden, zin, known):
    if known:
        deliver(map_, RIJ)
        exchanged()
    withdrawn = {"laatste_mutatie": "2025-09-18T08:00:00+02:00", "reden_ingetrokken": reden}
    deliver(map_, RIJ | withdrawn | {"status": "I"})

    assert exchanged() == ({"gewijzigd": 1} if known else {"meldingen": 1})

    melding = Verzuimmelding.objects.get()
    assert (melding.status, melding.reden_afgesloten) == ("I", zin)
    assert not Verzuimmelding.objects.to_triage().exists()


def test_days_come_with_their_report_and_once(map_, gemeente):
    dagen = [DAG | {"datum": "2025-09-02", "hele_dag": "J"}, DAG | {"datum": "2025-09-03"}]
    dagen[1] |= {"hele_dag": "N", "lesuren": "1,2"}
    days = "verzuimdagen_in_0637_20250920T060000.csv"
    for expected in ({"meldingen": 1, "gewijzigd": 1}, {}):
        deliver(map_, *dagen, naam=days)
        deliver(map_, RIJ)
        assert exchanged() == expected

    rows = Verzuimmelding.objects.get().dagen.order_by("datum")
    assert [(dag.hele_dag, dag.lesuren) for dag in rows] == [(True, ""), (False, "1,2")]
    deliver(map_, dagen[0] | {"hele_dag": "N", "klokuren": "2.5"}, naam=days)
    assert exchanged() == {"gewijzigd": 1}
    assert rows.all()[0].klokuren == Decimal("2.5")


def test_wrong_rows_wait_on_screen_with_their_reason_and_the_others_load(map_, gemeente):
    wrong = RIJ | {"meldingnummer": "800002", "bsn": make_bsn(72), "soort_verzuim": "XX"}
    both = RIJ | {"meldingnummer": "800003", "onderwijsnummer": "100000013"}
    deliver(map_, RIJ, wrong, both, RIJ | {"versie": "2"}, RIJ | {"laatste_mutatie": "gisteren"})
    with (map_ / "in" / NAAM).open("a") as stream:
        stream.write("1;800004\n")

    assert exchanged() == {"meldingen": 1, "foute_rijen": 4}

    row = Quarantaine.objects.get(bestand="verzuimmeldingen")
    assert (row.bron_id, row.kolom) == ("800002", "soort")
    run = Inleesrun.objects.get()
    assert run.gemeentecodes == ["0637"]
    fouten = [
        f"Rij 7 heeft 2 cellen en de kop {len(RIJ)}.",
        "Rij 4: vul precies een in van bsn en onderwijsnummer.",
        "Rij 5: deze versie kennen wij niet.",
        "Rij 6: Dit is geen tijdstip, zoals 2026-11-23T10:15:00+01:00.",
    ]
    assert run.rapport["waarschuwingen"][-4:] == fouten
    kept = map_ / "gelezen" / NAAM
    assert BSN in kept.read_text()
    assert kept.with_name(f"{kept.name}.fouten.txt").read_text().splitlines() == fouten


@pytest.mark.parametrize(
    ("change", "zin"),
    [
        ({"einddatum": "2025-08-01"}, "Melding 800001: Het verzuim eindigt voor het begint."),
        ({"begindatum": "1-9-2025"}, "Melding 800001: begindatum: Dit is geen datum in de vorm"),
        ({"soort_verzuim": "X9"}, "Melding 800001: soort: 'X9' is geen code van deze lijst"),
    ],
)
def test_a_change_that_cannot_be_leaves_the_report_as_it_is(map_, gemeente, change, zin):
    deliver(map_, RIJ)
    exchanged()
    deliver(map_, RIJ | {"laatste_mutatie": "2025-09-19T09:00:00+02:00"} | change)

    assert exchanged() == {"foute_rijen": 1}
    assert Inleesrun.objects.latest("pk").melding.startswith(zin)
    assert Verzuimmelding.objects.get().begindatum == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("naam", "kop", "zin"),
    [
        ("verzuimmeldingen_in_0637_1.csv", "versie;meldingnummer", "De kop mist status"),
        ("verzuimdagen_in_0637_1.csv", "versie;datum", "De kop mist meldingnummer."),
        ("verzuimmeldingen_in_9999_1.csv", ";".join(RIJ), "Gemeente 9999"),
    ],
)
def test_a_file_that_cannot_be_is_put_away_with_the_reason(map_, gemeente, naam, kop, zin):
    (map_ / "in" / naam).write_text(f"{kop}\n")

    assert exchanged() == {"foute_rijen": 1}

    assert zin in (map_ / "gelezen" / f"{naam}.fouten.txt").read_text()
    assert list((map_ / "in").iterdir()) == []


def test_a_doubtful_pair_is_put_to_a_person(map_, gemeente):
    deliver(map_, RIJ)
    exchanged()
    deliver(map_, RIJ | {"meldingnummer": "800009", "bsn": "", "onderwijsnummer": "100000013"})
    exchanged()

    assert Jongere.objects.count() == 2
    assert Persoonsvraag.objects.get().besluit == "open"


@pytest.mark.django_db(transaction=True)
def test_while_a_package_is_read_the_file_waits(map_, gemeente):
    deliver(map_, RIJ)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SLOT])
    try:
        assert exchanged() == {}
        assert [len(list((map_ / "in").iterdir())), Inleesrun.objects.count()] == [1, 0]
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SLOT])
        other.close()
    assert exchanged() == {"meldingen": 1}


def test_what_was_read_is_forgotten_after_a_week(map_, gemeente):
    deliver(map_, RIJ)
    exchanged()
    kept = map_ / "gelezen" / NAAM
    forget_packages()
    assert kept.exists()
    old = time.time() - 8 * 86_400
    os.utime(kept, (old, old))

    forget_packages()

    assert not kept.exists()
