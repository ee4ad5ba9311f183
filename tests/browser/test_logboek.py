"""The sample of the log and the file for the auditor, in a browser."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from accounts.domain.beheer import vandaag
from accounts.domain.logboek_steekproef import past_months
from accounts.models import Gebeurtenis, Logboekcontrole
from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, make_gebruiker


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def regels(gemeente):
    lea = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Lea van den Oosterbaan"
    )
    maand = past_months(vandaag())[0]
    return [
        Gebeurtenis.objects.create(
            gebruiker=lea,
            actie="dossier.gelezen",
            object_type="casework.jongere",
            object_id=n,
            jongere_id=n,
            gemeente_id=gemeente.pk,
            taak="leerplicht",
            rol="behandelaar",
            oorsprong="10.20.30.0/24",
            tijd=datetime(maand.year, maand.month, n, 9, tzinfo=UTC),
        )
        for n in range(1, 6)
    ]


def test_officer_judges_a_line_of_the_sample(page, live, login, gemeente, regels, check_page):
    Logboekcontrole.objects.create(goed=True, regels=5, uitleg="Alle regels kloppen.")
    login(make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente))

    page.goto("/beheer/logboek/")
    check_page(page, "logboek-met-controle")
    page.get_by_role("link", name="Steekproef").click()
    check_page(page, "steekproef")
    page.get_by_role("link", name="Beoordeel").first.click()
    page.get_by_label("Navragen").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("waarom u navraagt")
    check_page(page, "oordeel-fout")
    page.get_by_label("Reden").fill("Er loopt geen zaak bij deze ambtenaar.")
    page.get_by_role("button", name="Bewaren").click()

    expect(page.get_by_role("status").first).to_contain_text("Uw oordeel is bewaard.")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Navragen")
    check_page(page, "steekproef-met-oordeel")


def test_file_for_the_auditor(page, live, login, gemeente, regels, check_page):
    login(make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente))
    maand = past_months(vandaag())[0]

    page.goto("/beheer/logboek/uitvoer/")
    check_page(page, "logboek-uitvoer")
    page.get_by_label("Vanaf").fill(f"1-{maand.month}-{maand.year}")
    page.get_by_label("Tot en met").fill(f"28-{maand.month}-{maand.year}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Bestand maken").click()

    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.count("dossier.gelezen") == 5
