"""What every test area needs; factories stand in tests/factories*.py."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only tests have: plain static files, fast hashes, own corner of Redis."""
    config.addinivalue_line("markers", "browser: a real browser on a live server")
    config.addinivalue_line("markers", "eis(*ids): proves these rows of docs/eisen.csv")
    corner = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{os.getpid()}"
    # Without `collectstatic` there is no manifest to look names up in.
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.CACHES["default"]["KEY_PREFIX"] = corner
    django_settings.CELERY_TASK_DEFAULT_QUEUE = corner
    # Every test comes from one address.
    django_settings.LIMIET_PER_ADRES = 10_000


@pytest.fixture
def project() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with real commits empty the tables; the log refuses that anywhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_gebeurtenis DISABLE TRIGGER gebeurtenis_niet_leeg")
        cursor.execute("ALTER TABLE accounts_ketenregel DISABLE TRIGGER ketenregel_niet_leeg")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LOGBOEK_ANKER_MAP = tmp_path / "ankers"


# Nine digits that are no part of a uuid, a hash or a longer number.
NUMMER = re.compile(r"(?<![\w-])\d{9}(?![\w-])")


class Logregels(logging.Handler):
    """Keeps each log line with what may be the number of a person, as production would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.fout: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if NUMMER.search(text):
            self.fout.append(f"{record.name}: {text}")


@pytest.fixture(autouse=True)
def _no_number_in_a_log() -> Iterator[None]:
    """No test makes the application log a BSN."""
    lines = Logregels()
    logging.getLogger().addHandler(lines)
    yield
    logging.getLogger().removeHandler(lines)
    assert lines.fout == []
