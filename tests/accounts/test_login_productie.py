"""Cookies, headers and the second factor with the settings of production."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from tests.source import ROOT

SECRET = "geheim-dat-lang-genoeg-is-voor-de-proef-0123456789"
SCRIPT = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
# Without `collectstatic` there is no manifest to look names up in.
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}
answer = Client(headers={"host": "127.0.0.1"}).post(
    "/account/login/",
    {"login": "lpa@voorbeeld.nl", "password": "een-lang-wachtwoord"},
    secure=True,
)
page = Client(headers={"host": "127.0.0.1"}).get("/account/login/", secure=True)
plain = Client(headers={"host": "127.0.0.1"}).get("/account/login/")
print(json.dumps({
    "cookies": [c.OutputString() for r in (answer, page) for c in r.cookies.values()],
    "headers": dict(page.headers),
    "plain": [plain.status_code, plain.headers.get("Location")],
    "mfa": settings.MFA_VERPLICHT,
}))
"""


@pytest.fixture
def productie(transactional_db, gebruiker):
    """What a process with the settings of production answers to a login."""
    db = connection.settings_dict
    host = f"{quote(db['USER'])}:{quote(db['PASSWORD'])}@{db['HOST']}:{db['PORT'] or 5432}"
    secrets = dict.fromkeys(("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"), SECRET)
    # The fast hash of the tests must be readable for the process.
    gebruiker.password = _pbkdf2("een-lang-wachtwoord")
    gebruiker.save()
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=secrets
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"postgres://{host}/{quote(db['NAME'])}",
            "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def _pbkdf2(password):
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=1000)


@pytest.mark.eis("S3", "H2")
def test_cookies_and_headers(productie):
    cookies = {c.split("=")[0]: c for c in productie["cookies"]}
    headers = productie["headers"]

    assert set(cookies) == {"__Host-leerrecht_sessie", "__Host-leerrecht_csrf"}
    for cookie in cookies.values():
        parts = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert productie["plain"] == [301, "https://127.0.0.1/account/login/"]


@pytest.mark.eis("A3")
def test_second_factor_is_obligatory_without_any_setting(productie):
    assert productie["mfa"] is True
