"""What is asked: these gemeenten, these schooljaren; and the areas that are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from casework.errors import DomainError
from casework.models import Gemeente
from casework.schooljaar import Schooljaar

TOTAAL: Final = "totaal"
TOTAAL_PK: Final = 0  # area of the rows of all gemeenten together


@dataclass(frozen=True, slots=True)
class Vraag:
    """`gemeenten`: primary key -> CBS code, in the order asked."""

    gemeenten: Mapping[int, str]
    schooljaren: Sequence[Schooljaar]

    @classmethod
    def of(cls, codes: Sequence[str], schooljaren: Sequence[Schooljaar]) -> Self:
        """Raises DomainError when a gemeente is not known."""
        found = dict(Gemeente.objects.filter(code__in=codes).values_list("code", "pk"))
        unknown = [code for code in dict.fromkeys(codes) if code not in found]
        if unknown:
            raise DomainError(f"Deze gemeente is niet bekend: {', '.join(unknown)}.")
        return cls({found[code]: code for code in codes}, sorted(set(schooljaren)))

    @property
    def met_totaal(self) -> bool:
        return len(self.gemeenten) > 1

    @property
    def gebieden(self) -> dict[int, str]:
        """Key of an area in the queries -> its name in the answer."""
        return dict(self.gemeenten) | ({TOTAAL_PK: TOTAAL} if self.met_totaal else {})

    @property
    def gemeenten_sql(self) -> str:
        return f"ARRAY[{', '.join(str(pk) for pk in self.gemeenten)}]::bigint[]"

    def literals(self, jaar: Schooljaar) -> dict[str, str]:
        """The dates of one schooljaar as literals; the planner knows them that way."""
        return {
            "gemeenten": self.gemeenten_sql,
            "sj": str(jaar.beginjaar),
            "van": _date(jaar.start),
            "tot": _date(jaar.end),
            "van_moment": _midnight(jaar.start),
            "tot_moment": _midnight(jaar.end),
            "peildatum": _date(jaar.peildatum),
            "peildatum_erna": _date(jaar.volgende.peildatum),
            "nieuwjaar": _date(date(jaar.beginjaar + 1, 1, 1)),
        }


def _date(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _midnight(day: date) -> str:
    """Start of the day in Amsterdam, to compare with a stored moment."""
    return f"(TIMESTAMP '{day.isoformat()} 00:00' AT TIME ZONE 'Europe/Amsterdam')"
