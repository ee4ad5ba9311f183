"""Working days, school days and lesweken: the clock of terms and of the first school day.

Every count takes a date and gives a date; nothing here asks what day it is today.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from .feestdagen import feestdagen, is_feestdag
from .schooljaar import Schooljaar
from .schoolvakanties import Regio, Vakantie, vakanties

__all__ = [
    "Regio",
    "Vakantie",
    "add_months",
    "add_schooldagen",
    "add_werkdagen",
    "end_of_lesweken",
    "feestdagen",
    "first_schooldag",
    "is_feestdag",
    "is_schooldag",
    "is_werkdag",
    "lesweken",
    "next_werkdag",
    "schooldagen",
    "start_of_lesweken",
    "vakantie_on",
    "vakanties",
    "werkdagen_between",
]

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
_SEARCH_LIMIT = 400  # no calendar closes all schools for more than a year


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_werkdag(day: date, *, bevrijdingsdag: bool = True) -> bool:
    """Monday to Friday, no public holiday. Good Friday is a working day in this sense."""
    return day.weekday() < 5 and not is_feestdag(day, bevrijdingsdag=bevrijdingsdag)


def next_werkdag(day: date, *, bevrijdingsdag: bool = True) -> date:
    """The day itself when it is a working day, else the first one after it.

    Algemene termijnenwet art. 1(1): a term that ends on a weekend or public holiday runs on.
    Terms counted back from a moment are not shifted (art. 1(2)).
    """
    while not is_werkdag(day, bevrijdingsdag=bevrijdingsdag):
        day += DAY
    return day


def add_werkdagen(day: date, aantal: int, *, bevrijdingsdag: bool = True) -> date:
    """The working day `aantal` working days after (or, negative, before) a day.

    The day itself does not count; 0 gives the day itself, also on a Sunday.
    """
    step = DAY if aantal > 0 else -DAY
    for _ in range(abs(aantal)):
        day += step
        while not is_werkdag(day, bevrijdingsdag=bevrijdingsdag):
            day += step
    return day


def werkdagen_between(van: date, tot: date, *, bevrijdingsdag: bool = True) -> int:
    """Number of working days in van <= day < tot."""
    return sum(is_werkdag(day, bevrijdingsdag=bevrijdingsdag) for day in _days(van, tot))


def vakantie_on(day: date, regio: Regio) -> Vakantie | None:
    """The published school holiday on a day, None on a school week or outside the table."""
    schooljaar = Schooljaar.of(day)
    # A summer holiday that began in July belongs to the schooljaar before.
    for holiday in (
        *vakanties(schooljaar, regio),
        *vakanties(schooljaar.vorige, regio),
    ):
        if day in holiday:
            return holiday
    return None


def is_schooldag(day: date, regio: Regio | None = None) -> bool:
    """Monday to Friday, no public holiday, no published school holiday of the region.

    Without a region only weekends and public holidays are free. Bevrijdingsdag counts as a
    school day: schools are free by their own calendar only.
    """
    if not is_werkdag(day, bevrijdingsdag=False):
        return False
    return regio is None or vakantie_on(day, regio) is None


def first_schooldag(day: date, regio: Regio | None = None) -> date:
    """The day itself when it is a school day, else the first one after it."""
    for candidate in _days(day, day + _SEARCH_LIMIT * DAY):
        if is_schooldag(candidate, regio):
            return candidate
    raise ValueError(f"Geen schooldag gevonden na {day:%d-%m-%Y}.")


def add_schooldagen(day: date, aantal: int, regio: Regio | None = None) -> date:
    """The school day `aantal` school days after (negative: before); the day itself is left out."""
    step = DAY if aantal > 0 else -DAY
    for _ in range(abs(aantal)):
        day += step
        while not is_schooldag(day, regio):
            day += step
    return day


def schooldagen(van: date, tot: date, regio: Regio | None = None) -> list[date]:
    """The school days in van <= day < tot."""
    return [day for day in _days(van, tot) if is_schooldag(day, regio)]


def lesweken(van: date, tot: date, regio: Regio | None = None) -> list[date]:
    """Mondays of the weeks with at least one school day in van <= day < tot.

    A holiday week is no lesweek and is skipped when four consecutive lesweken are counted.
    """
    mondays = {day - day.weekday() * DAY for day in schooldagen(van, tot, regio)}
    return sorted(mondays)


def end_of_lesweken(van: date, aantal: int, regio: Regio | None = None) -> date:
    """First day after `aantal` lesweken from `van`, holiday weeks skipped (Lpw art. 21a).

    The window starts on any weekday; a week runs from that weekday up to the same one.
    """
    start, counted = van, 0
    while counted < aantal:
        if schooldagen(start, start + WEEK, regio):
            counted += 1
        start += WEEK
    return start


def start_of_lesweken(tot: date, aantal: int, regio: Regio | None = None) -> date:
    """First day of the `aantal` lesweken that end with this day, holiday weeks skipped."""
    end, counted = tot + DAY, 0
    while counted < aantal:
        end -= WEEK
        if schooldagen(end, end + WEEK, regio):
            counted += 1
    return end


def _days(van: date, tot: date) -> Iterator[date]:
    for number in range((tot - van).days):
        yield van + number * DAY
