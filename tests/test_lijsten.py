"""Lists of leerplicht and casework: three rows ask as many questions as one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.views.generic import ListView

import casework.urls
import leerplicht.urls
from accounts.rechten import Rol, Taak
from casework.models import Regio
from tests.factories import GemeenteFactory, make_gebruiker
from tests.lijsten import LIJSTEN, Wereld
from tests.lijsten_bij import LIJSTEN_BIJ
from tests.test_ingangen import BACKEND

pytestmark = pytest.mark.django_db
# Pages without a list, or of a fixed length.
GEEN_LIJST = {
    "politie_verwijderd", "thuiszitters_kwartaal",
    "tafel_nieuw", "toewijzing_nieuw", "verzuimtrede_nieuw", "groepsactie_nieuw",
    "noshowactie_nieuw", "melding_nieuw", "zoeken", "jongere_nieuw", "betrokken_zelf",
    "noodtoegang", "politie_gericht", "onderzoek_nieuw", "agendalink", "brieven_kiezen",
    "briefteksten", "verzoek_zoeken", "bewaarstop_zoeken", "datalek_nieuw",
}  # fmt: skip  # read as a table


def patterns() -> list[URLPattern]:
    return [
        p
        for urls in (leerplicht.urls, casework.urls)
        for p in urls.urlpatterns
        if isinstance(p, URLPattern)
    ]


def _url(naam: str, *args: Any) -> str:
    own = {p.name for p in leerplicht.urls.urlpatterns}
    return reverse(f"{'leerplicht' if naam in own else 'casework'}:{naam}", args=args)


@pytest.fixture
def wereld(client):
    regio = Regio.objects.create(soort="doorstroompunt", code="41", naam="Regio")
    gemeente = GemeenteFactory(doorstroompuntregio=regio)
    zelf = make_gebruiker(*((taak, Rol.LEIDINGGEVENDE) for taak in Taak), gemeente=gemeente)
    client.force_login(zelf, BACKEND)
    return Wereld(gemeente, zelf, client)


def questions(client, url):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return page, [query["sql"] for query in queries]


@pytest.mark.parametrize("naam", LIJSTEN)
def test_three_rows_ask_as_many_questions_as_one(wereld, naam):
    make, url = LIJSTEN[naam], _url(naam)
    markers = [make(wereld)]
    wereld.client.get(url)  # the first page of a session asks more
    one, first = questions(wereld.client, url)
    markers += [make(wereld) for _ in range(2)]
    three, then = questions(wereld.client, url)

    _same(markers, one, first, three, then)


@pytest.mark.parametrize("naam", LIJSTEN_BIJ)
def test_three_rows_below_an_object_ask_as_many_questions_as_one(wereld, naam):
    make, row = LIJSTEN_BIJ[naam]
    what = make(wereld)
    url = _url(naam, getattr(what, "uuid", what.pk))
    markers = [row(wereld, what)]
    wereld.client.get(url)
    one, first = questions(wereld.client, url)
    markers += [row(wereld, what) for _ in range(2)]
    three, then = questions(wereld.client, url)

    _same(markers, one, first, three, then)


def _same(markers, one, first, three, then):
    assert (one.status_code, three.status_code) == (200, 200)
    assert markers[0] in one.content.decode()
    assert [text for text in markers if text not in three.content.decode()] == []
    more = [sql for sql in then if then.count(sql) > first.count(sql)]
    assert len(then) == len(first), "\n".join(sorted(set(more))[:10])


def test_every_list_of_leerplicht_and_casework_is_counted():
    """A new page without a parameter is put in one of the two tables above."""
    plain = {str(p.name) for p in patterns() if not p.pattern.converters}
    lists = {
        str(p.name)
        for p in patterns()
        if issubclass(getattr(p.callback, "view_class", object), ListView)
    }

    assert plain - LIJSTEN.keys() - GEEN_LIJST == set()
    assert lists <= LIJSTEN.keys() and len(lists) > 15
    assert (LIJSTEN.keys() | LIJSTEN_BIJ.keys() | GEEN_LIJST) - {
        str(p.name) for p in patterns()
    } == set()
