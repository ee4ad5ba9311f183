"""Small counts are hidden in a report, and cannot be computed from what is left."""

import random
from dataclasses import replace

import pytest

from reporting.cijfer import Cijfer
from reporting.verslag.klein import determined, hidden_cells, hide_small, sums_of
from reporting.verslag.opmaak import VERBORGEN
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.tabellen import build_table
from tests.factories_reporting import NU, make_cijferset

RIJEN = {"rijen": [{"indicator": "lp_meldingen", "per": "vs"}], "jaren": 1}


def texts(minimum, *gemeenten):
    cijfers = hide_small(make_cijferset(*gemeenten), minimum)
    tabel = build_table(RIJEN, Kader(cijfers, NU, "Jaarverslag"))
    return {rij.label: [cel.tekst for cel in rij.cellen] for rij in tabel.rijen}, tabel.noten


@pytest.mark.eis("P41")
def test_a_small_count_and_the_one_that_would_give_it_away_are_hidden():
    rows, noten = texts(5, "0147")

    assert sorted(cells[0] for cells in rows.values()) == ["*", "*", "50", "90"]
    assert any(noot.startswith("*: verborgen") for noot in noten)


def test_without_a_minimum_nothing_changes():
    cijfers = make_cijferset()

    assert hide_small(cijfers, 0) is cijfers
    assert VERBORGEN not in str(texts(0, "0147")[0])


@pytest.mark.eis("P41")
def test_share_of_few_is_hidden():
    share = Cijfer("verzuim_pct", NU, "0164", {}, 1, 3, 200)
    rest = replace(share, schooljaar="2021-2022", teller=198)
    large = replace(share, gebied="0147", teller=100)

    shown = hide_small(make_cijferset(cijfers=[share, rest, large]), 5).cijfers

    assert [c.verborgen for c in shown] == [True, True, False]
    assert (shown[0].waarde, shown[0].teller, shown[0].noemer) == (None, None, None)


def cube(seed):
    """Counts by two breakdowns in three gemeenten, with every margin."""
    dice = random.Random(seed)
    values = {}
    for g in ("1", "2", "3"):
        for a in "abc":
            for b in "xyz":
                n = dice.choice([0, 0, 1, 2, 3, 4, 5, 9, 20, 60])
                for gebied in (g, "totaal"):
                    for dim in ({"a": a, "b": b}, {"a": a}, {"b": b}, {}):
                        key = gebied, frozenset(dim.items())
                        values[key] = values.get(key, 0) + n
    return values


@pytest.mark.eis("P41")
@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_count_follows_from_all_sums_together(seed):
    values = cube(seed)
    sums = sums_of(values, ["1", "2", "3"])

    hidden = hidden_cells(values, sums, 5)

    assert {cell for cell, n in values.items() if 0 < n < 5} <= hidden
    assert determined(sums, hidden) == set()
    for total, parts in sums:
        inside = [cell for cell in (*parts, total) if cell in hidden]
        assert len(inside) != 1
        if inside and total not in hidden and len(inside) < len(parts):
            assert sum(values[cell] for cell in inside) >= 5


def test_the_check_finds_what_can_be_computed():
    """x + y, y + z and x + z together give x, y and z."""
    x, y, z = (("1", frozenset({("a", name)})) for name in "xyz")
    pairs = [
        (("1", frozenset({("t", str(n))})), pair) for n, pair in enumerate([(x, y), (y, z), (x, z)])
    ]

    assert determined(pairs, {x, y, z}) == {x, y, z}
    assert determined(pairs[:2], {x, y, z}) == set()
