"""Setting up the second factor, logging in with it and the step-up, in a browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from accounts.factoren import MFAAdapter
from accounts.rechten import Rol, Taak
from tests.accounts.totp import code, wait_for_room
from tests.factories import GemeenteFactory, make_gebruiker

WACHTWOORD = "paard nietje accu juist"


@pytest.fixture
def beheerder(transactional_db, settings):
    settings.MFA_VERPLICHT = True
    user = make_gebruiker(
        (Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=GemeenteFactory(), email="bea@voorbeeld.nl"
    )
    user.set_password(WACHTWOORD)
    user.save()
    return user


def log_in(page):
    page.get_by_label("E-mailadres").fill("bea@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()


@pytest.mark.eis("A3", "S5")
def test_set_up_log_in_and_prove_again(page, live, beheerder, check_page, settings):
    page.goto("/beheer/gebruikers/")
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("App instellen")
    check_page(page, "tweede-stap-instellen")
    assert page.locator(".lr-qr").evaluate("image => image.naturalWidth") > 100

    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Deze code klopt niet")
    page.get_by_text("Kunt u niet scannen?").click()
    secret = page.locator(".lr-sleutel").inner_text().replace(" ", "")
    wait_for_room()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    spare, other = page.locator(".lr-codes code").all_inner_texts()[:2]
    assert re.fullmatch(r"\d{8}", spare)
    check_page(page, "herstelcodes")
    row = Authenticator.objects.get(user=beheerder, type="totp")
    assert MFAAdapter().decrypt(row.data["secret"]) == secret

    page.goto("/account/tweede-stap/")
    check_page(page, "tweede-stap")
    page.goto("/account/tweede-stap/verwijderen/")
    check_page(page, "tweede-stap-verwijderen")
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Uitloggen").click()

    page.goto("/beheer/gebruikers/")
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    check_page(page, "tweede-stap-inloggen")
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/")

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto("/beheer/gebruikers/nieuw/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    check_page(page, "bevestigen-code")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_label("Code").fill(other)
    page.get_by_role("button", name="Bevestigen").click()
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/nieuw/")

    page.goto(f"/beheer/gebruikers/{beheerder.pk}/toegang/")
    check_page(page, "beheer-toegang")


def test_form_that_came_too_late_is_done_after_the_step_up(page, live, beheerder, login, settings):
    settings.MFA_VERPLICHT = False
    login(beheerder)
    page.goto("/beheer/gebruikers/nieuw/")
    page.get_by_label("Naam").fill("Nina Nieuw")
    page.get_by_label("E-mailadres").fill("nina@voorbeeld.nl")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.get_by_role("button", name="Gebruiker maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Bevestigen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nina Nieuw")
