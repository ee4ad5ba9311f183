"""Every row of the case table of the law; the id of the row is the id of the test."""

import csv
from pathlib import Path

import pytest

from leerplicht.domain.statustabel import compute_row

TABLE = Path(__file__).parent.parent / "data" / "leerplicht-status-cases.csv"
COLUMNS = (
    "status",
    "doorstroompunt_actief",
    "verantwoordelijk",
    "leerplicht_start",
    "leerplicht_einde",
    "kwalificatieplicht_start",
    "kwalificatieplicht_einde",
)

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_of_the_case_table(row):
    assert compute_row(row) == {name: row[f"verwacht_{name}"] for name in COLUMNS}


def test_the_table_is_whole():
    assert [row["id"] for row in ROWS] == [f"L{number:03}" for number in range(1, 94)]
