from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from accounts import sessies
from tests.accounts.conftest import WACHTWOORD


@pytest.fixture
def ingelogd(client, gebruiker):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")
    client.get("/profiel/")
    return client


@pytest.fixture
def later(ingelogd):
    """As if the session began and was last used this long ago."""

    def move(*, begin=timedelta(0), actief=timedelta(0)):
        session = ingelogd.session
        now = int(timezone.now().timestamp())
        session[sessies.BEGIN] = now - int(begin.total_seconds())
        session[sessies.ACTIEF] = now - int(actief.total_seconds())
        session.save()

    return move


@pytest.mark.eis("S1")
def test_idle_session_ends_and_comes_back_to_the_same_page(ingelogd, later, settings):
    later(actief=timedelta(seconds=settings.SESSION_IDLE_SECONDS))

    response = ingelogd.get("/profiel/sessies/?a=1")

    assert response.url == "/account/login/?next=%2Fprofiel%2Fsessies%2F%3Fa%3D1"
    assert SESSION_KEY not in ingelogd.session
    assert "U bent uitgelogd" in ingelogd.get(response.url).content.decode()


@pytest.mark.eis("S1")
def test_limits_are_a_quarter_and_ten_hours(settings):
    limits = (settings.SESSION_IDLE_SECONDS, settings.SESSION_ABSOLUTE_SECONDS)

    assert limits == (15 * 60, 10 * 60 * 60)


def test_session_in_use_is_kept(ingelogd, later, settings):
    later(actief=timedelta(seconds=settings.SESSION_IDLE_SECONDS - 5))

    assert ingelogd.get("/profiel/").status_code == 200
    assert sessies.stand(ingelogd.session).seconden >= settings.SESSION_IDLE_SECONDS - 2


@pytest.mark.eis("S1")
def test_absolute_limit_ends_a_session_that_is_in_use(ingelogd, later, settings):
    later(begin=timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS))

    assert ingelogd.get("/profiel/").status_code == 302
    assert SESSION_KEY not in ingelogd.session


def test_sent_form_of_an_ended_session_leads_back_to_the_form(ingelogd, later, settings):
    later(actief=timedelta(seconds=settings.SESSION_IDLE_SECONDS))

    response = ingelogd.post("/profiel/sessies/", headers={"referer": "http://testserver/hulp/"})

    assert response.url == "/account/login/?next=%2Fhulp%2F"


def test_part_of_a_page_is_sent_to_the_login_page_as_a_whole(ingelogd, later, settings):
    later(actief=timedelta(seconds=settings.SESSION_IDLE_SECONDS))

    response = ingelogd.get(
        "/hulp/", headers={"hx-request": "true", "hx-current-url": "http://testserver/profiel/"}
    )

    assert response.headers["HX-Redirect"] == "/account/login/?next=%2Fprofiel%2F"


@pytest.mark.eis("S1")
def test_asking_how_long_is_no_activity(ingelogd, later):
    later(begin=timedelta(minutes=8), actief=timedelta(minutes=8))

    first = ingelogd.get("/profiel/sessie/", headers={"x-achtergrond": "1"}).json()
    extended = ingelogd.post("/profiel/sessie/").json()

    assert (first["verlengbaar"], 410 <= first["seconden"] <= 420) == (True, True)
    assert 890 <= extended["seconden"] <= 900


@pytest.mark.eis("S1")
def test_last_minutes_before_the_absolute_limit_cannot_be_extended(ingelogd, later, settings):
    later(begin=timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS - 60))

    answer = ingelogd.get("/profiel/sessie/", headers={"x-achtergrond": "1"}).json()

    assert (answer["verlengbaar"], 50 <= answer["seconden"] <= 60) == (False, True)


@pytest.mark.eis("S4")
def test_user_ends_the_other_sessions(client, gebruiker, aanmelden):
    aanmelden()
    elsewhere = type(client)()
    elsewhere.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD})
    before = elsewhere.get("/profiel/").status_code

    client.post("/profiel/sessies/")

    assert (before, elsewhere.get("/profiel/").status_code) == (200, 302)
    assert client.get("/profiel/").status_code == 200


@pytest.mark.eis("S2")
def test_old_cookie_is_dead_after_logout(ingelogd):
    old = ingelogd.cookies["leerrecht_sessie"].value
    ingelogd.post("/account/logout/")
    ingelogd.cookies["leerrecht_sessie"] = old

    assert ingelogd.get("/profiel/").status_code == 302


@pytest.mark.eis("Z7")
def test_right_that_was_withdrawn_counts_at_the_next_request(ingelogd, gebruiker):
    before = ingelogd.get("/profiel/").context["mag_zoeken"]
    gebruiker.bevoegdheden.all().delete()

    assert (before, ingelogd.get("/profiel/").context["mag_zoeken"]) == (True, False)


PROGRAMMAS = [
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
    ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome op Linux"),
    ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome op Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari op iPhone"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:140.0) Firefox/140.0", "Firefox op macOS"),
    ("curl/8.0", "Onbekend programma"),
    ("", "Onbekend programma"),
]


@pytest.mark.parametrize(("user_agent", "programma"), PROGRAMMAS)
def test_program_is_told_in_words(user_agent, programma):
    assert sessies.program_of(user_agent) == programma


@pytest.mark.eis("S6")
@pytest.mark.parametrize("path", ["/profiel/", "/hulp/", "/account/wachtwoord/", "/bestaat-niet/"])
def test_pages_of_a_session_are_not_stored(ingelogd, path):
    assert "no-store" in ingelogd.get(path).headers["Cache-Control"]


@pytest.mark.eis("A10")
def test_switched_off_account_is_out_at_the_next_request(ingelogd, gebruiker):
    before = ingelogd.get("/profiel/").status_code
    type(gebruiker).objects.filter(pk=gebruiker.pk).update(is_active=False)

    after = ingelogd.get("/profiel/")

    assert (before, after.status_code) == (200, 302)
    assert after.url.startswith("/account/login/")


@pytest.mark.eis("S2")
def test_cookie_of_before_the_login_is_dead_after_it(client, gebruiker, aanmelden):
    session = client.session
    session["iets"] = 1
    session.save()
    before = session.session_key
    client.cookies["leerrecht_sessie"] = before

    aanmelden()
    stranger = type(client)()
    stranger.cookies["leerrecht_sessie"] = before

    assert client.session.session_key != before
    assert stranger.get("/profiel/").status_code == 302


@pytest.mark.eis("S4")
def test_new_password_ends_the_other_sessions_and_keeps_this_one(client, gebruiker, aanmelden):
    aanmelden()
    elsewhere = type(client)()
    elsewhere.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD})
    nieuw = "paard nietje accu juist"

    client.post(
        "/account/wachtwoord/",
        {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw},
    )

    assert elsewhere.get("/profiel/").status_code == 302
    assert client.get("/profiel/").status_code == 200
