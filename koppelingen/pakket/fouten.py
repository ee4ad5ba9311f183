"""What can be wrong with a package: all of it (refused) or one row (quarantine)."""

import re
from dataclasses import dataclass
from typing import Final

from casework.errors import DomainError

_DATUM = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_TOONBAAR = re.compile(r"[A-Za-z0-9_.\-]{1,30}")
_NUMMER: Final = re.compile(r"\d{8,9}")


class PakketGeweigerd(DomainError):
    """The package is refused as a whole; nothing is loaded. The text says why, in Dutch."""


class PakketBezig(PakketGeweigerd):
    """Another package is being read; this one may be tried later as it is."""


class NogBezig(Exception):
    """Somebody else works on this very package; ask again in a while."""


class Waardefout(ValueError):
    """One cell is wrong; the text is a Dutch sentence without the value of a BSN."""


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """One refused row. `waardesoort` says what kind of value stood there, never which."""

    bestand: str
    rij: int
    bron_id: str
    kolom: str
    waardesoort: str
    reden: str


def waardesoort(value: str) -> str:
    if not value:
        return "leeg"
    if value.isascii() and value.isdigit():
        return f"{len(value)} cijfers"
    if _DATUM.fullmatch(value):
        return "datum"
    return f"tekst van {len(value)} tekens"


def toonbaar(value: str) -> str:
    """The value in quotes when it is a code and cannot be a BSN, else what kind it is."""
    if _TOONBAAR.fullmatch(value) and not _NUMMER.search(value):
        return f"'{value}'"
    return f"Deze waarde ({waardesoort(value)})"


def veilig_bron_id(bron_id: str) -> str:
    """A bron_id may be a BSN in the other system; then only its ends are told."""
    if _NUMMER.fullmatch(bron_id):
        return "•" * (len(bron_id) - 3) + bron_id[-3:]
    return bron_id
