"""All facts and derived figures, and which indicators they answer."""

from collections.abc import Mapping, Sequence
from typing import Final

from reporting.catalogus import CATALOGUS
from reporting.indicatoren import leerplicht, meldingen, populatie, trajecten
from reporting.indicatoren.feit import Feit

FEITEN: Final[Sequence[Feit]] = (
    populatie.POPULATIE,
    meldingen.MELDINGEN,
    meldingen.BETROKKEN,
    leerplicht.GESTART,
    leerplicht.GESLOTEN,
    leerplicht.PREVENTIEF,
    leerplicht.PV,
    leerplicht.HALT,
    leerplicht.AANVRAGEN,
    leerplicht.VERLEEND,
    leerplicht.LOPEND,
    leerplicht.TERUG,
    trajecten.GEMELD,
    trajecten.UITVAL,
    trajecten.BENADERD,
    trajecten.NIEUWJAAR,
    trajecten.FASEN,
    trajecten.POGINGEN,
)
SOMMEN: Final[Mapping[str, Sequence[str]]] = {"hv_totaal": ("hv_pv", "hv_halt")}
GETELD: Final = frozenset(telling.id for feit in FEITEN for telling in feit.tellingen)


def parts_of(name: str) -> Sequence[str]:
    """What stands behind a figure: the parts of a sum, the teller of a share, else itself."""
    return SOMMEN.get(name) or (CATALOGUS[name].teller or name,)
