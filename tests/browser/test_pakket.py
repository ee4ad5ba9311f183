"""Packages in the browser: from dry run to a corrected row, persons, a package to fetch."""

import json
import os
import signal
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from casework.models import Jongere, Verzuimmelding
from koppelingen.domain.inlezen import perform_upload
from koppelingen.domain.uitvoeren import perform_uitvoer
from koppelingen.models import Inleesrun, Persoonsvraag, Uitvoer
from tests.browser.conftest import ROOT
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker
from tests.koppelingen.pakketten import BSN1, JONGEREN, MELDINGEN, make_zip, manifest_of
from tests.koppelingen.test_pakketscherm import DAG

FOUT = JONGEREN + f"j1;{BSN1};;Jansen;Sam;2010-13-01;0637\nj2;;;De Wit;Kim;2011-02-03;0637\n"
MELDING = MELDINGEN + "m1;j1;V3;2023-10-02;;B;;\nm2;j2;V3;2023-10-03;;B;;\n"


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def pakket(tmp_path) -> Path:
    return make_zip(tmp_path / "overstap.zip", {"jongeren": FOUT, "verzuimmeldingen": MELDING})


def work() -> None:
    """What the worker does with the newest run."""
    run = Inleesrun.objects.first()
    assert run
    perform_upload(run.pk, DAG)


def test_from_dry_run_to_a_corrected_row(page, live, login, beheerder, pakket, check_page):
    login(beheerder)
    page.goto("/")
    page.get_by_role("link", name="Inlezen en uitvoeren").click()
    check_page(page, "pakketten-leeg")
    page.get_by_role("link", name="Pakket inlezen").first.click()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies een zip")
    check_page(page, "pakket-inlezen-fout")
    page.get_by_label("Pakket (zip)").set_input_files(pakket)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("status").get_by_text("In de wachtrij")).to_be_visible()
    check_page(page, "pakket-bezig")
    work()
    # The page looks again by itself.
    expect(page.get_by_text("Dit was een proef")).to_be_visible(timeout=8_000)
    check_page(page, "pakket-proef")
    assert Jongere.objects.count() == 0

    page.get_by_role("button", name="Nu echt inlezen").click()
    work()
    expect(page.get_by_role("heading", name="Rijen per bestand")).to_be_visible(timeout=8_000)
    check_page(page, "pakket-verslag")
    page.get_by_role("link", name="Quarantaine").click()
    expect(page.get_by_role("heading", name="Quarantaine van")).to_be_visible()
    check_page(page, "pakket-quarantaine")
    page.get_by_role("link", name="jongeren, rij 2").click()
    page.get_by_label("geboortedatum").fill("2010-14-01")
    page.get_by_role("button", name="Alleen opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Deze datum bestaat niet")
    check_page(page, "pakket-rij")
    page.get_by_label("geboortedatum").fill("2010-12-01")
    page.get_by_role("button", name="Alleen opslaan").click()
    expect(page.get_by_text("De rij is opgeslagen.")).to_be_visible()
    page.goto(f"{Inleesrun.objects.first().get_absolute_url()}quarantaine/")
    page.get_by_role("button", name="Bied alles opnieuw aan").click()
    work()
    expect(page.get_by_role("heading", name="Rijen per bestand")).to_be_visible(timeout=8_000)
    assert (Jongere.objects.count(), Verzuimmelding.objects.count()) == (2, 2)
    page.goto("/pakket/")
    check_page(page, "pakketten")


def test_one_person_or_two(page, live, login, beheerder, gemeente, tmp_path, check_page):
    JongereFactory(
        achternaam="De Wit",
        voornamen="Kim",
        roepnaam="Kim",
        geboortedatum="2011-02-03",
        gemeente=gemeente,
    )
    login(beheerder)
    page.goto("/pakket/inlezen/")
    zip_ = make_zip(tmp_path / "p.zip", {"jongeren": FOUT.replace("2010-13-01", "2010-12-01")})
    page.get_by_label("Pakket (zip)").set_input_files(zip_)
    page.get_by_label("Echt inlezen").check()
    page.get_by_role("button", name="Begin").click()
    work()
    page.get_by_role("link", name="Personen").click(timeout=8_000)
    check_page(page, "pakket-personen")
    page.get_by_role("link", name="Kim de Wit").click()
    check_page(page, "pakket-persoonsvraag")
    page.get_by_role("button", name="Dezelfde persoon").click()

    expect(page.get_by_text("De twee zijn samengevoegd.")).to_be_visible()
    assert Jongere.objects.count() == 2
    assert Persoonsvraag.objects.get().besluit == "zelfde"


def test_a_package_to_fetch(page, live, login, beheerder, gemeente, tmp_path, check_page):
    JongereFactory(gemeente=gemeente)
    login(beheerder)
    page.goto("/pakket/uitvoer/")
    check_page(page, "uitvoer-leeg")
    page.get_by_role("link", name="Gemeente uitvoeren").first.click()
    check_page(page, "uitvoer-nieuw")
    page.get_by_label("Gemeente", exact=True).select_option("Zoetermeer")
    page.get_by_label("Waarvoor is dit pakket?").fill("Overstap naar een ander systeem")
    page.get_by_role("button", name="Maak het pakket").click()
    expect(page.get_by_text("In de wachtrij")).to_be_visible()
    perform_uitvoer(Uitvoer.objects.get().pk, DAG)
    expect(page.get_by_text("Het pakket heeft 1 rij.")).to_be_visible(timeout=8_000)
    check_page(page, "uitvoer")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal de zip op").click()

    doel = tmp_path / "gehaald.zip"
    download.value.save_as(doel)
    with zipfile.ZipFile(doel) as archive:
        assert json.loads(archive.read("manifest.json"))["gemeentecodes"] == ["0637"]
    page.goto("/pakket/uitvoer/")
    check_page(page, "uitvoer-lijst")


def test_without_javascript(browser, live, login, context, beheerder, pakket):
    login(beheerder)
    plain = browser.new_context(
        base_url=live.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto("/pakket/inlezen/")
    page.get_by_label("Pakket (zip)").set_input_files(pakket)
    page.get_by_label("Echt inlezen").check()
    page.get_by_role("button", name="Begin").click()
    work()
    page.get_by_role("link", name="Ververs deze pagina").click()
    expect(page.get_by_role("heading", name="Rijen per bestand")).to_be_visible()
    page.get_by_role("link", name="Quarantaine").click()
    page.get_by_role("link", name="jongeren, rij 2").click()
    page.get_by_label("geboortedatum").fill("2010-12-01")
    page.get_by_role("button", name="Opslaan en opnieuw aanbieden").click()
    work()

    assert Jongere.objects.with_bsn(BSN1).exists()
    plain.close()


def test_a_wrong_file_is_told_at_the_field(page, live, login, beheerder, tmp_path):
    wrong = tmp_path / "p.zip"
    wrong.write_text("geen zip")
    login(beheerder)
    page.goto("/pakket/inlezen/")
    page.get_by_label("Pakket (zip)").set_input_files(wrong)
    page.get_by_role("button", name="Begin").click()

    expect(page.locator("[data-foutenlijst]")).to_contain_text("geen leesbare zip")
    assert not Inleesrun.objects.exists()


def children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(wanted, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_worker_is_killed_halfway_and_the_package_is_read_again(
    page, live, login, beheerder, worker, tmp_path, settings
):
    """Nothing is loaded while it reads; the queue gives the package to the next process."""
    aantal = 12_000
    jongeren = "".join(f"j{n};;;Jansen{n};Sam;2010-05-01;0637\n" for n in range(aantal))
    meldingen = "".join(f"m{n};j{n};V3;2023-10-01;;B;;\n" for n in range(aantal))
    files = {
        "jongeren.csv": (JONGEREN + jongeren).encode(),
        "verzuimmeldingen.csv": (MELDINGEN + meldingen).encode(),
    }
    # The worker is a process of its own and knows nothing of the folder of this test.
    settings.MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or ROOT / ".data" / "media"
    zip_ = make_zip(tmp_path / "groot.zip", {**files, "manifest.json": manifest_of(files)})
    login(beheerder)
    page.goto("/pakket/inlezen/")
    page.get_by_label("Pakket (zip)").set_input_files(zip_)
    page.get_by_label("Echt inlezen").check()
    page.get_by_role("button", name="Begin").click()
    wait_for(lambda: Inleesrun.objects.filter(stap="verzuimmeldingen.csv").exists())
    assert Jongere.objects.count() == 0

    for pid in children(worker.pid):
        os.kill(pid, signal.SIGKILL)

    expect(page.get_by_role("heading", name="Rijen per bestand")).to_be_visible(timeout=60_000)
    assert (Jongere.objects.count(), Verzuimmelding.objects.count()) == (aantal, aantal)
    run = Inleesrun.objects.get()
    assert (run.status, run.rapport["totaal"]["geladen"]) == ("klaar", 2 * aantal)
