"""Adding a document in the browser: a wrong file, one that waits, and the download."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from casework.domain.documenten import scan_waiting
from casework.models import Document
from tests.casework import bestanden as b
from tests.factories import GemeenteFactory, JongereFactory, make_ambtenaar


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


def make_file(folder: Path, naam: str, data: bytes) -> Path:
    file = folder / naam
    file.write_bytes(data)
    return file


def test_a_document_from_choice_to_download(
    page, live, login, gemeente, jongere, tmp_path, check_page, settings
):
    settings.CLAMAV_ADDRESS = "/bestaat/niet.sock"
    login(make_ambtenaar(gemeente))
    page.goto(f"/jongere/{jongere.uuid}/documenten/")
    check_page(page, "documenten-leeg")
    page.get_by_role("link", name="Document toevoegen").click()
    check_page(page, "document-nieuw")
    page.get_by_label("Bestand").set_input_files(make_file(tmp_path, "brief.pdf", b.EXE))
    page.get_by_label("Soort document").select_option("Brief")
    page.get_by_label("Titel").fill("Brief aan ouders")
    page.get_by_role("button", name="Document opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("geen pdf")
    expect(page.get_by_label("Titel")).to_have_value("Brief aan ouders")
    check_page(page, "document-fout")

    page.get_by_label("Bestand").set_input_files(make_file(tmp_path, "goed.pdf", b.pdf()))
    page.get_by_role("button", name="Document opslaan").click()
    expect(page.get_by_text("Wacht op controle")).to_be_visible()
    expect(page.get_by_role("link", name="Brief aan ouders")).to_have_count(0)
    check_page(page, "documenten-wacht")

    settings.CLAMAV_ADDRESS = ""
    scan_waiting()
    page.reload()
    check_page(page, "documenten")
    with page.expect_download() as download:
        page.get_by_role("link", name="Brief aan ouders").click()
    with Document.objects.get().bestand.open() as stored:
        assert Path(download.value.path()).read_bytes() == stored.read()
    assert download.value.suggested_filename == "goed.pdf"


@pytest.mark.eis("F4")
def test_a_page_in_disguise_is_downloaded_and_runs_nothing(page, live, login, gemeente, jongere):
    """An imported document keeps its name; a browser that is sent to it stays where it was."""
    document = Document.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        bestandsnaam="brief.html",
        bytes=1,
        sha256="0" * 64,
        titel="Brief",
        bestand=ContentFile(b.HTML, "x"),
    )
    login(make_ambtenaar(gemeente))
    page.goto(f"/jongere/{jongere.uuid}/documenten/")
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog) or dialog.dismiss())

    with page.expect_download() as download:
        page.get_by_role("link", name="Brief", exact=True).click()

    assert download.value.suggested_filename == "brief.html"
    assert page.url.endswith("/documenten/")
    assert dialogs == []
    assert f"/document/{document.uuid}/" in download.value.url
