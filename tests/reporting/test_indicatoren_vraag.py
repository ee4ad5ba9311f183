"""The question: what is refused, and the number of queries."""

import pytest

from casework.errors import DomainError
from casework.schooljaar import Schooljaar
from reporting.indicatoren import collect
from tests.factories import GemeenteFactory, JongereFactory
from tests.reporting.tellen import JAAR, melding

pytestmark = pytest.mark.django_db


def test_unknown_gemeente_and_indicator_are_refused(hier):
    with pytest.raises(DomainError, match="gemeente is niet bekend: 8009"):
        collect(["8001", "8009"], [JAAR])
    with pytest.raises(DomainError, match="indicator is niet bekend: lp_onzin"):
        collect(["8001"], [JAAR], ["lp_onzin"])


def test_number_of_queries_does_not_grow(hier, daar, django_assert_num_queries):
    third = GemeenteFactory(code="8003")
    for gemeente in (hier, daar, third):
        melding(JongereFactory(gemeente=gemeente), soort="L")
    one = (["8001"], [JAAR])
    three = (["8001", "8002", "8003"], [Schooljaar(year) for year in (2020, 2021, 2022)])

    for question in (one, three):
        with django_assert_num_queries(QUERIES):
            collect(*question)


QUERIES = 23  # gemeenten, 18 facts, households, DUO; twice the role asked
