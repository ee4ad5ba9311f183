"""Starting in production, the pages for machines, and the processes of make demo."""

import os
import subprocess
import sys

import pytest
from django.test import override_settings

from scripts import processes, services, system
from tests.source import ROOT

SECRET = "geheim-dat-lang-genoeg-is-voor-de-proef-0123456789"
PRODUCTION = {
    "SECRET_KEY": SECRET,
    "FIELD_KEYS": SECRET,
    "BLIND_INDEX_KEY": SECRET,
    "LEERRECHT_DEMO": "0",
    "DEBUG": "0",
    "PATH": os.environ["PATH"],
}


def start(**changes):
    """Load the settings in a process of its own; returns exit status and last line of stderr."""
    result = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env=PRODUCTION | {"DJANGO_SETTINGS_MODULE": "config.settings"} | changes,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, (result.stderr.strip().splitlines() or [""])[-1]


def test_production_starts_with_its_own_secrets():
    status, _ = start()

    assert status == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"])
@pytest.mark.parametrize("value", ["", "kort", "alleen-voor-demo-en-test-0123456789"])
@pytest.mark.eis("D6")
def test_production_refuses_a_missing_or_default_secret(name, value):
    status, message = start(**{name: value})

    assert status == 1
    assert message == (
        "django.core.exceptions.ImproperlyConfigured: "
        f"{name} ontbreekt of is te kort. Zet in de omgeving {name} (of {name}_FILE) op een "
        "geheim van ten minste 32 tekens; zie .env.example."
    )


def test_secret_from_a_file(tmp_path):
    file = tmp_path / "sleutel"
    file.write_text(f"{SECRET}\n")

    status, _ = start(SECRET_KEY="", SECRET_KEY_FILE=str(file))

    assert status == 0


@pytest.mark.django_db
def test_gezond_names_its_parts(client):
    response = client.get("/gezond")

    assert response.status_code == 200
    assert response.json() == {"database": True, "redis": True}


@pytest.mark.django_db
def test_gezond_without_redis_is_503(client):
    nobody = f"redis://127.0.0.1:{services.free_port()}/0"
    backend = "django.core.cache.backends.redis.RedisCache"

    with override_settings(CACHES={"default": {"BACKEND": backend, "LOCATION": nobody}}):
        response = client.get("/gezond")

    assert response.status_code == 503
    assert response.json() == {"database": True, "redis": False}


@pytest.mark.django_db
@pytest.mark.eis("H8")
def test_security_txt(client):
    response = client.get("/.well-known/security.txt")

    names = [line.split(":")[0] for line in response.content.decode().splitlines()]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert names == ["Contact", "Expires", "Preferred-Languages", "Canonical"]


def sleeper(folder):
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    return processes.start(
        command, pid_file=folder / "pid", log=folder / "log", env=dict(os.environ)
    )


def test_process_is_ended_by_its_pid_file(tmp_path):
    pid = sleeper(tmp_path)

    assert processes.pid_of(tmp_path / "pid") == pid
    assert processes.end(tmp_path / "pid") is True
    assert processes.end(tmp_path / "pid") is False


def test_a_reused_pid_is_not_ours(tmp_path):
    pid = sleeper(tmp_path)
    stale = tmp_path / "oud"
    stale.write_text(f"{pid} 1")

    assert processes.end(stale) is False
    assert processes.pid_of(tmp_path / "pid") == pid
    processes.end(tmp_path / "pid")


def test_advice_names_the_packages():
    need = system.Need("Iets", ("pakket-a", "pakket-b"), lambda: False)

    assert system.advice([need]) == (
        "Niet gevonden:\n  - Iets\nInstalleer: sudo apt-get install pakket-a pakket-b"
    )
