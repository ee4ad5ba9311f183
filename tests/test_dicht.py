"""When a part of the installation fails, the page refuses: nothing goes on without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.db import connection, transaction
from django.test import Client

from accounts import muur
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.models import Contactmoment, Jongere
from tests.accounts.conftest import WACHTWOORD
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SERVERFOUT = 500


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente, achternaam="Proefsteen")


@pytest.fixture
def user(gemeente):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente)
    user.set_password(WACHTWOORD)
    user.save()
    return user


@pytest.fixture
def site(user):
    """Answers as the server does: an error is a page, not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(user, BACKEND)
    return client


@pytest.fixture
def log_full():
    """The log takes nothing more, as a full disk or a broken chain would do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION proef_vol() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'vol'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER proef_vol BEFORE INSERT ON accounts_gebeurtenis"
            " FOR EACH ROW EXECUTE FUNCTION proef_vol()"
        )


@pytest.fixture
def cache_down(monkeypatch):
    """A Redis that does not answer, at an address where nothing listens."""
    backend = RedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {}})
    monkeypatch.setattr(cache._connections._connections, "default", backend, raising=False)


@pytest.mark.eis("D10")
def test_without_the_log_a_dossier_is_not_shown(site, jongere, log_full):
    answer = site.get(f"/jongere/{jongere.uuid}/")

    assert answer.status_code == SERVERFOUT
    assert "Proefsteen" not in answer.content.decode()


@pytest.mark.eis("D10")
def test_without_the_log_nothing_is_written(site, jongere, log_full):
    data = {"taak": "leerplicht", "kanaal": "TELEFOON", "datum": "1-9-2025", "verslag": "x"}

    answer = site.post(f"/jongere/{jongere.uuid}/notitie/", data)

    assert answer.status_code == SERVERFOUT
    assert Contactmoment.objects.count() == 0


@pytest.mark.eis("D10")
def test_the_same_request_goes_through_when_the_log_works(site, jongere):
    assert "Proefsteen" in site.get(f"/jongere/{jongere.uuid}/").content.decode()
    assert Gebeurtenis.objects.filter(jongere_id=jongere.pk).exists()


@pytest.mark.eis("D10")
def test_without_the_limiter_a_search_is_refused(site, jongere, cache_down):
    answer = site.get("/zoeken/?q=Proefsteen")

    assert answer.status_code == SERVERFOUT
    assert str(jongere.uuid) not in answer.content.decode()


@pytest.mark.eis("D10")
def test_without_the_cache_nobody_logs_in(user, cache_down):
    client = Client(raise_request_exception=False)

    answer = client.post("/account/login/", {"login": user.email, "password": WACHTWOORD})

    assert answer.status_code == SERVERFOUT
    assert SESSION_KEY not in client.session


@pytest.mark.eis("D10")
@pytest.mark.parametrize("data", [{}, {"secret": "onleesbaar"}])
def test_a_second_factor_that_cannot_be_read_is_no_way_in(user, data):
    client = Client(raise_request_exception=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    client.post("/account/login/", {"login": user.email, "password": WACHTWOORD})

    for code in ("123456", "", "000000"):
        client.post("/account/login/code/", {"code": code})

    assert "account_login" in client.session  # the password was right, the second step is not
    assert SESSION_KEY not in client.session


@pytest.mark.eis("D10")
@pytest.mark.parametrize("rol", muur.ROLLEN)
def test_without_somebody_the_wall_gives_nothing(jongere, rol):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {rol}")
        cursor.execute("SELECT count(*) FROM (SELECT id FROM casework_jongere) t")
        (seen,) = cursor.fetchone()
        cursor.execute("RESET ROLE")

    assert (seen, Jongere.objects.count()) == (0, 1)


@pytest.mark.eis("D10")
@pytest.mark.parametrize("rol", [muur.WEB, muur.DOEL])
def test_without_somebody_the_wall_takes_nothing(jongere, rol):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {rol}")
        cursor.execute("UPDATE casework_jongere SET achternaam = 'weg'")
        changed = cursor.rowcount
        cursor.execute("RESET ROLE")

    assert changed == 0
    assert Jongere.objects.get().achternaam == "Proefsteen"
