"""The report of one run: counts, refused rows and the table that must add up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from casework.errors import DomainError
from casework.uitbreiding import UITBREIDINGEN
from koppelingen.pakket.bron import Manifest
from koppelingen.pakket.telling import Telraam


class Uitvoer(Protocol):
    """A file, or the output of a command."""

    def write(self, text: str, /) -> object: ...


@dataclass(slots=True)
class Rapport:
    """What `import_pakket` tells; refused rows are read from the telraam when written."""

    telraam: Telraam
    pakket: str
    bronsysteem: str
    proef: bool
    wpg_akkoord: str = ""
    gemeentecodes: tuple[str, ...] = ()
    duur: float = 0.0
    waarschuwingen: list[str] = field(default_factory=list)
    aansluiting_rijen: list[dict[str, Any]] = field(default_factory=list)
    aansluiting_cijfers: list[dict[str, Any]] = field(default_factory=list)
    persoonsvragen: int = 0

    def head(self) -> dict[str, Any]:
        """Everything but the refused rows."""
        return {
            "pakket": self.pakket,
            "bronsysteem": self.bronsysteem,
            "proef": self.proef,
            "wpg_akkoord": self.wpg_akkoord,
            "duur_seconden": round(self.duur, 2),
            "waarschuwingen": self.waarschuwingen,
            "personen_te_beslissen": self.persoonsvragen,
            "totaal": asdict(self.telraam.totaal),
            "bestanden": {
                f"{naam}.csv": asdict(telling) for naam, telling in self.telraam.per_bestand.items()
            },
            "aansluiting": {
                "rijen": self.aansluiting_rijen,
                "cijfers": self.aansluiting_cijfers,
            },
        }

    def refused(self, bestand: str = "") -> Iterator[dict[str, Any]]:
        for row in self.telraam.refused(bestand):
            yield {
                "bestand": f"{row['bestand']}.csv",
                "rij": row["rij"],
                "bron_id": row["bron_id"],
                "kolom": row["kolom"],
                "waardesoort": row["waardesoort"],
                "reden": row["reden"],
            }

    def write_json(self, stream: Uitvoer) -> None:
        """One JSON document; the refused rows stream, however many there are."""
        text = json.dumps(self.head(), ensure_ascii=False, indent=1)
        stream.write(text.removesuffix("\n}") + ',\n "afgekeurde_rijen": [')
        for nummer, row in enumerate(self.refused()):
            stream.write(",\n  " if nummer else "\n  ")
            stream.write(json.dumps(row, ensure_ascii=False))
        stream.write("\n ]\n}\n")


def reconcile_rows(manifest: Manifest, telraam: Telraam) -> list[dict[str, Any]]:
    """Rows by manifest, read and loaded, per file; `verschil` is what the manifest has more."""
    rows = []
    for naam, telling in telraam.per_bestand.items():
        genoemd = manifest.bestanden.get(f"{naam}.csv", {}).get("rijen")
        genoemd = genoemd if isinstance(genoemd, int) else None
        rows.append(
            {
                "bestand": f"{naam}.csv",
                "manifest": genoemd,
                "gelezen": telling.gelezen,
                "in_systeem": telling.geladen + telling.bijgewerkt + telling.ongewijzigd,
                "quarantaine": telling.quarantaine,
                "weggelaten_wpg": telling.weggelaten_wpg,
                "verschil": None if genoemd is None else genoemd - telling.gelezen,
            }
        )
    return rows


def reconcile_figures(manifest: Manifest) -> tuple[list[dict[str, Any]], str]:
    """The figures that the manifest names against our own; a sentence when they cannot be made.

    Needs the records in the database, so it is asked before a dry run is rolled back.
    """
    if not manifest.aantallen:
        return [], ""
    if UITBREIDINGEN.cijfers is None:
        return [], "De cijfers in het manifest zijn niet vergeleken: er is niets dat ze telt."
    try:
        schooljaren = sorted({str(row["schooljaar"]) for row in manifest.aantallen})
        namen = sorted({str(row["indicator"]) for row in manifest.aantallen})
        cijfers = UITBREIDINGEN.cijfers(list(manifest.gemeentecodes), schooljaren, namen)
        berekend = {_key(row): row.get("waarde") for row in cijfers}
        return [_compared(row, berekend.get(_key(row))) for row in manifest.aantallen], ""
    except DomainError as error:
        return [], f"De cijfers in het manifest zijn niet vergeleken. {error}"
    except (KeyError, TypeError, ValueError, AttributeError):
        return [], "De aantallen in het manifest hebben niet de vorm van het contract."


def _key(row: Mapping[str, Any]) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    dim = row.get("dim") or {}
    return (
        str(row["indicator"]),
        str(row["schooljaar"]),
        str(row["gebied"]),
        tuple(sorted((str(k), str(v)) for k, v in dim.items())),
    )


def _compared(row: Mapping[str, Any], ours: Any) -> dict[str, Any]:
    wanted = row.get("waarde")
    known = isinstance(wanted, int | float) and isinstance(ours, int | float)
    return {
        "indicator": row["indicator"],
        "gebied": row["gebied"],
        "schooljaar": row["schooljaar"],
        "dim": row.get("dim") or {},
        "manifest": wanted,
        "berekend": ours,
        "verschil": ours - wanted if known else None,
    }
