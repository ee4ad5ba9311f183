import pytest
from django.core.cache import cache

from accounts.rechten import Rol, Taak
from tests.factories import make_gebruiker

WACHTWOORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _no_rate_limits_of_an_earlier_test():
    cache.clear()


@pytest.fixture
def gebruiker(db):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), email="lpa@voorbeeld.nl")
    user.set_password(WACHTWOORD)
    user.save()
    return user


@pytest.fixture
def aanmelden(client):
    """Send the login form."""

    def send(wachtwoord=WACHTWOORD, email="lpa@voorbeeld.nl", next_page="", **extra):
        query = {"next": next_page} if next_page else None
        data = {
            "login": email,
            "password": wachtwoord,
            **({"next": next_page} if next_page else {}),
        }
        return client.post("/account/login/", data, query_params=query, **extra)

    return send
