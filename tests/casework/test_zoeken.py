"""What a search text means and what it finds, within rights; numbers never in an address."""

import re
from datetime import date

import pytest

from accounts import muur
from casework.domain import zoeken
from casework.domain.zoeken import Vraag, find_number, looks_like_number, read
from tests.factories import (
    AdresFactory,
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_bsn,
)


def find(vraag, user):
    """As a page does it: the database searches for the person of the request."""
    with muur.voor_gebruiker(user):
        return zoeken.find(vraag, user)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def femke(gemeente):
    return JongereFactory(
        gemeente=gemeente,
        roepnaam="Femke",
        voornamen="Femke Anna",
        voorvoegsel="de",
        achternaam="Wit-Jansen",
        geboortedatum=date(2011, 3, 15),
    )


READ = [
    ("Femke  de Wit", {"woorden": ("femke", "de", "wit")}),
    ("Çağlar", {"woorden": ("caglar",)}),
    ("15-03-2011", {"geboren": date(2011, 3, 15)}),
    ("2011-03-15", {"geboren": date(2011, 3, 15)}),
    ("wit 15/3/2011", {"woorden": ("wit",), "geboren": date(2011, 3, 15)}),
    ("31-02-2011", {"woorden": ("31", "02", "2011")}),
    ("1234 ab 12", {"postcode": "1234AB", "huisnummer": 12}),
    ("1234AB 12-a", {"postcode": "1234AB", "huisnummer": 12}),
    ("1234ab", {"postcode": "1234AB"}),
    ("w 17", {"zaak": 17}),
    ("W17", {"zaak": 17}),
    ("00AB", {"brin": "00AB"}),
    ("00ab01", {"brin": "00AB01"}),
    ("1234567", {"meldingnummer": "1234567"}),
]


@pytest.mark.parametrize(("tekst", "velden"), READ)
def test_read(tekst, velden):
    assert read(tekst) == Vraag(" ".join(tekst.split()), **velden)


@pytest.mark.parametrize(
    ("tekst", "nummer"),
    [
        ("900000012", True),
        ("9000 00 012", True),
        ("900.000.012", True),
        ("90000001", False),
        ("15-03-2011", False),
        ("wit", False),
    ],
)
def test_looks_like_number(tekst, nummer):
    assert looks_like_number(tekst) is nummer


@pytest.mark.parametrize(
    "tekst",
    [
        "femke de wit",
        "Femke Wit",
        "wit femke",
        "jansen",
        "Witt",
        "femke van der wit",
        "Femka de Wit",
        "Fenke Jansn",
        "15-03-2011",
        "wit 15-03-2011",
        "fem",
    ],
)
def test_a_youth_is_found_by_name_and_birth_date(ambtenaar, femke, gemeente, tekst):
    JongereFactory(
        gemeente=gemeente,
        roepnaam="Sanne",
        voornamen="Sanne",
        achternaam="Smid",
        geboortedatum=date(2011, 3, 16),
    )

    assert list(find(read(tekst), ambtenaar).jongeren) == [femke]


@pytest.mark.parametrize("tekst", ["smit", "wit 16-03-2011", "zzz"])
def test_another_name_or_birth_date_finds_nobody(ambtenaar, femke, tekst):
    assert find(read(tekst), ambtenaar).leeg


def test_exact_names_come_first(ambtenaar, gemeente):
    janssen = JongereFactory(gemeente=gemeente, achternaam="Aanssen")
    jansen = JongereFactory(gemeente=gemeente, achternaam="Jansen")
    lijkt = JongereFactory(gemeente=gemeente, achternaam="Janssen")

    uitslag = find(read("jansen"), ambtenaar)

    assert list(uitslag.jongeren)[:2] == [jansen, lijkt]
    assert uitslag.lijkt_op
    assert janssen.pk != jansen.pk


@pytest.mark.parametrize("tekst", ["ab", "a b", "de", ""])
def test_too_short(ambtenaar, femke, tekst):
    uitslag = find(read(tekst), ambtenaar)

    assert uitslag.fout == "Typ ten minste 3 letters of cijfers."
    assert uitslag.leeg


def test_only_within_rights(ambtenaar, gemeente):
    elders = JongereFactory(achternaam="Elders", bsn=make_bsn(77))
    AdresFactory(jongere=elders, postcode="1234AB", huisnummer=1)
    WerkprocesFactory(jongere=elders)
    VerzuimmeldingFactory(jongere=elders, duo_meldingnummer="7654321")

    assert find(read("elders"), ambtenaar).leeg
    assert find(read("1234ab 1"), ambtenaar).leeg
    assert find(read(f"W{elders.werkprocessen.get().pk}"), ambtenaar).leeg
    assert find(read("7654321"), ambtenaar).leeg
    assert find_number(elders.bsn, ambtenaar).leeg

    DossierFactory(jongere=elders, gemeente=gemeente)

    assert list(find(read("elders"), ambtenaar).jongeren) == [elders]
    assert list(find_number(elders.bsn, ambtenaar).jongeren) == [elders]


def test_by_address_but_never_a_secret_one(ambtenaar, gemeente):
    woont, geheim, persoon = JongereFactory.create_batch(3, gemeente=gemeente)
    AdresFactory(jongere=woont, postcode="1234AB", huisnummer=12)
    AdresFactory(jongere=geheim, postcode="1234AB", huisnummer=12, geheim=True)
    AdresFactory(jongere=persoon, postcode="1234AB", huisnummer=12)
    persoon.geheimhouding = True
    persoon.save()

    assert list(find(read("1234 ab 12"), ambtenaar).jongeren) == [woont]
    assert find(read("1234AB 13"), ambtenaar).leeg


def test_school_case_and_duo_number(ambtenaar, gemeente):
    school = SchoolFactory(naam="Zeecollege Noord", brin="00ZC", vestigingscode="00ZC01")
    werkproces = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente))
    melding = VerzuimmeldingFactory(jongere=werkproces.jongere, duo_meldingnummer="7654321")

    assert list(find(read("zeecoll noord"), ambtenaar).scholen) == [school]
    assert list(find(read("00ZC"), ambtenaar).scholen) == [school]
    assert list(find(read("00zc01"), ambtenaar).scholen) == [school]
    assert list(find(read(werkproces.zaaknummer), ambtenaar).werkprocessen) == [werkproces]
    assert list(find(read("7654321"), ambtenaar).meldingen) == [melding]


def test_more_than_twenty_is_said(ambtenaar, gemeente):
    JongereFactory.create_batch(21, gemeente=gemeente, roepnaam="Kees", voornamen="Kees")

    uitslag = find(read("kees"), ambtenaar)

    assert (len(uitslag.jongeren), uitslag.meer) == (20, True)


def test_a_number_goes_by_post_to_the_dossier(client, ambtenaar, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(ambtenaar)

    response = client.post("/zoeken/", {"q": f"{jongere.bsn[:4]} {jongere.bsn[4:]}"})

    assert (response.status_code, response.url) == (302, jongere.get_absolute_url())


def test_a_number_in_an_address_is_dropped_from_it(client, ambtenaar, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(ambtenaar)

    response = client.get("/zoeken/", {"q": jongere.bsn})
    unknown = client.post("/zoeken/", {"q": make_bsn(99999)})

    assert (response.status_code, response.url) == (302, "/zoeken/")
    assert unknown.status_code == 200
    assert make_bsn(99999) not in unknown.content.decode()


@pytest.mark.eis("H4")
def test_a_name_leaves_a_key_in_the_address(client, ambtenaar, femke):
    client.force_login(ambtenaar)

    response = client.post("/zoeken/", {"q": "de wit"})

    assert re.fullmatch(r"/zoeken/\?q=~[\w-]{11}", response.url)
    assert list(client.get(response.url).context["uitslag"].jongeren) == [femke]
    assert client.post("/zoeken/", {"q": "de wit"}).url == response.url
    assert client.post("/zoeken/", {"q": " "}).url == "/zoeken/"


@pytest.mark.parametrize("item_count", (1, 3))
def test_queries_do_not_grow(client, ambtenaar, gemeente, item_count, django_assert_num_queries):
    JongereFactory.create_batch(item_count, gemeente=gemeente, achternaam="Wit")
    client.force_login(ambtenaar)

    # session (read, write), user, rights, the person set and set back, six savepoints; keys and
    # rows of exact and of similar names, schools
    with django_assert_num_queries(18):
        response = client.get("/zoeken/?q=wit")

    assert len(response.context["uitslag"].jongeren) == item_count
