"""Login by the organisation, against a stand-in on loopback."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY

from accounts import sessies
from accounts.models import Gebruiker
from accounts.oidc import PROVIDER, identity
from tests.accounts.conftest import events
from tests.accounts.idp import IdP
from tests.factories import make_gebruiker

START = "/account/organisatie/"


@pytest.fixture(scope="module")
def server():
    idp = IdP()
    yield idp
    idp.stop()


def connect(settings, idp):
    """Settings as config/settings.py makes them from the environment."""
    settings.OIDC_ISSUER = idp.issuer
    own = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app = own | {
        "client_id": idp.client_id,
        "secret": idp.secret,
        "settings": own["settings"] | {"server_url": idp.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def idp(server, settings):
    server.redirect = None
    connect(settings, server)
    settings.MFA_VERPLICHT = True
    return server


@pytest.fixture
def gekoppeld(gebruiker, idp):
    gebruiker.set_unusable_password()
    gebruiker.save()
    SocialAccount.objects.create(
        user=gebruiker, provider=PROVIDER, uid=identity("oid-1"), extra_data={}
    )
    return gebruiker


def log_in(client, idp, next_page="/profiel/", **said):
    url = client.get(START, {"next": next_page}).url
    return client.get(back(url), idp.approve(url, **said))


def back(url):
    return urlsplit(parse_qs(urlsplit(url).query)["redirect_uri"][0]).path


@pytest.mark.eis("A1")
def test_right_login_comes_in_and_needs_no_factor_of_ours(client, idp, gekoppeld):
    response = log_in(client, idp)

    assert (response.status_code, response.url) == (302, "/profiel/")
    assert client.session[SESSION_KEY] == str(gekoppeld.pk)
    assert client.get("/profiel/").status_code == 200
    assert [e.object_id for e in events("gebruiker.ingelogd")] == [gekoppeld.pk]


@pytest.mark.eis("A1")
def test_request_carries_code_flow_pkce_state_and_nonce(client, db, idp):
    asked = parse_qs(urlsplit(client.get(START).url).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))
    assert asked["scope"] == ["openid"]


WRONG = {
    "nonce": {"nonce": "van-een-ander"},
    "audience": {"aud": "ander-programma"},
    "issuer": {"iss": "http://127.0.0.1:1/tenant/v2.0"},
    "expired": {"exp": int(time.time()) - 60, "iat": int(time.time()) - 360},
    "no end": {"without": ("exp",)},
    "no nonce": {"without": ("nonce",)},
    "no identity": {"without": ("oid",)},
    "signature": {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    "unknown key": {"kid": "andere-sleutel"},
    "shared secret": {"key": "geheim-van-leerrecht" * 2, "algorithm": "HS256"},
    "no signature": {"key": "", "algorithm": "none"},
    "no second factor": {"amr": ["pwd"]},
    "no word of a factor": {"without": ("amr",)},
}


@pytest.mark.eis("A1", "A2")
@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_token_gives_no_session(client, idp, gekoppeld, wrong):
    response = log_in(client, idp, **WRONG[wrong])

    assert response.status_code == 401
    assert "Het inloggen met uw organisatie is niet gelukt." in response.content.decode()
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A1")
def test_state_of_another_browser_and_a_second_use_fail(client, idp, gekoppeld):
    url = client.get(START).url
    answer = idp.approve(url)
    stranger = type(client)()
    stranger.get(START)

    swapped = stranger.get(back(url), answer)
    made_up = client.get(back(url), {**answer, "state": "verzonnen"})
    first = client.get(back(url), answer)
    second = type(client)().get(back(url), answer)

    assert (swapped.status_code, made_up.status_code, second.status_code) == (401, 401, 401)
    assert SESSION_KEY not in stranger.session
    assert first.status_code == 302


@pytest.mark.eis("A1")
def test_code_without_the_verifier_of_this_login_fails(client, idp, gekoppeld):
    """A code that leaked from one login cannot be used in another."""
    leaked = idp.approve(client.get(START).url)
    url = client.get(START).url
    own = idp.approve(url)

    response = client.get(back(url), {"code": leaked["code"], "state": own["state"]})

    assert (response.status_code, SESSION_KEY in client.session) == (401, False)


@pytest.mark.eis("A1")
def test_same_address_from_another_issuer_gives_no_access(client, idp, gekoppeld, settings):
    other = IdP()
    try:
        connect(settings, other)
        response = log_in(client, other)
    finally:
        other.stop()

    assert response.status_code == 403
    assert "U hebt nog geen toegang" in response.content.decode()
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A1")
def test_unknown_number_with_a_known_address_gets_a_page_with_his_number(client, idp, gebruiker):
    response = log_in(client, idp, oid="oid-nieuw")

    html = response.content.decode()
    assert response.status_code == 403
    assert "oid-nieuw" in html
    assert gebruiker.naam not in html
    assert Gebruiker.objects.count() == 1
    assert SESSION_KEY not in client.session


@pytest.mark.eis("A10")
def test_switched_off_user_does_not_come_in(client, idp, gekoppeld):
    Gebruiker.objects.update(is_active=False)

    log_in(client, idp)

    assert SESSION_KEY not in client.session


@pytest.mark.eis("A2")
def test_factor_may_be_left_to_the_tenant_or_be_another_claim(client, idp, gekoppeld, settings):
    settings.OIDC_FACTOR_CLAIM, settings.OIDC_FACTOR_WAARDE = "acrs", "c1"
    other_claim = log_in(client, idp, acrs="c1").status_code
    client.post("/account/logout/")
    settings.OIDC_FACTOR_WAARDE = ""

    assert (other_claim, log_in(client, idp, amr=["pwd"]).status_code) == (302, 302)


@pytest.mark.eis("F8")
def test_call_to_the_provider_follows_no_redirect(client, idp, gekoppeld):
    other = IdP()
    try:
        url = client.get(START).url
        idp.redirect = f"{other.issuer}/token"
        other.codes = idp.codes
        response = client.get(back(url), idp.approve(url))
    finally:
        other.stop()

    assert (response.status_code, SESSION_KEY in client.session) == (401, False)


def test_nothing_but_the_number_is_kept_of_the_token(client, idp, gekoppeld):
    log_in(client, idp, groups=["Team Leerplicht"])

    kept = str(SocialAccount.objects.get().extra_data)
    assert "voorbeeld.nl" not in kept
    assert "Leerplicht" not in kept


def test_provider_that_is_down_gives_a_page(client, db, idp, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9/tenant"
    )

    assert client.get(START).status_code == 401


@pytest.mark.eis("S5", "S2")
def test_step_up_goes_to_the_organisation_and_gives_a_new_session(client, idp, gekoppeld, settings):
    log_in(client, idp)
    old = client.session.session_key
    session = client.session
    session[sessies.BEGIN] -= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1
    session.save()

    sent = client.get("/account/tweede-stap/instellen/").url
    url = client.get(sent).url
    response = client.get(back(url), idp.approve(url))

    assert sent.startswith(f"{START}?next=")
    assert parse_qs(urlsplit(url).query)["prompt"] == ["login"]
    assert response.url == "/account/tweede-stap/instellen/"
    assert client.get(response.url).status_code == 200
    assert client.session.session_key != old


def test_page_of_another_site_is_not_followed(client, idp, gekoppeld):
    assert log_in(client, idp, next_page="https://elders.example.org/").url == "/"


def test_without_an_issuer_there_is_no_such_login(client, db):
    page = client.get("/account/login/").content.decode()

    assert client.get(START).status_code == 404
    assert "Inloggen met uw organisatie" not in page


def test_beheerder_links_and_unlinks_a_user(client, scherm, collega, gebruiker, idp, settings):
    settings.MFA_VERPLICHT = False
    path = f"/beheer/gebruikers/{collega.pk}/toegang/"

    scherm.post(path, {"actie": "koppelen", "nummer": " oid-7 "})
    linked = list(SocialAccount.objects.values_list("user", "provider", "uid"))
    page = scherm.get(path).content.decode()
    other = make_gebruiker(gemeente=None)
    twice = scherm.post(
        f"/beheer/gebruikers/{other.pk}/toegang/",
        {"actie": "koppelen", "nummer": "oid-7"},
        follow=True,
    )
    scherm.post(path, {"actie": "koppelen", "nummer": ""})

    assert linked == [(collega.pk, PROVIDER, identity("oid-7"))]
    assert 'value="oid-7"' in page
    assert "hoort al bij een andere gebruiker" in twice.content.decode()
    assert not SocialAccount.objects.exists()
    assert [e.actie for e in events("gebruiker.gekoppeld")] == ["gebruiker.gekoppeld"]
