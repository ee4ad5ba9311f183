from datetime import date, timedelta

import pytest

from casework.feestdagen import easter_sunday, feestdagen, koningsdag
from casework.kalender import (
    Regio,
    add_schooldagen,
    add_werkdagen,
    end_of_lesweken,
    first_schooldag,
    is_schooldag,
    is_werkdag,
    lesweken,
    next_werkdag,
    vakantie_on,
    vakanties,
    werkdagen_between,
)
from casework.schooljaar import Schooljaar
from casework.schoolvakanties import EERSTE, LAATSTE

# Easter as printed in almanacs, with the extremes of the calendar.
PASEN = [
    date(1943, 4, 25), date(2008, 3, 23), date(2013, 3, 31), date(2019, 4, 21), date(2020, 4, 12),
    date(2021, 4, 4), date(2022, 4, 17), date(2023, 4, 9), date(2024, 3, 31), date(2025, 4, 20),
    date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16), date(2038, 4, 25), date(2049, 4, 18),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize("pasen", PASEN, ids=str)
def test_easter(pasen):
    assert easter_sunday(pasen.year) == pasen


def test_holidays_of_2026():
    assert sorted(feestdagen(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    "day", [date(2013, 4, 30), date(2014, 4, 26), date(2025, 4, 26), date(2026, 4, 27)], ids=str
)
def test_koningsdag_is_never_on_a_sunday(day):
    assert koningsdag(day.year) == day


def test_bevrijdingsdag_is_a_choice():
    assert is_werkdag(date(2026, 5, 5)) is False
    assert is_werkdag(date(2026, 5, 5), bevrijdingsdag=False) is True


@pytest.mark.parametrize(
    ("day", "aantal", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 4, 2), 1, date(2026, 4, 3)),  # Good Friday is a working day
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 7), -1, date(2026, 4, 3)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_add_werkdagen(day, aantal, expected):
    assert add_werkdagen(day, aantal) == expected


def test_a_term_that_ends_on_a_free_day_runs_on():
    assert next_werkdag(date(2026, 4, 4)) == date(2026, 4, 7)
    assert next_werkdag(date(2026, 4, 7)) == date(2026, 4, 7)


def test_werkdagen_between_leaves_the_last_day_out():
    assert werkdagen_between(date(2026, 4, 1), date(2026, 4, 8)) == 4


@pytest.mark.parametrize("regio", Regio)
def test_every_holiday_runs_from_saturday_up_to_monday(regio):
    for beginjaar in range(EERSTE.beginjaar, LAATSTE.beginjaar + 1):
        found = vakanties(Schooljaar(beginjaar), regio)
        weken = [(v.tot - v.van + timedelta(days=5)) // timedelta(weeks=1) for v in found]

        assert {(v.van.weekday(), v.tot.weekday()) for v in found} == {(5, 0)}
        assert weken == [2, 3, 2, 2, 7]  # 9, 16, 9, 9 and 44 days
        assert found == tuple(sorted(found))


@pytest.mark.parametrize(
    ("regio", "eerste_schooldag"),
    [
        (Regio.NOORD, date(2026, 8, 17)),
        (Regio.MIDDEN, date(2026, 8, 31)),
        (Regio.ZUID, date(2026, 8, 24)),
    ],
)
def test_first_schooldag_after_summer_differs_per_region(regio, eerste_schooldag):
    assert first_schooldag(date(2026, 8, 1), regio) == eerste_schooldag


def test_without_region_only_weekends_and_holidays_are_free():
    assert first_schooldag(date(2026, 8, 1)) == date(2026, 8, 3)
    assert first_schooldag(date(2026, 1, 1)) == date(2026, 1, 2)
    assert is_schooldag(date(2026, 5, 5)) is True


def test_a_holiday_ends_before_its_tot():
    assert vakantie_on(date(2026, 8, 16), Regio.NOORD).naam == "Zomervakantie"
    assert vakantie_on(date(2026, 8, 17), Regio.NOORD) is None
    assert vakantie_on(date(2026, 10, 10), Regio.NOORD).naam == "Herfstvakantie"


def test_add_schooldagen_skips_a_holiday():
    assert add_schooldagen(date(2026, 10, 9), 1, Regio.NOORD) == date(2026, 10, 19)
    assert add_schooldagen(date(2026, 10, 19), -1, Regio.NOORD) == date(2026, 10, 9)


def test_a_holiday_week_is_no_lesweek():
    assert lesweken(date(2026, 10, 5), date(2026, 10, 26), Regio.NOORD) == [
        date(2026, 10, 5),
        date(2026, 10, 19),
    ]
    # Four lesweken from Monday 28 September: the week of 12 October is skipped.
    assert end_of_lesweken(date(2026, 9, 28), 4, Regio.NOORD) == date(2026, 11, 2)
    assert end_of_lesweken(date(2026, 9, 28), 4, Regio.MIDDEN) == date(2026, 11, 2)
    assert end_of_lesweken(date(2026, 9, 28), 4) == date(2026, 10, 26)


def test_a_gemeente_can_add_a_schooljaar(settings):
    assert vakanties(Schooljaar(2028), Regio.NOORD) == ()

    settings.LEERRECHT_SCHOOLVAKANTIES = {
        2028: {"noord": "1014-1022 1223-0107 0217-0225 0428-0506 0721-0902"}
    }

    assert vakantie_on(date(2028, 10, 16), Regio.NOORD).naam == "Herfstvakantie"
