"""The figures in the browser: from the overview to one number, its list and its file."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import Bevoegdheid
from casework.schooljaar import Schooljaar, today
from tests.factories import GemeenteFactory, JongereFactory, VerzuimmeldingFactory, make_gebruiker

JAAR = Schooljaar.of(today()).vorige


@pytest.fixture
def leider(transactional_db):
    """Does beleid in two gemeenten, and leerplicht in one of them."""
    hengelo, borne = (
        GemeenteFactory(code="0164", naam="Hengelo"),
        GemeenteFactory(code="0147", naam="Borne"),
    )
    user = make_gebruiker(("beleid", "lezer"), ("leerplicht", "leidinggevende"), gemeente=hengelo)
    Bevoegdheid.objects.create(
        gebruiker=user, taak="beleid", rol="lezer", gemeente=borne, van=date(2020, 1, 1)
    )
    for gemeente, soort, number in ((hengelo, "L", 2), (hengelo, "O", 1), (borne, "L", 1)):
        for n in range(number):
            VerzuimmeldingFactory(
                jongere=JongereFactory(
                    gemeente=gemeente, roepnaam=f"Verzonnen {n}", geboortedatum=date(2012, 5, 1)
                ),
                soort=soort,
                melddatum=JAAR.peildatum,
            )
    return user


def test_from_overview_to_number_list_and_file(page, live, login, leider, check_page):
    login(leider)
    page.goto("/cijfers/")
    check_page(page, "cijfers")
    page.get_by_role("link", name="Meldingen leerplicht", exact=True).click()
    expect(page.get_by_role("img", name="Meldingen leerplicht")).to_be_visible()
    check_page(page, "cijfer")

    page.get_by_label("Uitsplitsen").select_option("Soort verzuim")
    page.get_by_role("checkbox", name="Borne").uncheck()
    page.get_by_role("button", name="Toon", exact=True).click()
    table = page.get_by_role("region", name="Tabel: Meldingen leerplicht")
    expect(table.get_by_role("row", name="Luxeverzuim")).to_contain_text("2")
    page.get_by_text("Cijfers bij deze grafiek").click()
    check_page(page, "cijfer-uitgesplitst")

    with page.expect_download() as found:
        page.get_by_role("link", name="Download als CSV").click()
    rows = list(csv.reader(io.StringIO(_text(found.value.path())), delimiter=";"))
    assert rows[-1][0] == "Totaal"
    assert rows[-1][2] == "3"

    table.get_by_role("link", name="2 Luxeverzuim").click()
    expect(page.get_by_role("status").filter(has_text="2 meldingen geteld")).to_be_visible()
    expect(page.get_by_role("link", name="Verzonnen 1")).to_be_visible()
    check_page(page, "cijfer-lijst")
    page.get_by_role("link", name="Meldingen leerplicht", exact=True).click()
    page.get_by_role("link", name=f"Schooljaar: {JAAR} filter weghalen").click()
    expect(page.get_by_text("Kies ten minste één schooljaar.").first).to_be_visible()
    check_page(page, "cijfer-leeg")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def test_what_is_hidden_or_not_there_is_said(page, live, login, leider, check_page):
    login(leider)
    both = f"gemeente=0164&gemeente=0147&schooljaar={JAAR}"
    page.goto(f"/cijfers/lp_meldingen/lijst/?{both}")
    expect(page.get_by_text("1 melding ziet u niet")).to_be_visible()
    check_page(page, "cijfer-lijst-deel")
    page.goto(f"/cijfers/lp_meldingen/lijst/?gemeente=0147&schooljaar={JAAR}")
    expect(page.get_by_text("U ziet het aantal, maar niet welke meldingen")).to_be_visible()
    check_page(page, "cijfer-geen-lijst")
    page.goto(f"/cijfers/vsv_duo_nieuw/?{both}")
    expect(page.get_by_text("Nog niet beschikbaar", exact=True)).to_be_visible()
    check_page(page, "cijfer-nog-niet")


def test_the_walk_works_without_javascript(browser, live, login, context, leider):
    login(leider)
    plain = browser.new_context(
        base_url=live.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto("/cijfers/lp_meldingen/")

    page.get_by_label("Uitsplitsen").select_option("Soort verzuim")
    page.get_by_role("button", name="Toon", exact=True).click()
    page.get_by_role("link", name="1 Hengelo, Licht verzuim").click()

    expect(page.get_by_role("status")).to_contain_text("1 melding geteld")
    plain.close()
