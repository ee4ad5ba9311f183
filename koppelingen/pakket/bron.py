"""The package on disk: a folder or a zip, its manifest, and what is refused before reading."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, Self

from koppelingen.pakket.fouten import PakketGeweigerd
from koppelingen.pakket.spec import BY_NAME, CODEMAPPING, PAKKETVERSIE

MANIFEST: Final = "manifest.json"
DOCUMENTEN: Final = "documenten/"
BLOK: Final = 1 << 20
MAX_UITGEPAKT: Final = 50 << 30
MAX_ONDERDELEN: Final = 1_000_000
# Text packs tenfold; a thousandfold is made to fill a disk.
MAX_VERHOUDING: Final = 200
KLEIN: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    bronsysteem: str = ""
    bronversie: str = ""
    gemeentecodes: tuple[str, ...] = ()
    peilmoment: str = ""
    schooljaren: tuple[str, ...] = ()
    bestanden: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    aantallen: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        try:
            raw = json.loads(data.decode("utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise PakketGeweigerd("manifest.json is geen leesbare JSON in UTF-8.") from error
        if not isinstance(raw, dict):
            raise PakketGeweigerd("manifest.json moet een JSON-object zijn.")
        if raw.get("pakketversie") != PAKKETVERSIE:
            raise PakketGeweigerd(
                f"manifest.json heeft pakketversie {raw.get('pakketversie')!r};"
                f" dit systeem leest versie {PAKKETVERSIE}."
            )
        try:
            return cls(
                bronsysteem=_text(raw, "bronsysteem", verplicht=True),
                bronversie=_text(raw, "bronversie"),
                gemeentecodes=_texts(raw, "gemeentecodes"),
                peilmoment=_text(raw, "peilmoment"),
                schooljaren=_texts(raw, "schooljaren"),
                bestanden=_files(raw.get("bestanden") or []),
                aantallen=tuple(raw.get("aantallen") or ()),
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise PakketGeweigerd("manifest.json heeft niet de vorm van het contract.") from error


def _text(raw: Mapping[str, Any], naam: str, *, verplicht: bool = False) -> str:
    value = raw.get(naam)
    if value is None and not verplicht:
        return ""
    if isinstance(value, int) and not verplicht:
        value = str(value)
    if not isinstance(value, str) or (verplicht and not value.strip()) or len(value) > 64:
        raise PakketGeweigerd(f"manifest.json: vul {naam} in (tekst van hoogstens 64 tekens).")
    return value


def _texts(raw: Mapping[str, Any], naam: str) -> tuple[str, ...]:
    value = raw.get(naam) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PakketGeweigerd(f"manifest.json: {naam} moet een lijst van teksten zijn.")
    return tuple(value)


def _files(rows: list[Any]) -> dict[str, Mapping[str, Any]]:
    return {str(PurePosixPath(row["naam"])): row for row in rows}


class Pakket:
    """Opened for reading. Names are paths inside the package with forward slashes."""

    def __init__(self, pad: Path, namen: Mapping[str, int]) -> None:
        self.pad = pad
        self.namen = namen  # name -> size in bytes
        self.waarschuwingen: list[str] = []
        self.manifest = Manifest()
        self.heeft_manifest = MANIFEST in namen

    def open(self, naam: str) -> IO[bytes]:
        raise NotImplementedError  # every subclass says its own

    def close(self) -> None:
        """Nothing to close for a folder."""

    @property
    def bronsysteem(self) -> str:
        """The key of the rows; without a manifest the name of the package itself."""
        return self.manifest.bronsysteem or f"zonder manifest: {self.pad.stem}"[:64]

    def bestanden(self) -> list[str]:
        """Names of the known CSV files that are here, without extension, in loading order."""
        return [naam for naam in BY_NAME if f"{naam}.csv" in self.namen]

    def read_small(self, naam: str) -> bytes:
        if self.namen[naam] > KLEIN * 64:
            raise PakketGeweigerd(f"{naam} is te groot.")
        with self.open(naam) as stream:
            return stream.read()

    def sha256(self, naam: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with self.open(naam) as stream:
            while block := stream.read(BLOK):
                digest.update(block)
                size += len(block)
        return digest.hexdigest(), size

    def check(self, *, strikt: bool) -> None:
        """Manifest, names and hashes; raises PakketGeweigerd, or leaves a warning."""
        if self.heeft_manifest:
            self.manifest = Manifest.parse(self.read_small(MANIFEST))
        else:
            self._warn("manifest.json ontbreekt: aantallen en hashes zijn niet te controleren.")
        known = {f"{naam}.csv" for naam in BY_NAME} | {f"{CODEMAPPING}.csv"}
        for naam in sorted(self.namen):
            if "/" not in naam and naam.lower().endswith(".csv") and naam not in known:
                self._warn(f"{naam} hoort niet bij een pakket en is niet gelezen.")
            elif naam in known and self.heeft_manifest and naam not in self.manifest.bestanden:
                self._warn(f"{naam} staat niet in manifest.json.")
        if not any(naam in self.namen for naam in known):
            raise PakketGeweigerd("Dit is geen pakket: er zit geen enkel bekend CSV-bestand in.")
        for naam, row in self.manifest.bestanden.items():
            self._check_hash(naam, row)
        if strikt and self.waarschuwingen:
            raise PakketGeweigerd(" ".join(self.waarschuwingen))

    def _check_hash(self, naam: str, row: Mapping[str, Any]) -> None:
        if naam not in self.namen:
            raise PakketGeweigerd(f"manifest.json noemt {naam}, maar dat zit niet in het pakket.")
        wanted = row.get("sha256")
        if wanted and self.sha256(naam)[0] != str(wanted).lower():
            raise PakketGeweigerd(
                f"{naam} is niet het bestand dat manifest.json noemt: de sha256 is anders."
            )

    def _warn(self, zin: str) -> None:
        self.waarschuwingen.append(zin)


class Map(Pakket):
    def __init__(self, pad: Path) -> None:
        self.wortel = pad.resolve()
        namen = {}
        for path in sorted(pad.rglob("*")):
            relative = path.relative_to(pad).as_posix()
            if path.is_symlink():
                raise PakketGeweigerd(f"{relative} is een koppeling (link); dat mag niet.")
            if path.is_file():
                namen[relative] = path.stat().st_size
            elif not path.is_dir():
                raise PakketGeweigerd(f"{relative} is geen gewoon bestand.")
        super().__init__(pad, namen)

    def open(self, naam: str) -> IO[bytes]:
        path = (self.wortel / naam).resolve()
        if not path.is_relative_to(self.wortel):
            raise PakketGeweigerd(f"{naam} ligt buiten het pakket.")
        return path.open("rb")


class Zip(Pakket):
    def __init__(self, pad: Path, stream: IO[bytes] | None = None) -> None:
        """`stream`: the zip itself, when it is not on disk (yet)."""
        try:
            self.zip = zipfile.ZipFile(stream or pad)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise PakketGeweigerd("Dit bestand is geen leesbare zip.") from error
        try:
            namen = dict(self._checked_names())
        except PakketGeweigerd:
            self.zip.close()
            raise
        super().__init__(pad, {naam.removeprefix(self.prefix): n for naam, n in namen.items()})

    def _checked_names(self) -> Iterator[tuple[str, int]]:
        infos = self.zip.infolist()
        if len(infos) > MAX_ONDERDELEN:
            raise PakketGeweigerd("De zip bevat te veel onderdelen.")
        total = packed = 0
        seen = set()
        for info in infos:
            _check_member(info)
            total += info.file_size
            packed += info.compress_size
            if info.filename in seen:
                raise PakketGeweigerd(f"{info.filename} zit twee keer in de zip.")
            seen.add(info.filename)
        if total > MAX_UITGEPAKT or (total > 100 * KLEIN and total > packed * MAX_VERHOUDING):
            raise PakketGeweigerd("De zip is uitgepakt te groot; dit lijkt een zipbom.")
        self.prefix = _single_folder(seen)
        for info in infos:
            if not info.is_dir():
                yield info.filename, info.file_size

    def open(self, naam: str) -> IO[bytes]:
        return self.zip.open(self.prefix + naam)

    def close(self) -> None:
        self.zip.close()


def _check_member(info: zipfile.ZipInfo) -> None:
    naam = info.filename
    parts = naam.rstrip("/").split("/")
    if naam.startswith("/") or "\\" in naam or ":" in naam or {"", ".", ".."} & set(parts):
        raise PakketGeweigerd(f"De zip bevat een pad dat niet mag: {naam!r}.")
    mode = info.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
        raise PakketGeweigerd(f"{naam} in de zip is een koppeling of geen gewoon bestand.")
    if info.flag_bits & 0x1:
        raise PakketGeweigerd("De zip is met een wachtwoord beveiligd; pak hem eerst uit.")


def _single_folder(namen: set[str]) -> str:
    """Some programs zip the folder itself: then all names begin with it."""
    if MANIFEST in namen or any(naam.endswith(".csv") and "/" not in naam for naam in namen):
        return ""
    tops = {naam.split("/", 1)[0] for naam in namen}
    return f"{tops.pop()}/" if len(tops) == 1 else ""


@contextmanager
def open_pakket(pad: Path) -> Iterator[Pakket]:
    """Raises PakketGeweigerd when there is no package at this path."""
    if pad.is_dir():
        pakket: Pakket = Map(pad)
    elif pad.is_file():
        pakket = Zip(pad)
    else:
        raise PakketGeweigerd(f"Er is geen map of zip op {pad}.")
    try:
        yield pakket
    finally:
        pakket.close()
