"""The table of one figure as a file for a spreadsheet: CSV with Dutch decimals, and XLSX."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from accounts.cellen import as_text
from reporting.catalogus import CATALOGUS_VERSIE
from reporting.cijfer import Cijfer
from reporting.domain.cijfertabel import Tabel
from reporting.verslag.namen import indicator_naam, telt_naam
from reporting.verslag.opmaak import NOG_NIET, NVT

Waarde = str | int | Decimal | None


def _rows(tabel: Tabel) -> list[list[Waarde]]:
    """Head and rows; a share has its numerator and denominator beside it."""
    is_share = tabel.keuze.indicator.is_share
    head: list[Waarde] = [*tabel.koppen]
    for jaar in tabel.keuze.jaren:
        head += [f"{jaar} (%)", f"{jaar} teller", f"{jaar} noemer"] if is_share else [str(jaar)]
    rows = [head]
    for rij in tabel.rijen:
        row: list[Waarde] = [rij.gebied_naam, rij.label] if tabel.met_gebied else [rij.label]
        for cel in rij.cellen:
            row += _share(cel.cijfer) if is_share else [_value(cel.cijfer)]
        rows.append(row)
    return rows


def _value(cijfer: Cijfer | None) -> Waarde:
    """Never 0 for what is not known."""
    if cijfer is None or (cijfer.waarde is None and not cijfer.has_empty_denominator):
        return NOG_NIET
    return NVT if cijfer.waarde is None else cijfer.waarde


def _share(cijfer: Cijfer | None) -> list[Waarde]:
    counts = (cijfer.teller, cijfer.noemer) if cijfer else (None, None)
    return [_value(cijfer), *counts]


def to_csv(tabel: Tabel) -> bytes:
    """With a byte order mark: Excel then reads it as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_csv(value) for value in row] for row in _rows(tabel))
    return text.getvalue().encode("utf-8-sig")


def _csv(value: Waarde) -> str | int | None:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return as_text(value) if isinstance(value, str) else value


def to_xlsx(tabel: Tabel) -> bytes:
    """Sheets with the table and its definition; text is written as text, never as a formula."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.00"})
        rows = _rows(tabel)
        _sheet(book, "Cijfers", rows, bold, percent, width=18)
        _sheet(book, "Toelichting", _explained(tabel), bold, percent, width=40)
    return target.getvalue()


def _explained(tabel: Tabel) -> list[list[Waarde]]:
    keuze = tabel.keuze
    indicator = keuze.indicator
    return [
        ["Cijfer", indicator_naam(indicator.id)],
        ["Kenmerk", indicator.id],
        ["Wat is geteld", indicator.omschrijving],
        ["Geteld in", telt_naam(indicator.telt)],
        ["Alleen", keuze.alleen_tekst or "alles"],
        ["Versie van de begrippen", f"{CATALOGUS_VERSIE}.{indicator.versie}"],
    ]


def _sheet(
    book: Any, name: str, rows: Sequence[Sequence[Waarde]], bold: Any, percent: Any, *, width: int
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, max(map(len, rows)) - 1, width)
    for number, row in enumerate(rows):
        look = bold if number == 0 and name == "Cijfers" else None
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, look)
            elif value is not None:
                is_decimal = isinstance(value, Decimal)
                sheet.write_number(number, column, float(value), percent if is_decimal else None)


@dataclass(frozen=True, slots=True)
class Bestand:
    write: Callable[[Tabel], bytes]
    mediatype: str


BESTANDEN: Final[Mapping[str, Bestand]] = {
    "csv": Bestand(to_csv, "text/csv; charset=utf-8"),
    "xlsx": Bestand(to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
