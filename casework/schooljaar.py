"""The schooljaar (1 August up to and including 31 July) and today's date in Amsterdam.

Free of Django, so models and rules may both import it. "today" belongs at the edge: views,
commands and tasks ask it once and pass a date on.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_PATTERN = re.compile(r"(\d{4})-(\d{4})")
_FIRST, _LAST = (
    1900,
    2200,
)  # outside these years a text is a typing error, not a schooljaar


@dataclass(frozen=True, order=True, slots=True)
class Schooljaar:
    """One school year (WPO art. 1, WEC art. 1); half open: start <= date < end."""

    beginjaar: int

    @property
    def start(self) -> date:
        return date(self.beginjaar, 8, 1)

    @property
    def end(self) -> date:
        """First day of the next schooljaar; not part of this one."""
        return date(self.beginjaar + 1, 8, 1)

    @property
    def last_day(self) -> date:
        """31 July, as the law and letters name it."""
        return date(self.beginjaar + 1, 7, 31)

    @property
    def peildatum(self) -> date:
        """1 October, the reference day for populations."""
        return date(self.beginjaar, 10, 1)

    @property
    def vorige(self) -> Self:
        return type(self)(self.beginjaar - 1)

    @property
    def volgende(self) -> Self:
        return type(self)(self.beginjaar + 1)

    def __str__(self) -> str:
        return f"{self.beginjaar:04}-{self.beginjaar + 1:04}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self == type(self).of(day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2022-2023"; ValueError with a Dutch sentence for anything else."""
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise ValueError(f"'{text}' is geen schooljaar. Schrijf het zoals 2022-2023.")
        begin, eind = int(match[1]), int(match[2])
        if eind != begin + 1:
            raise ValueError(
                f"'{text}' is geen schooljaar: het tweede jaar moet {begin + 1:04} zijn."
            )
        if not _FIRST <= begin <= _LAST:
            raise ValueError(f"'{text}' ligt buiten {_FIRST} tot en met {_LAST}.")
        return cls(begin)

    @classmethod
    def of(cls, day: date) -> Self:
        """The schooljaar of a date; a datetime counts by its date in Amsterdam."""
        if isinstance(day, datetime):
            day = amsterdam_date(day)
        return cls(day.year if day.month >= 8 else day.year - 1)


def amsterdam_date(moment: datetime) -> date:
    """The calendar date in Amsterdam; a moment without zone is taken as Amsterdam time."""
    return moment.astimezone(AMSTERDAM).date() if moment.tzinfo else moment.date()


def today() -> date:
    return amsterdam_date(datetime.now(UTC))
