"""Who asks too often waits; whoever asks as people do does not notice."""

import pytest

from accounts import limiet
from tests.factories import GemeenteFactory, make_gebruiker
from tests.test_permissies import own_views

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Every view that searches, uploads, builds or hands out much at once.
BEGRENSD = {
    "zoeken/": "zoeken",
    "noodtoegang/": "noodtoegang",
    "agenda/feed/<str:sleutel>.ics": "agenda",
    "melding/nieuw/": "zoeken",
    "doorstroompunt/traject/nieuw/": "zoeken",
    "jongere/<uuid:uuid>/documenten/nieuw/": "uploaden",
    "document/<uuid:uuid>/": "downloaden",
    "brieven/<uuid:uuid>/afdruk/": "downloaden",
    "pakket/inlezen/": "uploaden",
    "pakket/uitvoer/nieuw/": "uitvoeren",
    "pakket/uitvoer/<uuid:uuid>/bestand/": "uitvoeren",
    "verslag/<uuid:uuid>/maken/": "pdf",
    "verslag/<uuid:uuid>/versie/<int:nummer>/pdf/": "downloaden",
    "verslag/<uuid:uuid>/versie/<int:nummer>/cijfers/": "cijfers",
    "cijfers/<str:indicator>/tabel.<str:formaat>": "cijfers",
    "cijfers/<str:indicator>/lijst/": "cijfers",
}


@pytest.fixture
def klok(monkeypatch):
    """A clock that stands still until a test moves it."""
    now = [1_800_000_000]
    monkeypatch.setattr(limiet.time, "time", lambda: now[0])
    return now


@pytest.fixture
def gemeente():
    return GemeenteFactory()


def log_in(client, gemeente):
    user = make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente)
    client.force_login(user, BACKEND)


def ask(client) -> int:
    return client.get("/zoeken/?q=proef").status_code


@pytest.mark.eis("H6")
def test_a_user_waits_after_a_burst(client, gemeente, settings, klok):
    settings.LIMIETEN = {"zoeken": "3/m"}
    klok[0] += 1
    log_in(client, gemeente)

    assert [ask(client) for _ in range(4)] == [200, 200, 200, 429]
    klok[0] += 15
    answer = client.get("/zoeken/?q=proef")
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, str(60 - (klok[0] % 60)))
    assert "te vaak" in text
    assert f"over {answer['Retry-After']} seconden" in text
    klok[0] += int(answer["Retry-After"])
    assert ask(client) == 200


@pytest.mark.eis("H6")
def test_an_address_waits_whoever_asks(client, gemeente, settings, klok):
    settings.LIMIETEN, settings.LIMIET_PER_ADRES = {"zoeken": "2/m"}, 2
    klok[0] += 600
    codes = []
    for _ in range(5):
        log_in(client, gemeente)
        codes.append(ask(client))

    assert codes == [200, 200, 200, 200, 429]


@pytest.mark.eis("H6")
def test_who_is_not_logged_in_shares_a_limit_with_the_own_address_only(client, settings, klok):
    settings.LIMIETEN, settings.LIMIET_PER_ADRES = {"agenda": "1/m"}, 3
    klok[0] += 1800

    assert [client.get("/agenda/feed/x.ics").status_code for _ in range(4)] == [404] * 3 + [429]


def test_one_limit_does_not_stop_other_work(client, gemeente, settings, klok):
    settings.LIMIETEN = {"zoeken": "1/m"}
    klok[0] += 1200
    log_in(client, gemeente)
    assert [ask(client), ask(client)] == [200, 429]

    assert client.get("/jongeren/").status_code == 200


@pytest.mark.eis("H6")
def test_what_is_heavy_or_gives_much_away_has_a_limit(settings):
    found = {route: getattr(view, "limiet", "") for route, view in own_views()}

    assert {route: found[route] for route in BEGRENSD} == BEGRENSD
    assert set(BEGRENSD.values()) == set(settings.LIMIETEN)
    assert {name for name in found.values() if name} <= set(settings.LIMIETEN)
