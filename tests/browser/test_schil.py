"""The shell: login, profile, help, errors, drafts and the session warning, in a browser."""

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from tests.factories import make_gebruiker


@pytest.fixture
def gebruiker(transactional_db):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), email="lpa@voorbeeld.nl")
    user.set_password("een-lang-wachtwoord")
    user.save()
    return user


def test_login_page_and_its_errors(page, live, gebruiker, check_page):
    page.goto("/profiel/")
    check_page(page, "inloggen")

    page.get_by_role("button", name="Inloggen").click()

    expect(page).to_have_title("Fout: Inloggen - Leerrecht")
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    check_page(page, "inloggen-fout")

    page.get_by_label("E-mailadres").fill("lpa@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Inloggen").click()

    expect(page).to_have_url(f"{live.url}/profiel/")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/profiel/", "profiel"),
        ("/profiel/sessies/", "sessies"),
        ("/account/wachtwoord/", "wachtwoord"),
        ("/account/logout/", "uitloggen"),
        ("/hulp/", "hulp"),
        ("/hulp/beginnen/", "hulp-beginnen"),
        ("/hulp/sneller-werken/", "hulp-sneller-werken"),
        ("/hulp/leerplicht/", "hulp-leerplicht"),
        ("/hulp/doorstroompunt/", "hulp-doorstroompunt"),
        ("/hulp/cijfers-en-verslag/", "hulp-cijfers"),
        ("/toegankelijkheid/", "toegankelijkheid"),
    ],
)
def test_page_is_accessible(page, live, login, gebruiker, check_page, path, name):
    login(gebruiker)

    page.goto(path)

    check_page(page, name)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/account/wachtwoord/vergeten/", "wachtwoord-vergeten"),
        ("/account/wachtwoord/gestuurd/", "wachtwoord-gestuurd"),
        ("/account/wachtwoord/klaar/", "wachtwoord-klaar"),
        ("/account/wachtwoord/nieuw/1-geen/", "wachtwoord-link-oud"),
        ("/account/inactief/", "account-inactief"),
        ("/toegankelijkheid/", "toegankelijkheid-zonder-login"),
    ],
)
def test_public_page_is_accessible(page, live, check_page, path, name):
    page.goto(path)

    check_page(page, name)


def test_unknown_page(page, live, login, gebruiker, check_page):
    login(gebruiker)

    page.goto("/bestaat-niet/")

    check_page(page, "404", allow=("404",))


def test_keyboard_reaches_the_content_first(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/profiel/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#inhoud")).to_be_focused()


def test_logout_by_menu_ends_the_session(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/profiel/")

    page.get_by_text("Gebruiker").first.click()
    page.locator(".lr-gebruiker").get_by_role("button", name="Uitloggen").click()
    page.goto("/profiel/")

    expect(page).to_have_url(f"{live.url}/account/login/?next=/profiel/")


def test_the_menu_takes_no_room_it_does_not_need(page, live, login, gebruiker):
    """On a telephone, with a page that is shorter than the screen."""
    login(gebruiker)
    page.set_viewport_size({"width": 360, "height": 1200})

    page.goto("/account/logout/")

    assert page.locator(".lr-nav").bounding_box()["height"] < 100
