"""Every page of the work of leerplicht that no story opens: axe, 320 px, a clean console."""

import pytest
from django.db import transaction

from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, make_gebruiker
from tests.ingangen import Ingang, ingangen

# Beginnings of routes; what must be opened by a reason or a second step has stories of its own.
PAGINAS = (
    "afspraak/", "agenda/team", "agenda/", "halt/", "strafzaken/",
    "jongere/<uuid:uuid>/incident", "jongere/<uuid:uuid>/meldcode",
    "jongere/<uuid:uuid>/overdracht", "meldcode/",
    "jongere/<uuid:uuid>/overleg", "jongere/<uuid:uuid>/zorg", "meldingen/duo", "meldplicht/",
    "overleg/", "preventie/", "teamlijst/", "toewijzing/", "verzuimkaart/",
    "werkprocessen/afwijken", "werkverdeling/", "vrijstellingen/verlengen/",
)  # fmt: skip  # read as a table


@pytest.fixture
def doors(transactional_db):
    gemeente = GemeenteFactory()
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE),
        (Taak.OPSPORING, Rol.BEHANDELAAR),
        (Taak.BEHEER, Rol.LEIDINGGEVENDE),
        gemeente=gemeente,
    )
    with transaction.atomic():
        rows = {door.route: door for door in ingangen(gemeente, user) if to_see(door)}
    return user, [door for route, door in rows.items() if route.startswith(PAGINAS)]


def to_see(door: Ingang) -> bool:
    if door.route.startswith("agenda/feed"):  # no page
        return False
    return door.voorwerp is None or bool({Taak.LEERPLICHT, Taak.BEHEER} & door.voorwerp.taken)


def test_every_page_is_accessible(page, live, login, doors, check_page):
    user, rows = doors
    login(user)
    opened = []
    for door in rows:
        answer = page.goto(door.path)
        if answer.status == 405:  # a button of another page
            continue
        if page.url.endswith(door.path):
            check_page(page, f"lp-{len(opened)}", allow=("405",))
            opened.append(door.route)

    assert len(opened) >= 25, opened
