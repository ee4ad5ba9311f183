"""The yearly report in the browser: every page, and the PDF built by a real worker."""

import pytest
from playwright.sync_api import expect

from casework.schooljaar import Schooljaar
from reporting.domain import jaarverslag as domain
from reporting.domain.bouwen import produce
from reporting.models import Jaarverslag
from tests.factories import GemeenteFactory, make_gebruiker
from tests.reporting.verslagen import with_figures


@pytest.fixture
def adviseur(transactional_db):
    gemeente = GemeenteFactory(code="0164", naam="Hengelo")
    return make_gebruiker(("beleid", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def verslag(adviseur) -> Jaarverslag:
    gemeente = adviseur.bevoegdheden.get().gemeente
    verslag = domain.create_verslag([gemeente], Schooljaar(2022), "standaard", by=adviseur, jaren=2)
    return with_figures(verslag)


def test_writing_checking_and_approving(page, live, login, verslag, adviseur, check_page):
    login(adviseur)
    page.goto("/verslag/")
    check_page(page, "verslagen")
    page.get_by_role("link", name="Nieuw verslag").click()
    check_page(page, "verslag-nieuw")
    page.goto(verslag.get_absolute_url())
    check_page(page, "verslag-overzicht")

    page.get_by_role("link", name="Tekst", exact=True).click()
    check_page(page, "verslag-tekst")
    page.get_by_role("link", name="Inleiding", exact=True).click()
    check_page(page, "verslag-sectie")
    page.locator("#id_tekst").fill("Er waren {{ lp_melding }} en 5.000 meldingen.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Bedoelt u 'lp_meldingen'?")
    check_page(page, "verslag-sectie-fout")
    page.locator("#id_tekst").fill("Er waren {{ lp_meldingen }} en 5.000 meldingen.")
    page.get_by_role("button", name="Opslaan").click()

    page.goto(f"{verslag.get_absolute_url()}onderdeel/{verslag.secties.all()[5].uuid}/")
    check_page(page, "verslag-sectie-grafiek")
    page.goto(f"{verslag.get_absolute_url()}voorbeeld/")
    expect(page.get_by_text("Er waren 1.234 en 5.000 meldingen.")).to_be_visible()
    check_page(page, "verslag-voorbeeld")
    page.goto(f"{verslag.get_absolute_url()}controle/")
    expect(page.get_by_text("5.000 staat bij geen enkel cijfer")).to_be_visible()
    check_page(page, "verslag-controle")

    domain.request_build(verslag, by=adviseur, queue=False)
    produce(verslag.pk)
    page.goto(f"{verslag.get_absolute_url()}vaststellen/")
    check_page(page, "verslag-vaststellen")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Er zijn verschillen")
    page.get_by_label("Ik heb de verschillen bekeken").check()
    page.locator("#id_toelichting").fill("5.000 komt uit de begroting.")
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("Het verslag is vastgesteld en bevroren.")).to_be_visible()
    check_page(page, "verslag-vastgesteld")
    page.get_by_role("link", name="Versie 1", exact=True).click()
    check_page(page, "verslag-versie")


def test_the_pdf_is_built_by_the_worker_while_the_page_shows_progress(
    page, live, login, verslag, adviseur, worker
):
    login(adviseur)
    page.goto(verslag.get_absolute_url())

    page.get_by_role("button", name="Maak de PDF").click()

    expect(page.get_by_role("link", name="Versie 1", exact=True)).to_be_visible(timeout=40_000)
    verslag.refresh_from_db()
    assert verslag.status == "te_controleren"


def test_sections_move_without_javascript(browser, live, login, context, verslag, adviseur):
    login(adviseur)
    plain = browser.new_context(
        base_url=live.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{verslag.get_absolute_url()}tekst/")

    page.get_by_role("button", name="Omlaag : Inleiding").click()

    assert [s.kop for s in verslag.secties.all()][:2] == ["Het jaar in het kort", "Inleiding"]
    plain.close()
