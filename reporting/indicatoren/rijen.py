"""From a figure to the rows that were counted, by the same SQL that counted them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL

from casework.schooljaar import Schooljaar
from reporting.indicatoren.feit import Feit, Telling, select
from reporting.indicatoren.register import FEITEN, parts_of
from reporting.indicatoren.vraag import TOTAAL_PK, Vraag

# What is counted once, by the column that says which one it is.
EENHEDEN: Final[Mapping[str, str]] = {
    "jongere": "casework.Jongere",
    "gezin": "casework.Jongere",
    "traject": "doorstroompunt.Traject",
}


class AnyOf(Func):
    """pk = ANY(ARRAY(subquery)): run once. As IN it may be run per row, which takes minutes in
    tables that were never analysed."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY(ARRAY"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Rijen:
    """The rows of one fact that one count of one area rests on.

    Says nothing about who may see them: the caller filters with visible_to.
    """

    feit: Feit
    telling: Telling
    vraag: Vraag
    dim: Mapping[str, str]

    @property
    def model(self) -> str:
        """Model of the rows of the fact ("app.Model")."""
        return self.feit.model

    @property
    def eenheid(self) -> str:
        """Model of what is counted: persons or trajecten behind the rows, or the rows."""
        return EENHEDEN.get(self.telling.uniek, self.model)

    def counted(self, gemeenten: Collection[int] | None = None) -> "AnyOf":
        """Filter for the rows of the model that were counted; in these gemeenten alone."""
        rows, found = self.feit.rows_sql(self.vraag)
        params: list[Any] = [*found]
        gebied = TOTAAL_PK if self.vraag.met_totaal else next(iter(self.vraag.gemeenten))
        conditions = [self.telling.waar, f"gebied = {gebied}"]
        for name, code in self.dim.items():
            conditions.append(f"{self.telling.column(name)}::text = %s")
            params.append(code)
        if gemeenten is not None:
            conditions.append("gem = ANY(%s)")
            params.append(sorted(gemeenten))
        keys = RawSQL(  # noqa: S611  # fragments of our own, see feit.fill
            f"WITH feit AS MATERIALIZED ({rows})\n"
            + select("id", f"feit WHERE ({') AND ('.join(conditions)})"),
            params,
        )
        return AnyOf("pk", keys)


def rows_behind(
    indicator: str, gemeenten: Sequence[str], schooljaar: Schooljaar, dim: Mapping[str, str]
) -> list[Rijen]:
    """The rows of one figure, over these gemeenten together; [] for a figure without rows.

    A share gives those of its teller, a sum those of its parts.
    """
    vraag = Vraag.of(gemeenten, [schooljaar])
    return [
        Rijen(feit, telling, vraag, dim)
        for name in parts_of(indicator)
        for feit in FEITEN
        for telling in feit.tellingen
        if telling.id == name
    ]
