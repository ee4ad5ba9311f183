"""Status of very many jongeren on one day: the law turned into five birth dates.

On a fixed day every age rule is a comparison of the birth date with a constant, so a row costs a
few comparisons instead of a calendar. Equal to status.py by test; residence is left to the
caller, who chose the rows. A line in SQL: status_sql.py.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from casework.schooljaar import Schooljaar
from casework.schoolvakanties import Regio

from .feiten import Feiten
from .plicht import is_schooldag
from .regels import Regels
from .status import Statuscode

DAY = timedelta(days=1)


def birth_limit(day: date, jaren: int, regels: Regels) -> date:
    """The first birth date that has not reached this age on the day."""
    candidate = date(day.year - jaren, day.month, 1)
    while regels.reach(candidate, jaren) <= day:
        candidate += DAY
    return candidate


@dataclass(frozen=True, slots=True)
class Grenzen:
    """Limits on the birth date for one day; each is the first date on the younger side."""

    datum: date
    begin: date  # born before: leerplicht has begun
    einde: date  # born before: leerplicht ended by age
    achttien: date  # born before: no kwalificatieplicht any more
    doorstroompunt: date  # born before: too old for the Doorstroompunt

    @classmethod
    def on(cls, day: date, regels: Regels, regio: Regio | None = None) -> Self:
        month = _last_month_with_schooldag(day, regels, regio)
        schooljaar = Schooljaar.of(day)
        return cls(
            datum=day,
            begin=birth_limit(month - DAY, regels.leeftijd_begin_leerplicht, regels),
            einde=birth_limit(schooljaar.start - DAY, regels.leeftijd_einde_leerplicht, regels),
            achttien=birth_limit(day, regels.leeftijd_einde_kwalificatieplicht, regels),
            doorstroompunt=birth_limit(day, regels.leeftijdsgrens_dsp, regels),
        )


def _last_month_with_schooldag(day: date, regels: Regels, regio: Regio | None) -> date:
    """First day of the latest month that had a school day up to and with this day."""
    calendar = Feiten(geboortedatum=day, regio=regio)
    while not is_schooldag(day, calendar, regels):
        day -= DAY
    return day.replace(day=1)


@lru_cache(maxsize=8192)
def grenzen(day: date, regio: Regio | None = None) -> Grenzen:
    """Limits under the law and the settings of this installation; remembered per day."""
    return Grenzen.on(day, Regels.on(day), regio)


def bulk_status(
    geboortedatum: date,
    op: Grenzen,
    *,
    startkwalificatie_datum: date | None = None,
    uitgezonderd_vanaf: date | None = None,
    twaalf_jaar_op: date | None = None,
    vrijgesteld_van: Collection[str] = (),
) -> Statuscode:
    """The ladder for a resident on the day of `op`.

    `uitgezonderd_vanaf`: praktijkonderwijs or vso bewijs (R9, R10); `twaalf_jaar_op`: 31 July of
    R4; `vrijgesteld_van`: the duties (casework.gronden.Plicht) lifted on that day.
    """
    if geboortedatum >= op.begin:
        return Statuscode.GEEN
    behaald = startkwalificatie_datum is not None and startkwalificatie_datum <= op.datum
    if geboortedatum >= op.einde and not (twaalf_jaar_op and twaalf_jaar_op < op.datum):
        plicht = Statuscode.LEERPLICHTIG
    elif (
        geboortedatum >= op.achttien
        and not behaald
        and not (uitgezonderd_vanaf and uitgezonderd_vanaf <= op.datum)
    ):
        plicht = Statuscode.KWALIFICATIEPLICHTIG
    elif geboortedatum >= op.doorstroompunt and not behaald:
        return Statuscode.DOORSTROOMPUNT
    else:
        return Statuscode.BUITEN_DOELGROEP
    soort = plicht.value.removesuffix("ig")
    return Statuscode.VRIJGESTELD if soort in vrijgesteld_van else plicht


def under_duty(
    geboortedatum: date,
    op: Grenzen,
    *,
    startkwalificatie_datum: date | None = None,
    uitgezonderd_vanaf: date | None = None,
    twaalf_jaar_op: date | None = None,
) -> bool:
    """Leerplicht or kwalificatieplicht runs, exempted or not: the task of a melding is leerplicht.

    For a birth date, ages and diplomas alone; residence does not matter to a school's notice.
    """
    return bulk_status(
        geboortedatum,
        op,
        startkwalificatie_datum=startkwalificatie_datum,
        uitgezonderd_vanaf=uitgezonderd_vanaf,
        twaalf_jaar_op=twaalf_jaar_op,
    ).under_duty
