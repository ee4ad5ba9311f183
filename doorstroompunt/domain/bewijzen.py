"""Which proofs of school ask for consultation with the school first, read from diplomas."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from casework.codes import Diplomasoort
from casework.models import Diploma

from .doelgroep import Bewijs

# A diploma row has free text for name and level; "praktijkverklaring" (mbo) is not meant.
_PATTERNS: Final = (
    (Bewijs.ENTREE, re.compile(r"mbo[ -]?1|entree|niveau ?1|^1 ?/|/ ?1$")),
    (Bewijs.PRO, re.compile(r"(^|[^a-z])pro([^a-z]|$)|praktijkonderwijs")),
    (Bewijs.VSO, re.compile(r"(^|[^a-z])vso([^a-z]|$)|voortgezet speciaal")),
)
_SOORTEN: Final = frozenset(
    {Diplomasoort.DIPLOMA, Diplomasoort.GETUIGSCHRIFT, Diplomasoort.VERKLARING}
)


def bewijzen_of(diplomas: Iterable[Diploma]) -> list[tuple[Bewijs, date]]:
    """Proofs of entree, praktijkonderwijs and vso with their date (WEB 9.2.5 lid 5)."""
    return [
        (bewijs, row.datum)
        for row in diplomas
        if row.soort in _SOORTEN and not row.startkwalificatie and (bewijs := _read(row))
    ]


def _read(row: Diploma) -> Bewijs | None:
    text = f"{row.naam} / {row.niveau}".lower().strip(" /")
    return next((bewijs for bewijs, pattern in _PATTERNS if pattern.search(text)), None)
