"""Asking for the package of a gemeente, and who may fetch it."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from accounts.models import Gebeurtenis
from casework.models import Jongere
from koppelingen.domain.uitvoeren import perform_uitvoer
from koppelingen.models import Uitvoer
from koppelingen.tasks import forget_packages
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker
from tests.koppelingen.test_pakketscherm import DAG

pytestmark = pytest.mark.django_db
VRAAG = {"reden": "De gemeente gaat over naar een ander systeem"}


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


@pytest.fixture
def jongere(gemeente) -> Jongere:
    return JongereFactory(gemeente=gemeente, achternaam="Jansen")


def ask(scherm, gemeente) -> Uitvoer:
    scherm.post("/pakket/uitvoer/nieuw/", VRAAG | {"gemeente": gemeente.pk})
    return Uitvoer.objects.get()


def make(scherm, gemeente) -> Uitvoer:
    uitvoer = ask(scherm, gemeente)
    perform_uitvoer(uitvoer.pk, DAG)
    uitvoer.refresh_from_db()
    return uitvoer


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_zip_holds_the_dossiers_and_leaves_a_trace(scherm, beheerder, gemeente, jongere):
    JongereFactory(achternaam="Elders")

    uitvoer = make(scherm, gemeente)

    assert (uitvoer.status, uitvoer.rijen) == ("klaar", 1)
    response = scherm.get(f"{uitvoer.get_absolute_url()}bestand/")
    with zipfile.ZipFile(BytesIO(body(response))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        text = archive.read("jongeren.csv").decode()
    assert manifest["gemeentecodes"] == ["0637"]
    assert "Jansen" in text
    assert "Elders" not in text
    acties = Gebeurtenis.objects.filter(gebruiker=beheerder).values_list("actie", flat=True)
    assert list(acties.order_by("pk")) == [
        "pakket.gevraagd",
        "pakket.uitgevoerd",
        "pakket.opgehaald",
    ]
    assert Gebeurtenis.objects.get(actie="pakket.gevraagd").reden == VRAAG["reden"]


def test_only_who_asked_may_fetch(client, scherm, gemeente, jongere):
    uitvoer = make(scherm, gemeente)
    ander = make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente)
    zonder = make_gebruiker(("beheer", "behandelaar"), gemeente=gemeente)

    for wie, code in ((ander, 404), (zonder, 403)):
        client.force_login(wie)
        assert client.get(f"{uitvoer.get_absolute_url()}bestand/").status_code == code
        assert client.get(uitvoer.get_absolute_url()).status_code == code


def test_only_own_gemeenten_and_with_a_reason(scherm, gemeente):
    elders = GemeenteFactory()

    response = scherm.post("/pakket/uitvoer/nieuw/", VRAAG | {"gemeente": elders.pk})
    assert "gemeente" in response.context["form"].errors
    response = scherm.post("/pakket/uitvoer/nieuw/", {"gemeente": gemeente.pk})
    assert "reden" in response.context["form"].errors
    assert not Uitvoer.objects.exists()


def test_police_data_only_with_the_taak_opsporing(scherm, gemeente):
    scherm.post("/pakket/uitvoer/nieuw/", VRAAG | {"gemeente": gemeente.pk, "wpg": "on"})

    assert Uitvoer.objects.get().wpg_akkoord == ""


def test_the_task_twice_changes_nothing(scherm, gemeente, jongere):
    uitvoer = make(scherm, gemeente)

    perform_uitvoer(uitvoer.pk, DAG)

    assert Gebeurtenis.objects.filter(actie="pakket.uitgevoerd").count() == 1


def test_cut_off_halfway_there_is_no_zip_and_it_says_so(
    scherm, gemeente, jongere, monkeypatch, settings
):
    from koppelingen.pakket import uitvoeren

    def fail(*args):
        raise RuntimeError("schijf vol")

    uitvoer = ask(scherm, gemeente)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(uitvoeren, "_write_documenten", fail)
        perform_uitvoer(uitvoer.pk, DAG)

    page = scherm.get(uitvoer.get_absolute_url()).content.decode()
    assert "Het uitvoeren is afgebroken" in page
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == []
    assert not Gebeurtenis.objects.filter(actie="pakket.uitgevoerd").exists()


def test_a_file_of_a_worker_that_stopped_is_written_anew(scherm, gemeente, jongere, settings):
    uitvoer = ask(scherm, gemeente)
    pad = Path(settings.MEDIA_ROOT) / "uitvoer" / f"{uitvoer.uuid}.zip"
    pad.parent.mkdir(parents=True)
    pad.write_bytes(b"half")
    Uitvoer.objects.update(status="bezig")

    perform_uitvoer(uitvoer.pk, DAG)

    assert zipfile.is_zipfile(pad)


def test_after_a_week_the_zip_is_gone(scherm, gemeente, jongere, settings):
    uitvoer = make(scherm, gemeente)
    Uitvoer.objects.update(klaar_op="2025-01-01T00:00Z")

    forget_packages()

    assert list(Path(settings.MEDIA_ROOT).rglob("*.zip")) == []
    assert "na een week verwijderd" in scherm.get(uitvoer.get_absolute_url()).content.decode()
    assert scherm.get(f"{uitvoer.get_absolute_url()}bestand/").status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    scherm, beheerder, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        Uitvoer.objects.create(gebruiker=beheerder, gemeentecodes=["0637"], reden="Overstap")

    scherm.get("/pakket/uitvoer/")
    with django_assert_num_queries(12):
        scherm.get("/pakket/uitvoer/")
