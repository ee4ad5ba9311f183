"""Leave, luxeverzuim of a household and absoluut verzuim in a browser, every page checked."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.schooljaar import today
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def ambtenaar(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Noor")


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def make_jongere(gemeente, roepnaam, **fields):
    return JongereFactory(gemeente=gemeente, roepnaam=roepnaam, achternaam="Wit", **fields)


def test_a_household_gets_one_decision(page, live, login, gemeente, ambtenaar, check_page):
    een = make_jongere(gemeente, "Femke", gezin_id="g1")
    make_jongere(gemeente, "Daan", gezin_id="g1")
    login(ambtenaar)
    dag = f"{today() - timedelta(days=3):%d-%m-%Y}"

    page.goto(f"/jongere/{een.uuid}/luxeverzuim/")
    check_page(page, "luxe-bij")
    page.get_by_label("Eerste dag weg").fill(dag)
    page.get_by_label("Laatste dag weg").fill(dag)
    page.get_by_label("Verlof", exact=True).select_option("GEWEIGERD")
    page.get_by_role("button", name="Werkprocessen openen").click()
    heading(page, "Luxeverzuim van een gezin")
    check_page(page, "luxe-gezin")
    page.get_by_label("Wat u vond over het verlof").fill("Geweigerd door het hoofd")
    page.get_by_role("button", name="Verlof is gecontroleerd").click()
    page.get_by_label("Hoe").select_option("GESPREK")
    page.get_by_label("Wat is er gezegd").fill("Tickets waren goedkoop")
    page.get_by_role("button", name="Ouders horen").click()
    page.get_by_label("Besluit voor alle kinderen").select_option("WAARSCHUWING")
    page.get_by_label("Motivering").fill("Eerste keer, een dag")
    page.get_by_label("Waarom wijkt u af van de richtlijn").select_option("maatwerk")
    page.get_by_role("button", name="Besluit vastleggen").click()
    expect(page.get_by_role("cell", name="Waarschuwing")).to_have_count(2)
    check_page(page, "luxe-besloten")


def test_leave_above_ten_days(page, live, login, gemeente, ambtenaar, check_page):
    jongere = make_jongere(gemeente, "Femke")
    login(ambtenaar)

    page.goto(f"/jongere/{jongere.uuid}/verlof/")
    check_page(page, "verlof-bij")
    page.get_by_label("Soort verlof").select_option("GEWICHTIG")
    page.get_by_label("Eerste dag").fill("03-11-2025")
    page.get_by_label("Laatste dag").fill("17-11-2025")
    page.get_by_role("button", name="Verlof opslaan").click()
    check_page(page, "verlof")
    page.get_by_role("link", name="Naar het werkproces").click()
    check_page(page, "verlof-werkproces")
    page.goto("/verlof/")
    heading(page, "Verlof")
    check_page(page, "verloven")


def test_lists_of_the_registers(page, live, login, gemeente, ambtenaar, check_page):
    jongere = make_jongere(gemeente, "Femke")
    WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", toestand="gesignaleerd")
    notice = VrijstellingFactory(jongere=jongere, grond="5c", besluit="IN_BEHANDELING")
    login(ambtenaar)

    page.goto("/absoluut-verzuim/")
    check_page(page, "absoluut-verzuim")
    page.get_by_role("link", name="Femke Wit").click()
    check_page(page, "absoluut-werkproces")
    page.get_by_role("link", name="Signaal controleren").click()
    page.get_by_role("button", name="Signaal controleren").click()
    expect(page.get_by_role("status")).to_have_text("Gedaan: signaal controleren.")
    page.goto(notice.get_absolute_url())
    check_page(page, "vrijstelling-open")
    page.get_by_role("button", name="Werkproces openen").click()
    check_page(page, "kennisgeving")
    page.goto("/vrijstellingen/verlengen/")
    check_page(page, "verlengen")
