"""Luxeverzuim: the table, a werkproces for each child, one decision for the household."""

from datetime import date

import pytest

from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from casework.models import Werkproces
from leerplicht.domain.luxe import (
    Gezinsinvoer,
    decide_household,
    household,
    open_household,
    step_household,
)
from leerplicht.domain.luxe_tabel import LUXE
from leerplicht.models import Luxeverzuim
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 10, 1)
INVOER = Gezinsinvoer(date(2025, 9, 15), date(2025, 9, 19), "NIET_GEVRAAGD")
HOREN = {"datum": DAG, "hoe": "GESPREK", "samenvatting": "Goedkope tickets"}


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def kinderen(gemeente):
    return JongereFactory.create_batch(3, gemeente=gemeente, gezin_id="gezin-1")


def test_every_toestand_can_be_reached():
    reached, frontier = set(), {LUXE.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar for t in frontier for s in LUXE.from_state(t)} - reached

    assert reached == set(LUXE.toestanden)
    assert len({t.plaats for t in LUXE.toestanden.values()}) == len(LUXE.toestanden)


@pytest.mark.parametrize(
    ("toestand", "naam"),
    [(t, s.naam) for t in LUXE.toestanden for s in LUXE.stappen.values() if t not in s.van],
)
def test_a_step_outside_the_table_is_refused(gemeente, ambtenaar, toestand, naam):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere, soort="LUXE", toestand=toestand)

    with pytest.raises(DomainError, match="kan niet"):
        perform(werkproces, naam, tabel=LUXE, by=ambtenaar, day=DAG)


def test_the_household_is_who_has_the_same_gezin(kinderen, ambtenaar, gemeente):
    JongereFactory(gemeente=gemeente)
    alleen = JongereFactory(gemeente=gemeente)

    assert set(household(kinderen[0], ambtenaar)) == set(kinderen)
    assert household(alleen, ambtenaar) == [alleen]  # no gezin known


@pytest.mark.parametrize(
    ("oordeel", "toestand", "resultaat"),
    [
        ("GEOORLOOFD", "afgesloten", "geoorloofd"),
        ("NIET_VERWIJTBAAR", "afgesloten", "niet_verwijtbaar"),
        ("WAARSCHUWING", "afgesloten", "waarschuwing"),
        ("PV", "luxe_pv", ""),
    ],
)
def test_one_decision_for_all(kinderen, ambtenaar, oordeel, toestand, resultaat):
    zaak = open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)
    gevonden = {"bevinding": "Geen verlof"}
    assert (
        step_household(zaak, "verlof_gecontroleerd", by=ambtenaar, day=DAG, gegevens=gevonden) == 3
    )
    step_household(zaak, "ouders_horen", by=ambtenaar, day=DAG, gegevens=HOREN)

    decide_household(zaak, oordeel=oordeel, motivering="Reden", by=ambtenaar, day=DAG)

    rows = Luxeverzuim.objects.filter(gezinszaak=zaak)
    assert set(rows.values_list("oordeel", "oordeel_op", "motivering")) == {(oordeel, DAG, "Reden")}
    assert Werkproces.objects.count() == 3
    assert set(Werkproces.objects.values_list("toestand", "resultaat")) == {(toestand, resultaat)}


def test_no_decision_before_the_parents_were_heard(kinderen, ambtenaar):
    zaak = open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)

    with pytest.raises(DomainError, match="Hoor eerst"):
        decide_household(zaak, oordeel="PV", motivering="Reden", by=ambtenaar, day=DAG)


@pytest.mark.parametrize(
    ("van", "tot", "mag"),
    [
        ("2025-09-10", "2025-09-14", True),
        ("2025-09-10", "2025-09-15", False),
        ("2025-09-19", "2025-09-22", False),
        ("2025-09-20", "2025-09-22", True),
    ],
)
def test_a_child_is_once_in_the_same_days(kinderen, ambtenaar, van, tot, mag):
    open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)
    later = Gezinsinvoer(date.fromisoformat(van), date.fromisoformat(tot), "NIET_GEVRAAGD")

    try:
        open_household(kinderen[:1], by=ambtenaar, day=DAG, invoer=later)
        gelukt = True
    except DomainError:
        gelukt = False

    assert gelukt is mag


def test_reports_of_those_days_come_along(kinderen, ambtenaar):
    kind = kinderen[0]
    days = {"begindatum": date(2025, 9, 15), "einddatum": date(2025, 9, 16)}
    van_toen = VerzuimmeldingFactory(jongere=kind, soort="L", **days)
    ander = VerzuimmeldingFactory(jongere=kind, soort="V3", **days)

    open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)

    van_toen.refresh_from_db()
    ander.refresh_from_db()
    assert van_toen.werkproces.jongere == kind
    assert ander.werkproces is None


def test_who_it_may_not_be_done_for(kinderen, ambtenaar, gemeente):
    ander = JongereFactory(gemeente=gemeente, gezin_id="gezin-2")

    with pytest.raises(DomainError, match="een gezin"):
        open_household([kinderen[0], ander], by=ambtenaar, day=DAG, invoer=INVOER)
    with pytest.raises(DomainError, match="ten minste"):
        open_household([], by=ambtenaar, day=DAG, invoer=INVOER)
    with pytest.raises(NotAuthorised):
        open_household(kinderen, by=make_ambtenaar(GemeenteFactory()), day=DAG, invoer=INVOER)
    assert not Werkproces.objects.exists()
