"""Requests, retention and data breaches of the privacy officer, in a browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.domain import bewaartermijn, inzage, vernietigen
from casework.models import Inzage, Vernietigingslijst
from casework.schooljaar import today
from tests.casework.vernietigen import make_youth
from tests.factories import GemeenteFactory, make_gebruiker


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker(
        (Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente, naam="Fay van den Functionaris"
    )


@pytest.fixture
def jongere(gemeente):
    return make_youth(gemeente, date(today().year - 20, 1, 1))


def ask(page, jongere, soort):
    page.goto("/privacy/verzoeken/")
    page.get_by_role("link", name="Nieuw verzoek").click()
    page.get_by_label("BSN of nummer").fill(str(jongere.pk))
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_label("Wat is het verzoek?").select_option(label=soort)
    page.get_by_label("Ontvangen op").fill(f"{today():%d-%m-%Y}")


def test_inzage_from_request_to_download(page, live, login, fay, jongere, check_page):
    login(fay)
    page.goto("/privacy/verzoeken/")
    check_page(page, "verzoeken-leeg")
    ask(page, jongere, "Inzage")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Wie vraagt het?")
    check_page(page, "verzoek-nieuw-fout")
    page.get_by_label("De jongere zelf").check()
    page.get_by_role("button", name="Vastleggen").click()
    check_page(page, "verzoek")

    page.get_by_role("link", name="Maak het pakket").click()
    check_page(page, "inzage-nieuw")
    page.get_by_label("Reden").fill("Verzoek per brief")
    page.get_by_role("button", name="Maak het pakket").click()
    expect(page.get_by_text("In de wachtrij")).to_be_visible()
    inzage.perform(Inzage.objects.get().pk)
    page.reload()
    check_page(page, "inzage-klaar")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal de PDF op").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto("/privacy/verzoeken/")
    check_page(page, "verzoeken")


def test_a_fact_is_corrected(page, live, login, fay, jongere, check_page):
    login(fay)
    ask(page, jongere, "Rectificatie")
    page.get_by_label("De jongere zelf").check()
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_role("link", name="Verbeter een gegeven").click()
    check_page(page, "rectificeren-keuze")
    page.get_by_role("link", name="Roepnaam van Jongere").click()
    check_page(page, "rectificeren")
    page.get_by_role("textbox", name="Nieuwe waarde").first.fill("Noor")
    page.get_by_label("Waarom klopt").fill("Zo heet de jongere.")
    page.get_by_role("button", name="Verbeteren").click()

    expect(page.get_by_text("Noortje", exact=True)).to_be_visible()
    check_page(page, "rectificatie")


def test_list_is_offered_and_gives_a_statement(
    page, live, login, fay, gemeente, jongere, check_page
):
    held = make_youth(gemeente, date(today().year - 21, 1, 1))
    vernietigen.place_stop(held, gemeente, reden="Klacht", van=today(), tot=None, by=fay)
    bewaartermijn.propose(today())
    lijst = Vernietigingslijst.objects.get()
    login(fay)

    page.goto("/privacy/bewaren/")
    check_page(page, "bewaren")
    page.get_by_role("link", name="Bewaarstop 1").or_(
        page.get_by_role("link", name="Bewaarstop").last
    ).first.click()
    check_page(page, "bewaarstop")
    page.goto(lijst.get_absolute_url())
    check_page(page, "vernietigingslijst")
    page.get_by_role("button", name="Aanbieden").click()
    expect(page.get_by_text("U bood deze lijst aan")).to_be_visible()

    bob = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente, naam="Bob Bakker")
    login(bob)
    page.goto(lijst.get_absolute_url())
    check_page(page, "vernietigingslijst-akkoord")
    page.get_by_role("button", name="Goedkeuren").click()
    expect(page.get_by_text("Het vernietigen is begonnen")).to_be_visible()
    vernietigen.perform(lijst.pk, today())
    page.goto(lijst.get_absolute_url())
    page.get_by_role("link", name="Verklaring van vernietiging").click()
    check_page(page, "verklaring")


def test_breach_is_recorded(page, live, login, fay, check_page):
    login(fay)
    page.goto("/privacy/datalekken/nieuw/")
    check_page(page, "datalek-nieuw")
    page.get_by_label("Ontdekt op").fill("1-3-2026")
    page.get_by_label("Om hoe laat", exact=True).fill("9:30")
    page.get_by_label("Wat is er gebeurd?").fill("Mail naar een verkeerd adres.")
    page.get_by_label("Zoek vanaf").fill("1-1-2026")
    page.get_by_role("button", name="Vastleggen").click()

    expect(page.get_by_text("Te laat")).to_be_visible()
    check_page(page, "datalek")
    page.goto("/privacy/datalekken/")
    check_page(page, "datalekken")
