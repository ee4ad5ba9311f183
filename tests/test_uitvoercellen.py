"""What a person opens in a spreadsheet is text or a number, never a formula."""

import csv
import io

import openpyxl
import pytest

from accounts.cellen import as_text
from reporting.cijfer import Cijfer
from reporting.domain.cijferbestand import _csv
from reporting.indicatoren.uitvoer import Antwoord, to_csv, to_xlsx
from tests.source import APPS, imports, modules, tree

GEVAARLIJK = [
    "=1+1", "+1+1", "-1+1", "@SOM(A1)", "\t=1", "\r=1", "\0=1", " =1", "  @x", "\n=1", "\u00a0=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", " \uff1d1", "\u3000=1", "\ufeff=1", "\u200b=1",
    " \t=1",
]  # fmt: skip  # read as a table
ONSCHULDIG = ["", "Zoetermeer", "'t Zand", "1-2", "a=b", "vs=licht", "2022-2023", "é"]


@pytest.mark.eis("F5")
@pytest.mark.parametrize("text", GEVAARLIJK)
def test_a_cell_that_would_calculate_gets_a_quote(text):
    assert as_text(text) == _csv(text) == f"'{text}"


@pytest.mark.parametrize("text", ONSCHULDIG)
def test_other_text_stays_as_it_is(text):
    assert as_text(text) == text


@pytest.mark.eis("F5")
@pytest.mark.parametrize("text", GEVAARLIJK)
def test_the_document_of_figures_holds_no_formula(text):
    answer = Antwoord([text], [], [Cijfer("lp_meldingen", "2022-2023", text, {}, 1)])

    rows = list(csv.reader(io.StringIO(to_csv(answer).decode(), newline=""), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(answer)))["Cijfers"]

    assert rows[1][:5] == ["lp_meldingen", "2022-2023", f"'{text}", "", "1"]
    assert (sheet["C2"].data_type, sheet["C2"].value[0]) == ("s", "'")


# The package between systems is exempt: its contract wants every value as it is, and a program
# reads it. No person is sent there with a spreadsheet.
ZONDER = {"koppelingen"}


@pytest.mark.eis("F5")
def test_whoever_writes_csv_for_people_knows_the_rule():
    writers = {
        name
        for name, file in modules(*(set(APPS) - ZONDER))
        if "csv.writer" in file.read_text() or "xlsxwriter." in file.read_text()
    }
    careful = {
        name
        for name, file in modules(*APPS)
        if {"accounts.cellen.as_text", "reporting.indicatoren.uitvoer.cells"}
        & set(imports(name, tree(file)))
    }

    assert writers <= careful
    assert len(writers) >= 3
