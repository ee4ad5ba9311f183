"""The status function against the naive day-by-day reading, around every border of a life."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from casework.feestdagen import feestdagen
from casework.gronden import GRONDEN
from casework.perioden import Periode
from leerplicht.domain.feiten import Feiten, Vrijstelling
from leerplicht.domain.grenzen import Grenzen, bulk_status
from leerplicht.domain.regels import Regels
from leerplicht.domain.status import leerplichtstatus
from tests.leerplicht.naive_status import Day, Life, live

DAY = timedelta(days=1)
# Public holidays are free; Bevrijdingsdag is a school day by the calendar of the law.
VRIJ = frozenset(
    day for jaar in range(1995, 2042) for day in feestdagen(jaar, bevrijdingsdag=False)
)

GEBOREN = [
    date(jaar, maand, dag)
    for jaar in (1999, 2003, 2007, 2008, 2010)
    for maand, dag in (
        (1, 1), (2, 28), (3, 1), (4, 30), (6, 30), (7, 30), (7, 31), (8, 1), (8, 2), (9, 1),
        (9, 30), (10, 1), (12, 1), (12, 31),
    )
]  # fmt: skip  # read as a table
SCHRIKKEL = [date(2000, 2, 29), date(2004, 2, 29), date(2008, 2, 29)]


@cache
def rules_on(day: date) -> Regels:
    return Regels.on(day)


def border_days(life: Life) -> list[Day]:
    """Days on which the status changes, the days around them, and fixed days of each year."""
    days = list(live(life))
    return [
        day
        for before, day, after in zip([days[0], *days], days, [*days[1:], days[-1]], strict=False)
        if before.status != day.status
        or day.status != after.status
        or (day.datum.day == 1 and day.datum.month in (1, 8, 10))
        or (day.datum.month, day.datum.day) == (7, 31)
    ]


def feiten_of(life: Life, day: Day) -> Feiten:
    vrijstellingen = tuple(
        Vrijstelling(_grond(plichten, seizoen), Periode.through(van, tot))
        for plichten, van, tot, seizoen in life.vrijstellingen
    )
    return Feiten(
        geboortedatum=life.geboren,
        verblijf=(Periode.through(life.aankomst, life.vertrek),),
        onderwijssoort="pro",
        uitstroom_bewijs_datum=life.uitgezonderd,
        startkwalificatie_datum=life.startkwalificatie,
        schooljaren_voltooid=day.schooljaren if life.eerste_volle_schooljaar else None,
        vrijstellingen=vrijstellingen,
        ingeschreven=True,
    )


def _grond(plichten: set[str], seizoen: bool):
    if seizoen:
        return GRONDEN["5a_trekkend"]
    return GRONDEN["15"] if plichten == {"kwalificatieplicht"} else GRONDEN["5a"]


def check(life: Life, schrikkeldag: str = "1_maart") -> None:
    differences = []
    for day in border_days(life):
        regels = rules_on(day.datum)
        if schrikkeldag != regels.schrikkeldag:
            regels = replace(regels, schrikkeldag=schrikkeldag)
        found = leerplichtstatus(feiten_of(life, day), day.datum, regels).code
        if found != day.status:
            differences.append((day.datum, day.status, str(found)))
    assert differences == []


@pytest.mark.parametrize("geboren", GEBOREN + SCHRIKKEL, ids=str)
def test_ages_alone(geboren):
    check(Life(geboren, vrije_dagen=VRIJ))


@pytest.mark.parametrize("geboren", SCHRIKKEL, ids=str)
def test_29_february_counted_on_28_february(geboren):
    check(Life(geboren, vrije_dagen=VRIJ, schrikkel_in_februari=True), "28_februari")


@pytest.mark.parametrize("geboren", GEBOREN[::3], ids=str)
def test_startkwalificatie_on_every_kind_of_day(geboren):
    zestien, achttien = geboren.year + 16, geboren.year + 18
    for behaald in (
        date(zestien, 7, 31),
        date(zestien, 8, 1),
        date(zestien + 1, 7, 31),
        date(zestien + 1, 8, 1),
        date(achttien - 1, 12, 31),
        date(achttien, 1, 1),
        date(achttien, geboren.month, 1),
        date(achttien + 2, 6, 30),
    ):
        check(Life(geboren, vrije_dagen=VRIJ, startkwalificatie=behaald))


@pytest.mark.parametrize("geboren", GEBOREN[::4], ids=str)
def test_praktijkonderwijs_bewijs(geboren):
    zestien = geboren.year + 16
    for bewijs in (date(zestien - 1, 7, 31), date(zestien, 8, 1), date(zestien + 1, 3, 13)):
        check(Life(geboren, vrije_dagen=VRIJ, uitgezonderd=bewijs))


@pytest.mark.parametrize("eerste", (4, 5))
@pytest.mark.parametrize(
    "geboren", (date(2009, 8, 1), date(2009, 8, 15), date(2010, 1, 31)), ids=str
)
def test_twelve_full_school_years(geboren, eerste):
    check(Life(geboren, vrije_dagen=VRIJ, eerste_volle_schooljaar=geboren.year + eerste))


@pytest.mark.parametrize("geboren", (date(2008, 5, 20), date(2010, 8, 1)), ids=str)
def test_exemptions_and_seasons(geboren):
    van, tot = date(geboren.year + 10, 8, 1), date(geboren.year + 19, 2, 14)
    for plichten, seizoen in (
        ({"leerplicht", "kwalificatieplicht"}, False),
        ({"kwalificatieplicht"}, False),
        ({"leerplicht"}, True),
    ):
        check(Life(geboren, vrije_dagen=VRIJ, vrijstellingen=[(plichten, van, tot, seizoen)]))


@pytest.mark.parametrize("geboren", (date(2008, 5, 20), date(2010, 7, 31)), ids=str)
def test_newcomers_and_leavers(geboren):
    for aankomst, vertrek in (
        (date(geboren.year + 3, 6, 15), date(geboren.year + 12, 9, 30)),
        (date(geboren.year + 13, 10, 11), None),
        (date(geboren.year + 17, 1, 4), date(geboren.year + 17, 3, 31)),
        (date(geboren.year + 20, 1, 1), None),
    ):
        check(Life(geboren, vrije_dagen=VRIJ, aankomst=aankomst, vertrek=vertrek))


@pytest.mark.parametrize("geboren", GEBOREN[::2] + SCHRIKKEL, ids=str)
def test_the_bulk_form_is_equal(geboren):
    behaald = date(geboren.year + 17, 7, 3)
    for diploma in (None, behaald):
        life = Life(geboren, vrije_dagen=VRIJ, startkwalificatie=diploma)
        differences = [
            (day.datum, day.status, found)
            for day in border_days(life)
            if (found := _bulk(life, day.datum)) != day.status
        ]
        assert differences == []


def _bulk(life: Life, day: date) -> str:
    grenzen = Grenzen.on(day, rules_on(day))
    return bulk_status(life.geboren, grenzen, startkwalificatie_datum=life.startkwalificatie).value
