"""Exemptions: entered to be decided by their table, and the return to school."""

from dataclasses import replace
from datetime import date

import pytest

from casework.errors import DomainError, NotAuthorised
from leerplicht.domain.vrijstelling import Vrijstellinginvoer, points_to_check
from leerplicht.domain.vrijstelling_duo import mark_reported, waiting
from leerplicht.domain.vrijstelling_proces import enter, return_to_school
from tests.factories import (
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 6, 20)
TERUG = date(2026, 1, 5)
INVOER = Vrijstellinginvoer(
    grond="5b",
    aanvraagdatum=DAG,
    begindatum=date(2025, 8, 1),
    einddatum=date(2026, 7, 31),
)


@pytest.mark.parametrize(
    ("grond", "soort", "toestand"),
    [
        ("5b", "VRIJSTELLING", "kg_ontvangen"),
        ("15", "VRIJSTELLING", "av_ontvangen"),
        ("3a", "VERV_LEERPLICHT", "av_ontvangen"),
    ],
)
def test_what_comes_in_waits_for_the_steps_of_its_table(
    gemeente, ambtenaar, grond, soort, toestand
):
    jongere = JongereFactory(gemeente=gemeente)

    own = {"by": ambtenaar, "day": DAG, "invoer": replace(INVOER, grond=grond)}
    eerste, tweede = (enter(jongere, **own) for _ in range(2))

    assert (eerste.nieuw, tweede.nieuw) == (True, False)
    assert (eerste.gemeente, eerste.gemeente_aanvraag) == (gemeente, gemeente)
    assert (eerste.besluit, eerste.besluitdatum) == ("IN_BEHANDELING", None)
    assert (eerste.werkproces.soort, eerste.werkproces.toestand) == (soort, toestand)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"einddatum": None}, "Vul de laatste dag in"),
        ({"einddatum": date(2026, 8, 1)}, "niet langer dan een schooljaar"),
        ({"einddatum": date(2025, 7, 31)}, "eindigt voor zij begint"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(gemeente, ambtenaar, anders, zin):
    invoer = replace(INVOER, **anders)

    with pytest.raises(DomainError, match=zin):
        enter(JongereFactory(gemeente=gemeente), by=ambtenaar, day=DAG, invoer=invoer)


@pytest.mark.parametrize(
    ("grond", "geboren", "zin"),
    [
        ("3a", date(2011, 8, 2), "Artikel 3a kan pas vanaf 14 jaar."),
        ("3a", date(2011, 8, 1), None),
        ("15", date(2009, 8, 1), "Artikel 15 kan pas na het einde van de leerplicht."),
    ],
)
def test_what_the_law_does_not_allow_is_asked_and_pointed_out(
    gemeente, ambtenaar, grond, geboren, zin
):
    """A request outside the law is a request: it gets a decision, and bezwaar."""
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=geboren)

    row = enter(jongere, by=ambtenaar, day=DAG, invoer=replace(INVOER, grond=grond))

    assert points_to_check(row) == ([zin] if zin else [])


@pytest.mark.parametrize("toestand", ["kg_lopend", "av_lopend", "kg_verlopen", "av_klaar", ""])
def test_going_to_school_ends_the_exemption_the_day_before_and_duo_hears(
    gemeente, ambtenaar, toestand
):
    """By the step while it runs; of a package (no werkproces) or afterwards by itself."""
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = toestand and WerkprocesFactory(
        jongere=jongere, soort="VRIJSTELLING", toestand=toestand, status="GESLOTEN"
    )
    own = {"werkproces": werkproces or None, "gemeld_duo_op": date(2025, 8, 4)}
    row = VrijstellingFactory(jongere=jongere, **own)
    VrijstellingFactory(jongere=jongere, gemeld_duo_op=None)  # of a package: DUO knew it

    row = return_to_school(row, terug_op=TERUG, by=ambtenaar, day=TERUG)

    assert (row.einddatum, row.terug_naar_school_op) == (date(2026, 1, 4), TERUG)
    assert (row.reden_einde, row.gemeente_terug) == ("SCHOOL", gemeente)
    if toestand.endswith("lopend"):
        assert row.werkproces.toestand == {"kg": "kg_beeindigd", "av": "av_klaar"}[toestand[:2]]
        assert row.werkproces.stappen.get().stap == "beeindigen"
    assert list(waiting()) == [row]
    assert mark_reported(row.pk, TERUG).gemeld_duo_op == TERUG
    assert not waiting().exists()


def test_school_after_the_last_day_tells_duo_nothing_new(gemeente, ambtenaar):
    row = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente))

    row = return_to_school(row, terug_op=date(2026, 9, 1), by=ambtenaar, day=date(2026, 9, 1))

    assert row.einddatum == date(2026, 7, 31)
    assert not waiting().exists()


@pytest.mark.parametrize("besluit", ["IN_BEHANDELING", "GEWEIGERD", "ONGELDIG", "INGETROKKEN"])
def test_what_does_not_hold_cannot_end(gemeente, ambtenaar, besluit):
    row = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente), besluit=besluit)

    with pytest.raises(DomainError, match="geldt niet, dus"):
        return_to_school(row, terug_op=TERUG, by=ambtenaar, day=TERUG)


def test_steps_that_wait_go_first_and_another_gemeente_may_not(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere, toestand="kg_geregistreerd")
    row = VrijstellingFactory(jongere=jongere, werkproces=werkproces)

    with pytest.raises(DomainError, match="Rond eerst de stappen"):
        return_to_school(row, terug_op=TERUG, by=ambtenaar, day=TERUG)
    with pytest.raises(NotAuthorised):
        return_to_school(row, terug_op=TERUG, by=make_ambtenaar(GemeenteFactory()), day=TERUG)


def test_5b_after_a_school_is_pointed_out(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere)
    ooit = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=ooit, einddatum=date(2024, 1, 1))

    assert len(points_to_check(VrijstellingFactory(jongere=jongere, grond="5b"))) == 1
    assert points_to_check(VrijstellingFactory(jongere=ooit, grond="5b")) == []
