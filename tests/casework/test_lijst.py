"""Pages of very many rows: the same rows as of few, and settings of the database as before."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F

from casework.models import Verzuimmelding
from casework.views import lijst
from tests.factories import VerzuimmeldingFactory

pytestmark = pytest.mark.django_db


def settings_of_the_planner() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('enable_sort'), current_setting('enable_bitmapscan')"
        )
        return cursor.fetchone()


@pytest.mark.parametrize(
    "order",
    [
        ("-melddatum", "-pk"),
        ("school__naam", "pk"),
        (F("behandelaar").asc(nulls_last=True), "pk"),
    ],
)
def test_a_page_of_many_rows_is_the_page_of_the_sorted_list(monkeypatch, order):
    monkeypatch.setattr(lijst.BegrensdPaginator, "grens", 8)
    for n in range(10):
        VerzuimmeldingFactory(melddatum=date(2025, 9, 1) + timedelta(days=n * 7 % 5))
    rows = Verzuimmelding.objects.order_by(*order)
    paginator = lijst.BegrensdPaginator(rows, 2)

    pages = [list(page.object_list) for page in paginator]

    assert paginator.meer
    assert [row for page in pages for row in page] == list(rows)[:8]
    assert settings_of_the_planner() == ("on", "on")
