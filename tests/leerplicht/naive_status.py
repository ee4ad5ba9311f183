"""A second, naive reading of the law: live every day of a life and keep flags.

Nothing is computed ahead; each rule fires on the day it happens. It shares no code with
leerplicht.domain except the names of the outcomes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass
class Life:
    geboren: date
    tot_leeftijd: int = 28
    vrije_dagen: frozenset[date] = frozenset()
    startkwalificatie: date | None = None
    uitgezonderd: date | None = None
    eerste_volle_schooljaar: int | None = None
    vrijstellingen: list[tuple[set[str], date, date, bool]] = field(default_factory=list)
    aankomst: date | None = None
    vertrek: date | None = None
    schrikkel_in_februari: bool = False

    def is_birthday(self, day: date) -> bool:
        if (self.geboren.month, self.geboren.day) != (2, 29):
            return (day.month, day.day) == (self.geboren.month, self.geboren.day)
        if (day.month, day.day) == (2, 29):
            return True
        common_year = (date(day.year, 2, 28) + DAY).month == 3
        birthday = (2, 28) if self.schrikkel_in_februari else (3, 1)
        return common_year and (day.month, day.day) == birthday


@dataclass(frozen=True)
class Day:
    datum: date
    status: str
    leeftijd: int
    schooljaren: int


def live(life: Life) -> Iterator[Day]:
    """Every day from birth, with the status at the end of the ladder."""
    day, leeftijd, schooljaren = life.geboren, 0, 0
    vijf_in: tuple[int, int] | None = None
    begonnen = leerplicht_over = False
    while True:
        if day != life.geboren and life.is_birthday(day):
            leeftijd += 1
            if leeftijd == life.tot_leeftijd:
                return
            if leeftijd == 5:
                vijf_in = (day.year, day.month)
        if vijf_in and not begonnen and (day.year, day.month) != vijf_in:
            begonnen = day.weekday() < 5 and day not in life.vrije_dagen
        if (day.month, day.day) == (7, 31) and life.eerste_volle_schooljaar is not None:
            schooljaren += day.year > life.eerste_volle_schooljaar
        yield Day(
            day, _status(life, day, leeftijd, begonnen, leerplicht_over), leeftijd, schooljaren
        )
        if (day.month, day.day) == (7, 31) and (leeftijd >= 16 or schooljaren >= 12):
            leerplicht_over = True
        day += DAY


def _status(life: Life, day: date, leeftijd: int, begonnen: bool, leerplicht_over: bool) -> str:
    if (life.aankomst and day < life.aankomst) or (life.vertrek and day > life.vertrek):
        return "buiten_doelgroep"
    if not begonnen:
        return "geen"
    diploma = life.startkwalificatie is not None and day >= life.startkwalificatie
    uitgezonderd = life.uitgezonderd is not None and day >= life.uitgezonderd
    if not leerplicht_over:
        return "vrijgesteld" if _vrij(life, day, "leerplicht") else "leerplichtig"
    if leeftijd < 18 and not diploma and not uitgezonderd:
        return "vrijgesteld" if _vrij(life, day, "kwalificatieplicht") else "kwalificatieplichtig"
    grens = 23 if day.year < 2026 else 27
    return "buiten_doelgroep" if diploma or leeftijd >= grens else "doorstroompunt"


def _vrij(life: Life, day: date, plicht: str) -> bool:
    return any(
        plicht in plichten and van <= day <= tot and (not seizoen or day.month in range(3, 11))
        for plichten, van, tot, seizoen in life.vrijstellingen
    )
