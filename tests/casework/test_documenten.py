"""From upload to download: a file waits for the scanner and is served by a checked view."""

import hashlib
import io
import socket

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework import tasks
from casework.domain.documenten import forget_refused, scan, scan_waiting
from casework.models import Aangeboden, Document
from casework.scanner import Clamd, GeenScanner, OntbrekendeScanner, ScannerWeg, scanner
from tests.casework import bestanden as b
from tests.casework.clamd import fake_clamd
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason

pytestmark = pytest.mark.django_db
LP, DSP, OPS = Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.OPSPORING


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def site(client, ambtenaar):
    client.force_login(ambtenaar, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def stil(settings):
    """A scanner that does not answer."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{listener.getsockname()[1]}"
        yield


def send(client, jongere, naam="brief.pdf", data=None, query="", **fields):
    fields = {"soort": "BRIEF", "datum": "10-09-2025", "titel": "Brief aan ouders", **fields}
    file = SimpleUploadedFile(naam, b.pdf() if data is None else data)
    return client.post(
        f"/jongere/{jongere.uuid}/documenten/nieuw/{query}", {**fields, "bestand": file}
    )


def page(client, jongere) -> str:
    return client.get(f"/jongere/{jongere.uuid}/documenten/").content.decode()


def test_the_page_offers_a_new_document_to_who_may_write(client, site, jongere, gemeente):
    assert "documenten/nieuw/" in page(site, jongere)
    client.force_login(make_gebruiker((LP, Rol.LEZER), gemeente=gemeente))

    assert "documenten/nieuw/" not in page(client, jongere)
    assert send(client, jongere).status_code == 403
    assert Aangeboden.objects.count() == 0


@pytest.mark.eis("F2", "D10")
def test_while_the_scanner_is_down_the_file_waits_and_is_not_served(site, jongere, stil):
    answer = send(site, jongere)
    row = Aangeboden.objects.get()

    tasks.scan_document(row.pk)
    tasks.scan_waiting()

    assert answer.status_code == 302
    assert Aangeboden.objects.waiting().get() == row
    assert Document.objects.count() == 0
    assert "Wacht op controle" in page(site, jongere)
    assert site.get(f"/document/{row.uuid}/").status_code == 404
    assert "brief.pdf" not in page(site, jongere)


@pytest.mark.eis("F2")
def test_after_the_scan_it_is_a_document(
    site, jongere, settings, django_capture_on_commit_callbacks
):
    with fake_clamd() as (address, seen):
        settings.CLAMAV_ADDRESS = address
        send(site, jongere)
        row = Aangeboden.objects.get()
        assert scan(row.pk) is True
        assert scan(row.pk) is False  # a second delivery finds nothing to do

    document = Document.objects.get()
    assert seen == [document.bestand.read()]
    document.bestand.close()
    assert Aangeboden.objects.count() == 0
    assert (document.titel, document.soort, document.taak) == ("Brief aan ouders", "BRIEF", LP)
    assert document.sha256 == hashlib.sha256(seen[0]).hexdigest()
    assert list(Gebeurtenis.objects.order_by("pk").values_list("actie", flat=True)) == [
        "document.aangeboden",
        "document.vastgelegd",
    ]
    assert "Brief aan ouders" in page(site, jongere)


@pytest.mark.eis("F2")
def test_a_virus_is_refused_and_its_file_is_gone(
    site, jongere, settings, django_capture_on_commit_callbacks
):
    with fake_clamd() as (address, _):
        settings.CLAMAV_ADDRESS = address
        send(site, jongere, "brief.docx", b.docx(("word/virus.txt", b"")))
        with django_capture_on_commit_callbacks(execute=True):
            assert scan_waiting() == 1

    row = Aangeboden.objects.get()
    assert (Document.objects.count(), Aangeboden.objects.waiting().count()) == (0, 0)
    assert not row.bestand.storage.exists(row.bestand.name)
    assert "Geweigerd: virus gevonden" in page(site, jongere)
    assert Gebeurtenis.objects.filter(actie="document.geweigerd").count() == 1


def test_a_refusal_is_forgotten_after_its_days(site, jongere, settings):
    with fake_clamd() as (address, _):
        settings.CLAMAV_ADDRESS = address
        send(site, jongere, "brief.docx", b.docx(("word/virus.txt", b"")))
        scan_waiting()
    assert forget_refused() == 0
    settings.DOCUMENT_GEWEIGERD_DAGEN = -1

    assert forget_refused() == 1


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"x" * 5000])
def test_any_other_answer_is_no_verdict(answer):
    with fake_clamd(answer or b"\0") as (address, _), pytest.raises(ScannerWeg):
        Clamd(address, 2).scan(io.BytesIO(b"abc"))


def test_a_large_file_goes_in_parts():
    data = b"a" * 200_000
    with fake_clamd() as (address, seen):
        assert Clamd(address, 5).scan(io.BytesIO(data)).schoon
        assert Clamd(address, 5).scan(io.BytesIO(b.EICAR)).gevonden == "Proef.EICAR"

    assert seen == [data, b.EICAR]


@pytest.mark.parametrize("address", ["/bestaat/niet.sock", "zonder-poort", "127.0.0.1:1"])
def test_a_wrong_address_is_a_scanner_that_is_down(address):
    with pytest.raises(ScannerWeg):
        Clamd(address, 1).scan(io.BytesIO(b"abc"))


@pytest.mark.eis("D10")
def test_without_an_address_only_the_demo_lets_files_pass(settings):
    assert isinstance(scanner(), GeenScanner)
    settings.DEMO = settings.DEBUG = False

    assert isinstance(scanner(), OntbrekendeScanner)
    with pytest.raises(ScannerWeg):
        scanner().scan(io.BytesIO(b""))


@pytest.mark.eis("F3", "F4")
def test_it_is_stored_under_a_random_key_and_sent_as_a_download(site, jongere, settings):
    send(site, jongere, "../../Brief van Proefpersoon.pdf")
    scan_waiting()
    document = Document.objects.get()

    answer = site.get(f"/document/{document.uuid}/")

    assert "Proefpersoon" not in document.bestand.name
    assert document.bestand.path.startswith(str(settings.MEDIA_ROOT))
    assert str(settings.STATIC_ROOT) not in document.bestand.path
    assert answer.getvalue().startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="Brief van Proefpersoon.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert Gebeurtenis.objects.filter(actie="document.gelezen").count() == 1


@pytest.mark.eis("F4")
def test_an_imported_page_is_never_a_page_here(site, jongere, gemeente):
    document = Document.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        bestandsnaam="brief.html",
        bytes=1,
        sha256="0" * 64,
        bestand=ContentFile(b.HTML, "x"),
    )

    answer = site.get(f"/document/{document.uuid}/")

    assert answer.getvalue() == b.HTML
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.eis("F1")
def test_a_bad_file_is_told_at_its_field_and_the_rest_stays(site, jongere):
    answer = send(site, jongere, "brief.pdf", b.EXE)

    text = answer.content.decode()
    assert "De inhoud van dit bestand is geen pdf." in text
    assert "Brief aan ouders" in text
    assert Aangeboden.objects.count() == 0


def test_what_is_missing_is_asked(site, jongere):
    answer = site.post(f"/jongere/{jongere.uuid}/documenten/nieuw/", {})

    text = answer.content.decode()
    assert "Kies een bestand." in text
    assert "Kies het soort document." in text


@pytest.mark.eis("Z2")
def test_a_coach_adds_to_the_own_taak_and_leerplicht_does_not_see_it(jongere, gemeente, site):
    coach = make_gebruiker((DSP, Rol.BEHANDELAAR), gemeente=gemeente)
    other = Client()
    other.force_login(coach, "allauth.account.auth_backends.AuthenticationBackend")

    assert send(other, jongere).status_code == 302

    assert Aangeboden.objects.get().taak == DSP
    assert "Brief aan ouders" in page(other, jongere)
    assert "Brief aan ouders" not in page(site, jongere)
    scan_waiting()
    assert "Brief aan ouders" not in page(site, jongere)


@pytest.mark.eis("P01")
def test_a_file_at_a_police_process_is_a_police_file(client, jongere, gemeente, site):
    wpg = WerkprocesFactory(jongere=jongere, gemeente=gemeente, regime="WPG")
    opspoorder = make_gebruiker((LP, Rol.BEHANDELAAR), (OPS, Rol.BEHANDELAAR), gemeente=gemeente)
    other = Client()
    other.force_login(opspoorder, "allauth.account.auth_backends.AuthenticationBackend")
    give_reason(other, jongere, gericht=True)
    query = f"?werkproces={wpg.uuid}"

    assert send(site, jongere, query=query).status_code == 404
    assert send(other, jongere, query=query).status_code == 302

    assert Aangeboden.objects.get().regime == "WPG"
    assert "Brief aan ouders" not in page(site, jongere)
    scan_waiting()
    document = Document.objects.get()
    assert (document.regime, document.werkproces) == ("WPG", wpg)
    assert "Brief aan ouders" not in page(site, jongere)
    assert site.get(f"/document/{document.uuid}/").status_code == 404
    assert "Brief aan ouders" in page(other, jongere)


def test_the_page_asks_as_much_for_three_as_for_one(
    site, jongere, stil, django_assert_max_num_queries
):
    send(site, jongere)
    page(site, jongere)
    with CaptureQueriesContext(connection) as one:
        page(site, jongere)
    asked = len(one)
    for _ in range(2):
        send(site, jongere)

    with django_assert_max_num_queries(asked):
        page(site, jongere)
