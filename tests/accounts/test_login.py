import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.utils import timezone

from accounts.models import Gebeurtenis


def test_right_password_logs_in_and_goes_to_the_page_asked_for(client, gebruiker, aanmelden):
    response = aanmelden(next_page="/profiel/")

    assert (response.status_code, response.url) == (302, "/profiel/")
    assert client.session[SESSION_KEY] == str(gebruiker.pk)


def test_address_is_read_without_capitals(client, gebruiker, aanmelden):
    response = aanmelden(email="LPA@Voorbeeld.nl")

    assert response.status_code == 302


def test_page_asked_for_on_another_site_is_not_followed(gebruiker, aanmelden):
    response = aanmelden(next_page="https://elders.example.org/")

    assert response.url == "/"


def test_wrong_password_keeps_the_address_and_says_what_is_wrong(client, gebruiker, aanmelden):
    response = aanmelden("verkeerd-wachtwoord")

    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Fout: Inloggen - Leerrecht</title>" in html
    assert 'value="lpa@voorbeeld.nl"' in html
    assert "verkeerd-wachtwoord" not in html
    assert SESSION_KEY not in client.session


def without_token(response):
    """The page without what differs per request: the token of the form and the typed address."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"\w+@voorbeeld\.nl", "", html)


@pytest.mark.eis("A8")
def test_unknown_and_known_account_get_the_same_page(client, gebruiker, aanmelden):
    known = aanmelden("verkeerd-wachtwoord")
    unknown = aanmelden("verkeerd-wachtwoord", email="niemand@voorbeeld.nl")

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert without_token(known) == without_token(unknown)


@pytest.mark.eis("A8")
def test_unknown_and_known_account_are_locked_out_alike(client, gebruiker, aanmelden):
    for _ in range(5):
        known = aanmelden("verkeerd-wachtwoord")
        unknown = aanmelden("verkeerd-wachtwoord", email="niemand@voorbeeld.nl")

    assert (known.status_code, unknown.status_code) == (429, 429)
    assert without_token(known) == without_token(unknown)


class TellendeHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: that is what an answer costs."""

    keer = 0

    def encode(self, password, salt):
        type(self).keer += 1
        return super().encode(password, salt)


@pytest.mark.eis("A8")
def test_unknown_account_costs_as_many_hashes_as_a_known_one(gebruiker, aanmelden, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.TellendeHasher"]
    TellendeHasher.keer = 0
    aanmelden("verkeerd-wachtwoord")
    known = TellendeHasher.keer
    aanmelden("verkeerd-wachtwoord", email="niemand@voorbeeld.nl")

    assert (known, TellendeHasher.keer - known) == (1, 1)


@pytest.mark.eis("A7")
def test_right_password_is_refused_during_a_lockout(client, gebruiker, aanmelden):
    codes = [aanmelden("verkeerd-wachtwoord").status_code for _ in range(5)]

    response = aanmelden()

    assert codes == [200, 200, 200, 200, 429]
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    assert "Inloggen is tijdelijk geblokkeerd" in response.content.decode()
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A7")
def test_lockout_is_over_after_an_hour(client, gebruiker, aanmelden):
    for _ in range(5):
        aanmelden("verkeerd-wachtwoord")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=59))
    before = aanmelden().status_code
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))

    assert (before, aanmelden().status_code) == (429, 302)


@pytest.mark.eis("A7")
def test_attempts_from_everywhere_on_one_account_are_slowed_down(gebruiker, aanmelden):
    """No address makes five mistakes, all together twenty; another account is not touched."""
    for n in range(20):
        aanmelden("verkeerd-wachtwoord", REMOTE_ADDR=f"192.0.2.{n}")

    right = aanmelden(REMOTE_ADDR="192.0.2.200")
    other = aanmelden("verkeerd-wachtwoord", "ander@voorbeeld.nl", REMOTE_ADDR="192.0.2.201")

    assert (right.status_code, right.headers["Retry-After"]) == (429, "3600")
    assert other.status_code == 200


@pytest.mark.eis("H6")
def test_one_address_trying_many_accounts_is_stopped(db, aanmelden):
    codes = [aanmelden("verkeerd", f"naam{n}@voorbeeld.nl").status_code for n in range(31)]

    assert (set(codes[:30]), codes[30]) == ({200}, 429)


@pytest.mark.eis("H5")
def test_limits_count_the_visitor_behind_the_proxy(db, aanmelden, settings):
    """The last address is the proxy's; one that the visitor wrote himself is no other visitor."""
    settings.TLS = True
    one = [
        aanmelden(
            "verkeerd",
            f"naam{n}@voorbeeld.nl",
            HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 192.0.2.1",
        ).status_code
        for n in range(31)
    ]

    other = aanmelden("verkeerd", "naam@voorbeeld.nl", HTTP_X_FORWARDED_FOR="192.0.2.2")

    assert (one[-1], other.status_code) == (429, 200)


def test_lockout_of_one_account_leaves_the_others_alone(client, gebruiker, aanmelden):
    for _ in range(6):
        aanmelden("verkeerd-wachtwoord", email="ander@voorbeeld.nl")

    assert aanmelden().status_code == 302


def test_capitals_in_the_address_do_not_get_round_a_lockout(client, gebruiker, aanmelden):
    for _ in range(5):
        aanmelden("verkeerd-wachtwoord")

    assert aanmelden(email="LPA@voorbeeld.nl").status_code == 429


def test_switched_off_account_cannot_log_in(client, gebruiker, aanmelden):
    gebruiker.is_active = False
    gebruiker.save()

    aanmelden()

    assert SESSION_KEY not in client.session


@pytest.mark.eis("D4")
def test_logins_refusals_and_logouts_are_on_record(client, gebruiker, aanmelden):
    aanmelden("verkeerd-wachtwoord")
    aanmelden()
    client.post("/account/logout/")

    rows = Gebeurtenis.objects.order_by("pk").values_list("actie", "object_id")
    assert list(rows) == [
        ("gebruiker.geweigerd", gebruiker.pk),
        ("gebruiker.ingelogd", gebruiker.pk),
        ("gebruiker.uitgelogd", gebruiker.pk),
    ]


@pytest.mark.eis("S6")
def test_logout_needs_a_post_and_clears_what_the_browser_kept(client, gebruiker):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")

    asked = client.get("/account/logout/")
    still = SESSION_KEY in client.session
    done = client.post("/account/logout/")

    assert (asked.status_code, still) == (200, True)
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert SESSION_KEY not in client.session


@pytest.mark.eis("S2")
def test_login_gives_the_session_a_new_key(client, gebruiker, aanmelden):
    session = client.session
    session["iets"] = 1
    session.save()
    before = session.session_key

    aanmelden()

    assert client.session.session_key != before


@pytest.mark.parametrize("path", ["/account/aanmelden/", "/account/e-mail/"])
def test_visitor_cannot_sign_up_or_change_the_address(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.eis("A8")
def test_forgotten_password_is_silent_about_accounts(client, gebruiker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    known = client.post("/account/wachtwoord/vergeten/", {"email": "lpa@voorbeeld.nl"})
    count = len(mail.outbox)
    unknown = client.post("/account/wachtwoord/vergeten/", {"email": "niemand@voorbeeld.nl"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert count == 1
    assert mail.outbox[0].to == ["lpa@voorbeeld.nl"]
