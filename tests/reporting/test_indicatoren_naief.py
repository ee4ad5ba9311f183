"""The figures against a slow second reading of the contract, on an invented region."""

from collections import Counter
from collections.abc import Iterator

import pytest

from casework.schooljaar import Schooljaar
from reporting.indicatoren import collect
from tests.reporting.naief import INDICATOREN, Naief
from tests.reporting.verzonnen import Regio

pytestmark = pytest.mark.django_db

JAREN = [Schooljaar(2021), Schooljaar(2022), Schooljaar(2023)]


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker) -> Iterator[Regio]:
    """Made once for the module, taken away by rolling back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield Regio(300, seed=7, begin=2021, einde=2023).make()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def naief(region, django_db_blocker) -> Naief:
    with django_db_blocker.unblock():
        return Naief()


def counted(name: str, codes: list[str], jaar: Schooljaar, gebied: str) -> Counter:
    """Every figure of an indicator that is not 0."""
    return Counter(
        {
            tuple(text for pair in c.dim.items() for text in pair): c.waarde
            for c in collect(codes, JAREN, [name])
            if (c.schooljaar, c.gebied) == (str(jaar), gebied) and c.waarde
        }
    )


@pytest.mark.parametrize("name", sorted(INDICATOREN))
@pytest.mark.parametrize("jaar", JAREN, ids=str)
def test_equals_the_naive_reading(region, naief, name, jaar):
    asked = list(region.codes[:2])
    pks = {g.pk for g in region.gemeenten if g.code in asked}
    first = {g.pk for g in region.gemeenten if g.code == asked[0]}

    assert counted(name, asked, jaar, asked[0]) == +INDICATOREN[name](naief, jaar, first)
    assert counted(name, asked, jaar, "totaal") == +INDICATOREN[name](naief, jaar, pks)


@pytest.mark.parametrize("name", sorted(INDICATOREN))
def test_the_invented_region_has_something_to_count(region, naief, name):
    pks = {g.pk for g in region.gemeenten}

    assert sum(INDICATOREN[name](naief, jaar, pks)[()] for jaar in JAREN) > 0
