"""The next day on which the status of a jongere changes, as far as is known today."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from casework import parameters

from .feiten import Feiten
from .plicht import einde_leeftijd
from .regels import Regels
from .status import Status, Statuscode, leerplichtstatus

DAY = timedelta(days=1)


def next_change(feiten: Feiten, day: date) -> tuple[date, Statuscode] | None:
    """First later day with another statuscode; None when nothing known changes it any more.

    Only days on which some rule can turn are tried, so it costs a few status calculations.
    """
    now = leerplichtstatus(feiten, day)
    # The count of school years belongs to today; asking about later must not shift it.
    fixed = replace(feiten, schooljaren_geteld_op=feiten.schooljaren_geteld_op or day)
    for candidate in sorted(set(_turning_days(fixed, now, day))):
        if candidate > day and (code := leerplichtstatus(fixed, candidate).code) != now.code:
            return candidate, code
    return None


def _turning_days(feiten: Feiten, now: Status, day: date) -> Iterator[date]:
    regels = Regels.on(day)
    geboren = feiten.geboortedatum
    yield from parameters.change_days()
    for periode in (now.leerplicht, now.kwalificatieplicht, *feiten.verblijf):
        if periode:
            yield from (border for border in (periode.van, periode.tot) if border)
    for vrijstelling in feiten.vrijstellingen:
        periode = vrijstelling.periode
        yield from (border for border in (periode.van, periode.tot) if border)
        if vrijstelling.grond.seizoen:
            yield from _season_days(day, regels)
    yield einde_leeftijd(geboren, regels) + DAY
    yield regels.reach(geboren, regels.leeftijd_einde_kwalificatieplicht)
    for borders in (feiten.startkwalificatie_datum, feiten.uitstroom_bewijs_datum):
        if borders:
            yield borders
    # The age limit of the Doorstroompunt as it will be then.
    later = regels.reach(geboren, regels.leeftijdsgrens_dsp)
    yield later
    yield regels.reach(geboren, Regels.on(max(later, day)).leeftijdsgrens_dsp)


def _season_days(day: date, regels: Regels) -> Iterator[date]:
    for jaar in (day.year, day.year + 1):
        yield date(jaar, regels.trekkend_eerste_maand, 1)
        yield date(jaar, regels.trekkend_laatste_maand % 12 + 1, 1)
