"""A security key as second factor; the ceremony itself is in tests/browser/test_sleutel.py."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import call_command

from tests.accounts.conftest import WACHTWOORD, events
from tests.sleutels import make_sleutel

NIEUW = "/account/tweede-stap/sleutel/nieuw/"


@pytest.fixture
def verplicht(settings):
    settings.MFA_VERPLICHT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def sleutel(gebruiker):
    return make_sleutel(gebruiker)


@pytest.mark.eis("A3")
@pytest.mark.parametrize(
    "antwoord", ["", "geen json", "[]", '"x"', "{}", '{"id": "x", "response": {}}', "null", "1"]
)
def test_what_no_key_can_answer_is_refused_and_sets_nothing(
    client, gebruiker, aanmelden, verplicht, antwoord
):
    aanmelden()
    page = client.get(NIEUW)

    response = client.post(NIEUW, {"name": "Mijn sleutel", "credential": antwoord})

    html = response.content.decode()
    assert page.status_code == response.status_code == 200
    assert "De sleutel gaf geen antwoord." in html or "Deze sleutel klopt niet." in html
    assert 'value="Mijn sleutel"' in html
    assert not Authenticator.objects.exists()
    assert client.get("/profiel/").status_code == 302


@pytest.mark.eis("A3")
@pytest.mark.parametrize("antwoord", ["", "geen json", "[]", '{"id": "x"}'])
def test_login_without_the_key_fails_and_is_on_record(
    client, gebruiker, aanmelden, verplicht, antwoord
):
    Authenticator.objects.create(user=gebruiker, type="totp", data={"secret": "x"})
    aanmelden()

    response = client.post("/account/login/code/", {"credential": antwoord})

    assert response.status_code == 200
    assert SESSION_KEY not in client.session
    assert [e.gegevens["stap"] for e in events("gebruiker.geweigerd")] == ["sleutel"]


def test_page_offers_a_key_as_the_first_factor(client, gebruiker, aanmelden, verplicht):
    aanmelden()

    page = client.get("/account/tweede-stap/instellen/").content.decode()

    options = client.get(NIEUW).context["opties"]
    assert NIEUW in page
    assert json.loads(options)["publicKey"]["rp"]["id"] == "testserver"


def test_key_gets_another_name(client, gebruiker, aanmelden, sleutel):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")
    path = f"/account/tweede-stap/sleutel/{sleutel.pk}/naam/"
    empty = client.post(path, {"name": ""})

    response = client.post(path, {"name": "Reservesleutel"})

    assert "Geef de sleutel een naam." in empty.content.decode()
    assert response.url == "/account/tweede-stap/"
    assert "Reservesleutel" in client.get(response.url).content.decode()
    assert [e.object_id for e in events("gebruiker.sleutel_hernoemd")] == [gebruiker.pk]


@pytest.mark.eis("A9", "S4")
def test_removing_a_key_is_mailed_on_record_and_ends_other_sessions(client, gebruiker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    elsewhere = type(client)()
    for site in (elsewhere, client):
        site.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD})
        assert site.get("/profiel/").status_code == 200
    sleutel = make_sleutel(gebruiker)

    client.post(f"/account/tweede-stap/sleutel/{sleutel.pk}/verwijderen/")

    assert not Authenticator.objects.exists()
    assert [m.subject for m in mail.outbox] == ["Leerrecht: Sleutel verwijderd"]
    assert [e.object_id for e in events("gebruiker.sleutel_verwijderd")] == [gebruiker.pk]
    assert (client.get("/profiel/").status_code, elsewhere.get("/profiel/").status_code) == (
        200,
        302,
    )


@pytest.mark.eis("A3")
def test_who_has_only_a_key_may_work(client, gebruiker, sleutel, verplicht):
    client.force_login(gebruiker, "allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/profiel/").status_code == 200


@pytest.mark.eis("S5", "A3")
@pytest.mark.parametrize("antwoord", ["", "geen json", '{"id": "x"}'])
def test_step_up_without_the_key_fails_and_says_why(
    client, gebruiker, aanmelden, verplicht, settings, antwoord
):
    aanmelden()
    make_sleutel(gebruiker)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    sent = client.get(NIEUW).url

    page = client.get(sent).content.decode()
    answer = client.post(sent, {"credential": antwoord})

    assert sent.startswith("/account/bevestigen/sleutel/?next=")
    assert "Liever een herstelcode" in page
    assert "De sleutel gaf geen antwoord" in (html := answer.content.decode()) or (
        "Deze sleutel klopt niet" in html
    )
    assert [e.gegevens["stap"] for e in events("gebruiker.geweigerd")] == ["sleutel"]


def test_operator_forgets_keys_as_well(gebruiker, sleutel, capsys):
    Authenticator.objects.create(user=gebruiker, type="totp", data={"secret": "x"})

    call_command("wis_tweede_stap", gebruiker.email)

    assert not Authenticator.objects.exists()
