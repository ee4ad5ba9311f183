"""Thuiszitters in a browser: from the list to the table and waiting for a place."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.schooljaar import today
from leerplicht.models import Thuiszitter
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_from_the_list_to_the_table(page, live, login, gemeente, check_page):
    jongere = JongereFactory(gemeente=gemeente, roepnaam="Femke", achternaam="Wit")
    begin = today() - timedelta(days=100)
    Thuiszitter.objects.create(
        jongere=jongere, gemeente=gemeente, bron="HAND", sinds=begin, label_op=begin
    )
    login(make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Noor"))
    dag = f"{today():%d-%m-%Y}"

    page.goto("/thuiszitters/")
    heading(page, "Thuiszitters")
    check_page(page, "thuiszitters")
    page.get_by_role("link", name="Femke Wit").click()
    check_page(page, "thuiszitter")
    page.get_by_role("button", name="Afspraak vastleggen").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    page.get_by_label("Wat is afgesproken?").fill("Plek zoeken")
    page.get_by_label("Wie doet het?").fill("Intern begeleider")
    page.get_by_label("Uiterlijk op").fill(dag)
    page.get_by_label("Uiterlijk op").press("Enter")
    expect(page.get_by_role("status")).to_have_text("De afspraak is vastgelegd.")
    page.get_by_role("button", name=re.compile("Gedaan.*Plek zoeken")).click()
    expect(page.get_by_role("status")).to_have_text("De afspraak is gedaan.")

    page.goto("/thuiszitters/tafels/")
    check_page(page, "thuiszitterstafels")
    page.get_by_role("link", name="Nieuwe tafel").click()
    check_page(page, "tafel-nieuw")
    page.get_by_label("Gemeente").select_option(label="Oosterhaven")
    page.get_by_label("Datum").fill(dag)
    page.get_by_label("Wie doen mee?").fill("School, wijkteam")
    page.get_by_role("button", name="Agenda maken").click()
    check_page(page, "tafel")
    page.get_by_label("Wat is besproken?").fill("Er komt een plek.")
    page.get_by_role("button", name=re.compile("Opslaan.*Femke Wit")).click()
    expect(page.get_by_role("status")).to_have_text("Opgeslagen.")

    page.goto(f"/jongere/{jongere.uuid}/plaats/")
    check_page(page, "plaats")
    page.get_by_label("Waarop?").select_option("VSO")
    page.get_by_label("Aangevraagd op").fill(dag)
    page.get_by_role("button", name="Opslaan").click()
    heading(page, "Wachten op een plaats")
    check_page(page, "plaatsen")
