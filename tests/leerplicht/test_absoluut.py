"""Absoluut verzuim by night: each border and filter, and twice is once."""

from datetime import date, timedelta

import pytest

from accounts.models import Gebeurtenis
from casework.codes import Onderwijssoort
from casework.domain.proces import perform
from casework.models import Actie, Dossier, Verzuimmelding, Werkproces
from leerplicht import tasks
from leerplicht.domain import absoluut
from leerplicht.domain.absoluut import Venster, candidates, signal
from leerplicht.domain.absoluut_tabel import ABSOLUUT
from tests.factories import (
    AdresFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 11, 12)  # 4 weeks earlier: 15 October
OKT = date(2025, 10, 1)


def due(dag, jongere):
    return candidates(dag).filter(pk=jongere.pk).exists()


@pytest.mark.parametrize(
    ("dag", "van"),
    [
        (date(2025, 6, 14), date(2025, 5, 17)),
        (date(2025, 6, 15), date(2025, 5, 18)),  # the four weeks are the longer ones
        (date(2025, 7, 13), date(2025, 6, 15)),
        (date(2025, 8, 1), date(2025, 6, 15)),
        (date(2025, 9, 30), date(2025, 6, 15)),
        (OKT, date(2025, 9, 3)),
    ],
)
def test_the_window_stays_open_in_summer_until_1_october(dag, van):
    assert Venster.on(dag).van == van


@pytest.mark.parametrize(
    ("einde", "verwacht"),
    [("2025-10-14", True), ("2025-10-15", False), (None, False)],
)
def test_four_weeks_after_the_last_day_at_school(gemeente, einde, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=einde and date.fromisoformat(einde))

    assert due(DAG, jongere) is verwacht


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(date(2025, 9, 1), False), (date(2025, 9, 30), False), (OKT, True)],
)
def test_who_left_school_in_july_is_signalled_on_1_october(gemeente, dag, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 7, 31))

    assert due(dag, jongere) is verwacht


def test_who_was_away_before_the_summer_is_signalled_in_summer(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 4, 30))

    assert due(date(2025, 8, 20), jongere)


@pytest.mark.parametrize(
    ("begin", "verwacht"), [("2025-11-26", False), ("2025-11-27", True), ("2025-11-01", False)]
)
def test_an_enrolment_that_is_near_counts(gemeente, begin, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, begindatum=date.fromisoformat(begin))

    assert due(DAG, jongere) is verwacht


def test_a_school_abroad_is_no_dutch_enrolment(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, onderwijssoort=Onderwijssoort.BUITENLAND)

    assert due(DAG, jongere)


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"besluit": "IN_BEHANDELING", "aanvraagdatum": DAG}, False),
        ({"besluit": "IN_BEHANDELING", "aanvraagdatum": DAG + timedelta(days=1)}, True),
        ({"besluit": "VAN_RECHTSWEGE"}, False),
        ({"besluit": "VAN_RECHTSWEGE", "einddatum": DAG}, False),
        ({"besluit": "VAN_RECHTSWEGE", "einddatum": DAG - timedelta(days=1)}, True),
        ({"besluit": "ONGELDIG"}, True),
        ({"besluit": "GEWEIGERD", "grond": "15"}, True),
        ({"besluit": "VERLEEND", "grond": "3a"}, True),  # the duty stays
    ],
)
def test_exemptions_and_pending_requests(gemeente, velden, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    VrijstellingFactory(jongere=jongere, **velden)

    assert due(DAG, jongere) is verwacht


@pytest.mark.parametrize(("dag", "verwacht"), [("2025-07-31", False), ("2025-08-01", True)])
def test_an_exemption_that_lapsed_is_found_on_1_august(gemeente, dag, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    VrijstellingFactory(
        jongere=jongere, begindatum=date(2024, 8, 1), einddatum=date(2025, 7, 31), grond="5c"
    )

    assert due(date.fromisoformat(dag), jongere) is verwacht


@pytest.mark.parametrize(
    ("geboren", "verwacht"),
    [
        ("2020-08-31", True),  # leerplichtig from 1 September
        ("2020-09-15", True),  # from Wednesday 1 October
        ("2020-10-01", False),  # from 3 November: not four weeks yet
        ("2007-11-13", True),  # eighteen tomorrow
        ("2007-11-12", False),
    ],
)
def test_borders_of_the_duty(gemeente, geboren, verwacht):
    assert due(DAG, JongereFactory(gemeente=gemeente, geboortedatum=geboren)) is verwacht


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"datum_vertrek": DAG}, False),
        ({"datum_overlijden": DAG}, False),
        ({"datum_vestiging_nl": date(2025, 10, 15)}, True),
        ({"datum_vestiging_nl": date(2025, 10, 16)}, False),
    ],
)
def test_arrived_departed_and_deceased(gemeente, velden, verwacht):
    assert due(DAG, JongereFactory(gemeente=gemeente, **velden)) is verwacht


@pytest.mark.parametrize(("van", "verwacht"), [("2025-10-15", True), ("2025-10-16", False)])
def test_a_move_gives_the_new_gemeente_its_weeks(gemeente, van, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=jongere, van=date.fromisoformat(van))

    assert due(DAG, jongere) is verwacht


def test_an_address_that_ended_without_departure_is_first_looked_for(gemeente):
    weg = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=weg, tot=date(2025, 9, 1))
    thuis = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=thuis)

    assert signal(DAG)["gesignaleerd"] == 2

    assert Werkproces.objects.get(jongere=weg).toestand == "adresonderzoek"
    assert Werkproces.objects.get(jongere=thuis).toestand == "gesignaleerd"


@pytest.mark.parametrize("item_count", (1, 3))
def test_twice_is_once_and_each_has_one_event(gemeente, item_count):
    JongereFactory.create_batch(item_count, gemeente=gemeente)

    first, second = signal(DAG), signal(DAG)

    assert (first["gesignaleerd"], second["gesignaleerd"]) == (item_count, 0)
    opened = Gebeurtenis.objects.filter(actie="werkproces.geopend")
    assert opened.count() == item_count == Werkproces.objects.count()
    assert set(opened.values_list("rol", "gebruiker")) == {("systeem", None)}
    assert set(opened.values_list("object_id", flat=True)) == set(
        Werkproces.objects.values_list("pk", flat=True)
    )
    assert Dossier.objects.count() == Actie.objects.count() == item_count
    melding = Verzuimmelding.objects.filter(soort="ABSOLUUT", kanaal="REGISTER", status="LOKAAL")
    assert melding.exclude(werkproces=None).count() == item_count


def test_number_of_queries_does_not_grow(gemeente, django_assert_max_num_queries):
    JongereFactory.create_batch(3, gemeente=gemeente)

    with django_assert_max_num_queries(22):
        signal(DAG)


def test_ranges_of_keys_together_find_everybody(gemeente, monkeypatch):
    monkeypatch.setattr(absoluut, "SLEUTELS", 2)
    JongereFactory.create_batch(5, gemeente=gemeente)

    assert signal(DAG)["gesignaleerd"] == 5


@pytest.mark.parametrize(
    ("resultaat", "gesloten", "opnieuw"),
    [
        ("naar_school", "2025-09-17", True),  # eight weeks ago
        ("naar_school", "2025-09-18", False),
        ("vrijstelling", "2025-09-17", True),  # and the exemption ended early
        ("vrijstelling", "2025-09-18", False),
        ("niet_verwijtbaar", "2025-08-01", False),  # judged in this schooljaar
        ("niet_opgelost", "2025-07-31", True),  # goes on in the next one
    ],
)
def test_after_closing(gemeente, resultaat, gesloten, opnieuw):
    jongere = JongereFactory(gemeente=gemeente)
    WerkprocesFactory(
        jongere=jongere,
        soort="ABSOLUUT",
        toestand="afgesloten",
        status="GESLOTEN",
        gestart_op=date(2025, 6, 1),
        gesloten_op=date.fromisoformat(gesloten),
        resultaat=resultaat,
    )

    assert due(DAG, jongere) is opnieuw


# Closed as moved on this day, in the gemeente of today or another one -> found again.
@pytest.mark.parametrize(
    ("hier", "gesloten", "opnieuw"),
    [
        (False, "2025-11-01", True),
        (True, "2025-09-18", False),
        (True, "2025-09-17", True),  # moved back, or never gone
    ],
)
def test_who_moved_is_looked_for_where_he_lives(gemeente, hier, gesloten, opnieuw):
    jongere = JongereFactory(gemeente=gemeente)
    WerkprocesFactory(
        jongere=jongere,
        gemeente=gemeente if hier else GemeenteFactory(),
        soort="ABSOLUUT",
        status="GESLOTEN",
        gestart_op=date(2025, 8, 20),
        gesloten_op=date.fromisoformat(gesloten),
        resultaat="verhuisd",
    )

    assert due(DAG, jongere) is opnieuw


def test_what_the_registers_solved_lapses_while_nobody_looked(gemeente):
    gezien, ongezien = JongereFactory.create_batch(2, gemeente=gemeente)
    signal(DAG)
    by, own = make_ambtenaar(gemeente), Werkproces.objects.get(jongere=gezien)
    perform(own, "beoordelen", tabel=ABSOLUUT, by=by, day=DAG)
    for jongere in (gezien, ongezien):
        InschrijvingFactory(jongere=jongere, begindatum=DAG)

    assert (signal(DAG)["vervallen"], signal(DAG)["vervallen"]) == (1, 0)

    gesloten = Werkproces.objects.get(status="GESLOTEN")
    assert (gesloten.jongere, gesloten.resultaat) == (ongezien, "geen_verzuim")


def test_another_number_of_weeks_is_a_setting(gemeente, settings):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 10, 7))

    settings.LEERRECHT_REGELS = {"absoluut_weken": 6}

    assert not due(DAG, jongere)


def test_the_task_has_a_name(gemeente, monkeypatch):
    monkeypatch.setattr("casework.schooljaar.today", lambda: DAG)
    JongereFactory(gemeente=gemeente)

    assert tasks.signal_absoluut.name == "leerplicht.signal_absoluut"
    assert tasks.signal_absoluut() == {"gesignaleerd": 1, "vervallen": 0}


def test_a_private_school_counts(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    school = SchoolFactory(soort="PARTICULIER")
    InschrijvingFactory(jongere=jongere, school=school, onderwijssoort=Onderwijssoort.PARTICULIER)

    assert not due(DAG, jongere)
