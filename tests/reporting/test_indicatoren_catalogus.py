"""The catalogue against the contract; every code and indicator has a name."""

import csv
from pathlib import Path

import pytest

from reporting.catalogus import CATALOGUS
from reporting.indicatoren import BESCHIKBAAR
from reporting.indicatoren.codes import codes_of
from reporting.verslag.namen import CODES, INDICATOREN, TELT

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract" / "indicatoren.csv"


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract is not beside this project")
def test_catalogue_is_that_of_the_contract():
    with CONTRACT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))

    wanted = [(r["indicator"], r["eenheid"], r["telt"], r["dimensies"]) for r in rows]
    assert [(i.id, i.eenheid, i.telt, ", ".join(i.dimensies)) for i in CATALOGUS.values()] == wanted


def test_every_indicator_has_a_name_and_a_unit():
    assert list(INDICATOREN) == list(CATALOGUS)
    assert {i.telt for i in CATALOGUS.values()} <= set(TELT)


def test_every_code_has_a_name():
    unnamed = {
        (dim, code)
        for indicator in CATALOGUS.values()
        for way in indicator.uitsplitsingen
        for dim in way
        if not indicator.id.startswith("vsv_duo") and dim != "lft"
        for code in codes_of(indicator.id, dim, ())
        if code not in CODES[dim] and code != "onbekend"
    }

    assert unnamed == set()


def test_only_the_estimate_cannot_be_counted_yet():
    """Those answer "nog niet beschikbaar" everywhere; the day they are counted, this says so."""
    assert set(CATALOGUS) - BESCHIKBAAR == {
        "vsv_raming_startpopulatie",
        "vsv_raming_nieuw",
        "vsv_raming_pct",
    }
