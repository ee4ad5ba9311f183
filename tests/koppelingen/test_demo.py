"""The demo region: the same every time, made once, with work for every account."""

import hashlib
import zipfile
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts.models import Bevoegdheid, Gebeurtenis, Gebruiker
from casework.models import (
    Actie,
    Afspraak,
    Briefafzender,
    Gemeente,
    Jongere,
    Statusbericht,
    Verzuimmelding,
    Werkproces,
)
from casework.schooljaar import Schooljaar
from doorstroompunt.models import Traject
from koppelingen.demo.maken import make_region
from koppelingen.demo.medewerkers import DEMO_WACHTWOORD, MEDEWERKERS
from leerplicht.models import Haltzaak, Meldcodetraject, Strafzaak
from reporting.models import Jaarverslag
from tests.factories import JongereFactory

PEILDATUM = date(2026, 11, 24)
WEGING = (9, 8, 7, 6, 5, 4, 3, 2, -1)  # elfproef
GELADEN = 4_000
JAREN = ["2022-2023", "2023-2024", "2024-2025", "2025-2026", "2026-2027"]


def demo(*args):
    out = StringIO()
    call_command("demo", "--peildatum", PEILDATUM.isoformat(), *args, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def gevuld(django_db_setup, django_db_blocker):
    """A third of the region, loaded once for the tests below and rolled back after them.

    The tests above stand first in this file: they need a database without it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        demo("--jongeren", str(GELADEN))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def regio(gevuld, db):
    """Each test in a savepoint of its own."""


def account(sleutel):
    return Gebruiker.objects.get(email=f"{sleutel}@demo.example")


def fingerprint(folder, naam):
    make_region(PEILDATUM, 400).write(folder / naam)
    data = (folder / naam).read_bytes()
    return hashlib.sha256(data).hexdigest(), data


def test_a_database_with_other_people_is_refused(db):
    JongereFactory()

    with pytest.raises(CommandError, match="andere jongeren"):
        demo("--jongeren", "200")

    assert Jongere.objects.count() == 1


def test_outside_demo_and_debug_there_is_no_demo(db, settings):
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError, match="bekende wachtwoorden"):
        demo("--jongeren", "200")


def test_two_builds_give_the_same_package(tmp_path):
    first, data = fingerprint(tmp_path, "een.zip")
    second, _ = fingerprint(tmp_path, "twee.zip")

    assert first == second
    assert len(zipfile.ZipFile(tmp_path / "een.zip").namelist()) > 15
    assert len(data) > 50_000


def test_another_day_gives_another_region(tmp_path):
    make_region(PEILDATUM, 400).write(tmp_path / "een.zip")
    make_region(date(2026, 11, 25), 400).write(tmp_path / "twee.zip")

    assert (tmp_path / "een.zip").read_bytes() != (tmp_path / "twee.zip").read_bytes()


def test_size_gemeenten_schooljaren_and_fictional_numbers():
    rijen = make_region(PEILDATUM).pakket.rijen
    jongeren = rijen["jongeren"]
    numbers = [j["bsn"] for j in jongeren if j["bsn"]]
    meldingen = Counter(str(Schooljaar.of(m["melddatum"])) for m in rijen["verzuimmeldingen"])

    assert len(jongeren) == 12_000
    assert {j["gemeentecode"] for j in jongeren} >= {"9901", "9902", "9903"}
    assert sorted(jaar for jaar, aantal in meldingen.items() if aantal > 200) == JAREN
    assert len(set(numbers)) == len(numbers) > 11_000
    assert {(number[0], len(number)) for number in numbers} == {("9", 9)}
    assert all(sum(w * int(c) for w, c in zip(WEGING, n, strict=True)) % 11 == 0 for n in numbers)


def test_region_that_was_loaded(regio):
    wonen = Counter(Jongere.objects.values_list("gemeente__code", flat=True))
    numbers = [bsn for bsn in Jongere.objects.values_list("bsn", flat=True) if bsn]

    assert Jongere.objects.count() == GELADEN
    assert sorted(Gemeente.objects.values_list("code", flat=True)) == ["9901", "9902", "9903"]
    assert min(wonen["9901"], wonen["9902"], wonen["9903"]) > 500
    assert {number[0] for number in numbers} == {"9"}


def test_second_run_looks_and_changes_nothing(regio, django_assert_max_num_queries):
    before = _counts()

    with django_assert_max_num_queries(8):
        said = demo()

    assert _counts() == before
    assert said.startswith("De demo-regio staat er al; er is niets veranderd.")


def test_every_gemeente_can_send_a_letter(regio):
    assert Briefafzender.objects.count() == Gemeente.objects.filter(code__startswith="99").count()


def test_a_yearly_report_waits_to_be_written(regio):
    verslag = Jaarverslag.objects.visible_to(account("beleid")).get()

    assert (verslag.schooljaar, verslag.status) == ("2025-2026", Jaarverslag.Status.CONCEPT)
    assert verslag.stand is not None
    assert verslag.stand.peildatum == PEILDATUM


def test_command_prints_every_account_with_the_password(regio):
    said = demo()

    assert DEMO_WACHTWOORD in said
    assert [m.email for m in MEDEWERKERS if m.email not in said] == []


@pytest.mark.parametrize("medewerker", MEDEWERKERS, ids=lambda m: m.sleutel)
def test_every_account_logs_in_to_a_first_page_of_its_own(regio, medewerker):
    client = Client()
    login = {"login": medewerker.email, "password": DEMO_WACHTWOORD}

    response = client.post("/account/login/", login, follow=True)
    page = client.get("/", follow=True)

    assert response.status_code == page.status_code == 200
    assert page.redirect_chain[-1][0] == EERSTE[medewerker.sleutel.rstrip("2")]


EERSTE = {
    "lpa": "/mijn-dag/",
    "teamleider": "/mijn-dag/",
    "boa": "/mijn-dag/",
    "coach": "/doorstroompunt/mijn-jongeren/",
    "beleid": "/cijfers/",
    "beheer": "/pakket/",
    "privacy": "/noodtoegangen/",
}


@pytest.mark.parametrize("sleutel", ["lpa", "lpa2", "boa", "coach", "coach2", "teamleider"])
def test_open_work_of_who_handles_cases(regio, sleutel):
    user = account(sleutel)

    te_doen = Actie.objects.filter(toegewezen_aan=user, gedaan_op__isnull=True)
    vandaag = Afspraak.objects.filter(gebruiker=user, begin__date=PEILDATUM)

    assert min(te_doen.count(), vandaag.count()) >= 3
    assert te_doen.filter(vervalt_op__lt=PEILDATUM).exists()
    assert te_doen.filter(vervalt_op__gte=PEILDATUM).exists()


@pytest.mark.parametrize("sleutel", ["lpa", "lpa2", "boa"])
def test_open_werkprocessen_stand_in_many_states(regio, sleutel):
    rows = Werkproces.objects.open().filter(behandelaar=account(sleutel))

    assert rows.count() >= 5
    assert rows.values("toestand").distinct().count() >= 3


@pytest.mark.parametrize("sleutel", ["coach", "coach2"])
def test_open_trajecten_stand_in_many_states(regio, sleutel):
    rows = Traject.objects.filter(behandelaar=account(sleutel), status="OPEN")

    assert rows.count() >= 10
    assert rows.values("toestand").distinct().count() >= 3


@pytest.mark.parametrize("sleutel", ["lpa", "teamleider", "coach"])
def test_reports_wait_to_be_judged(regio, sleutel):
    rows = Verzuimmelding.objects.visible_to(account(sleutel))

    assert rows.filter(status="R", werkproces__isnull=True, afgesloten_op__isnull=True).count() > 1


def test_every_process_of_enforcement_and_care_has_something_to_look_at(regio):
    """So that each screen of it can be tried out."""
    toestanden = set(Haltzaak.objects.values_list("toestand", flat=True))
    assert {"voorgesteld", "verzonden", "gestart", "positief"} <= toestanden
    straf = {zaak.toestand: zaak for zaak in Strafzaak.objects.prefetch_related("verhoren")}
    assert set(straf) == {"concept", "gesloten"}
    assert straf["concept"].verhoren.count() == 1 and straf["gesloten"].vonnis_op
    assert Meldcodetraject.objects.open().get().toestand == "mc_weging"
    assert Actie.objects.filter(grondslag__startswith="overleg:").count() == 2
    berichten = Counter(Statusbericht.objects.values_list("stand", flat=True))
    assert berichten["BEVESTIGD"] > berichten["AFGEWEZEN"] == 1
    for wie in ("svb:", "arbeid:"):
        assert Actie.objects.open().filter(grondslag__startswith=wie).exists(), wie


def test_opsporing_lasts_a_year_at_most(regio):
    rows = Bevoegdheid.objects.filter(taak="opsporing")

    assert rows.count() == 3
    assert {row.gebruiker.email for row in rows} == {"boa@demo.example"}
    assert max(row.tot for row in rows) <= date(2027, 11, 24)


def test_the_log_says_where_the_dossiers_came_from(regio):
    log = Gebeurtenis.objects.visible_to(account("privacy"))

    assert log.filter(jongere_id__isnull=False).exists()


def _counts():
    models = (Jongere, Verzuimmelding, Werkproces, Traject, Actie, Gebruiker, Gebeurtenis)
    return [model.objects.count() for model in models]
