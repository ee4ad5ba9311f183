"""Open data as files: CSV in the encodings and with the separators that DUO, CBS and RvIG use."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from casework.errors import DomainError


class BronGeweigerd(DomainError):
    """The file is not what it should be; nothing was changed."""


def read_csv(pad: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Header in capitals, and the rows by it. DUO writes Windows-1252, others UTF-8."""
    data = pad.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    eerste = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in eerste else ",")
    try:
        kop = [naam.strip().upper() for naam in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise BronGeweigerd(f"{pad.name} heeft geen kopregel.") from error
    return kop, _rows(pad, kop, reader)


def _rows(pad: Path, kop: list[str], reader: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    try:
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(kop):
                raise BronGeweigerd(
                    f"{pad.name}: een rij heeft {len(cells)} cellen en de kop {len(kop)}."
                )
            yield dict(zip(kop, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise BronGeweigerd(f"{pad.name}: de aanhalingstekens kloppen niet.") from error


def files_of(paden: list[Path]) -> list[Path]:
    """The CSV files themselves, and those in a folder, by name."""
    found: list[Path] = []
    for pad in paden:
        if pad.is_dir():
            found += sorted(pad.glob("*.csv"))
        elif pad.is_file():
            found.append(pad)
        else:
            raise BronGeweigerd(f"Er is geen bestand of map op {pad}.")
    if not found:
        raise BronGeweigerd("In deze map staat geen CSV-bestand.")
    return found
