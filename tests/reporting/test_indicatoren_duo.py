"""Imported figures of DUO: which publication counts, and the total."""

from datetime import date
from decimal import Decimal

import pytest

from doorstroompunt.models import VsvCijfer
from tests.reporting.tellen import count, figures

pytestmark = pytest.mark.django_db


def duo(gebied, status, publicatie, **fields):
    soort = fields.pop("gebied_soort", "gemeente")
    VsvCijfer.objects.create(
        gebied_soort=soort,
        gebied_code=gebied,
        gebied_naam=f"Gebied {gebied}",
        beginjaar=2022,
        status=status,
        publicatie=publicatie,
        **fields,
    )


def test_definitive_figures_go_before_provisional_ones(hier):
    duo("8001", "voorlopig", date(2024, 6, 1), vsv=9, startpopulatie=100)
    duo("8001", "definitief", date(2024, 3, 1), vsv=7, startpopulatie=100)
    duo("8001", "definitief", date(2024, 4, 1), vsv=8, startpopulatie=300)

    assert count("vsv_duo_nieuw") == 8
    assert count("vsv_duo_pct") == Decimal("2.67")


def test_total_of_duo_is_the_sum_and_unknown_when_one_is(hier, daar):
    duo("8001", "definitief", None, vsv=7, percentage=Decimal("2.345"))
    duo("8002", "definitief", None, percentage=Decimal("1.1"))
    duo("", "definitief", None, gebied_soort="land", vsv=30000)
    duo("12", "definitief", None, gebied_soort="regio", vsv=1000)

    assert figures("vsv_duo_nieuw", "8001", "8002") == {
        ("land", ""): 30000,
        ("regio:12", ""): 1000,
        ("8001", ""): 7,
        ("totaal", ""): None,
    }
    assert figures("vsv_duo_pct", "8001", "8002") == {
        ("8001", ""): Decimal("2.35"),
        ("8002", ""): Decimal("1.10"),
        ("totaal", ""): None,
    }
