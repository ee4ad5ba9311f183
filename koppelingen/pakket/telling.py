"""Counts and refused rows of one run, kept flat: refused rows go to a file on disk."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from koppelingen.pakket.fouten import Afkeuring, veilig_bron_id
from koppelingen.pakket.lezer import seal


@dataclass(slots=True)
class Telling:
    """Rows of one file; gelezen is the sum of the others."""

    gelezen: int = 0
    geladen: int = 0
    bijgewerkt: int = 0
    ongewijzigd: int = 0
    quarantaine: int = 0
    weggelaten_wpg: int = 0


@dataclass(slots=True)
class Telraam:
    """Everything counted in one run, per file in order of reading."""

    per_bestand: dict[str, Telling] = field(default_factory=dict)
    _spool: IO[str] = field(
        default_factory=lambda: tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed by close()
    )

    def bestand(self, naam: str) -> Telling:
        return self.per_bestand.setdefault(naam, Telling())

    def refuse(self, afkeuring: Afkeuring, cells: Mapping[str, str]) -> None:
        self.bestand(afkeuring.bestand).quarantaine += 1
        row = asdict(afkeuring) | {"cellen": seal(cells)}
        row["bron_id"] = veilig_bron_id(afkeuring.bron_id)
        self._spool.write(json.dumps(row) + "\n")

    def refused(self, bestand: str = "") -> Iterator[dict[str, Any]]:
        """Refused rows (of one file) in order of reading; `cellen` is sealed."""
        self._spool.flush()
        self._spool.seek(0)
        for line in self._spool:
            row: dict[str, Any] = json.loads(line)
            if not bestand or row["bestand"] == bestand:
                yield row
        self._spool.seek(0, 2)

    @property
    def totaal(self) -> Telling:
        som = Telling()
        for telling in self.per_bestand.values():
            for naam in Telling.__dataclass_fields__:
                setattr(som, naam, getattr(som, naam) + getattr(telling, naam))
        return som

    def close(self) -> None:
        self._spool.close()
