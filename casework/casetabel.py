"""Read a CSV table of cases, add computed columns, write it back whole or not at all.

Used by the commands that run a rule of the law over a table. Every fault is told with its row
and column, all at once; nothing is written while there is one.
"""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from .errors import DomainError

Row = Mapping[str, str]
MAX_FAULTS = 50


class TableError(DomainError):
    """The table is refused; the text lists each fault on its own line."""


class CellError(DomainError):
    """One cell is wrong."""

    def __init__(self, kolom: str, sentence: str) -> None:
        super().__init__(f"kolom {kolom}: {sentence}")


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Row]
    delimiter: str
    key: str  # column that names a row in messages, "" when the table has none


def run_table(
    source: Path,
    target: Path,
    compute: Callable[[Row], Mapping[str, str]],
    *,
    required: Collection[str],
    key: str,
) -> int:
    """Read, compute each row, write the table with the computed columns; number of rows.

    Raises TableError when the file, its header or any row is refused.
    """
    if source.resolve() == target.resolve():
        raise TableError("Kies voor de uitvoer een ander bestand dan voor de invoer.")
    table = read_table(source, required=required, key=key)
    results, faults = [], []
    for number, row in enumerate(table.rows, start=2):
        try:
            results.append(compute(row))
        except DomainError as error:
            faults.append(f"{_name(row, table.key, number)}: {error}")
    if faults:
        raise TableError(_list_faults(faults))
    write_table(target, table, results)
    return len(results)


def read_table(source: Path, *, required: Collection[str], key: str) -> Table:
    """The rows of a UTF-8 CSV with a header; comma or semicolon."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TableError(f"Het bestand {source} kan niet worden gelezen: {_why(error)}.") from error
    except UnicodeDecodeError as error:
        raise TableError(f"Het bestand {source} is geen tekst in UTF-8.") from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableError(f"Het bestand {source} is geen geldige CSV: {error}.") from error
    columns = [cell.strip() for cell in lines[0]] if lines else []
    _check_header(columns, required)
    rows = _rows(columns, lines[1:])
    return Table(columns, rows, delimiter, key if key in columns else "")


def _check_header(columns: Sequence[str], required: Collection[str]) -> None:
    if not any(columns):
        raise TableError("Het bestand is leeg: de eerste regel moet de kolomnamen bevatten.")
    if missing := [name for name in required if name not in columns]:
        raise TableError(f"Deze kolommen ontbreken: {', '.join(missing)}.")
    if double := sorted({name for name in columns if columns.count(name) > 1}):
        raise TableError(f"Deze kolommen staan er meer dan een keer: {', '.join(double)}.")


def _rows(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> list[Row]:
    rows: list[Row] = []
    faults = []
    for number, cells in enumerate(lines, start=2):
        if not cells:
            continue  # an empty line at the end of a file is no row
        if len(cells) != len(columns):
            faults.append(f"Rij {number}: {len(cells)} waarden, verwacht {len(columns)}.")
        rows.append(dict(zip(columns, cells, strict=False)))
    if faults:
        raise TableError(_list_faults(faults))
    return rows


def write_table(target: Path, table: Table, results: Sequence[Mapping[str, str]]) -> None:
    """Write beside the target and rename, so a half file never stands there."""
    added = [name for name in (results[0] if results else ()) if name not in table.columns]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(
        buffer, [*table.columns, *added], delimiter=table.delimiter, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows({**row, **result} for row, result in zip(table.rows, results, strict=True))
    try:
        _replace(target, buffer.getvalue())
    except OSError as error:
        raise TableError(
            f"Het bestand {target} kan niet worden geschreven: {_why(error)}."
        ) from error


def _replace(target: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    half = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        half.chmod(0o666 & ~umask)  # mkstemp makes it private; a result is shared normally
        half.replace(target)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def date_cell(row: Row, kolom: str) -> date | None:
    text = row.get(kolom, "").strip()
    if not text:
        return None
    try:
        if len(text) != 10:  # fromisoformat also takes 20260801 and 2026-W31-6
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(kolom, f"'{text}' is geen datum (JJJJ-MM-DD).") from None


def required_date(row: Row, kolom: str) -> date:
    day = date_cell(row, kolom)
    if day is None:
        raise CellError(kolom, "vul een datum in (JJJJ-MM-DD).")
    return day


def boolean_cell(row: Row, kolom: str) -> bool | None:
    text = row.get(kolom, "").strip().lower()
    if not text:
        return None
    try:
        return {"ja": True, "j": True, "nee": False, "n": False}[text]
    except KeyError:
        raise CellError(kolom, f"'{text}' is geen ja of nee.") from None


def number_cell(row: Row, kolom: str) -> Decimal | None:
    """A number of zero or more, comma or point."""
    text = row.get(kolom, "").strip()
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise CellError(kolom, f"'{text}' is geen getal.") from None
    if not number.is_finite() or number < 0:
        raise CellError(kolom, f"'{text}' moet een getal van 0 of hoger zijn.")
    return number


def code_cell(row: Row, kolom: str) -> str:
    return row.get(kolom, "").strip().lower()


def print_boolean(value: bool | None) -> str:
    return "" if value is None else "ja" if value else "nee"


def print_date(value: date | None) -> str:
    return value.isoformat() if value else ""


def _name(row: Row, key: str, number: int) -> str:
    found = row.get(key, "").strip()
    return f"Rij {number} ({found})" if found else f"Rij {number}"


def _list_faults(faults: Sequence[str]) -> str:
    shown = list(faults[:MAX_FAULTS])
    if len(faults) > MAX_FAULTS:
        shown.append(f"En nog {len(faults) - MAX_FAULTS} fouten.")
    return "\n".join(shown)


def _why(error: OSError) -> str:
    """Dutch for the usual cases; the system's own words for the rest."""
    known = {
        FileNotFoundError: "het bestaat niet",
        IsADirectoryError: "het is een map",
        NotADirectoryError: "de map bestaat niet",
        PermissionError: "u hebt er geen rechten voor",
    }
    return known.get(type(error), error.strerror or str(error))
