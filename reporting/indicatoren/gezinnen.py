"""Households: who of these jongeren belong together.

`gezin_id` decides; without it, jongeren who share a parent (a relatie OUDER with the same BSN),
also through a third; else the jongere alone.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import connection

from accounts import muur

_SQL: Final = """
WITH RECURSIVE bereik(jongere_id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT ander.jongere_id
    FROM bereik b
    JOIN casework_jongere j ON j.id = b.jongere_id AND j.gezin_id = ''
    JOIN casework_relatie eigen ON eigen.jongere_id = b.jongere_id
        AND eigen.soort = 'OUDER' AND eigen.bsn_index IS NOT NULL
    JOIN casework_relatie ander ON ander.bsn_index = eigen.bsn_index AND ander.soort = 'OUDER'
)
SELECT j.id, j.gezin_id, array_agg(r.bsn_index) FILTER (WHERE r.bsn_index IS NOT NULL)
FROM bereik b
JOIN casework_jongere j ON j.id = b.jongere_id
LEFT JOIN casework_relatie r ON r.jongere_id = j.id AND r.soort = 'OUDER'
GROUP BY j.id
ORDER BY j.id
"""


def households(jongeren: Iterable[int]) -> Mapping[int, str]:
    """Key of the household of each jongere (primary keys); one query for all of them."""
    with muur.tellen(), connection.cursor() as cursor:
        cursor.execute(_SQL, [sorted(set(jongeren))])
        return group(cursor.fetchall())


def group(rows: Iterable[tuple[int, str, list[bytes] | None]]) -> dict[int, str]:
    """Household per jongere from (jongere, gezin_id, parents).

    A jongere without gezin_id joins the household of who shares a parent with him; several
    gezin_id's stay apart, he then belongs to the first.
    """
    rows = list(rows)
    sets = _Sets()
    for jongere, gezin, ouders in rows:
        for ouder in () if gezin else ouders or ():
            sets.join(f"j{jongere}", f"o{bytes(ouder).hex()}")
    named: dict[str, str] = {}
    for _, gezin, ouders in sorted(rows, key=lambda row: row[1]):
        for ouder in (ouders or ()) if gezin else ():
            named.setdefault(sets.find(f"o{bytes(ouder).hex()}"), f"g{gezin}")
    found = {}
    for jongere, gezin, _ in rows:
        root = sets.find(f"j{jongere}")
        found[jongere] = f"g{gezin}" if gezin else named.get(root, root)
    return found


class _Sets:
    """Union-find."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while (above := self.parent.setdefault(key, key)) != key:
            key = above
        return key

    def join(self, one: str, other: str) -> None:
        self.parent[self.find(other)] = self.find(one)
