"""Every row of the vsv case table; the id of the row is the id of the test."""

import csv
from pathlib import Path

import pytest

from doorstroompunt.domain.vsvtabel import compute_row

TABLE = Path(__file__).parent.parent / "data" / "vsv-cases.csv"
COLUMNS = ("in_startpopulatie", "is_nieuwe_vsver", "telt_voor_gemeente")

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[row["case_id"] for row in ROWS])
def test_row_of_the_case_table(row):
    facts = {name: cell for name, cell in row.items() if name not in COLUMNS}

    assert compute_row(facts) == {name: row[name] for name in COLUMNS}


def test_the_table_is_whole():
    outcomes = [compute_row(row) for row in ROWS if row["definitie"] == "A"]

    assert [row["case_id"] for row in ROWS] == [f"V{number:02}" for number in range(1, 53)]
    assert sum(outcome["in_startpopulatie"] == "ja" for outcome in outcomes) == 31
    assert sum(outcome["is_nieuwe_vsver"] == "ja" for outcome in outcomes) == 22
