"""Figures as a document: JSON and CSV of the contract, and a workbook to read."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from accounts.cellen import as_text
from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS, CATALOGUS_VERSIE
from reporting.cijfer import Cijfer, dim_text
from reporting.verslag.namen import code_naam, indicator_naam, telt_naam

VERSIE: Final = 1
KOLOMMEN: Final = ("indicator", "schooljaar", "gebied", "dim", "waarde", "teller", "noemer")


@dataclass(frozen=True, slots=True)
class Antwoord:
    """The figures with the question they answer."""

    gemeenten: Sequence[str]
    schooljaren: Sequence[Schooljaar]
    cijfers: Sequence[Cijfer]


def document(antwoord: Antwoord) -> dict[str, Any]:
    """The answer as the contract writes it; the command and the API give the same."""
    return {
        "versie": VERSIE,
        "schooljaren": [str(jaar) for jaar in antwoord.schooljaren],
        "gemeenten": list(antwoord.gemeenten),
        "cijfers": [cijfer.to_json() for cijfer in antwoord.cijfers],
    }


def to_json(antwoord: Antwoord) -> bytes:
    return (json.dumps(document(antwoord), ensure_ascii=False) + "\n").encode()


def to_csv(antwoord: Antwoord) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOLOMMEN)
    writer.writerows(cells(cijfer) for cijfer in antwoord.cijfers)
    return text.getvalue().encode()


def cells(cijfer: Cijfer) -> tuple[str | int | Decimal | None, ...]:
    return (
        as_text(cijfer.indicator),
        as_text(cijfer.schooljaar),
        as_text(cijfer.gebied),
        as_text(dim_text(cijfer.dim)),
        cijfer.waarde,
        cijfer.teller,
        cijfer.noemer,
    )


def to_xlsx(antwoord: Antwoord) -> bytes:
    """Two sheets: the figures, and what each indicator counts. No cell is ever a formula."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        percent = book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet("Cijfers")
        _header(
            sheet, bold, [*KOLOMMEN, "naam", "uitsplitsing"], [32, 12, 18, 28, 10, 10, 10, 60, 60]
        )
        for number, cijfer in enumerate(antwoord.cijfers, start=1):
            for column, value in enumerate([*cells(cijfer), *_names(cijfer)]):
                _write(sheet, number, column, value, percent)
        sheet.autofilter(0, 0, max(len(antwoord.cijfers), 1), len(KOLOMMEN) + 1)
        _definitions(book, bold, dict.fromkeys(c.indicator for c in antwoord.cijfers))
    return target.getvalue()


def _names(cijfer: Cijfer) -> tuple[str, str]:
    codes = ", ".join(code_naam(dim, code) for dim, code in cijfer.dim.items())
    return indicator_naam(cijfer.indicator), codes


def _write(sheet: Any, row: int, column: int, value: Any, percent: Any) -> None:
    """By type: text stays text, whatever it begins with."""
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), percent)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)


def _header(sheet: Any, bold: Any, names: Sequence[str], widths: Sequence[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _definitions(book: Any, bold: Any, indicatoren: Mapping[str, None]) -> None:
    sheet = book.add_worksheet("Definities")
    _header(
        sheet, bold, ["indicator", "naam", "telt", "omschrijving", "versie"], [32, 60, 16, 90, 8]
    )
    for row, name in enumerate(indicatoren, start=1):
        indicator = CATALOGUS[name]
        texts = [
            name,
            indicator_naam(name),
            telt_naam(indicator.telt),
            indicator.omschrijving,
            f"{CATALOGUS_VERSIE}.{indicator.versie}",
        ]
        for column, value in enumerate(texts):
            sheet.write_string(row, column, value)


@dataclass(frozen=True, slots=True)
class Formaat:
    write: Callable[[Antwoord], bytes]
    mediatype: str


FORMATEN: Final[Mapping[str, Formaat]] = {
    "json": Formaat(to_json, "application/json"),
    "csv": Formaat(to_csv, "text/csv; charset=utf-8"),
    "xlsx": Formaat(to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
