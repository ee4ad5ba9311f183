"""From a figure to the rows that were counted, by the same SQL that counted them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from casework.schooljaar import Schooljaar
from reporting.indicatoren.feit import Feit, Telling, select
from reporting.indicatoren.register import FEITEN, parts_of
from reporting.indicatoren.vraag import TOTAAL_PK, Vraag


@dataclass(frozen=True, slots=True)
class Rijen:
    """Keys of the counted rows of one model ("app.Model")."""

    indicator: str
    model: str
    ids: list[int]


def rows_behind(
    indicator: str, gemeenten: list[str], schooljaar: Schooljaar, dim: Mapping[str, str]
) -> list[Rijen]:
    """The rows of one count, over these gemeenten together; [] for a figure without rows.

    A share gives those of its teller, a sum those of its parts. Says nothing about who may see
    them: the caller filters with visible_to.
    """
    vraag = Vraag.of(gemeenten, [schooljaar])
    return [
        Rijen(telling.id, feit.model, _ids(feit, telling, vraag, dim))
        for name in parts_of(indicator)
        for feit in FEITEN
        for telling in feit.tellingen
        if telling.id == name
    ]


def _ids(feit: Feit, telling: Telling, vraag: Vraag, dim: Mapping[str, str]) -> list[int]:
    rows, params = feit.rows_sql(vraag)
    gebied = TOTAAL_PK if vraag.met_totaal else next(iter(vraag.gemeenten))
    conditions = [telling.waar, f"gebied = {gebied}"]
    for name, code in dim.items():
        conditions.append(f"{telling.column(name)}::text = %s")
        params.append(code)
    sql = f"WITH feit AS ({rows})\n" + select(
        "DISTINCT id", f"feit WHERE ({') AND ('.join(conditions)}) ORDER BY id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for (pk,) in cursor.fetchall()]
