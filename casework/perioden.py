"""Half-open period of days: van <= day < tot; None is open at that side."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Periode:
    van: date | None = None
    tot: date | None = None

    @classmethod
    def through(cls, van: date | None, laatste_dag: date | None) -> Self:
        """From a source that names the last day."""
        return cls(van, laatste_dag + timedelta(days=1) if laatste_dag else None)

    @property
    def laatste_dag(self) -> date | None:
        return self.tot - timedelta(days=1) if self.tot else None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, date)
            and (self.van is None or self.van <= day)
            and (self.tot is None or day < self.tot)
        )

    def overlap(self, other: Self) -> Self | None:
        """The days in both, None when there are none."""
        van = max((day for day in (self.van, other.van) if day), default=None)
        tot = min((day for day in (self.tot, other.tot) if day), default=None)
        return None if van and tot and van >= tot else type(self)(van, tot)
