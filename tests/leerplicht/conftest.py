"""One gemeente and who does leerplicht there: most tests of leerplicht begin with these."""

import pytest

from tests.factories import GemeenteFactory, make_ambtenaar


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)
