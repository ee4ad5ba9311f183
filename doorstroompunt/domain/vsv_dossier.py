"""From enrolments and diplomas in a dossier to the facts of the vsv definition.

The caller brings what other rooms know: gemeente on t0 and t1, and the grounds of vrijstelling
on t1 (the Leerplichtwet is not known here). Pass every enrolment of the person, not only those
on the two days: the first year in the Netherlands follows from the earlier ones.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, Protocol

from casework.codes import Diplomasoort, Onderwijssoort

from .vsv import ENTREE, Deelname, Diploma, Soort

_SOORT: Final[Mapping[str, Soort]] = {
    Onderwijssoort.BO: Soort.PO,
    Onderwijssoort.SBO: Soort.PO,
    Onderwijssoort.SO: Soort.SO,
    Onderwijssoort.VSO: Soort.VSO,
    Onderwijssoort.PRO: Soort.PRO,
    Onderwijssoort.VMBO_B: Soort.VO,
    Onderwijssoort.VMBO_K: Soort.VO,
    Onderwijssoort.VMBO_GT: Soort.VO,
    Onderwijssoort.HAVO: Soort.VO,
    Onderwijssoort.VWO: Soort.VO,
    Onderwijssoort.BRUGJAAR: Soort.VO,
    Onderwijssoort.ISK: Soort.VO,
    Onderwijssoort.VAVO: Soort.VAVO,
    Onderwijssoort.MBO1: Soort.MBO,
    Onderwijssoort.MBO2: Soort.MBO,
    Onderwijssoort.MBO3: Soort.MBO,
    Onderwijssoort.MBO4: Soort.MBO,
    Onderwijssoort.HO: Soort.HBO,
    Onderwijssoort.EDUCATIE: Soort.EDUCATIE,
    Onderwijssoort.PARTICULIER: Soort.OVERIG,
    Onderwijssoort.OVERIG: Soort.OVERIG,
    Onderwijssoort.BUITENLAND: Soort.BUITENLAND,
}
_GEEN_NEDERLANDS: Final = frozenset({Onderwijssoort.BUITENLAND})
_ENTREE: Final = re.compile(r"mbo[ -]?1|entree|niveau ?1|^1$", re.IGNORECASE)
STARTKWALIFICATIE: Final = "startkwalificatie"


class InschrijvingRow(Protocol):
    """A model instance or a named tuple of values()."""

    onderwijssoort: str
    bekostigd: bool
    begindatum: date
    einddatum: date | None


class DiplomaRow(Protocol):
    soort: str
    naam: str
    niveau: str
    datum: date
    startkwalificatie: bool


def soort_of(onderwijssoort: str, *, bekostigd: bool) -> Soort:
    soort = _SOORT[onderwijssoort]
    return Soort.MBO_NBI if soort == Soort.MBO and not bekostigd else soort


def deelnames_on(rows: Collection[InschrijvingRow], day: date) -> tuple[Deelname, ...]:
    """Enrolments that cover the day; `einddatum` is the last day enrolled."""
    eerste_jaar = _is_first_year(rows, day)
    return tuple(
        Deelname(
            soort=soort_of(row.onderwijssoort, bekostigd=row.bekostigd),
            bekostigd=row.bekostigd,
            eerste_jaar_nl=eerste_jaar and row.onderwijssoort == Onderwijssoort.ISK,
            van=row.begindatum,
            niveau=row.onderwijssoort,
        )
        for row in rows
        if _covers(row, day)
    )


def _is_first_year(rows: Collection[InschrijvingRow], day: date) -> bool:
    """No Dutch enrolment a year before: with ISK, a newcomer in the first year."""
    before = day.replace(year=day.year - 1)
    return not any(
        row.begindatum <= before for row in rows if row.onderwijssoort not in _GEEN_NEDERLANDS
    )


def _covers(row: InschrijvingRow, day: date) -> bool:
    return row.begindatum <= day and (row.einddatum is None or row.einddatum >= day)


def diplomas_of(rows: Collection[DiplomaRow]) -> tuple[Diploma, ...]:
    """Only what the definition asks: startkwalificaties (by their mark) and entree diplomas."""
    found = []
    for row in rows:
        if row.startkwalificatie:
            found.append(Diploma(STARTKWALIFICATIE, row.datum))
        elif row.soort == Diplomasoort.DIPLOMA and _ENTREE.search(row.niveau or row.naam):
            found.append(Diploma(ENTREE, row.datum))
    return tuple(found)
