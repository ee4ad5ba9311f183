"""Writing a package: the same files, in an order and a form that never vary."""

import csv
import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, Protocol

from django.core.files.storage import default_storage
from django.db import connection, transaction

from casework.errors import DomainError
from casework.models import Document
from casework.schooljaar import Schooljaar
from koppelingen.pakket import selectie
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.schrijver import uitvoerbestand
from koppelingen.pakket.spec import BESTANDEN, EIGEN_BRON, PAKKETVERSIE

VERSIE: Final = "1"
BLOK: Final = 1 << 20
RIJEN: Final = 5000
# A zip records a time for each file; this one makes equal content an equal zip.
NUL_TIJD: Final = (1980, 1, 1, 0, 0, 0)


class Doel(Protocol):
    """Where the files go: a folder or a zip."""

    def create(self, naam: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Map:
    pad: Path

    @contextmanager
    def create(self, naam: str) -> Iterator[IO[bytes]]:
        path = self.pad / naam
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            yield stream


@dataclass(frozen=True, slots=True)
class Zip:
    zip: zipfile.ZipFile

    @contextmanager
    def create(self, naam: str) -> Iterator[IO[bytes]]:
        info = zipfile.ZipInfo(naam, NUL_TIJD)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self.zip.open(info, "w", force_zip64=True) as stream:
            yield stream


@dataclass(slots=True)
class Uitkomst:
    rijen: dict[str, int] = field(default_factory=dict)
    documenten: int = 0
    weggelaten_wpg: int = 0
    weggelaten: dict[str, int] = field(default_factory=dict)

    @property
    def totaal(self) -> int:
        return sum(self.rijen.values())


@dataclass(frozen=True, slots=True)
class Vraag:
    """What to write. `wpg`: police data go along; somebody entitled agreed.

    `geheim`: secret addresses too; `bijzonder`: exemptions of health or belief too.
    `verborgen`: keys of youths who are closed to who asks.
    """

    codes: Sequence[str]
    peildatum: date
    jongere_id: int | None = None
    wpg: bool = False
    geheim: bool = True
    bijzonder: bool = True
    verborgen: Sequence[int] = ()


def write_pakket(
    pad: Path, vraag: Vraag, voortgang: Callable[[str, int], None] = lambda stap, pct: None
) -> Uitkomst:
    """Write a folder, or a zip when the path ends in .zip. Call inside one transaction, so that
    everything is of one moment. Raises DomainError when there is something at the path already.
    """
    if pad.exists() and not (pad.is_dir() and not any(pad.iterdir())):
        raise DomainError(f"{pad} bestaat al. Kies een nieuwe map of een nieuw zipbestand.")
    if not pad.absolute().parent.is_dir():
        raise DomainError(f"De map {pad.absolute().parent} bestaat niet.")
    with _built_beside(pad) as tijdelijk:
        if pad.suffix.lower() == ".zip":
            with zipfile.ZipFile(tijdelijk, "w") as archive:
                return _write(Zip(archive), vraag, voortgang)
        tijdelijk.mkdir()
        return _write(Map(tijdelijk), vraag, voortgang)


@contextmanager
def _built_beside(pad: Path) -> Iterator[Path]:
    """Written next to its place and then moved there: never half a package."""
    with tempfile.TemporaryDirectory(dir=pad.absolute().parent, prefix=".pakket-") as folder:
        tijdelijk = Path(folder) / pad.name
        yield tijdelijk
        if pad.is_dir():
            pad.rmdir()
        tijdelijk.replace(pad)


def _write(doel: Doel, vraag: Vraag, voortgang: Callable[[str, int], None]) -> Uitkomst:
    uitkomst = Uitkomst()
    bestanden = []
    with transaction.atomic(), connection.cursor() as cursor:
        voortgang("Kiezen", 0)
        uitkomst.weggelaten = selectie.select(cursor, vraag)
        selectie.name_gebruikers(cursor)
        if not vraag.wpg:
            uitkomst.weggelaten_wpg = selectie.left_out(cursor)
        for nummer, bestand in enumerate(BESTANDEN):
            voortgang(bestand.csv, 90 * nummer // len(BESTANDEN))
            rijen, sha256 = _write_file(doel, bestand)
            if rijen:
                uitkomst.rijen[bestand.csv] = rijen
                bestanden.append({"naam": bestand.csv, "rijen": rijen, "sha256": sha256})
        voortgang("documenten", 90)
        uitkomst.documenten = _write_documenten(doel)
        manifest = {
            "pakketversie": PAKKETVERSIE,
            "bronsysteem": EIGEN_BRON,
            "bronversie": VERSIE,
            "gemeentecodes": sorted(vraag.codes),
            "peilmoment": vraag.peildatum.isoformat(),
            "schooljaren": _schooljaren(cursor),
            "bestanden": sorted(bestanden, key=lambda row: str(row["naam"])),
        }
        with doel.create("manifest.json") as stream:
            stream.write((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        cursor.execute("DROP TABLE keuzegemeente")
    return uitkomst


def _write_file(doel: Doel, bestand: Bestand) -> tuple[int, str]:
    """Number of rows and sha256; a file without rows is not made."""
    naam = bestand.naam
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT jsonb_object_keys(b.extra) FROM koppelingen_bronsleutel b"
            " JOIN keuze k ON k.bestand = b.bestand AND k.id = b.object_id"
            " WHERE b.bestand = %s AND b.extra IS NOT NULL",
            [naam],
        )
        extra = sorted(row[0] for row in cursor.fetchall() if row[0].startswith("x_"))
        cursor.execute("SELECT EXISTS (SELECT 1 FROM keuze WHERE bestand = %s)", [naam])
        if not cursor.fetchone()[0]:
            return 0, ""
    uitvoer = uitvoerbestand(bestand, met_extra=bool(extra))
    with _server_side(uitvoer.sql) as rows, doel.create(bestand.csv) as stream:
        hashed = Hashed(stream)
        text = io.TextIOWrapper(io.BufferedWriter(hashed), encoding="utf-8", newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(uitvoer.kop + extra)
        aantal = 0
        for row in uitvoer.rows(rows, extra):
            writer.writerow(row)
            aantal += 1
        text.flush()
    return aantal, hashed.digest.hexdigest()


class Hashed(io.RawIOBase):
    """A stream that hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.stream.write(data)


@contextmanager
def _server_side(sql: str) -> Iterator[Iterator[Any]]:
    """Rows without holding them all in memory."""
    with connection.connection.cursor(name="pakket") as cursor:
        cursor.itersize = RIJEN
        cursor.execute(sql)
        yield iter(cursor)


def _write_documenten(doel: Doel) -> int:
    documenten = Document.objects.extra(
        where=["casework_document.id IN (SELECT id FROM keuze WHERE bestand = 'documenten')"]
    )
    aantal = 0
    for uuid, bestand in documenten.order_by("uuid").values_list("uuid", "bestand").iterator():
        if not default_storage.exists(bestand):
            raise DomainError(f"Het bestand van document {uuid} ontbreekt in de opslag.")
        with (
            default_storage.open(bestand, "rb") as source,
            doel.create(f"documenten/{uuid}") as stream,
        ):
            shutil.copyfileobj(source, stream, BLOK)
        aantal += 1
    return aantal


def _schooljaren(cursor: Any) -> list[str]:
    """Schooljaren in which a chosen melding, werkproces, vrijstelling or traject lies."""
    parts = [
        f"SELECT DISTINCT date_trunc('month', t.{kolom})::date AS maand"
        f" FROM {selectie.TABELLEN[bestand]} t"
        f" JOIN keuze k ON k.bestand = '{bestand}' AND k.id = t.id"
        for bestand, kolom in (
            ("verzuimmeldingen", "melddatum"),
            ("werkprocessen", "gestart_op"),
            ("vrijstellingen", "begindatum"),
            ("trajecten", "datum_melding"),
        )
    ]
    cursor.execute(" UNION ".join(parts))
    return sorted({str(Schooljaar.of(maand)) for (maand,) in cursor.fetchall()})
