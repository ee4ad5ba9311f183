"""The package on disk: rows collected per file, written so that equal input gives equal bytes."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from casework.schooljaar import AMSTERDAM, Schooljaar
from koppelingen.pakket.spec import BESTANDEN, PAKKETVERSIE

BRONSYSTEEM: Final = "leerrecht-demo"
BRONVERSIE: Final = "1"
VASTE_TIJD: Final = (2020, 1, 1, 0, 0, 0)  # of files in the zip


class Demopakket:
    """Rows by file name; a row is given by keyword, absent columns stay empty."""

    def __init__(self) -> None:
        self.rijen: dict[str, list[dict[str, Any]]] = {b.naam: [] for b in BESTANDEN}

    def add(self, bestand: str, **rij: Any) -> None:
        self.rijen[bestand].append(rij)

    def next_id(self, bestand: str, letter: str) -> str:
        return f"{letter}{len(self.rijen[bestand]) + 1:05}"

    def write(
        self, pad: Path, *, peildatum: date, jaren: Iterable[Schooljaar], codes: list[str]
    ) -> None:
        """Write the zip with its manifest (sha256 of each file)."""
        bestanden = []
        with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archief:
            for bestand in BESTANDEN:
                rijen = self.rijen[bestand.naam]
                if not rijen:
                    continue
                namen = [kolom.naam for kolom in bestand.kolommen]
                if bestand.met_bron_id:
                    namen.insert(0, "bron_id")
                data = _as_csv(namen, rijen)
                bestanden.append(
                    {
                        "naam": bestand.csv,
                        "rijen": len(rijen),
                        "sha256": hashlib.sha256(data).hexdigest(),
                    }
                )
                _store(archief, bestand.csv, data)
            manifest = {
                "pakketversie": PAKKETVERSIE,
                "bronsysteem": BRONSYSTEEM,
                "bronversie": BRONVERSIE,
                "gemeentecodes": codes,
                "peilmoment": moment(peildatum, 6),
                "schooljaren": [str(jaar) for jaar in jaren],
                "bestanden": bestanden,
            }
            _store(archief, "manifest.json", json.dumps(manifest, indent=1).encode())


def _store(archief: zipfile.ZipFile, naam: str, data: bytes) -> None:
    info = zipfile.ZipInfo(naam, VASTE_TIJD)
    info.compress_type = zipfile.ZIP_DEFLATED
    archief.writestr(info, data)


def _as_csv(namen: list[str], rijen: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(namen)
    bekend = set(namen)
    for rij in rijen:
        if not rij.keys() <= bekend:
            raise ValueError(f"Onbekende kolom: {', '.join(sorted(rij.keys() - bekend))}")
        writer.writerow([_cell(rij.get(naam, "")) for naam in namen])
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if value is True:
        return "J"
    if value is False:
        return "N"
    return value  # csv writes a date in its ISO form


def moment(day: date, uur: int, minuut: int = 0) -> str:
    """A time of that day in Amsterdam, as the package writes it."""
    return datetime.combine(day, time(uur, minuut), AMSTERDAM).isoformat()


def days(n: int) -> timedelta:
    return timedelta(days=n)
