"""The criteria of Halt, each at its border, and the hours of work; no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from leerplicht.domain.halt_criteria import Haltfeiten, criteria, longest_run, work_hours

DAG = date(2025, 10, 1)
GEBOREN = date(2011, 3, 1)  # 14 years old
DAGEN = (date(2025, 9, 8), date(2025, 9, 9))
GOED = Haltfeiten(
    geboortedatum=GEBOREN,
    dagen=DAGEN,
    dagen_zonder_plicht=frozenset(),
    uren=Decimal(20),
    te_laat=0,
    verwijt="verwijtbaar",
    verzuimsoort="RELATIEF",
    eerder=False,
    school_deed="Gesprek met de mentor.",
    ouders_ingelicht=True,
    bekent=True,
)
LANG = tuple(date(2025, 9, day) for day in (1, 2, 3, 4, 5, 8, 9))  # nine days with the weekend
ELF = tuple(date(2025, 9, day) for day in (1, 2, 4, 8, 10, 12, 16, 18, 22, 24, 26))
# Eight days to 31 January, eleven from 1 February; never eight days on end.
HALF = (
    *(date(2025, 1, day) for day in (1, 3, 6, 8, 13, 15, 20, 31)),
    *(date(2025, 2, day) for day in (1, 4, 6, 11, 13, 15, 18, 20, 22, 25, 27)),
)
# What is different, the criterium that is open, its stand and whether it is hard.
RIJEN = [
    ({}, None),
    ({"uren": Decimal("8.99")}, ("ondergrens", "niet", False)),
    ({"uren": Decimal(9)}, None),
    ({"uren": Decimal(0), "te_laat": 11}, ("ondergrens", "niet", False)),
    ({"uren": Decimal(0), "te_laat": 12}, None),
    ({"uren": Decimal(60)}, None),
    ({"uren": Decimal("60.01")}, ("bovengrens", "niet", False)),
    ({"te_laat": 60}, None),
    ({"te_laat": 61}, ("bovengrens", "niet", False)),
    ({"geboortedatum": date(2013, 9, 8)}, None),  # twelve on the first day
    ({"geboortedatum": date(2013, 9, 9)}, ("leeftijd", "niet", False)),  # eleven, then twelve
    ({"geboortedatum": date(2013, 9, 10)}, ("leeftijd", "niet", True)),
    ({"geboortedatum": date(2007, 9, 10)}, None),  # the last day as a seventeen year old
    ({"geboortedatum": date(2007, 9, 9)}, ("leeftijd", "niet", False)),
    ({"dagen_zonder_plicht": frozenset(DAGEN[:1])}, ("plicht", "niet", False)),
    ({"dagen": ()}, ("plicht", "onbekend", False), ("duur", "onbekend", False)),
    ({"dagen": LANG[:6]}, ("duur", "niet", False)),  # eight days on end
    ({"dagen": LANG[:5]}, None),
    ({"dagen": ELF}, ("duur", "niet", False)),
    ({"dagen": ELF[:10]}, None),
    ({"dagen": HALF[:18]}, None),  # eight in January, ten in February
    ({"dagen": HALF}, ("duur", "niet", False)),
    ({"verwijt": "deels"}, ("verwijt", "niet", False)),
    ({"verwijt": "niet"}, ("verwijt", "niet", False)),
    ({"verwijt": ""}, ("verwijt", "onbekend", False)),
    ({"bekent": False}, ("bekent", "niet", False)),
    ({"bekent": None}, ("bekent", "onbekend", False)),
    ({"school_deed": " "}, ("school", "niet", False)),
    ({"ouders_ingelicht": False}, ("school", "niet", False)),
    ({"ouders_ingelicht": None}, ("school", "onbekend", False)),
    ({"eerder": True}, ("eerder", "niet", False)),
    ({"contra": ("PSYCHISCH",)}, ("contra", "niet", False)),
    ({"verzuimsoort": "LUXE"}, ("soort", "niet", True)),
    ({"verzuimsoort": "ABSOLUUT"}, ("soort", "niet", True)),
]


@pytest.mark.parametrize("rij", RIJEN)
def test_each_criterium_at_its_border(rij):
    anders, *verwacht = rij
    found = criteria(replace(GOED, **anders), DAG)

    open_ = [(c.code, c.stand, c.hard) for c in found if c.open]
    assert open_ == [row for row in verwacht if row]


@pytest.mark.parametrize(
    ("uren", "te_laat", "werk"),
    [
        (0, 0, 0), ("0.5", 0, 2), (10, 0, 2), ("10.01", 0, 4), (20, 0, 4), (50, 0, 10), (60, 0, 12),
        (90, 0, 12), (0, 1, 2), (0, 20, 2), (0, 21, 4), (0, 60, 6), (60, 60, 18), (15, 30, 8),
    ],
)  # fmt: skip  # read as a table
def test_hours_of_work_by_the_table(uren, te_laat, werk):
    assert work_hours(Decimal(uren), te_laat, DAG) == werk


def test_a_weekend_does_not_break_a_row_of_days():
    assert [longest_run(LANG[:n]) for n in (0, 1, 5, 6, 7)] == [0, 1, 5, 8, 9]
