import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail

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


def test_unknown_and_known_account_get_the_same_answer(client, gebruiker, aanmelden):
    known = aanmelden("verkeerd-wachtwoord").context["form"].errors
    unknown = aanmelden("verkeerd-wachtwoord", email="niemand@voorbeeld.nl").context["form"].errors

    assert known == unknown


def test_right_password_is_refused_during_a_lockout(client, gebruiker, aanmelden):
    codes = [aanmelden("verkeerd-wachtwoord").status_code for _ in range(5)]

    response = aanmelden()

    assert codes == [200, 200, 200, 200, 429]
    assert response.status_code == 429
    assert "Inloggen is tijdelijk geblokkeerd" in response.content.decode()
    assert SESSION_KEY not in client.session


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


def test_logout_needs_a_post_and_clears_what_the_browser_kept(client, gebruiker):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")

    asked = client.get("/account/logout/")
    still = SESSION_KEY in client.session
    done = client.post("/account/logout/")

    assert (asked.status_code, still) == (200, True)
    assert done.headers["Clear-Site-Data"] == '"storage"'
    assert SESSION_KEY not in client.session


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


def test_forgotten_password_is_silent_about_accounts(client, gebruiker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    known = client.post("/account/wachtwoord/vergeten/", {"email": "lpa@voorbeeld.nl"})
    count = len(mail.outbox)
    unknown = client.post("/account/wachtwoord/vergeten/", {"email": "niemand@voorbeeld.nl"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert count == 1
    assert mail.outbox[0].to == ["lpa@voorbeeld.nl"]
