"""User administration and the log in a browser: from a new user to a right that ends."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.domain.beheer import vandaag
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, make_gebruiker


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker(
        (Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente, naam="Kees Timmerhuis"
    )


def heading(page, text):
    """Wait until the page with this h1 is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def make_user(page):
    page.goto("/beheer/gebruikers/")
    page.get_by_role("link", name="Nieuwe gebruiker").click()
    page.get_by_label("Naam").fill("Nora van den Nieuwenhuizen-Oosterbaan")
    page.get_by_label("E-mailadres").fill("nora.van.den.nieuwenhuizen@oosterhaven.example")
    page.get_by_role("button", name="Gebruiker maken").click()
    heading(page, "Nora van den Nieuwenhuizen-Oosterbaan")


def test_from_a_new_user_to_switched_off(page, live, login, beheerder, check_page):
    login(beheerder)
    page.goto("/")
    page.get_by_role("link", name="Gebruikers en rechten").click()
    check_page(page, "gebruikers")
    page.get_by_role("link", name="Nieuwe gebruiker").click()
    page.get_by_role("button", name="Gebruiker maken").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    check_page(page, "gebruiker-nieuw-fout")
    make_user(page)
    check_page(page, "gebruiker-zonder-recht")

    page.get_by_role("link", name="Recht geven").click()
    check_page(page, "recht-nieuw")
    page.get_by_label("Taak").select_option("opsporing")
    page.get_by_label("Rol").select_option("behandelaar")
    page.get_by_role("button", name="Recht geven").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("hoogstens een jaar")
    check_page(page, "recht-nieuw-fout")
    page.get_by_label("Taak").select_option("leerplicht")
    page.get_by_role("button", name="Recht geven").click()
    expect(page.get_by_role("status")).to_contain_text("Het recht is gegeven.")
    check_page(page, "gebruiker")
    assert Bevoegdheid.objects.filter(taak="leerplicht", van=vandaag(), tot=None).count() == 1

    page.get_by_role("link", name="Beëindigen").click()
    check_page(page, "recht-einde")
    page.get_by_label("Laatste dag").fill(vandaag().strftime("%d-%m-%Y"))
    page.get_by_role("button", name="Beëindigen").click()
    expect(page.get_by_role("status")).to_contain_text("Het recht is beëindigd.")

    page.get_by_role("link", name="Gegevens wijzigen").click()
    check_page(page, "gebruiker-wijzigen")
    page.get_by_role("link", name="Annuleren").click()
    page.get_by_role("link", name="Uitschakelen").click()
    check_page(page, "gebruiker-uitschakelen")
    page.get_by_role("button", name="Uitschakelen").click()
    expect(page.get_by_role("link", name="Weer laten inloggen")).to_be_visible()
    check_page(page, "gebruiker-uit")
    assert not Gebruiker.objects.get(email__startswith="nora").is_active


def test_own_page_offers_no_right(page, live, login, beheerder, check_page):
    login(beheerder)

    page.goto(f"/beheer/gebruikers/{beheerder.pk}/")

    expect(page.get_by_role("main")).to_contain_text("Een andere beheerder geeft u rechten.")
    for actie in ("Recht geven", "Beëindigen", "Uitschakelen"):
        expect(page.get_by_role("link", name=actie)).to_have_count(0)
    check_page(page, "gebruiker-zelf")


def test_without_script(browser, live, beheerder):
    client = Client()
    client.force_login(beheerder, backend=settings.AUTHENTICATION_BACKENDS[-1])
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live.url}])
    page = context.new_page()

    make_user(page)
    page.get_by_role("link", name="Recht geven").click()
    page.get_by_label("Taak").select_option("beleid")
    page.get_by_label("Rol").select_option("lezer")
    page.get_by_role("button", name="Recht geven").click()

    expect(page.get_by_role("status")).to_contain_text("Het recht is gegeven.")
    context.close()


def test_log_of_the_privacy_officer(page, live, login, gemeente, beheerder, check_page):
    client = Client()
    client.force_login(beheerder, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.post("/beheer/gebruikers/nieuw/", {"naam": "Nora", "email": "nora@voorbeeld.example"})
    login(make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente))

    page.goto("/beheer/logboek/")
    heading(page, "Logboek")
    check_page(page, "logboek")
    page.get_by_label("Actie").fill("gebruiker aangemaakt")
    page.get_by_role("button", name="Filter").click()

    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text("Kees Timmerhuis")
    check_page(page, "logboek-gefilterd")
    page.goto("/beheer/logboek/?van=onzin")
    check_page(page, "logboek-fout")
