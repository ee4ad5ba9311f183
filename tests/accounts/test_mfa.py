"""The second factor: obligatory, usable once, unreadable in the database."""

import json
import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import Resolver404, get_resolver

from accounts import versleuteling
from accounts.factoren import MFAAdapter
from tests.accounts.conftest import WACHTWOORD, events
from tests.accounts.totp import code, wait_for_room
from tests.test_permissies import views

INSTELLEN = "/account/tweede-stap/instellen/"
# What must work before a factor is set: setting it, leaving, and help.
OPEN = {
    "account/tweede-stap/instellen/",
    "account/tweede-stap/sleutel/nieuw/",
    "account/bevestigen/",
    "account/logout/",
    "hulp/",
    "hulp/<slug:onderwerp>/",
    "profiel/sessie/",
    "toegankelijkheid/",
    "gezond",
    ".well-known/security.txt",
}
VALUES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "slug": "x", "str": "x"}


@pytest.fixture
def verplicht(settings):
    settings.MFA_VERPLICHT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def geheim(client, gebruiker, aanmelden, verplicht):
    """Secret of an app that was set; the client is logged in."""
    return set_up(client, aanmelden)


def set_up(client, aanmelden):
    wait_for_room()
    aanmelden()
    client.get(INSTELLEN)
    secret = client.session["mfa.totp.secret"]
    assert client.post(INSTELLEN, {"code": code(secret)}).status_code == 302
    return secret


def fill(route):
    """An address of this route, with any value."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace("^", "").replace("$", "")
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m[1] or "str", "x"), route)


def routes():
    found = {route for route, _ in views(get_resolver().url_patterns)}
    return sorted(route.replace("^", "") if route in OPEN else route for route in found)


@pytest.mark.eis("A3")
def test_nothing_works_before_a_second_factor_is_set(client, gebruiker, aanmelden, verplicht):
    aanmelden()

    passed = [
        (route, response.status_code)
        for route in routes()
        if route not in OPEN
        for response in (client.get(fill(route)), client.post(fill(route)))
        if (response.status_code, response.headers.get("Location")) != (302, INSTELLEN)
    ]

    assert passed == []
    assert len(routes()) > 60


@pytest.mark.eis("A3")
def test_crawl_meets_no_route_that_it_cannot_fill(client, gebruiker, aanmelden, verplicht):
    """A filled address must lead to a view, else the crawl above proves nothing."""
    missed = [r for r in routes() if not isinstance(resolved(fill(r)), str)]

    assert missed == []


def resolved(path):
    try:
        return str(get_resolver().resolve(path).route)
    except Resolver404:
        return None


@pytest.mark.eis("A3")
def test_setting_a_factor_opens_the_work_and_shows_recovery_codes_once(client, geheim):
    first = client.get("/account/tweede-stap/herstelcodes/")
    second = client.get("/account/tweede-stap/herstelcodes/")

    assert client.get("/profiel/").status_code == 200
    assert len(set(re.findall(r"<code>(\d{8})</code>", first.content.decode()))) == 10
    assert "<code>" not in second.content.decode()
    assert "U hebt nog 10 van de 10 herstelcodes." in second.content.decode()


@pytest.mark.eis("A3")
def test_password_alone_gives_no_session(client, gebruiker, geheim, aanmelden):
    client.post("/account/logout/")

    response = aanmelden()

    assert response.url.startswith("/account/login/code/")
    assert SESSION_KEY not in client.session
    assert client.get("/profiel/").url.startswith("/account/login/")


@pytest.mark.eis("A4")
def test_code_logs_in_once(client, gebruiker, geheim, aanmelden, settings):
    settings.MFA_TOTP_TOLERANCE = 1  # so that a fresh code is at hand after the set-up
    client.post("/account/logout/")
    wait_for_room()
    fresh = code(geheim, 1)
    aanmelden()
    first = client.post("/account/login/code/", {"code": fresh})
    logged_in = SESSION_KEY in client.session
    client.post("/account/logout/")
    aanmelden()
    again = client.post("/account/login/code/", {"code": fresh})

    assert (first.status_code, logged_in) == (302, True)
    assert again.status_code == 200
    assert "Deze code klopt niet, of is al gebruikt." in again.content.decode()
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A4")
def test_code_of_the_set_up_does_not_log_in(client, gebruiker, aanmelden, verplicht):
    wait_for_room(8)
    secret = set_up(client, aanmelden)
    used = code(secret)
    client.post("/account/logout/")
    aanmelden()

    assert client.post("/account/login/code/", {"code": used}).status_code == 200
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A4")
def test_recovery_code_logs_in_once(client, gebruiker, geheim, aanmelden):
    html = client.get("/account/tweede-stap/herstelcodes/").content.decode()
    spare = re.findall(r"<code>(\d{8})</code>", html)[3]

    def log_in():
        client.post("/account/logout/")
        aanmelden()
        client.post("/account/login/code/", {"code": spare})
        return SESSION_KEY in client.session

    assert (log_in(), log_in()) == (True, False)


@pytest.mark.eis("A7")
def test_guessing_codes_is_stopped_and_then_the_right_one_fails(
    client, gebruiker, geheim, aanmelden, settings
):
    settings.MFA_TOTP_TOLERANCE = 1
    client.post("/account/logout/")
    aanmelden()
    for n in range(20):
        client.post("/account/login/code/", {"code": f"{n:06}"})
    wait_for_room()

    client.post("/account/login/code/", {"code": code(geheim, 1)})

    assert SESSION_KEY not in client.session
    assert [e.gegevens["stap"] for e in events("gebruiker.geweigerd")] == ["code"] * 21


@pytest.mark.eis("A5")
def test_database_does_not_hold_the_secret(client, gebruiker, geheim):
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator ORDER BY type")
        rows = dict(cursor.fetchall())

    assert set(rows) == {"recovery_codes", "totp"}
    assert geheim not in rows["totp"]
    assert MFAAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == geheim


@pytest.mark.eis("A4")
def test_recovery_codes_are_kept_as_hashes_only(client, gebruiker, geheim):
    """Neither the row nor the session gives a code back once they were shown."""
    html = client.get("/account/tweede-stap/herstelcodes/").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", html)
    row = Authenticator.objects.get(type="recovery_codes")
    hashes = json.loads(MFAAdapter().decrypt(row.data["hashes"]))

    assert row.data["migrated_codes"] == []  # what allauth would read
    assert "seed" not in row.data
    assert len(hashes) == len(codes) == 10
    for code_, hash_ in zip(codes, hashes, strict=True):
        assert check_password(code_, hash_)
        assert not any(c in hash_ or c in str(row.data) for c in codes)
        assert code_ not in str(dict(client.session))
    assert "herstelcodes" not in client.session


@pytest.mark.eis("A4")
def test_recovery_codes_are_hashed_as_a_password_is():
    assert import_module("config.settings").PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


@pytest.mark.eis("A4")
def test_new_recovery_codes_end_the_old_ones(client, gebruiker, geheim, aanmelden):
    page = "/account/tweede-stap/herstelcodes/"
    old = re.findall(r"<code>(\d{8})</code>", client.get(page).content.decode())
    client.post(f"{page}nieuw/")
    new = re.findall(r"<code>(\d{8})</code>", client.get(page).content.decode())
    client.post("/account/logout/")
    aanmelden()
    client.post("/account/login/code/", {"code": old[0]})
    by_old = SESSION_KEY in client.session

    client.post("/account/login/code/", {"code": new[0]})

    assert (by_old, SESSION_KEY in client.session) == (False, True)
    assert len(set(old) & set(new)) < 3


@pytest.mark.eis("D1")
def test_new_key_rewrites_the_secrets_of_factors(client, gebruiker, geheim, settings, capsys):
    old = settings.FIELD_KEYS
    try:
        settings.FIELD_KEYS = ["n" * 40, *old]
        versleuteling._ciphers.cache_clear()
        call_command("wissel_sleutels")
        settings.FIELD_KEYS = ["n" * 40]
        versleuteling._ciphers.cache_clear()

        row = Authenticator.objects.get(type="totp")
        assert MFAAdapter().decrypt(row.data["secret"]) == geheim
        assert "mfa_authenticator: 2 opnieuw geschreven" in capsys.readouterr().out
    finally:
        settings.FIELD_KEYS = old
        versleuteling._ciphers.cache_clear()


@pytest.mark.eis("A9")
@pytest.mark.django_db(transaction=True)
def test_user_hears_of_a_new_factor_and_of_its_removal(client, gebruiker, geheim):
    client.post("/account/tweede-stap/herstelcodes/nieuw/")
    client.post("/account/tweede-stap/verwijderen/")

    assert [m.subject for m in mail.outbox] == [
        "Leerrecht: Tweede stap ingesteld",
        "Leerrecht: Nieuwe herstelcodes",
        "Leerrecht: Tweede stap verwijderd",
    ]
    assert {tuple(m.to) for m in mail.outbox} == {(gebruiker.email,)}
    assert "Was u dit niet zelf?" in mail.outbox[0].body


@pytest.mark.eis("A9")
def test_user_hears_of_a_new_place_but_not_of_a_known_one(client, gebruiker, aanmelden, verplicht):
    edge = {"headers": {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Edg/140"}}
    phone = {"headers": {"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140"}}

    for place in (edge, edge, phone, phone, edge):
        aanmelden(**place)
        client.post("/account/logout/")

    assert [m.subject for m in mail.outbox] == ["Leerrecht: Er is ingelogd op een nieuwe plek"]
    assert "Chrome op Android" in mail.outbox[0].body


@pytest.mark.eis("A9")
def test_user_hears_of_a_new_password(client, gebruiker, aanmelden, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    nieuw = "paard nietje accu juist"
    aanmelden()
    client.post(
        "/account/wachtwoord/",
        {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw},
    )

    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Leerrecht: Uw wachtwoord is gewijzigd", [gebruiker.email])
    ]


def test_mail_server_that_is_down_does_not_undo_the_change(client, gebruiker, aanmelden, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    nieuw = "paard nietje accu juist"
    aanmelden()

    response = client.post(
        "/account/wachtwoord/",
        {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw},
    )

    gebruiker.refresh_from_db()
    assert response.status_code == 302
    assert gebruiker.check_password(nieuw)


@pytest.mark.eis("S4")
def test_new_factor_ends_the_other_sessions(client, gebruiker, aanmelden):
    elsewhere = type(client)()
    elsewhere.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD})
    before = elsewhere.get("/profiel/").status_code

    set_up(client, aanmelden)

    assert (before, elsewhere.get("/profiel/").status_code) == (200, 302)
    assert client.get("/profiel/").status_code == 200


@pytest.mark.eis("D4")
def test_changes_of_the_factor_are_on_record(client, gebruiker, geheim):
    client.post("/account/tweede-stap/herstelcodes/nieuw/")
    client.post("/account/tweede-stap/verwijderen/")

    for actie in ("factor_ingesteld", "herstelcodes_vernieuwd", "factor_verwijderd"):
        assert [e.object_id for e in events(f"gebruiker.{actie}")] == [gebruiker.pk]


def test_qr_code_stands_in_the_page_without_inline_style(client, gebruiker, aanmelden, verplicht):
    aanmelden()

    response = client.get(INSTELLEN)

    html = response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert " style=" not in html
    assert "data:" in response.headers["Content-Security-Policy"]


def test_demo_logs_in_without_a_factor_and_says_so(client, gebruiker, aanmelden):
    page = client.get("/account/login/").content.decode()

    assert aanmelden().url == "/"
    assert client.get("/profiel/").status_code == 200
    assert "In het echt is een tweede stap verplicht." in page
