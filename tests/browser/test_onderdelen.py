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
    page.get_by_role("link", name="Kanaal: Dit veld is vereist.").click()
    expect(page.locator("#id_kanaal_0")).to_be_focused()
    check_page(page, "onderdelen-fout")


def test_draft_survives_a_lost_page_and_goes_after_saving(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/proef/concept/")
    page.get_by_label("Verslag").fill("Gesprek met de jongere en de mentor.")

    page.goto("/profiel/")  # never sent
    page.goto("/proef/concept/")

    expect(page.get_by_label("Verslag")).to_have_value("Gesprek met de jongere en de mentor.")
    expect(page.get_by_text("is teruggezet")).to_be_visible()

    page.locator("form[data-concept]").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Opslaan").click()
    page.goto("/proef/concept/")

    expect(page.get_by_label("Verslag")).to_have_value("")


def test_draft_is_not_shown_to_another_user_of_the_browser(page, live, login, gebruiker):
    login(gebruiker)
    page.goto("/proef/concept/")
    page.get_by_label("Verslag").fill("Van de eerste.")

    login(make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR)))
    page.goto("/proef/concept/")

    expect(page.get_by_label("Verslag")).to_have_value("")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
