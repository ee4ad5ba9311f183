"""Facts and what is counted in them.

A Feit is a SELECT that gives, for one schooljaar, the rows of one kind of fact with the gemeente
of its day (`gem`), the jongere and its codes. A Telling is one indicator: which rows, and whether
rows or unique persons count. All tellingen of a fact are answered by one statement, whatever the
number of gemeenten, schooljaren and codes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any, Final, NamedTuple

from accounts.rechten import UITVOEREND
from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS
from reporting.indicatoren.fragmenten import FRAGMENTEN
from reporting.indicatoren.vraag import TOTAAL_PK, Vraag

ALLES: Final = "true"
GEZIN: Final = "gezin"
UNION: Final = "\nUNION ALL\n"


def fill(template: str, names: Mapping[str, str]) -> str:
    """Our own fragments in our own SQL: code lists, dates and keys, never text of a user."""
    return Template(template).substitute(names)


def select(what: str, source: str) -> str:
    return "SELECT " + what + " FROM " + source  # noqa: S608  # fragments of our own, see fill


@dataclass(frozen=True, slots=True)
class Telling:
    """One indicator: `waar` chooses rows of the fact, `uniek` is the column counted once.

    `uniek` "" counts rows, "jongere" persons, "gezin" households; `kolommen` names the column
    of a breakdown when it is not the name of the breakdown itself.
    """

    id: str
    waar: str = ALLES
    uniek: str = ""
    kolommen: Mapping[str, str] = field(default_factory=dict)

    def column(self, dim: str) -> str:
        return self.kolommen.get(dim, dim)

    @property
    def dims(self) -> list[str]:
        return list(dict.fromkeys(d for way in CATALOGUS[self.id].uitsplitsingen for d in way))


@dataclass(frozen=True, slots=True)
class Feit:
    """`sql` gives sj, id, gem, jongere and codes; `id` is the key of a row of `model`.

    `vensters` are columns that look at the other rows of the same area ("the first of this
    jongere"), so that a figure of one gemeente never depends on what happened in another.
    `groep` are the columns the tellingen need; only for a fact without vensters of which every
    telling counts rows: those are then added up per code before anything else.
    `taken` are the taken of who may see the rows behind a figure.
    """

    naam: str
    model: str
    sql: str
    tellingen: Sequence[Telling]
    vensters: str = ""
    groep: Sequence[str] = ()
    taken: frozenset[str] = UITVOEREND
    deel: Callable[[Schooljaar], tuple[str, tuple[Any, ...]]] | None = None

    def rows_sql(self, vraag: Vraag) -> tuple[str, list[Any]]:
        """The fact for every schooljaar, each row once for its gemeente and once for all."""
        rows, params = self._facts(vraag)
        doubled = _per_area(rows, vraag)
        return select(f"feit.*{self.vensters and ', '}{self.vensters}", f"({doubled}) feit"), params

    def grouped_sql(self, vraag: Vraag) -> tuple[str, list[Any]]:
        """What is counted: the rows, or with `groep` their number (`aantal`) per code."""
        if not self.groep:
            return self.rows_sql(vraag)
        rows, params = self._facts(vraag)
        columns = ", ".join(("gem", *self.groep, "sj"))
        # An xid can be hashed, not sorted: sorting every row would take longer than counting it.
        groups = f"{columns}, sj::text::xid"
        grouped = select(f"{columns}, count(*) AS aantal", f"({rows}) f GROUP BY {groups}")
        return _per_area(grouped, vraag), params

    def _facts(self, vraag: Vraag) -> tuple[str, list[Any]]:
        parts: list[str] = []
        params: list[Any] = []
        for jaar in vraag.schooljaren:
            names = {**FRAGMENTEN, **vraag.literals(jaar)}
            if self.deel:
                names["deel"], found = self.deel(jaar)
                params += found
            parts.append(fill(self.sql, names))
        return UNION.join(parts), params


def _per_area(rows: str, vraag: Vraag) -> str:
    areas = f"(VALUES (f.gem), ({TOTAAL_PK}))" if vraag.met_totaal else "(VALUES (f.gem))"
    return select("f.*, g.gebied", f"({rows}) f CROSS JOIN LATERAL {areas} g(gebied)")


def counting_sql(feit: Feit, ids: Collection[str], rows: str) -> str:
    """One statement with a branch an indicator; `read` knows its columns."""
    branches = UNION.join(
        _branch(number, telling, "sum(aantal)::bigint" if feit.groep else "count(*)")
        for number, telling in enumerate(feit.tellingen)
        if telling.id in ids
    )
    return f"WITH feit AS MATERIALIZED ({rows})\n{branches}"


def _branch(number: int, telling: Telling, rows: str) -> str:
    count = f"count(DISTINCT {telling.uniek})" if telling.uniek else rows
    jongeren = "NULL::bigint[]"
    if telling.uniek == GEZIN:
        count, jongeren = "0", "array_agg(DISTINCT jongere)"
    columns = [telling.column(dim) for dim in telling.dims]
    codes = ", ".join(f"{column}::text" for column in columns)
    mask = f"GROUPING({', '.join(columns)})" if columns else "0"
    sets = ", ".join(
        f"({', '.join(['sj', 'gebied', *(telling.column(dim) for dim in way)])})"
        for way in CATALOGUS[telling.id].uitsplitsingen
    )
    what = f"{number}, sj, gebied, {mask}, ARRAY[{codes}]::text[], {count}, {jongeren}"
    return select(what, f"feit WHERE {telling.waar} GROUP BY GROUPING SETS ({sets})")


class Aantal(NamedTuple):
    """One counted group; `jongeren` instead of a number where households are counted."""

    telling: Telling
    beginjaar: int
    gebied: int
    dim: tuple[tuple[str, str], ...]
    aantal: int
    jongeren: Sequence[int] = ()


Row = tuple[int, int, int, int, list[str], int, list[int] | None]


def read(feit: Feit, rows: Iterable[Row]) -> list[Aantal]:
    """Rows of counting_sql; a group without code belongs to no breakdown."""
    present: dict[tuple[int, int], dict[int, str]] = {}
    found = []
    for number, beginjaar, gebied, mask, codes, aantal, jongeren in rows:
        telling = feit.tellingen[number]
        if (number, mask) not in present:
            present[number, mask] = _present(telling.dims, mask)
        places = present[number, mask]
        if all(map(codes.__getitem__, places)):
            dim = tuple(zip(places.values(), map(codes.__getitem__, places), strict=True))
            found.append(Aantal(telling, beginjaar, gebied, dim, aantal, jongeren or ()))
    return found


def _present(dims: Sequence[str], mask: int) -> dict[int, str]:
    """Place and name of the breakdowns of a group, by its bits of GROUPING()."""
    last = len(dims) - 1
    return {n: name for n, name in enumerate(dims) if not mask >> (last - n) & 1}
