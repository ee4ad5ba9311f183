"""Lists of gemeenten, mergers and Doorstroompunt regions, told apart by their header.

This is the port; koppelingen.domain.gebieden compares what it gives with what is here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from koppelingen.csvbron import BronGeweigerd, files_of, read_csv

Rij = Mapping[str, str]


@dataclass(slots=True)
class Gebieden:
    """Everything that the files say, by code."""

    namen: dict[str, str] = field(default_factory=dict)
    provincies: dict[str, str] = field(default_factory=dict)
    van: dict[str, date] = field(default_factory=dict)
    regios: dict[str, str] = field(default_factory=dict)
    lid_van: dict[str, str] = field(default_factory=dict)  # gemeente -> region
    # Old gemeente -> its last day and successor; a chain of mergers is several of these.
    opgeheven: dict[str, tuple[date, str]] = field(default_factory=dict)
    oude_namen: dict[str, str] = field(default_factory=dict)
    overgeslagen: list[str] = field(default_factory=list)


def read_gebieden(paden: list[Path]) -> Gebieden:
    """Raises BronGeweigerd when a file is broken or none of them is known."""
    gebieden = Gebieden()
    for pad in files_of(paden):
        kop, rijen = read_csv(pad)
        lezer = next((lees for kolommen, lees in VORMEN if kolommen <= set(kop)), None)
        if lezer is None:
            gebieden.overgeslagen.append(pad.name)
            continue
        try:
            lezer(gebieden, rijen)
        except ValueError as error:
            raise BronGeweigerd(f"{pad.name}: een code of datum klopt niet ({error}).") from error
    if not (gebieden.namen or gebieden.regios or gebieden.opgeheven):
        raise BronGeweigerd("Geen van deze bestanden is een lijst van gemeenten of regio's.")
    return gebieden


def _code(text: str) -> str:
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise ValueError(text[:20])
    return text


def _regio(text: str) -> str:
    """ "REGIO 01", "01" and "1" are one region."""
    return str(int(text.upper().removeprefix("REGIO")))


def _gemeenten(gebieden: Gebieden, rijen: Iterator[Rij]) -> None:
    for row in rijen:
        code = _code(row["GEMEENTECODE"])
        gebieden.namen[code] = row["GEMEENTENAAM"]
        gebieden.provincies[code] = row.get("PROVINCIENAAM", "")
        if regio := row.get("DOORSTROOMPUNTREGIO"):
            gebieden.lid_van[code] = _regio(regio)


def _regios(gebieden: Gebieden, rijen: Iterator[Rij]) -> None:
    for row in rijen:
        gebieden.regios[_regio(row["DOORSTROOMPUNTREGIO"])] = row["NAAM"]


def _herindelingen(gebieden: Gebieden, rijen: Iterator[Rij]) -> None:
    for row in rijen:
        oud, nieuw = _code(row["OUDE_CODE"]), _code(row["NIEUWE_CODE"])
        gebieden.oude_namen[oud] = row["OUDE_NAAM"]
        gebieden.opgeheven[oud] = (date.fromisoformat(row["EINDDATUM"]), nieuw)


def _tabel33(gebieden: Gebieden, rijen: Iterator[Rij]) -> None:
    """Table 33 of the BRP: the day on which a gemeente began, when it has one."""
    for row in rijen:
        if ingang := row["99.98 DATUM INGANG"]:
            gebieden.van[_code(row["92.10 GEMEENTECODE"])] = date.fromisoformat(ingang)


# By the columns they must have, the most particular first.
VORMEN: Final[tuple[tuple[frozenset[str], Callable[[Gebieden, Iterator[Rij]], None]], ...]] = (
    (frozenset({"92.10 GEMEENTECODE", "99.98 DATUM INGANG"}), _tabel33),
    (frozenset({"OUDE_CODE", "OUDE_NAAM", "EINDDATUM", "NIEUWE_CODE"}), _herindelingen),
    (frozenset({"GEMEENTECODE", "GEMEENTENAAM"}), _gemeenten),
    (frozenset({"DOORSTROOMPUNTREGIO", "NAAM"}), _regios),
)
