"""A security key in a browser: Chromium's virtual authenticator makes and signs for real."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, make_gebruiker

WACHTWOORD = "paard nietje accu juist"


@pytest.fixture
def beheerder(transactional_db, settings):
    settings.MFA_VERPLICHT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = make_gebruiker(
        (Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=GemeenteFactory(), email="bea@voorbeeld.nl"
    )
    user.set_password(WACHTWOORD)
    user.save()
    return user


@pytest.fixture
def apparaat(context, page):
    """A key in the machine that always says yes; `wissen()` makes it another, empty key."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    session.wissen = lambda: session.send("WebAuthn.clearCredentials", key)
    return session


def log_in(page):
    page.get_by_label("E-mailadres").fill("bea@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()


def log_out(page):
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Uitloggen").click()


@pytest.mark.eis("A3", "A9", "S5")
def test_key_is_set_logs_in_proves_again_and_is_removed(
    page, live, beheerder, apparaat, check_page, settings
):
    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.get_by_role("link", name="Stel uw sleutel in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sleutel toevoegen")
    check_page(page, "sleutel-nieuw")
    page.get_by_label("Naam van de sleutel").fill("Sleutelbos")
    page.get_by_role("button", name="Sleutel toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    spare = page.locator(".lr-codes code").first.inner_text()
    assert Authenticator.objects.get(type="webauthn").data["name"] == "Sleutelbos"
    assert [m.subject for m in mail.outbox] == ["Leerrecht: Sleutel toegevoegd"]
    page.goto("/account/tweede-stap/")
    check_page(page, "tweede-stap-sleutels")

    log_out(page)
    page.goto("/beheer/gebruikers/")
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    check_page(page, "tweede-stap-inloggen-sleutel")
    page.get_by_role("button", name="Sleutel gebruiken").press("Enter")
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/")

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto("/beheer/gebruikers/nieuw/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    check_page(page, "bevestigen-sleutel")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_role("button", name="Sleutel gebruiken").click()
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/nieuw/")

    page.goto("/account/tweede-stap/")
    page.get_by_role("link", name="Hernoemen").click()
    check_page(page, "sleutel-naam")
    page.get_by_label("Naam van de sleutel").fill("Reserve")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Verwijderen: Reserve").click()
    check_page(page, "sleutel-verwijderen")
    log_out(page)

    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/")


@pytest.mark.eis("A3")
def test_another_key_does_not_log_in(page, live, beheerder, apparaat, check_page):
    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.get_by_role("link", name="Stel uw sleutel in").click()
    page.get_by_role("button", name="Sleutel toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    log_out(page)
    apparaat.wissen()
    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.get_by_role("button", name="Sleutel gebruiken").click()

    expect(page.get_by_role("status")).to_contain_text("De sleutel gaf geen antwoord.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    page.goto("/beheer/gebruikers/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")


@pytest.mark.eis("A4")
def test_answer_of_a_key_cannot_be_sent_twice(page, live, beheerder, apparaat):
    """What was signed is worth one login: the question in the session is gone."""
    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.get_by_role("link", name="Stel uw sleutel in").click()
    page.get_by_role("button", name="Sleutel toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    log_out(page)
    page.goto("/beheer/gebruikers/")
    log_in(page)
    with page.expect_request(lambda r: r.method == "POST" and "/login/code/" in r.url) as sent:
        page.get_by_role("button", name="Sleutel gebruiken").click()
    expect(page).to_have_url(f"{live.url}/beheer/gebruikers/")
    answer = sent.value.post_data_json["credential"]
    log_out(page)
    page.goto("/beheer/gebruikers/")
    log_in(page)
    page.locator("form[data-sleutel] [name=credential]").evaluate(
        "(veld, waarde) => { veld.value = waarde; veld.form.submit(); }", answer
    )

    expect(page.locator("[data-foutenlijst]")).to_contain_text("Deze sleutel klopt niet.")
