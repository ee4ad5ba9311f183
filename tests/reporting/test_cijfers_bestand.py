"""The figures as a file: the same table, Dutch decimals, and no cell that runs."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from reporting.domain.cijferbestand import to_csv
from tests.factories import JongereFactory
from tests.reporting.cijferscherm import EERDER, JAAR, address, melding

pytestmark = pytest.mark.django_db


def read_csv(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def file_address(name, formaat, **query):
    query = {"gemeente": "8001", "schooljaar": str(JAAR), **query}
    return reverse("reporting:cijfer_bestand", args=[name, formaat], query=query)


def test_csv_holds_the_table_with_a_decimal_comma(site, hier):
    jongere = melding(hier).jongere
    jongere.geboortedatum = date(JAAR.beginjaar - 10, 1, 1)
    jongere.save()
    JongereFactory(gemeente=hier, geboortedatum=date(JAAR.beginjaar - 10, 1, 1))

    answer = site.get(file_address("verzuim_pct", "csv", schooljaar=[str(EERDER), str(JAAR)]))

    assert answer["Content-Disposition"] == 'attachment; filename="verzuim_pct.csv"'
    assert read_csv(answer) == [
        ["Gemeente"]
        + [f"{jaar} {what}" for jaar in (EERDER, JAAR) for what in ("(%)", "teller", "noemer")],
        [hier.naam, "nog niet beschikbaar", "", "", "50,00", "1", "2"],
    ]


def test_xlsx_holds_the_same_numbers_and_what_they_mean(site, hier):
    melding(hier, soort="L")

    answer = site.get(file_address("lp_meldingen", "xlsx", per="vs"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert list(book["Cijfers"].values) == [
        ("Soort verzuim", str(JAAR)),
        ("Luxeverzuim", 1),
        ("Totaal", 1),
    ]
    assert ("Wat is geteld", "Meldingen voor leerplicht") in list(book["Toelichting"].values)


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SOM(A1)", "\t=1"])
def test_no_cell_runs_as_a_formula(site, hier, begin):
    hier.naam = f"{begin} dorp"
    hier.save()
    melding(hier)

    (_, row) = read_csv(site.get(file_address("lp_meldingen", "csv")))
    assert row == [f"'{begin} dorp", "1"]
    xlsx = site.get(file_address("lp_meldingen", "xlsx"))
    cell = openpyxl.load_workbook(io.BytesIO(xlsx.content))["Cijfers"]["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", f"{begin} dorp".strip())


def test_a_wrong_choice_gives_no_file_but_the_page_with_the_reason(site):
    answer = site.get(file_address("lp_meldingen", "csv", per="x"), follow=True)

    assert "Deze uitsplitsing is er bij dit cijfer niet." in answer.content.decode()


def test_the_file_has_every_row_and_the_screen_the_first(hier, monkeypatch, site):
    monkeypatch.setattr("reporting.views.cijfers.OP_HET_SCHERM", 2)
    for soort in ("L", "O", "ZORG"):
        melding(hier, soort=soort)

    answer = site.get(address(per="vs"))

    assert len(answer.context["rijen"]) == 2
    assert "In het bestand staan alle 4 rijen" in answer.content.decode()
    assert len(to_csv(answer.context["tabel"]).splitlines()) == 5
