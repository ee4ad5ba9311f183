"""Luxeverzuim: the table, a werkproces for each child, one decision for the household."""

from datetime import date

import pytest

from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from casework.models import Statusbericht, Werkproces
from leerplicht.domain.luxe import (
    STAP,
    Gezinsinvoer,
    decide_household,
    departs,
    household,
    open_household,
    step_household,
)
from leerplicht.domain.luxe_richtlijn import guideline
from leerplicht.domain.luxe_tabel import LUXE
from leerplicht.domain.melding import take_up
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
def kinderen(gemeente):
    return JongereFactory.create_batch(3, gemeente=gemeente, gezin_id="gezin-1")


def test_every_toestand_can_be_reached():
    reached, frontier = set(), {LUXE.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in LUXE.from_state(t)} - reached

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
    gevonden = {"verlof": "NIET_GEVRAAGD", "bevinding": "Geen verlof"}
    assert (
        step_household(zaak, "verlof_gecontroleerd", by=ambtenaar, day=DAG, gegevens=gevonden) == 3
    )
    step_household(zaak, "ouders_horen", by=ambtenaar, day=DAG, gegevens=HOREN)

    # Five days without leave: a warning departs from the guideline.
    afwijking = {"afwijking": "maatwerk"} if oordeel == "WAARSCHUWING" else None
    decide_household(
        zaak, oordeel=oordeel, motivering="Reden", by=ambtenaar, day=DAG, afwijking=afwijking
    )

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
    van_toen = VerzuimmeldingFactory(
        jongere=kind, soort="L", status="R", duo_meldingnummer="1", **days
    )
    ander = VerzuimmeldingFactory(jongere=kind, soort="V3", **days)

    open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)

    van_toen.refresh_from_db()
    ander.refresh_from_db()
    assert van_toen.werkproces.jongere == kind
    assert (van_toen.status, van_toen.beoordeeld_door) == ("B", ambtenaar)
    assert Statusbericht.objects.get().melding == van_toen
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


def reported(kind, **velden):
    days = {"begindatum": date(2025, 9, 15), "einddatum": date(2025, 9, 19)}
    own = {"soort": "L", "status": "R", "duo_meldingnummer": f"9{kind.pk}"} | days
    return VerzuimmeldingFactory(jongere=kind, gemeente=kind.gemeente, **own | velden)


def test_a_report_of_a_school_goes_all_the_way_to_the_decision(kinderen, ambtenaar):
    """Each step by the table: what a page can do."""
    melding = reported(kinderen[0])
    werkproces = take_up(melding, by=ambtenaar, day=DAG)
    row = werkproces.luxeverzuim
    assert (row.van, row.tot, row.verlof) == (melding.begindatum, melding.einddatum, "ONBEKEND")
    assert Statusbericht.objects.count() == 1

    found = {"verlof": "GEWEIGERD", "bevinding": "School weigerde"}
    step_household(row.gezinszaak, "verlof_gecontroleerd", by=ambtenaar, day=DAG, gegevens=found)
    step_household(row.gezinszaak, "ouders_horen", by=ambtenaar, day=DAG, gegevens=HOREN)
    decide_household(row.gezinszaak, oordeel="PV", motivering="Ja", by=ambtenaar, day=DAG)

    row.refresh_from_db()
    assert (row.verlof, row.oordeel, row.werkproces.toestand) == ("GEWEIGERD", "PV", "luxe_pv")


def test_reports_of_brothers_and_sisters_in_the_same_days_are_one_case(kinderen, ambtenaar):
    zaken = set()
    for kind in kinderen[:2]:
        zaken.add(take_up(reported(kind), by=ambtenaar, day=DAG).luxeverzuim.gezinszaak)
    later = {"begindatum": date(2025, 11, 3), "einddatum": date(2025, 11, 4)}
    ander = take_up(reported(kinderen[2], **later), by=ambtenaar, day=date(2025, 11, 10))

    assert len(zaken) == 1
    assert ander.luxeverzuim.gezinszaak not in zaken


def test_what_the_ambtenaar_found_it_to_be_says_which_werkproces(kinderen, ambtenaar):
    melding = reported(kinderen[0], vastgestelde_soort="V3")

    assert take_up(melding, by=ambtenaar, day=DAG).soort == "RELATIEF"


MAANDAG, DINSDAG = date(2025, 9, 15), date(2025, 9, 16)


@pytest.mark.parametrize(
    ("verlof", "tot", "eerder", "richtlijn"),
    [
        ("NIET_GEVRAAGD", MAANDAG, "", "waarschuwing"),
        ("NIET_GEVRAAGD", DINSDAG, "", "proces-verbaal: 2 schooldagen weg zonder verlof"),
        ("NIET_GEVRAAGD", MAANDAG, "WAARSCHUWING", "proces-verbaal: er was al eerder luxeverzuim"),
        ("NIET_GEVRAAGD", MAANDAG, "GEOORLOOFD", "waarschuwing"),
        ("GEWEIGERD", MAANDAG, "", "proces-verbaal: verlof gevraagd en geweigerd"),
        ("LANGER", MAANDAG, "", "proces-verbaal: langer weg dan toegestaan"),
        ("TOEGEKEND", DINSDAG, "", "achteraf geoorloofd"),
        ("ONBEKEND", DINSDAG, "", "eerst het verlof nagaan"),
    ],
)
def test_the_guideline_of_the_om(kinderen, ambtenaar, verlof, tot, eerder, richtlijn):
    """mas.md 5.1; who departs says why, and only who departs."""
    if eerder:
        vroeger = Gezinsinvoer(date(2025, 5, 12), date(2025, 5, 12), "NIET_GEVRAAGD")
        open_household(kinderen[:1], by=ambtenaar, day=date(2025, 5, 20), invoer=vroeger)
        Luxeverzuim.objects.update(oordeel=eerder)
    invoer = Gezinsinvoer(MAANDAG, tot, verlof)
    zaak = open_household(kinderen[:1], by=ambtenaar, day=DAG, invoer=invoer)
    row = Luxeverzuim.objects.get(gezinszaak=zaak)

    assert guideline(row, DAG) == richtlijn
    if verlof != "ONBEKEND":
        says = {oordeel: bool(departs(row.werkproces, oordeel, DAG)) for oordeel in STAP}
        assert says == {
            "GEOORLOOFD": False,
            "NIET_VERWIJTBAAR": False,
            "WAARSCHUWING": richtlijn != "waarschuwing",
            "PV": not richtlijn.startswith("proces-verbaal"),
        }


@pytest.mark.parametrize(
    ("oordeel", "afwijking", "zin"),
    [
        ("WAARSCHUWING", None, "De richtlijn is een proces-verbaal"),
        ("PV", {"afwijking": "maatwerk"}, "U wijkt niet af"),
    ],
)
def test_who_departs_says_why_and_who_does_not_gives_no_reason(
    kinderen, ambtenaar, oordeel, afwijking, zin
):
    zaak = open_household(kinderen, by=ambtenaar, day=DAG, invoer=INVOER)
    found = {"verlof": "NIET_GEVRAAGD", "bevinding": "Geen verlof"}
    step_household(zaak, "verlof_gecontroleerd", by=ambtenaar, day=DAG, gegevens=found)
    step_household(zaak, "ouders_horen", by=ambtenaar, day=DAG, gegevens=HOREN)

    with pytest.raises(DomainError, match=zin):
        decide_household(
            zaak, oordeel=oordeel, motivering="x", by=ambtenaar, day=DAG, afwijking=afwijking
        )
    assert set(Werkproces.objects.values_list("toestand", flat=True)) == {"luxe_besluit"}
