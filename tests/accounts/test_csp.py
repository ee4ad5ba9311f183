import re

import pytest

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|js:",
    re.IGNORECASE,
)


def policy_of(response):
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


@pytest.mark.parametrize("path", ["/account/login/", "/toegankelijkheid/", "/bestaat-niet/", "/"])
def test_every_answer_carries_the_policy(client, db, path):
    assert policy_of(client.get(path)) == POLICY


def test_other_headers(client, db):
    headers = client.get("/account/login/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    )


def test_pages_of_a_user_are_not_stored(client, gebruiker):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/profiel/").headers["Cache-Control"] == "no-store"


def test_templates_hold_no_inline_style_or_script(project):
    found = [
        f"{path.relative_to(project)}: {match[0]}"
        for folder in ("templates", "accounts", "casework", "leerplicht", "doorstroompunt")
        for path in (project / folder).rglob("*.html")
        if "pdf" not in path.parts
        for match in INLINE.finditer(path.read_text())
    ]

    assert found == []
