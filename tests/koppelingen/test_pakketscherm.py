"""Screens of packages coming in: upload, dry run, report, and what is refused at once."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Gebeurtenis
from casework.models import Jongere
from koppelingen.domain.inlezen import perform_upload
from koppelingen.domain.voortgang import SLOT, hash_of
from koppelingen.models import Inleesrun
from koppelingen.pakket.fouten import NogBezig
from koppelingen.tasks import forget_packages, read_package
from tests.factories import GemeenteFactory, make_gebruiker
from tests.koppelingen.pakketten import (
    EEN_JONGERE,
    MELDINGEN,
    RIJK,
    as_files,
    make_zip,
    manifest_of,
)

pytestmark = pytest.mark.django_db
DAG = date(2026, 1, 5)


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def scherm(client, beheerder):
    client.force_login(beheerder)
    return client


def zip_of(tmp_path: Path, bestanden: dict[str, str | bytes], **manifest) -> SimpleUploadedFile:
    pad = make_zip(tmp_path / "p.zip", bestanden, **manifest)
    return SimpleUploadedFile("overstap.zip", pad.read_bytes(), "application/zip")


def raw_zip(files: dict[str, bytes]) -> SimpleUploadedFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for naam, inhoud in files.items():
            archive.writestr(naam, inhoud)
    return SimpleUploadedFile("p.zip", data.getvalue(), "application/zip")


def offer(scherm, bestand, soort="echt"):
    return scherm.post("/pakket/inlezen/", {"bestand": bestand, "soort": soort})


def read(scherm, bestand, soort="echt") -> Inleesrun:
    """Offer it on the screen and let the task do its work."""
    response = offer(scherm, bestand, soort)
    run = Inleesrun.objects.first()
    assert run, response.content.decode()
    perform_upload(run.pk, DAG)
    run.refresh_from_db()
    return run


def test_a_dry_run_loads_nothing_and_the_real_one_uses_the_same_zip(scherm, tmp_path):
    proef = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}), "proef")

    assert (proef.status, Jongere.objects.count()) == ("klaar", 0)
    page = scherm.get(proef.get_absolute_url()).content.decode()
    assert "Er is niets geladen" in page
    assert "Nu echt inlezen" in page

    response = scherm.post(f"{proef.get_absolute_url()}echt/")
    echt = Inleesrun.objects.exclude(pk=proef.pk).get()
    assert response.url == echt.get_absolute_url()
    perform_upload(echt.pk, DAG)

    assert Jongere.objects.count() == 1
    echt.refresh_from_db()
    assert echt.rapport["bestanden"]["jongeren.csv"]["geladen"] == 1
    # A second press finds no zip any more.
    scherm.post(f"{proef.get_absolute_url()}echt/")
    assert Inleesrun.objects.count() == 2


def test_the_zip_is_gone_once_it_is_loaded(scherm, tmp_path, settings):
    run = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}))

    assert run.bestand == ""
    assert list(Path(settings.MEDIA_ROOT).rglob("*.zip")) == []


def test_a_package_that_somebody_holds_is_asked_for_again(scherm, tmp_path):
    """Its holder may be a process that is gone, of which the database does not know yet."""
    offer(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}))
    run = Inleesrun.objects.get()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [SLOT, hash_of(run)])
            with pytest.raises(NogBezig):
                read_package(run.pk)
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SLOT, hash_of(run)])
        assert read_package.autoretry_for == (NogBezig,)
    finally:
        other.close()

    perform_upload(run.pk, DAG)

    assert Jongere.objects.count() == 1


def test_the_task_twice_changes_nothing(scherm, tmp_path):
    run = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}))

    perform_upload(run.pk, DAG)

    run.refresh_from_db()
    assert run.rapport["totaal"]["geladen"] == 1
    assert Gebeurtenis.objects.filter(actie="pakket.run").count() == 1


def test_the_report_names_counts_warnings_and_figures(scherm, tmp_path):
    jongeren = EEN_JONGERE + "j2;;;Fout;Sam;2010-13-01;0637\n"
    meldingen = MELDINGEN + "m1;j1;V3;2023-10-02;;B;;\nm2;j2;V3;2023-10-02;;B;;\n"
    bestanden: dict[str, str | bytes] = {"jongeren": jongeren, "verzuimmeldingen": meldingen}
    figures = [
        {"indicator": "lp_meldingen", "gebied": "0637", "schooljaar": "2023-2024", "waarde": 7}
    ]
    manifest = manifest_of(
        as_files(bestanden), bestanden=[{"naam": "jongeren.csv", "rijen": 3}], aantallen=figures
    )
    bestand = zip_of(tmp_path, bestanden | {"manifest.json": manifest})

    run = read(scherm, bestand)

    page = scherm.get(run.get_absolute_url()).content.decode()
    assert "verzuimmeldingen.csv staat niet in manifest.json" in page
    assert "Het aantal rijen is anders dan in het manifest: jongeren.csv." in page
    assert "lp_meldingen" in page
    assert run.rapport["bestanden"]["verzuimmeldingen.csv"]["quarantaine"] == 1
    row = scherm.get("/pakket/").content.decode()
    assert "overstap.zip" in row


GEEN_ZIP = SimpleUploadedFile("p.zip", b"dit is tekst", "application/zip")
MANIFEST = {"manifest.json": manifest_of(as_files({"jongeren": EEN_JONGERE}))}


def other_gemeente() -> dict[str, bytes]:
    files = as_files({"jongeren": EEN_JONGERE})
    return files | {"manifest.json": manifest_of(files, gemeentecodes=["0637", "0518"])}


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (lambda: GEEN_ZIP, "geen leesbare zip"),
        (lambda: SimpleUploadedFile("p.zip", b""), "Dit bestand is leeg"),
        (lambda: raw_zip({"jongeren.csv": EEN_JONGERE.encode()}), "manifest.json ontbreekt"),
        (lambda: raw_zip({**MANIFEST, "../weg.csv": b"x"}), "een pad dat niet mag"),
        (lambda: raw_zip({**MANIFEST, "/etc/passwd": b"x"}), "een pad dat niet mag"),
        (lambda: raw_zip({**MANIFEST, "bom.csv": b"0" * (120 << 20)}), "zipbom"),
        (lambda: raw_zip({"manifest.json": b"{"}), "geen leesbare JSON"),
        (lambda: raw_zip({"manifest.json": b"[]"}), "moet een JSON-object zijn"),
        (lambda: raw_zip(other_gemeente()), "U beheert gemeente 0518 niet"),
    ],
)
def test_a_wrong_file_is_refused_on_the_form(scherm, bestand, zin):
    response = offer(scherm, bestand())

    assert response.status_code == 200
    assert zin in response.content.decode()
    assert not Inleesrun.objects.exists()


@pytest.mark.parametrize(
    ("bestanden", "zin"),
    [
        ({"jongeren": EEN_JONGERE.replace("Jansen", "Jansén").encode("latin-1")}, "geen UTF-8"),
        ({"jongeren": EEN_JONGERE.replace("bsn", "burgerservicenummer", 1)}, "is onbekend"),
        ({"jongeren": "\ufeff" + EEN_JONGERE}, "BOM"),
        ({"jongeren": "bron_id;achternaam\nj1;x\n"}, "ontbreekt"),
        ({"lees.txt": b"niets"}, "geen enkel bekend CSV-bestand"),
    ],
)
def test_a_wrong_file_inside_refuses_the_package(scherm, tmp_path, bestanden, zin):
    run = read(scherm, zip_of(tmp_path, bestanden))

    assert run.status == "geweigerd"
    page = scherm.get(run.get_absolute_url()).content.decode()
    assert zin in page
    assert "Er is niets geladen" in page
    assert Jongere.objects.count() == 0


def test_while_another_package_is_read_the_zip_stays_for_later(
    scherm, tmp_path, monkeypatch, settings
):
    from koppelingen.pakket import inlezen
    from koppelingen.pakket.fouten import PakketBezig

    def busy(cursor):
        raise PakketBezig("Er wordt al een pakket ingelezen. Probeer het later opnieuw.")

    with monkeypatch.context() as patch:
        patch.setattr(inlezen, "prepare_session", busy)
        run = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}))
    assert run.status == "geweigerd"
    assert "Probeer opnieuw" in scherm.get(run.get_absolute_url()).content.decode()

    scherm.post(f"{run.get_absolute_url()}opnieuw/")
    perform_upload(run.pk, DAG)

    run.refresh_from_db()
    assert (run.status, Jongere.objects.count()) == ("klaar", 1)


def test_police_data_only_with_the_taak_opsporing(client, gemeente, tmp_path):
    zonder = make_gebruiker(("beheer", "behandelaar"), gemeente=gemeente)
    ander = GemeenteFactory(code="0518")
    elders = make_gebruiker(("beheer", "behandelaar"), gemeente=gemeente)
    elders.bevoegdheden.create(
        taak="opsporing", rol="behandelaar", gemeente=ander, van=date(2020, 1, 1)
    )
    client.force_login(zonder)
    assert "Wpg" not in client.get("/pakket/inlezen/").content.decode().split("<form")[-1]

    client.force_login(elders)
    data = {"bestand": zip_of(tmp_path, {"jongeren": EEN_JONGERE}), "soort": "echt", "wpg": "on"}
    response = client.post("/pakket/inlezen/", data)

    assert "U mag geen politiegegevens" in response.content.decode()
    assert not Inleesrun.objects.exists()


def test_only_beheer_and_only_own_runs(client, scherm, gemeente, tmp_path):
    run = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}))
    lezer = make_gebruiker(("beheer", "lezer"), gemeente=gemeente)
    leerplicht = make_gebruiker(("leerplicht", "leidinggevende"), gemeente=gemeente)
    collega = make_gebruiker(("beheer", "behandelaar"), gemeente=gemeente)

    for wie, code in ((lezer, 403), (leerplicht, 403), (collega, 404)):
        client.force_login(wie)
        assert client.get(run.get_absolute_url()).status_code == code
        assert client.get(f"{run.get_absolute_url()}quarantaine/").status_code == code
        assert client.post(f"{run.get_absolute_url()}aanbieden/").status_code == code


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    scherm, beheerder, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        Inleesrun.objects.create(bestandsnaam=f"{nummer}.zip", gebruiker=beheerder)

    scherm.get("/pakket/")
    with django_assert_num_queries(12):
        scherm.get("/pakket/")


def test_progress_is_a_part_for_htmx_and_a_page_without(scherm, beheerder):
    run = Inleesrun.objects.create(
        bestandsnaam="p.zip", gebruiker=beheerder, status="bezig", stap="jongeren.csv", voortgang=40
    )
    url = f"{run.get_absolute_url()}voortgang/"

    assert scherm.get(url).url == run.get_absolute_url()
    part = scherm.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "jongeren.csv" in part
    assert "<html" not in part
    assert "40" in scherm.get(run.get_absolute_url()).content.decode()
    Inleesrun.objects.update(status="klaar")
    assert scherm.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_old_zips_are_forgotten_at_night(scherm, tmp_path, settings):
    proef = read(scherm, zip_of(tmp_path, {"jongeren": EEN_JONGERE}), "proef")
    forget_packages()
    proef.refresh_from_db()
    assert proef.bestand

    Inleesrun.objects.update(aangemaakt_op="2025-01-01T00:00Z")
    forget_packages()

    proef.refresh_from_db()
    assert proef.bestand == ""
    assert list(Path(settings.MEDIA_ROOT).rglob("*.zip")) == []
    assert "Nu echt inlezen" not in scherm.get(proef.get_absolute_url()).content.decode()


def test_a_whole_package_with_documents(scherm, gemeente, tmp_path):
    run = read(scherm, zip_of(tmp_path, RIJK))

    assert run.status == "klaar", run.melding
    assert run.rapport["totaal"]["quarantaine"] == 0, json.dumps(run.rapport)
    # In the order of loading; the database keeps the shorter name first.
    page = scherm.get(run.get_absolute_url()).content.decode()
    assert page.index(">gebruikers.csv<") < page.index(">scholen.csv<")
