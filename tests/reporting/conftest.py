import pytest

from tests.factories import GemeenteFactory


@pytest.fixture
def hier():
    return GemeenteFactory(code="8001")


@pytest.fixture
def daar():
    return GemeenteFactory(code="8002")
