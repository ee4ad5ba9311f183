"""Sweeps along every door: who gets in, what a refusal tells, and what a look may change."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from accounts.rechten import INGELOGD, OPENBAAR, PERMISSIES, Recht, Rol, Taak
from tests.conftest import Logregels
from tests.factories import GemeenteFactory, make_gebruiker
from tests.ingangen import fill, ingangen, make_objects, parts_absent, routes
from tests.test_permissies import own_views, views

pytestmark = pytest.mark.django_db
ALLES = [(taak, Rol.LEIDINGGEVENDE) for taak in Taak]
LOGOUT = "account/logout/"
CODE = "account/login/code/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# A method the view does not have names no object either.
GEEN_METHODE = 405


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def eigenaar(gemeente):
    return make_gebruiker(*ALLES, gemeente=gemeente)


@pytest.fixture
def deuren(gemeente, eigenaar):
    return ingangen(gemeente, eigenaar)


@pytest.fixture
def als(client):
    """The client, logged in as this user."""

    def log_in(user):
        client.force_login(user, BACKEND)
        return client

    return log_in


def body(response) -> str:
    """Without what differs on every request: tokens of forms and the seconds left."""
    text = response.getvalue().decode(errors="replace")
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", text)
    return re.sub(r'data-sessie-einde="\d+"', "", text)


def ask(client, path) -> Iterator[tuple[str, int, str]]:
    for method in ("get", "post"):
        response = getattr(client, method)(path)
        yield method, response.status_code, body(response)


def status(client, path) -> int:
    response = client.get(path)
    body(response)
    return response.status_code


def differences(client, doors, wanted) -> list[tuple[str, str, int]]:
    """Doors that answer otherwise than `wanted`, or otherwise than for what is not there."""
    wrong = []
    for door in doors:
        absent = list(ask(client, door.absent))
        for seen, other in zip(ask(client, door.path), absent, strict=True):
            if seen != other or seen[1] not in {*wanted(door), GEEN_METHODE}:
                wrong.append((f"{seen[0]} {door.path}", door.route, seen[1]))
    return wrong


@pytest.mark.eis("Z2")
def test_the_walk_opens_real_doors(als, eigenaar, deuren):
    """With all rights in the own gemeente each object is there, so the other sweeps prove much."""
    site = als(eigenaar)

    closed = {
        door.path: code
        for door in deuren
        if door.voorwerp and (code := status(site, door.path)) not in {200, 302, GEEN_METHODE}
    }

    nergens = {d.path for d in deuren if d.voorwerp and d.voorwerp.nergens}
    assert closed and closed == dict.fromkeys(closed, 404) and set(closed) <= nergens
    assert len({door.route for door in deuren}) == len({route for route, _ in routes()}) > 80


def test_a_route_without_an_object_is_a_failure(gemeente, eigenaar):
    with pytest.raises(KeyError, match="geen voorwerp voor nieuw/<uuid>"):
        list(fill("nieuw/<uuid:uuid>/", None, make_objects(gemeente, eigenaar)))


@pytest.mark.eis("Z2")
def test_a_stranger_with_every_right_elsewhere_cannot_tell_what_is_there(als, deuren):
    site = als(make_gebruiker(*ALLES, gemeente=GemeenteFactory()))
    doors = [d for d in deuren if d.voorwerp and not d.voorwerp.openbaar]
    before = tables("django_session")

    assert differences(site, doors, lambda door: {404}) == []
    assert len(doors) > 80
    assert changed(before, tables("django_session")) == set()


@pytest.mark.eis("Z2")
@pytest.mark.parametrize("taak", Taak)
def test_another_taak_in_the_same_gemeente_is_refused_or_sees_nothing(als, gemeente, deuren, taak):
    site = als(make_gebruiker((taak, Rol.LEIDINGGEVENDE), gemeente=gemeente))
    recht = Recht(taak, gemeente.pk, Rol.LEIDINGGEVENDE)

    def wanted(door):
        permissie = PERMISSIES.get(door.view.permission)
        return {404} if permissie is None or permissie.given_by(recht) else {403}

    doors = [
        d
        for d in deuren
        if d.voorwerp
        and not d.voorwerp.openbaar
        and (taak not in d.voorwerp.taken or wanted(d) == {403})
    ]

    assert differences(site, doors, wanted) == []
    assert len(doors) > 40


@pytest.mark.eis("Z2")
def test_a_part_is_not_found_by_a_wrong_number_below_an_own_object(als, gemeente, eigenaar):
    site = als(eigenaar)
    objects = make_objects(gemeente, eigenaar)
    paths = [path for route, view in routes() for path in parts_absent(route, view, objects)]

    wrong = [
        (path, method, code)
        for path in paths
        for method, code, _ in ask(site, path)
        if code not in {404, GEEN_METHODE}
    ]

    assert wrong == []
    assert len(paths) > 8


@pytest.mark.eis("Z1")
def test_without_a_right_every_door_with_a_permission_is_shut(als, deuren):
    site = als(make_gebruiker())
    doors = [d for d in deuren if d.view.permission in PERMISSIES]

    assert differences(site, doors, lambda door: {403}) == []
    assert {d.view.permission for d in deuren} - set(PERMISSIES) == {INGELOGD, OPENBAAR}


@pytest.mark.eis("Z1")
def test_without_login_every_door_leads_to_the_login_page(client, deuren):
    wrong = []
    for door in deuren:
        for method in ("get", "post"):
            response = getattr(client, method)(door.path)
            code, target = response.status_code, response.headers.get("Location", "")
            refused = code == 401 if door.route.startswith("api/") else code == 302
            if not refused or (code == 302 and not target.startswith("/account/login/")):
                wrong.append(door.route)

    public = {door.route for door in deuren if door.view.permission == OPENBAAR}
    # The logout page sends whoever is not logged in to the start; the code is asked only of who
    # gave a password.
    assert set(wrong) == (public | {LOGOUT}) - {CODE}


def tables(*without: str) -> dict[str, str]:
    """A hash of the rows of each table."""
    with connection.cursor() as cursor:
        names = [n for n in connection.introspection.table_names(cursor) if n not in without]
        hashes = {}
        for name in names:
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, ' ' ORDER BY t::text), ''))"
                f' FROM "{name}" t'
            )
            hashes[name] = cursor.fetchone()[0]
    return hashes


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


# Looking leaves a trace in the log and its chain; a session knows when it was last used.
LOGBOEK = {"accounts_gebeurtenis", "accounts_ketenregel", "accounts_ketenwacht"}
MAG_WIJZIGEN = {*LOGBOEK, "django_session"}


@pytest.mark.eis("H3")
def test_looking_changes_nothing_but_the_log(als, eigenaar, deuren):
    site = als(eigenaar)
    before = tables()

    for door in deuren:
        status(site, door.path)

    assert {"accounts_gebeurtenis"} < changed(before, tables()) <= MAG_WIJZIGEN
    assert len(before) > 40


@pytest.mark.eis("H3")
@pytest.mark.parametrize("origin", [None, "https://elders.example"])
def test_no_unsafe_request_without_a_token(eigenaar, deuren, origin):
    site = Client(enforce_csrf_checks=True)
    site.force_login(eigenaar, BACKEND)
    headers = {"Origin": origin} if origin else {}
    before = tables(*MAG_WIJZIGEN)

    let_through = [
        (method, path, code)
        for path in sorted({door.path for door in deuren} | {f"/{r}" for r in of_libraries()})
        for method in ("post", "put", "patch", "delete")
        if (code := getattr(site, method)(path, headers=headers).status_code) != 403
    ]

    assert let_through == []
    assert changed(before, tables(*MAG_WIJZIGEN)) == set()


def of_libraries() -> set[str]:
    """Routes of Django and allauth, none with a parameter but the mailed link."""
    every = {route for route, _ in views(get_resolver().url_patterns)}
    own = {route for route, _ in own_views()}
    return {route for route in every - own if "(?P<key>" not in route}


# What may stand in an address: keys that tell nothing, and words of our own.
ADRESDELEN = {
    "uuid:uuid", "uuid:sectie", "int:pk", "int:recht", "int:nummer", "slug:onderdeel",
    "slug:code",
    "slug:actie", "slug:soort", "slug:stap", "slug:onderwerp", "str:indicator", "str:formaat",
    "path:rest",
    "str:sleutel",  # of an agenda feed: no name, and useless once it is switched off
}  # fmt: skip  # read as a table


def test_addresses_hold_only_keys_and_words_of_our_own():
    """Numbers of persons come by POST only; test_zoeken holds that for the search page."""
    found = {part for route, _ in own_views() for part in re.findall(r"<([^>]+)>", route)}

    assert found <= ADRESDELEN


def test_the_access_log_writes_the_path_and_never_the_query(project):
    """A name that somebody searched stands in the query; gunicorn writes it by default."""
    command = (project / "Dockerfile").read_text().partition("--access-logformat")[2]

    assert set(re.findall(r"%\((.*?)\)s", command)) == {"t", "h", "m", "U", "s", "b", "L"}


def test_a_number_in_a_log_line_is_found():
    """The fixture of tests/conftest.py looks at each line of each test; this shows that it can."""
    lines = Logregels()
    for name, text in [("django.request", "Not Found: /zoeken/?q=%s"), ("casework", "BSN %s.")]:
        lines.handle(logging.LogRecord(name, logging.INFO, __file__, 1, text, ("900000012",), None))
    lines.handle(
        logging.LogRecord(
            "casework",
            logging.ERROR,
            __file__,
            1,
            "fout",
            (),
            (ValueError, ValueError(900000012), None),
        )
    )
    lines.handle(
        logging.LogRecord(
            "celery",
            logging.INFO,
            __file__,
            1,
            "taak 12345678-1234-4000-8000-123456789012",
            (),
            None,
        )
    )

    assert len(lines.fout) == 3
