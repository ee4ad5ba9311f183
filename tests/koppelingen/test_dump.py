"""A dump of a filled database, the files beside it and the log lines hold no clear number."""

import logging
import os
import subprocess
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from casework.models import Jongere, Relatie
from casework.versleuteling import passes_elfproef
from tests.test_deploy import programs


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += self.format(record) + "\n"


def dump(tmp_path: Path) -> bytes:
    """Plain, so that a number would stand in it as anybody could read it."""
    db = connection.settings_dict
    target = tmp_path / "alles.sql"
    tool = programs(connection.pg_version // 10000) / "pg_dump"
    place = {"PGHOST": db["HOST"], "PGPORT": str(db["PORT"]), "PGUSER": db["USER"]}
    env = {**os.environ, **place, "PGPASSWORD": db["PASSWORD"]}
    subprocess.run([tool, "--inserts", f"--file={target}", db["NAME"]], env=env, check=True)
    return target.read_bytes()


def files() -> dict[str, bytes]:
    """All media, and what is inside the packed ones."""
    found = {}
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        if file.is_file():
            found[str(file)] = file.read_bytes()
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive:
                    found |= {f"{file}!{n}": archive.read(n) for n in archive.namelist()}
    return found


def readable(number: str, data: bytes) -> bool:
    """As digits, and as digits written in hex: the way a dump shows bytes."""
    return number.encode() in data or number.encode().hex().encode() in data


@pytest.mark.eis("P39")
@pytest.mark.django_db(transaction=True)
def test_no_number_of_the_region_is_readable(tmp_path):
    lines = Lines()
    logging.getLogger().addHandler(lines)
    try:
        out, err = StringIO(), StringIO()
        call_command("demo", "--jongeren", "400", stdout=out, stderr=err)
    finally:
        logging.getLogger().removeHandler(lines)
    numbers = set()
    for model in (Jongere, Relatie):
        for row in model.objects.all():
            numbers |= {row.bsn, getattr(row, "onderwijsnummer", "")} - {""}
    assert len(numbers) > 400 and sum(map(passes_elfproef, numbers)) > 400

    data = dump(tmp_path)
    said = (lines.text + out.getvalue() + err.getvalue()).encode()
    wrong = [
        (where, number)
        for where, text in {"dump": data, "log": said, **files()}.items()
        for number in sorted(numbers)
        if readable(number, text)
    ]

    assert wrong == []
    name = Jongere.objects.first().achternaam
    assert name.encode() in data  # the dump is whole, and readable for the rest


@pytest.mark.eis("P39")
def test_a_clear_number_would_be_seen():
    assert readable("910000001", b"x 910000001 y")
    assert readable("910000001", b"\\x393130303030303031")
    assert not readable("910000001", b"x 91000000 y")
