import pytest

from tests.factories import GemeenteFactory, make_gebruiker


@pytest.fixture
def hier():
    return GemeenteFactory(code="8001")


@pytest.fixture
def daar():
    return GemeenteFactory(code="8002")


@pytest.fixture
def adviseur(hier):
    return make_gebruiker(("beleid", "lezer"), gemeente=hier)


@pytest.fixture
def site(client, adviseur):
    client.force_login(adviseur, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
