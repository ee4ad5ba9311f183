"""The roles of production, made by the real script in a database of its own.

Elsewhere the tests log in as owner of the tables and only change role. Here pages and tasks log in
as the role they have in production, so that nothing leans on what an owner may do.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config.muur import REGELS
from scripts import services
from tests.source import ROOT

NAMEN = ("app_password", "page_password", "task_password")
LOGINS = {"leerrecht": "app_password", "leerrecht_pagina": "page_password"}
LOGINS["leerrecht_taak"] = "task_password"

PAGINA = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
from accounts.models import Gebruiker
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage")
found = {}
for email, paths in json.loads(sys.argv[1]).items():
    client = Client()
    user = Gebruiker.objects.get(email=email)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    for path in paths:
        answer = client.get(path)
        found[path] = [answer.status_code, answer.content.count(b"<tr")]
print(json.dumps(found))
"""
TAAK = """
import django
django.setup()
from config.celery import app
app.loader.import_default_modules()
from casework.models import Jongere
assert Jongere.objects.count() == 0
app.tasks["accounts.chain_logboek"]()
app.tasks["doorstroompunt.follow_calendar"]()
app.tasks["accounts.check_logboek"]()
"""


@pytest.fixture(scope="module", autouse=True)
def _own_files(tmp_path_factory):
    """Anchors and files of these processes stay out of the project."""
    folder = tmp_path_factory.mktemp("bestanden")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOGBOEK_ANKER_MAP", str(folder / "ankers"))
        patch.setenv("MEDIA_ROOT", str(folder / "media"))
        yield


def run(*command, **env):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def productie(_own_files, tmp_path_factory):
    """Addresses of the database per login, filled with a small demo."""
    secrets = tmp_path_factory.mktemp("geheimen")
    for name in NAMEN:
        (secrets / name).write_text(f"geheim-{name}")
    kind = f"rollen-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    postgres, _ = services.own(kind, services.FAST)
    postgres = replace(postgres, superuser="beheer")
    shutil.rmtree(postgres.folder, ignore_errors=True)
    try:
        yield filled(postgres, secrets)
    finally:
        postgres.end()
        shutil.rmtree(postgres.folder, ignore_errors=True)


def filled(postgres, secrets: Path) -> dict[str, str]:
    url = postgres.start()
    server = url.partition("@")[2]
    host, _, port = server.partition("/")[0].partition(":")
    run(
        "sh",
        ROOT / "deploy" / "roles.sh",
        PATH=f"{postgres.programs}:{os.environ['PATH']}",
        SECRETS_DIR=str(secrets),
        POSTGRES_USER="beheer",
        POSTGRES_DB=services.NAME,
        PGHOST=host,
        PGPORT=port,
        PGPASSWORD=services.password(postgres.home),
    )
    urls = {
        login: f"postgres://{login}:{(secrets / name).read_text()}@{server}"
        for login, name in LOGINS.items()
    }
    manage = (sys.executable, "manage.py")
    run(*manage, "migrate", "--verbosity", "0", DATABASE_URL=urls["leerrecht"], LEERRECHT_DEMO="1")
    demo = ("demo", "--jongeren", "200")
    run(*manage, *demo, DATABASE_URL=urls["leerrecht_taak"], LEERRECHT_DEMO="1")
    return urls


def refused(url: str, *statements: str) -> str:
    """The state that PostgreSQL gives for the last of these."""
    with psycopg.connect(url) as connection:
        for statement in statements[:-1]:
            connection.execute(statement)
        with pytest.raises(psycopg.Error) as error:
            connection.execute(statements[-1])
    return str(error.value)


@pytest.mark.eis("D8", "Z3")
def test_pages_work_with_the_login_of_pages(productie):
    wanted = {
        "lpa@demo.example": ["/mijn-dag/", "/meldingen/", "/werkprocessen/?wie=alle"],
        "coach@demo.example": ["/doorstroompunt/mijn-jongeren/", "/doorstroompunt/trajecten/"],
        "beleid@demo.example": ["/cijfers/", "/verslag/"],
        "beheer@demo.example": ["/pakket/", "/beheer/gebruikers/"],
        "privacy@demo.example": ["/beheer/logboek/"],
    }

    said = run(
        sys.executable,
        "-c",
        PAGINA,
        json.dumps(wanted),
        DATABASE_URL=productie["leerrecht_pagina"],
        LEERRECHT_DEMO="1",
        DJANGO_SETTINGS_MODULE="config.settings",
        PYTHONPATH=str(ROOT),
    )

    found = json.loads(said.splitlines()[-1])
    assert {path: status for path, (status, _) in found.items() if status != 200} == {}
    assert found["/meldingen/"][1] > 1
    assert found["/beheer/logboek/"][1] > 1


@pytest.mark.eis("D8")
def test_tasks_work_with_the_login_of_tasks_and_have_nothing_before_they_start(productie):
    run(
        sys.executable,
        "-c",
        TAAK,
        DATABASE_URL=productie["leerrecht_taak"],
        LEERRECHT_DEMO="1",
        DJANGO_SETTINGS_MODULE="config.settings",
        PYTHONPATH=str(ROOT),
    )


@pytest.mark.eis("Z3", "D8")
@pytest.mark.parametrize("login", ["leerrecht_pagina", "leerrecht_taak"])
def test_a_login_without_context_has_no_rows_and_no_way_past_the_wall(productie, login):
    url = productie[login]
    with psycopg.connect(url) as connection:
        counts = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone() for t in REGELS}

    assert {t: n for t, n in counts.items() if n != (0,)} == {}
    assert "row-level security" in refused(
        url, "SET row_security = off", "SELECT * FROM casework_jongere"
    )
    assert "must be owner" in refused(
        url, "ALTER TABLE casework_jongere DISABLE ROW LEVEL SECURITY"
    )
    for role in ("leerrecht", "beheer"):
        assert "permission denied" in refused(url, f"SET ROLE {role}")
    for statement in (
        "UPDATE accounts_gebeurtenis SET actie = ''",
        "DELETE FROM accounts_gebeurtenis",
        "TRUNCATE accounts_gebeurtenis",
        "INSERT INTO accounts_ketenregel VALUES (1, 1, 1, '', '')",
        "CREATE TABLE public.eigen (id int)",
    ):
        assert "permission denied" in refused(url, statement)


@pytest.mark.eis("Z3")
def test_the_login_of_pages_cannot_become_the_system(productie):
    assert "permission denied" in refused(
        productie["leerrecht_pagina"],
        "SET leerrecht.doel = 'systeem'",
        "SET ROLE leerrecht_werk",
    )
    with psycopg.connect(productie["leerrecht_pagina"]) as connection:
        connection.execute("SET leerrecht.doel = 'systeem'")
        assert connection.execute("SELECT count(*) FROM casework_jongere").fetchone() == (0,)
