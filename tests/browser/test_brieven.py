"""Letters in the browser: one from the dossier, and a round to many that is taken back."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.domain import brieven_maken
from casework.models import Brief, Briefafzender, Brievenronde
from casework.schooljaar import today
from tests.factories import (
    AdresFactory,
    GemeenteFactory,
    JongereFactory,
    RelatieFactory,
    WerkprocesFactory,
    make_gebruiker,
)


@pytest.fixture
def gemeente(transactional_db):
    gemeente = GemeenteFactory(code="0637", naam="Zoetermeer")
    Briefafzender.objects.create(
        gemeente=gemeente,
        afdeling="Leerplicht",
        postadres="Postbus 15",
        postcode_plaats="2700 AA Zoetermeer",
        telefoon="14 079",
    )
    return gemeente


def family(gemeente, naam, user):
    jongere = JongereFactory(
        gemeente=gemeente, roepnaam=naam, geboortedatum=today() - timedelta(days=4500)
    )
    ouder = RelatieFactory(jongere=jongere, voornamen=f"Ouder van {naam}")
    AdresFactory(jongere=None, relatie=ouder, gemeente=gemeente, straat=f"{naam}laan")
    WerkprocesFactory(jongere=jongere, behandelaar=user, toestand="ontvangen")
    return jongere


@pytest.fixture
def lea(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)


def test_one_letter_from_choice_to_file(page, live, login, gemeente, lea, check_page):
    jongere = family(gemeente, "Noor", lea)
    login(lea)
    page.goto(f"/jongere/{jongere.uuid}/documenten/")
    page.get_by_role("link", name="Brief maken").click()
    check_page(page, "brief-kiezen")
    page.get_by_role("link", name="Waarschuwing").click()
    page.get_by_role("button", name="Verder naar het voorbeeld").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies ten minste een ontvanger")
    check_page(page, "brief-fout")
    page.get_by_label("Ouder van Noor").check()
    page.get_by_label("Periode").fill("1 tot en met 12 september")
    page.get_by_label("Reden").fill("uitslapen")
    page.get_by_label("Wat is afgesproken").fill("Noor gaat elke dag naar school.")
    page.get_by_role("button", name="Verder naar het voorbeeld").click()
    expect(page.get_by_text("Noor gaat elke dag naar school.")).to_be_visible()
    check_page(page, "brief-voorbeeld")
    page.get_by_role("button", name="Brieven maken").click()
    expect(page.get_by_text("De brieven worden gemaakt")).to_be_visible()
    brieven_maken.make(Brievenronde.objects.get().pk)
    page.reload()
    check_page(page, "brief-gemaakt")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal de brief op").click()
    assert download.value.suggested_filename == f"brief-{Brief.objects.get().kenmerk}.pdf"


def test_letters_to_many_and_back(page, live, login, gemeente, lea, check_page):
    for naam in ("Noor", "Thijs"):
        family(gemeente, naam, lea)
    login(lea)
    page.goto("/brieven/")
    check_page(page, "brieven-leeg")
    page.get_by_role("link", name="Brieven aan velen").click()
    page.get_by_label("Gemeente").select_option("Zoetermeer")
    page.get_by_label("Welke brief").select_option(value="halt")
    page.get_by_label("Over welke open werkprocessen").select_option(value="RELATIEF")
    check_page(page, "brieven-kiezen")
    page.get_by_role("button", name="Verder").click()
    check_page(page, "brieven-velden")
    page.get_by_role("button", name="Verder naar het voorbeeld").click()
    page.get_by_label("Deze brief maken").first.uncheck()
    check_page(page, "brieven-voorbeeld")
    page.get_by_role("button", name="Brieven maken").click()
    expect(page.get_by_text("Tot die tijd kunt u ze intrekken")).to_be_visible()
    check_page(page, "brieven-wacht")
    assert sorted(Brief.objects.values_list("status", flat=True)) == ["concept", "uitgesloten"]
    page.get_by_role("button", name="Intrekken").click()
    expect(page.get_by_text("De brieven zijn ingetrokken")).to_be_visible()
    assert not Brief.objects.exists()


def test_the_texts_with_a_preview(page, live, login, gemeente, lea, check_page):
    login(lea)
    page.goto("/briefteksten/")
    check_page(page, "briefteksten")
    page.get_by_role("link", name="Informatie over de verwijzing naar Halt").click()
    page.get_by_role("button", name="Toon voorbeeld").click()
    expect(page.get_by_role("heading", name="Voorbeeld met een verzonnen jongere")).to_be_visible()
    check_page(page, "brieftekst-voorbeeld")
