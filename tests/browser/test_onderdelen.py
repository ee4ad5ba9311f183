"""Every part of the design on one page, and the drafts that forms keep."""

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from tests.factories import make_gebruiker

pytestmark = pytest.mark.urls("tests.browser.proef_urls")


@pytest.fixture
def gebruiker(transactional_db):
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR))


def test_all_parts(page, live, login, gebruiker, check_page):
    login(gebruiker)

    page.goto("/proef/onderdelen/?soort=luxe&sort=-uren&school=Proef")
    check_page(page, "onderdelen")


def test_all_parts_with_errors(page, live, login, gebruiker, check_page):
    login(gebruiker)
    page.goto("/proef/onderdelen/")

    page.get_by_role("button", name="Opslaan").click()

    expect(page).to_have_title("Fout: Onderdelen - Leerrecht")
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    page.get_by_role("link", name="Kanaal: Maak een keuze.").click()
    expect(page.locator("#id_kanaal_0")).to_be_focused()
    check_page(page, "onderdelen-fout")


def test_draft_survives_a_lost_page_and_goes_after_saving(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/proef/concept/")
    page.get_by_role("textbox", name="Verslag").fill("Gesprek met de jongere en de mentor.")

    page.goto("/profiel/")  # never sent
    page.goto("/proef/concept/")

    expect(page.get_by_role("textbox", name="Verslag")).to_have_value(
        "Gesprek met de jongere en de mentor."
    )
    expect(page.get_by_text("is teruggezet")).to_be_visible()

    page.locator("form[data-concept]").evaluate("form => form.noValidate = true")
    # The page after it says that it was saved; without it the draft must stay.
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan").click()
    page.goto("/proef/concept/")

    expect(page.get_by_role("textbox", name="Verslag")).to_have_value("")


def test_draft_is_not_shown_to_another_user_of_the_browser(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/proef/concept/")
    page.get_by_role("textbox", name="Verslag").fill("Van de eerste.")

    login(make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR)))
    page.goto("/proef/concept/")

    expect(page.get_by_role("textbox", name="Verslag")).to_have_value("")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_all_parts_in_the_look_of_a_municipality(
    page, live, login, gebruiker, check_page, settings
):
    settings.THEMA = "groen"
    login(gebruiker)

    page.goto("/proef/onderdelen/")

    header = page.locator(".lr-header").evaluate("e => getComputedStyle(e).backgroundColor")
    assert header == "rgb(15, 54, 24)"
    check_page(page, "onderdelen-groen")


@pytest.mark.parametrize(
    ("path", "code", "heading"),
    [
        ("/proef/kapot/", "500", "Er ging iets mis"),
        ("/proef/verboden/", "403", "Geen toegang"),
        ("/bestaat-niet/", "404", "Pagina niet gevonden"),
    ],
)
def test_error_page(page, live, login, gebruiker, check_page, path, code, heading):
    login(gebruiker)

    answer = page.goto(path)

    assert (str(answer.status), page.locator("h1").inner_text()) == (code, heading)
    check_page(page, code, allow=(f"status of {code}",))


def test_lockout_page(page, live, gebruiker, check_page):
    page.goto("/account/login/")
    for _ in range(5):
        page.get_by_label("E-mailadres").fill("niemand@voorbeeld.nl")
        page.get_by_label("Wachtwoord").fill("verkeerd-wachtwoord")
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_load_state()

    assert page.locator("h1").inner_text() == "Inloggen is tijdelijk geblokkeerd"
    check_page(page, "geblokkeerd", allow=("status of 429",))
