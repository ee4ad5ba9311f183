from datetime import UTC, date, datetime

import pytest

from casework.schooljaar import Schooljaar, amsterdam_date


def test_a_schooljaar_is_half_open():
    schooljaar = Schooljaar(2022)

    assert (schooljaar.start, schooljaar.end) == (date(2022, 8, 1), date(2023, 8, 1))
    assert schooljaar.last_day == date(2023, 7, 31)
    assert schooljaar.peildatum == date(2022, 10, 1)
    assert str(schooljaar) == "2022-2023"
    assert [date(2022, 7, 31) in schooljaar, date(2022, 8, 1) in schooljaar] == [False, True]
    assert [date(2023, 7, 31) in schooljaar, date(2023, 8, 1) in schooljaar] == [True, False]


def test_schooljaren_are_ordered_and_adjacent():
    assert Schooljaar(2021) < Schooljaar(2022)
    assert Schooljaar(2022).vorige == Schooljaar(2021)
    assert Schooljaar(2022).volgende == Schooljaar(2023)


@pytest.mark.parametrize(
    ("day", "beginjaar"),
    [
        (date(2023, 7, 31), 2022),
        (date(2023, 8, 1), 2023),
        (date(2024, 2, 29), 2023),
        # 31 July 23:30 UTC is 1 August in Amsterdam.
        (datetime(2023, 7, 31, 23, 30, tzinfo=UTC), 2023),
    ],
)
def test_schooljaar_of_a_day(day, beginjaar):
    assert Schooljaar.of(day) == Schooljaar(beginjaar)


def test_parse_reads_what_str_writes():
    assert Schooljaar.parse("2022-2023") == Schooljaar(2022)
    assert Schooljaar.parse(" 2022-2023 ") == Schooljaar(2022)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2022-2024", "'2022-2024' is geen schooljaar: het tweede jaar moet 2023 zijn."),
        ("2023-2022", "'2023-2022' is geen schooljaar: het tweede jaar moet 2024 zijn."),
        ("2022", "'2022' is geen schooljaar. Schrijf het zoals 2022-2023."),
        ("2022/2023", "'2022/2023' is geen schooljaar. Schrijf het zoals 2022-2023."),
        ("", "'' is geen schooljaar. Schrijf het zoals 2022-2023."),
        ("0001-0002", "'0001-0002' ligt buiten 1900 tot en met 2200."),
    ],
)
def test_parse_refuses_with_a_dutch_sentence(text, sentence):
    with pytest.raises(ValueError) as error:
        Schooljaar.parse(text)

    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),  # summer time
        (datetime(2026, 7, 31, 23, 0), date(2026, 7, 31)),  # no zone: already Amsterdam
    ],
)
def test_a_timestamp_counts_by_its_date_in_amsterdam(moment, day):
    assert amsterdam_date(moment) == day
