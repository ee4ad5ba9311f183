"""An appointment in the browser: planned, in the agenda, missed, and what is proposed then."""

from datetime import timedelta

from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.schooljaar import today
from tests.factories import AdresFactory, GemeenteFactory, JongereFactory, make_gebruiker


def test_from_plan_to_next_step(page, live, transactional_db, login, check_page):
    gemeente = GemeenteFactory()
    lea = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=4500))
    AdresFactory(jongere=jongere, straat="Dorpsstraat", huisnummer=7)
    login(lea)
    page.goto(f"/jongere/{jongere.uuid}/afspraak/")
    check_page(page, "afspraak-plannen")
    page.get_by_label("Soort afspraak").select_option(label="Huisbezoek")
    page.get_by_label("Datum").fill(f"{today() - timedelta(days=1):%d-%m-%Y}")
    page.get_by_label("Begint om").fill("9:30")
    page.get_by_role("button", name="Afspraak opslaan").click()
    page.get_by_role("link", name="Uitkomst of afzeggen").click()
    page.get_by_role("button", name="Uitkomst opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies hoe de afspraak ging")
    check_page(page, "afspraak-uitkomst-fout")
    page.get_by_label("Hoe ging het").select_option(label="Niet binnengelaten")
    page.get_by_role("button", name="Uitkomst opslaan").click()
    expect(page.get_by_role("link", name="Opnieuw uitnodigen")).to_be_visible()
    check_page(page, "afspraak-vervolg")
    page.goto(f"/agenda/?weergave=week&dag={today() - timedelta(days=1)}")
    expect(page.get_by_text("Dorpsstraat 7")).to_be_visible()
    check_page(page, "agenda-week")
    page.get_by_role("link", name="Agenda van het team").click()
    check_page(page, "agenda-team")
    page.goto("/agenda/link/")
    page.get_by_role("button", name="Geheim adres maken").click()
    expect(page.get_by_text("/agenda/feed/")).to_be_visible()
    check_page(page, "agendalink")
