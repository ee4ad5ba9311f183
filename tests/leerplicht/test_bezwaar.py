"""Bezwaar and beroep: the term of each, hearing, the new decision, and the verdict of the court."""

from datetime import date, timedelta
from functools import partial

import pytest

from casework.errors import DomainError
from casework.models import Actie
from tests.leerplicht.aanvragen import DAG, begin, decided, step


@pytest.fixture
def start(gemeente, ambtenaar):
    return partial(begin, gemeente, ambtenaar)


@pytest.mark.parametrize(("ontvangen", "mag"), [("2025-10-13", True), ("2025-10-14", False)])
def test_bezwaar_within_six_weeks(start, ambtenaar, ontvangen, mag):
    row = decided(start, ambtenaar, "geweigerd")
    ontvangen = date.fromisoformat(ontvangen)

    try:
        step(row, "bezwaar_ontvangen", ambtenaar, ontvangen, datum=ontvangen)
    except DomainError:
        row.refresh_from_db()

    assert (row.werkproces.toestand == "av_bezwaar") is mag


BEZWAAR = {"uitkomst": "ongegrond", "gehoord_op": DAG, "motivering": "Reden"}


def objected(start, by, besluit="geweigerd", **gegevens):
    """Announced on 1 September, so bezwaar until 13 October; received at once."""
    row = decided(start, by, besluit)
    step(row, "bezwaar_ontvangen", by, datum=DAG, **gegevens)
    return row


# received on, with a committee, decided before: six or twelve weeks after 13 October, six more once
TERMIJNEN = [
    ("2025-09-02", "", "2025-11-24", "2026-01-05"),
    ("2025-10-13", "nee", "2025-11-24", "2026-01-05"),
    ("2025-09-02", "ja", "2026-01-05", "2026-02-16"),
]


@pytest.mark.parametrize(("ontvangen", "commissie", "voor", "verdaagd"), TERMIJNEN)
def test_the_term_for_bezwaar_runs_from_the_end_of_objecting(
    start, ambtenaar, ontvangen, commissie, voor, verdaagd
):
    row = decided(start, ambtenaar, "geweigerd")
    term = Actie.objects.open().filter(grondslag="beslistermijn bezwaar")
    ontvangen = date.fromisoformat(ontvangen)
    step(row, "bezwaar_ontvangen", ambtenaar, ontvangen, datum=ontvangen, commissie=commissie)
    eerst = term.get().vervalt_op
    with pytest.raises(DomainError, match="al voorbij"):
        step(row, "verdagen", ambtenaar, eerst + timedelta(days=1), reden="Advies")

    step(row, "verdagen", ambtenaar, eerst, reden="Advies")  # on its last day

    assert (eerst, term.get().vervalt_op) == (
        date.fromisoformat(voor),
        date.fromisoformat(verdaagd),
    )
    with pytest.raises(DomainError, match="een keer"):
        step(row, "verdagen", ambtenaar, eerst, reden="Nog eens")
    step(row, "bezwaar_besluiten", ambtenaar, **BEZWAAR)
    assert not term.exists()


BESLISSEN = [
    ({}, ""),
    ({"gehoord_op": None}, "Awb 7:2"),
    ({"gehoord_op": None, "niet_gehoord": "afgezien"}, ""),
    ({"gehoord_op": None, "uitkomst": "ingetrokken"}, ""),
    ({"uitkomst": "gegrond"}, "komt er een nieuw besluit"),
    ({"uitkomst": "gegrond", "besluit": "toegekend"}, ""),
    ({"besluit": "toegekend"}, "alleen bij gegrond"),
    ({"uitkomst": "gegrond", "besluit": "deels"}, "tot en met welke dag"),
    ({"uitkomst": "gegrond", "besluit": "deels", "tot": date(2026, 1, 31)}, ""),
]


@pytest.mark.parametrize(("anders", "zin"), BESLISSEN)
def test_deciding_on_bezwaar_asks_the_hearing_and_a_new_decision(start, ambtenaar, anders, zin):
    row = objected(start, ambtenaar)

    try:
        step(row, "bezwaar_besluiten", ambtenaar, **BEZWAAR | anders)
        found = ""
    except DomainError as error:
        found = str(error)

    assert (zin in found) if zin else found == ""


def test_gegrond_bezwaar_gives_a_new_decision(start, ambtenaar):
    row = objected(start, ambtenaar)
    nieuw = BEZWAAR | {"uitkomst": "gegrond", "besluit": "toegekend"}
    step(row, "bezwaar_besluiten", ambtenaar, **nieuw)

    assert step(row, "terug_naar_lopend", ambtenaar, datum=DAG) == "av_lopend"
    assert (row.besluit, row.werkproces.status) == ("VERLEEND", "GESLOTEN")


# answers of the verdict, what then is possible, the decision that holds
UITSPRAKEN = [
    ({"uitkomst": "ongegrond"}, ("afronden", {}), "GEWEIGERD", "av_klaar"),
    ({"uitkomst": "gegrond", "besluit": "toegekend"}, ("terug_naar_lopend", {"datum": DAG}),
     "VERLEEND", "av_lopend"),
    ({"uitkomst": "gegrond", "opnieuw": "ja"}, ("opnieuw_beslissen", {"voor": date(2026, 3, 2)}),
     "GEWEIGERD", "av_bezwaar"),
    ({"uitkomst": "ongegrond"}, ("hoger_beroep", {"datum": DAG}), "GEWEIGERD", "av_beroep"),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("anders", "daarna", "besluit", "toestand"), UITSPRAKEN)
def test_the_verdict_of_the_court_has_effect(start, ambtenaar, anders, daarna, besluit, toestand):
    row = objected(start, ambtenaar)
    step(row, "bezwaar_besluiten", ambtenaar, **BEZWAAR)
    step(row, "beroep", ambtenaar, datum=DAG)
    uitspraak = {"datum": DAG, "uitspraak": "Het beroep."}
    with pytest.raises(DomainError, match="nieuw besluit"):
        step(row, "uitspraak", ambtenaar, **uitspraak, uitkomst="gegrond")
    with pytest.raises(DomainError, match="een van de twee"):
        both = {"uitkomst": "gegrond", "besluit": "toegekend", "opnieuw": "ja"}
        step(row, "uitspraak", ambtenaar, **uitspraak, **both)
    assert step(row, "uitspraak", ambtenaar, **uitspraak, **anders) == "av_uitspraak"
    if anders.get("opnieuw"):
        with pytest.raises(DomainError, match="opnieuw op het bezwaar"):
            step(row, "afronden", ambtenaar)
    else:
        with pytest.raises(DomainError, match="geen nieuw besluit"):
            step(row, "opnieuw_beslissen", ambtenaar, voor=DAG)

    naam, gegevens = daarna
    assert step(row, naam, ambtenaar, **gegevens) == toestand
    assert row.besluit == besluit
    if toestand == "av_bezwaar":
        with pytest.raises(DomainError, match="na een uitspraak"):
            step(row, "verdagen", ambtenaar, reden="Drukte")
        [term] = Actie.objects.open().filter(grondslag="beslistermijn bezwaar")
        assert term.vervalt_op == date(2026, 3, 2)
