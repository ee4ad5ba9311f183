"""Police data in the browser: reason, list, switch, provision, onderzoek; small and by keyboard."""

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.models import Actie
from casework.schooljaar import today
from tests.factories import (
    ActieFactory,
    ContactmomentFactory,
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    make_gebruiker,
)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def jongere(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    DossierFactory(jongere=jongere)
    wpg = {"regime": "WPG", "eerste_verwerking": today(), "herkomst": "EIGEN"}
    ContactmomentFactory(
        jongere=jongere, verslag="Verhoor op het bureau", categorie="VERDACHTE", **wpg
    )
    return jongere


def make_boa(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )


def test_a_boa_gives_a_reason_by_keyboard_and_moves_an_object(
    page, live, login, gemeente, jongere, check_page
):
    actie = ActieFactory(jongere=jongere, omschrijving="Getuige bellen")
    login(make_boa(gemeente))
    page.goto(f"/jongere/{jongere.uuid}/")
    expect(page.get_by_text("Verhoor op het bureau")).to_have_count(0)
    check_page(page, "politie-dossier-zonder-reden")
    page.get_by_role("link", name="Politiegegevens (1): kies een reden").press("Enter")
    check_page(page, "politie-reden")
    page.get_by_role("button", name="Politiegegevens bekijken").press("Enter")
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies een reden")
    check_page(page, "politie-reden-fout")
    page.get_by_label("Ik werk aan dit strafbare feit").press("Space")
    page.get_by_role("button", name="Politiegegevens bekijken").press("Enter")
    expect(page.get_by_role("table")).to_contain_text("Telefoon")
    page.get_by_text("Een ander onderdeel politiegegeven maken").click()
    check_page(page, "politie-lijst")

    page.get_by_role("link", name="Getuige bellen").click()
    check_page(page, "politie-onderdeel-avg")
    page.get_by_role("link", name="Politiegegeven maken").click()
    page.get_by_role("button", name="Politiegegeven maken").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("waarom dit een politiegegeven is")
    check_page(page, "politie-naar-wpg")
    page.get_by_label("Waarom is dit een politiegegeven?").fill("Verdenking")
    page.get_by_label("Waar komt het vandaan").select_option("SCHOOL")
    page.get_by_label("Wat is de jongere hier").select_option("VERDACHTE")
    page.get_by_role("button", name="Politiegegeven maken").click()
    expect(page.get_by_text("Dit is nu een politiegegeven.")).to_be_visible()
    actie.refresh_from_db()
    assert Actie.objects.get().regime == "WPG"
    page.goto(f"/jongere/{jongere.uuid}/")
    expect(page.get_by_text("Verhoor op het bureau")).to_be_visible()
    check_page(page, "politie-tijdlijn")


def test_a_provision_and_an_onderzoek(page, live, login, gemeente, jongere, check_page):
    login(make_boa(gemeente))
    page.goto(f"/jongere/{jongere.uuid}/politiegegevens/")
    page.get_by_label("Ik moet gegevens verstrekken").check()
    page.get_by_role("button", name="Politiegegevens bekijken").click()
    page.get_by_role("table").get_by_role("link").first.click()
    check_page(page, "politie-onderdeel")
    page.get_by_role("link", name="Verstrekking vastleggen").click()
    page.get_by_label("Wie krijgt de gegevens").select_option("ANDERS")
    page.get_by_label("Waarvoor").fill("Overleg")
    page.get_by_role("button", name="Vastleggen").click()
    check_page(page, "politie-verstrekken-fout")
    page.get_by_label("Naam van de ontvanger").fill("Sportclub")
    page.get_by_label("Artikel").select_option("WPG_19")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_text("Verstrek nog niets")).to_be_visible()

    page.goto("/politiegegevens/")
    check_page(page, "politie-overzicht")
    page.get_by_role("link", name="Verstrekkingen").click()
    check_page(page, "politie-verstrekkingen")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_text("Wacht op een andere boa")).to_be_visible()
    check_page(page, "politie-besluit")
    page.goto("/politiegegevens/zoeken/")
    check_page(page, "politie-gericht")
    page.goto("/onderzoeken/")
    page.get_by_role("link", name="Onderzoek openen").click()
    page.get_by_role("button", name="Onderzoek openen").click()
    check_page(page, "politie-onderzoek-fout")
    page.get_by_label("Gemeente").select_option("Zoetermeer")
    page.get_by_label("Naam van het onderzoek").fill("Zomer")
    page.get_by_label("Doel").fill("Luxeverzuim rond de zomer")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Onderzoek openen").click()
    check_page(page, "politie-onderzoeken")
    page.get_by_role("link", name="Zomer").click()
    page.get_by_text("Onderzoek sluiten").first.click()
    check_page(page, "politie-onderzoek")


def test_what_is_out_of_use_for_complaints(page, live, login, gemeente, jongere, check_page):
    ContactmomentFactory(
        jongere=jongere,
        verslag="Oud verhoor",
        regime="WPG",
        eerste_verwerking=today(),
        verwijderd_op=today(),
    )
    login(make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente))
    page.goto("/politiegegevens/verwijderd/")
    page.get_by_label("Achternaam").fill(jongere.achternaam)
    page.get_by_label("Geboortedatum").fill(f"{jongere.geboortedatum:%d-%m-%Y}")
    page.get_by_label("Ik behandel een klacht of een controle").check()
    page.get_by_role("button", name="Zoeken").last.click()
    expect(page.get_by_text("Oud verhoor")).to_be_visible()
    check_page(page, "politie-verwijderd")
