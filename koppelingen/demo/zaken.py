"""Reports and the werkprocessen they led to, while the package is being made."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from koppelingen.demo.personen import Jongere


@dataclass(slots=True)
class Lopend:
    """A werkproces that is still open: its open work is set after the import."""

    bron_id: str
    gemeente: str
    gestart_op: date
    behandelaar: str


@dataclass(slots=True)
class Melding:
    bron_id: str
    j: Jongere
    soort: str
    melddatum: date
    begindatum: date
    uren: int | None
    rij: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Zaak:
    """A werkproces that later reports of the same kind may join."""

    bron_id: str
    gemeente: str
    start: date
    einde: date
    resultaat: str
    open_nu: bool

    def takes(self, m: Melding) -> bool:
        during = self.start - timedelta(days=3) <= m.melddatum <= self.einde
        return during and m.j.gemeente_op(m.melddatum) == self.gemeente
