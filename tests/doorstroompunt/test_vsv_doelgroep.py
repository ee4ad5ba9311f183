"""WEB 9.2.1 against the group column of the vsv table, and its own borders."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from doorstroompunt.domain.doelgroep import (
    Bewijs,
    DoelgroepFeiten,
    DoelgroepRegels,
    doelgroep,
    may_start_support,
    school_first_until,
)
from doorstroompunt.domain.vsv import STARTKWALIFICATIE

TABLE = Path(__file__).parent.parent / "data" / "vsv-cases.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

# The column uses limit 27 for 2023 too, on purpose.
REGELS = DoelgroepRegels(leeftijdsgrens_dsp=27, dsp_weken_afwezig=4, schrikkeldag="1_maart")
ONDER_18 = {"V08", "V18", "V19", "V20", "V32", "V33", "V34", "V35", "V37", "V40", "V41"}
LANG_AFWEZIG = {"V48"}
# Not resident any more, which is for the caller; and a diploma that came after t1 (V09).
ANDERS = {"V09", "V27", "V29"}
IN_NEDERLAND = {"mbo-2", "mbo-3", "mbo-2 nbi", "hbo", "vmbo-kb", "vo-onderbouw", "pro"}


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["case_id"] not in ANDERS], ids=lambda row: row["case_id"]
)
def test_group_column_of_the_vsv_table(row):
    behaald = row["diploma_datum"] if row["hoogste_diploma"] in STARTKWALIFICATIE else ""
    feiten = DoelgroepFeiten(
        geboortedatum=date.fromisoformat(row["geboortedatum"]),
        onder_plicht=row["case_id"] in ONDER_18,
        startkwalificatie_datum=date.fromisoformat(behaald) if behaald else None,
        ingeschreven=row["onderwijs_t1"] in IN_NEDERLAND,
        weken_afwezig=Decimal(4 if row["case_id"] in LANG_AFWEZIG else 0),
    )

    found = doelgroep(feiten, date.fromisoformat(row["t1"]), REGELS)

    assert found.hoort_erbij == (row["in_doelgroep_web_9_2_1_op_t1"] == "ja")


ACHTTIEN = DoelgroepFeiten(geboortedatum=date(2002, 10, 10), onder_plicht=False)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 10, 9), True),  # day before the 23rd birthday
        (date(2025, 10, 10), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),  # limit 27
        (date(2029, 10, 9), True),
        (date(2029, 10, 10), False),
    ],
)
def test_age_limit_is_dated(day, expected):
    assert doelgroep(ACHTTIEN, day).hoort_erbij is expected


def test_a_school_may_report_sooner_than_four_weeks():
    student = replace(ACHTTIEN, ingeschreven=True, weken_afwezig=Decimal(2))
    day = date(2026, 11, 23)

    assert doelgroep(student, day).niet_op_school is False
    assert doelgroep(replace(student, weken_grens_school=Decimal(2)), day).niet_op_school is True
    assert doelgroep(replace(student, weken_afwezig=Decimal(4)), day).niet_op_school is True


@pytest.mark.parametrize(
    ("bewijs", "day", "until"),
    [
        (Bewijs.ENTREE, date(2026, 7, 1), date(2027, 7, 1)),
        (Bewijs.ENTREE, date(2027, 6, 30), date(2027, 7, 1)),
        (Bewijs.ENTREE, date(2027, 7, 1), None),
        (Bewijs.PRO, date(2028, 6, 30), date(2028, 7, 1)),
        (Bewijs.VSO, date(2028, 7, 1), None),
        (Bewijs.VSO, date(2026, 6, 30), None),  # not yet held
    ],
)
def test_school_first(bewijs, day, until):
    assert school_first_until([(bewijs, date(2026, 7, 1))], day) == until


def test_school_first_did_not_exist_before_2026():
    assert school_first_until([(Bewijs.PRO, date(2025, 7, 1))], date(2025, 12, 31)) is None


def test_support_waits_for_the_school_or_a_reason():
    bewijzen, day = [(Bewijs.PRO, date(2026, 7, 1))], date(2026, 9, 1)

    assert may_start_support(bewijzen, day) is False
    assert may_start_support(bewijzen, day, reden_afwijking="  ") is False
    assert may_start_support(bewijzen, day, overleg_school_op=date(2026, 9, 2)) is False
    assert may_start_support(bewijzen, day, overleg_school_op=date(2026, 9, 1)) is True
    assert may_start_support(bewijzen, day, reden_afwijking="Dakloos") is True
    assert may_start_support([], day) is True
