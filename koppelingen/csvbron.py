"""Open data as files: CSV in the encodings and with the separators that DUO, CBS and RvIG use."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from casework.errors import DomainError


class BronGeweigerd(DomainError):
    """The file is not what it should be; nothing was changed."""


def read_csv(
    pad: Path, fouten: list[str] | None = None
) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Header in capitals, and the rows by it. DUO writes Windows-1252, others UTF-8.

    A row with too many or too few cells refuses the file, or is left out with a sentence in
    `fouten`.
    """
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
    return kop, _rows(pad, kop, reader, fouten)


def _rows(
    pad: Path, kop: list[str], reader: Iterator[list[str]], fouten: list[str] | None
) -> Iterator[dict[str, str]]:
    try:
        for nummer, cells in enumerate(reader, start=2):
            if not any(cells):
                continue
            if len(cells) != len(kop):
                zin = f"rij {nummer} heeft {len(cells)} cellen en de kop {len(kop)}."
                if fouten is None:
                    raise BronGeweigerd(f"{pad.name}: {zin}")
                fouten.append(zin.capitalize())
                continue
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
