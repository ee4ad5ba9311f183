import pytest

from accounts.models import Gebeurtenis, Gebruiker
from accounts.rechten import Rol, Taak
from tests.cache import forget_own_keys
from tests.factories import GemeenteFactory, make_gebruiker

WACHTWOORD = "een-lang-wachtwoord"
BEHEERDER = (Taak.BEHEER, Rol.LEIDINGGEVENDE)


@pytest.fixture(autouse=True)
def _no_rate_limits_of_an_earlier_test():
    forget_own_keys()


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


@pytest.fixture
def gemeente(db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker(BEHEERDER, gemeente=gemeente, naam="Bea Beheer")


@pytest.fixture
def collega(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente, naam="Cor Collega")


@pytest.fixture
def scherm(client, beheerder):
    client.force_login(beheerder, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def fresh(user):
    """The user as the next request reads him, without the rights cached on the object."""
    return Gebruiker.objects.get(pk=user.pk)


def events(actie):
    return list(Gebeurtenis.objects.filter(actie=actie).order_by("pk"))
