"""Proving again who one is before a sensitive act, without losing what was typed."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import sessies
from accounts.models import Bevoegdheid
from accounts.rechten import Rol, Taak
from tests.accounts.conftest import BEHEERDER, WACHTWOORD, events
from tests.accounts.test_mfa import set_up
from tests.accounts.totp import code, wait_for_room
from tests.factories import make_gebruiker
from tests.test_permissies import own_views

# The doors that ask it. A new door to a factor, a right, a login or an export belongs here.
VERS = {
    "account/tweede-stap/instellen/",
    "account/tweede-stap/verwijderen/",
    "account/tweede-stap/sleutel/nieuw/",
    "account/tweede-stap/sleutel/<int:pk>/naam/",
    "account/tweede-stap/sleutel/<int:pk>/verwijderen/",
    "account/tweede-stap/herstelcodes/",
    "account/tweede-stap/herstelcodes/nieuw/",
    "agenda/link/",
    "afscherming/<uuid:uuid>/<slug:actie>/",
    "afschermingen/verzoek/<uuid:uuid>/",
    "brieven/<uuid:uuid>/afdruk/",
    "beheer/gebruikers/nieuw/",
    "beheer/gebruikers/<int:pk>/wijzigen/",
    "beheer/gebruikers/<int:pk>/recht/",
    "beheer/gebruikers/<int:pk>/recht/<int:recht>/einde/",
    "beheer/gebruikers/<int:pk>/recht/<int:recht>/goedkeuren/",
    "beheer/gebruikers/<int:pk>/inloggen/",
    "beheer/gebruikers/<int:pk>/wachtwoord/",
    "beheer/gebruikers/<int:pk>/toegang/",
    "beheer/gebruikers/<int:pk>/akte/",
    "beheer/gebruikers/<int:pk>/vertrek/",
    "beheer/toegangscontrole/oordeel/",
    "beheer/toegangscontrole/uitvoer/",
    "beheer/logboek/uitvoer/",
    "jongere/<uuid:uuid>/afscherming/sluiten/",
    "noodtoegang/",
    "privacy/inzage/<uuid:uuid>/bestand/<slug:soort>/",
    "privacy/vernietiging/<uuid:uuid>/doen/<slug:actie>/",
    "privacy/verzoek/<uuid:uuid>/inzage/",
    "pakket/uitvoer/nieuw/",
    "pakket/uitvoer/<uuid:uuid>/bestand/",
}
UUID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def alles(gemeente):
    """A user who may open every door, with a password."""
    rights = [(taak, Rol.LEIDINGGEVENDE) for taak in Taak]
    user = make_gebruiker(*rights, gemeente=gemeente, email="lpa@voorbeeld.nl")
    user.set_password(WACHTWOORD)
    user.save()
    return user


@pytest.fixture
def oud(client, alles, aanmelden, settings):
    """Logged in just longer ago than counts as proof, and active since."""
    aanmelden()
    long_ago(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    return client


def long_ago(client, seconds):
    session = client.session
    session[sessies.BEGIN] = int(timezone.now().timestamp()) - seconds
    session.save()


def fill(route):
    for part, value in {
        "<int:pk>": "1",
        "<int:recht>": "1",
        "<uuid:uuid>": UUID,
        "<slug:actie>": "openen",
        "<slug:soort>": "pdf",
    }.items():
        route = route.replace(part, value)
    return f"/{route}"


@pytest.mark.eis("S5")
def test_these_doors_ask_it_and_each_sends_an_old_login_to_the_step_up(oud):
    doors = {r for r, v in own_views() if getattr(v, "vers", False)}

    sent = {r: oud.get(fill(r)).headers.get("Location", "") for r in doors}

    assert doors == VERS
    assert {r: u.split("?")[0] for r, u in sent.items()} == dict.fromkeys(
        VERS, "/account/bevestigen/"
    )


@pytest.mark.eis("S5")
def test_step_up_by_password_leads_back_to_the_page(oud):
    sent = oud.get("/beheer/gebruikers/nieuw/?a=1").url
    page = oud.get(sent).content.decode()
    wrong = oud.post(sent, {"password": "verkeerd"})

    right = oud.post(sent, {"password": WACHTWOORD, "next": "/beheer/gebruikers/nieuw/?a=1"})

    assert "Vul daarom uw wachtwoord nog een keer in." in page
    assert wrong.status_code == 200
    assert [e.gegevens.get("stap") for e in events("gebruiker.geweigerd")] == [None]
    assert right.url == "/beheer/gebruikers/nieuw/?a=1"
    assert oud.get(right.url).status_code == 200


@pytest.mark.eis("S5")
def test_form_sent_after_the_limit_is_kept_and_done_after_the_step_up(oud, gemeente):
    collega = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    path = f"/beheer/gebruikers/{collega.pk}/recht/"
    today = timezone.localdate()
    data = {"taak": "beleid", "gemeente": gemeente.pk, "rol": "lezer", "van": f"{today:%d-%m-%Y}"}

    sent = oud.post(path, data)
    before = Bevoegdheid.objects.filter(gebruiker=collega, taak="beleid").count()
    done = oud.post(sent.url, {"password": WACHTWOORD, "next": path})

    assert (before, done.url) == (0, f"/beheer/gebruikers/{collega.pk}/")
    assert Bevoegdheid.objects.filter(gebruiker=collega, taak="beleid").count() == 1


@pytest.mark.eis("S5")
def test_form_that_was_given_up_is_not_sent_by_a_later_step_up(oud, gemeente):
    collega = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    path = f"/beheer/gebruikers/{collega.pk}/toegang/"
    oud.post(path, {"actie": "uitloggen"})

    sent = oud.get(path).url
    done = oud.post(sent, {"password": WACHTWOORD, "next": path})

    assert done.url == path
    assert events("gebruiker.overal_uitgelogd") == []


@pytest.mark.eis("S5")
def test_step_up_holds_for_its_minutes_only(oud, settings):
    sent = oud.get("/beheer/gebruikers/nieuw/").url
    oud.post(sent, {"password": WACHTWOORD})
    within = oud.get("/beheer/gebruikers/nieuw/").status_code
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    assert (within, oud.get("/beheer/gebruikers/nieuw/").status_code) == (200, 302)


@pytest.mark.eis("S5")
def test_five_minutes_is_the_setting(settings):
    assert timedelta(minutes=5).total_seconds() == settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


@pytest.mark.eis("S2")
def test_step_up_gives_a_new_session_key_and_the_old_one_is_dead(oud):
    old = oud.cookies["leerrecht_sessie"].value
    sent = oud.get("/beheer/gebruikers/nieuw/").url
    oud.post(sent, {"password": WACHTWOORD})
    stranger = type(oud)()
    stranger.cookies["leerrecht_sessie"] = old

    assert oud.cookies["leerrecht_sessie"].value != old
    assert stranger.get("/profiel/").status_code == 302
    assert oud.get("/profiel/").status_code == 200
    assert "deze plek" in oud.get("/profiel/sessies/").content.decode()


@pytest.mark.eis("A7", "S5")
def test_guessing_at_the_step_up_locks_out_too(oud):
    sent = oud.get("/beheer/gebruikers/nieuw/").url
    for _ in range(5):
        oud.post(sent, {"password": "verkeerd-wachtwoord"})

    assert oud.post(sent, {"password": WACHTWOORD}).status_code == 429


@pytest.mark.eis("S5")
def test_who_has_a_factor_proves_the_factor(client, alles, aanmelden, settings):
    settings.MFA_VERPLICHT, settings.MFA_TOTP_TOLERANCE = True, 1
    secret = set_up(client, aanmelden)
    long_ago(client, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)

    sent = client.get("/beheer/gebruikers/nieuw/").url
    by_password = client.post(
        f"/account/bevestigen/?{sent.split('?')[1]}", {"password": WACHTWOORD}
    )
    still = client.get("/beheer/gebruikers/nieuw/").status_code
    wait_for_room()
    client.post(sent, {"code": code(secret, 1)})

    assert sent.startswith("/account/bevestigen/code/?next=")
    assert by_password.url.startswith("/account/bevestigen/code/")
    assert (still, client.get("/beheer/gebruikers/nieuw/").status_code) == (302, 200)


@pytest.mark.eis("S4")
def test_beheerder_ends_the_sessions_of_a_colleague(scherm, gebruiker, gemeente):
    gebruiker.bevoegdheden.update(gemeente=gemeente)
    elsewhere = type(scherm)()
    elsewhere.post("/account/login/", {"login": gebruiker.email, "password": WACHTWOORD})
    path = f"/beheer/gebruikers/{gebruiker.pk}/toegang/"
    page = scherm.get(path).content.decode()
    before = elsewhere.get("/profiel/").status_code

    scherm.post(path, {"actie": "uitloggen"})

    assert "Overal uitloggen" in page
    assert (before, elsewhere.get("/profiel/").status_code) == (200, 302)
    assert [e.object_id for e in events("gebruiker.overal_uitgelogd")] == [gebruiker.pk]


@pytest.mark.eis("A9", "S4")
def test_beheerder_forgets_the_factor_of_a_colleague(client, scherm, gebruiker, gemeente, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    gebruiker.bevoegdheden.update(gemeente=gemeente)
    Authenticator.objects.create(user=gebruiker, type="totp", data={"secret": "x"})

    scherm.post(f"/beheer/gebruikers/{gebruiker.pk}/toegang/", {"actie": "wissen"})

    assert not Authenticator.objects.filter(user=gebruiker).exists()
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Leerrecht: Tweede stap gewist", [gebruiker.email])
    ]


def test_beheerder_cannot_touch_himself_a_heavier_one_or_another_gemeente(
    scherm, beheerder, gebruiker
):
    elders = make_gebruiker(BEHEERDER, (Taak.LEERPLICHT, Rol.LEZER))
    for user in (beheerder, elders, gebruiker):
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})

    codes = [
        scherm.post(f"/beheer/gebruikers/{u.pk}/toegang/", {"actie": "wissen"}).status_code
        for u in (beheerder, elders, gebruiker)
    ]

    assert codes == [302, 404, 404]
    assert Authenticator.objects.count() == 3


def test_operator_forgets_a_factor_by_command(gebruiker, capsys):
    Authenticator.objects.create(user=gebruiker, type="totp", data={"secret": "x"})

    call_command("wis_tweede_stap", "LPA@voorbeeld.nl")

    assert "is gewist" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="geen gebruiker"):
        call_command("wis_tweede_stap", "niemand@voorbeeld.nl")
