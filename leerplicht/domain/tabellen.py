"""Which table of steps a werkproces follows."""

from collections.abc import Mapping
from typing import Final

from casework.codes import Werkprocessoort
from casework.domain.proces import Procestabel, Stap
from casework.models import Werkproces

from .aanvraag_tabel import AANVRAAG
from .absoluut_tabel import ABSOLUUT
from .kennisgeving_tabel import KENNISGEVING
from .luxe_tabel import LUXE
from .mas import MAS
from .ziekte_tabel import ZIEKTE

# All other kinds follow the MAS.
TABELLEN: Final[Mapping[str, tuple[Procestabel[Werkproces], ...]]] = {
    Werkprocessoort.ABSOLUUT: (ABSOLUUT,),
    Werkprocessoort.LUXE: (LUXE,),
    Werkprocessoort.ZORG: (ZIEKTE,),
    Werkprocessoort.VRIJSTELLING: (KENNISGEVING, AANVRAAG),
    Werkprocessoort.VERV_LEERPLICHT: (AANVRAAG,),
    Werkprocessoort.VERLOF: (AANVRAAG,),
}
ALLE: Final = (MAS, ABSOLUUT, LUXE, ZIEKTE, KENNISGEVING, AANVRAAG)
LABELS: Final = {t.naam: t.label for tabel in reversed(ALLE) for t in tabel.toestanden.values()}
STAPLABELS: Final = {s.naam: s.label for tabel in reversed(ALLE) for s in tabel.stappen.values()}


def begin_tabel(soort: str) -> Procestabel[Werkproces]:
    """The table in which a new werkproces of this kind begins."""
    return TABELLEN.get(soort, (MAS,))[0]


def tabel_of(werkproces: Werkproces) -> Procestabel[Werkproces]:
    """The table of its kind that knows its state; what came from a package is in the MAS."""
    for tabel in TABELLEN.get(werkproces.soort, ()):
        if werkproces.toestand in tabel.toestanden:
            return tabel
    return MAS


def stap_of(werkproces: Werkproces, naam: str) -> Stap[Werkproces] | None:
    """A step that was done, also when it was done under another table."""
    return next((t.stappen[naam] for t in (tabel_of(werkproces), *ALLE) if naam in t.stappen), None)
