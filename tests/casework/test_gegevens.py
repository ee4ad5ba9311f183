"""Family, address, school and diploma by hand: rules in the domain, screens behind the wall."""

from datetime import date, timedelta

import pytest

from accounts.models import Gebeurtenis
from casework.briefsoorten import Partij
from casework.domain import gegevens
from casework.domain.gegevens import Diplomainvoer, Inschrijvinginvoer, Relatieinvoer
from casework.domain.jongere import Adresinvoer
from casework.domain.ontvangers import readers
from casework.errors import DomainError, NotAuthorised
from casework.models import Adres, Diploma, Inschrijving, Relatie
from casework.schooljaar import today
from tests.factories import (
    AdresFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    SchoolFactory,
    make_ambtenaar,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAG = date(2025, 10, 1)
KADE = Adresinvoer("Kade", 7, postcode="1234AB", woonplaats="Duindorp")


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=11 * 365))


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def scherm(client, lea):
    client.force_login(lea, backend=BACKEND)
    return client


def test_a_parent_typed_by_hand_gets_letters(scherm, jongere):
    post = {"soort": "OUDER", "achternaam": "Zomer", "voornamen": "Ans", "gezag": "J"}
    here = {"straat": "Kade", "huisnummer": "7", "postcode": "1234 ab", "woonplaats": "Duindorp"}

    response = scherm.post(f"/jongere/{jongere.uuid}/gezin/nieuw/", post | here)

    assert response.url == f"/jongere/{jongere.uuid}/gezin/"
    assert "Ans Zomer" in scherm.get(response.url).content.decode()
    [reader] = readers(jongere, [Partij.OUDERS], today())
    assert (reader.aan, reader.bezwaar, reader.adres.postcode) == ("Ans Zomer", "", "1234AB")
    assert Relatie.objects.get().herkomst == "EIGEN"


def test_who_lives_with_the_youth_has_no_second_address(scherm, jongere):
    post = {"soort": "OUDER", "achternaam": "Zomer", "gezag": "J", "adres_zelfde": "on"}
    wrong = scherm.post(f"/jongere/{jongere.uuid}/gezin/nieuw/", post | {"straat": "Kade"})

    assert "Laat het adres dan leeg" in wrong.content.decode()
    assert 'value="Zomer"' in wrong.content.decode()
    assert not Relatie.objects.exists()


def test_how_a_parent_is_reached_and_the_last_day(scherm, jongere):
    relatie = RelatieFactory(jongere=jongere, van=date(2020, 1, 1), gezag="J")
    page = f"/relatie/{relatie.uuid}/"
    post = {"telefoon": "06-1", "email": "", "gezag": "N"}

    fout = scherm.post(page, post | {"laatste_dag": "31-12-2019"}).content.decode()
    scherm.post(page, post | {"laatste_dag": "30-09-2025"})

    assert "De laatste dag ligt voor de eerste dag" in fout
    relatie.refresh_from_db()
    assert (relatie.telefoon, relatie.gezag, relatie.tot) == ("06-1", "N", DAG)
    assert readers(jongere, [Partij.OUDERS], DAG) == []


def test_a_move_ends_the_address_before_and_keeps_it_secret(jongere, lea):
    old = AdresFactory(jongere=jongere, gemeente=jongere.gemeente, van=None, geheim=True)
    elders = GemeenteFactory()

    new = gegevens.move(jongere, KADE, elders, DAG, by=lea, day=DAG)

    old.refresh_from_db()
    jongere.refresh_from_db()
    assert (old.tot, new.van, new.geheim, jongere.gemeente) == (DAG, DAG, True, elders)
    assert Gebeurtenis.objects.get(actie="adres.toegevoegd").gegevens == {"naar": elders.code}
    with pytest.raises(NotAuthorised):
        gegevens.move(jongere, KADE, elders, DAG, by=lea, day=DAG)


@pytest.mark.parametrize(
    ("van", "zin"),
    [(DAG + timedelta(days=1), "Kies vandaag"), (date(2025, 9, 1), "al een adres vanaf")],
)
def test_a_move_in_the_future_or_before_another_is_refused(jongere, lea, van, zin):
    AdresFactory(jongere=jongere, gemeente=jongere.gemeente, van=date(2025, 9, 1))

    with pytest.raises(DomainError, match=zin):
        gegevens.move(jongere, KADE, jongere.gemeente, van, by=lea, day=DAG)
    assert Adres.objects.count() == 1


def test_who_moved_out_of_sight_leads_back_to_the_list(scherm, jongere):
    elders = GemeenteFactory()
    post = {"van": "01-10-2025", "straat": "Kade", "huisnummer": "7", "woonplaats": "Elders"}

    response = scherm.post(f"/jongere/{jongere.uuid}/adres/", post | {"gemeente": elders.pk})

    assert response.url == "/jongeren/"


def test_school_and_diploma_from_the_screen(scherm, jongere):
    school = SchoolFactory(naam="Het Lint", vestigingscode="01AB00")
    page = f"/jongere/{jongere.uuid}/school/"
    own = {"school": "01AB00", "onderwijssoort": "HAVO", "begindatum": "01-08-2025"}
    scherm.post(f"{page}nieuw/", own)
    row = Inschrijving.objects.get()
    again = scherm.post(f"{page}nieuw/", own).content.decode()
    scherm.post(f"/inschrijving/{row.uuid}/", {"laatste_dag": "30-09-2025", "reden": "Verhuisd"})
    diploma = {"soort": "DIPLOMA", "naam": "Havo", "datum": "01-07-2025", "startkwalificatie": "ja"}
    scherm.post(f"/jongere/{jongere.uuid}/diploma/", diploma)

    assert "staat er al" in again
    row.refresh_from_db()
    assert (row.school, row.einddatum, row.herkomst) == (school, date(2025, 9, 30), "EIGEN")
    assert Diploma.objects.get().startkwalificatie
    text = scherm.get(page).content.decode()
    assert "Het Lint" in text and "Verhuisd" in text and "Havo" in text


@pytest.mark.parametrize(("laatste", "kan"), [("2025-08-31", False), ("2025-09-01", True)])
def test_nobody_leaves_before_the_first_day(jongere, lea, laatste, kan):
    row = InschrijvingFactory(jongere=jongere, begindatum=date(2025, 9, 1))

    try:
        gegevens.leave(row, date.fromisoformat(laatste), "", by=lea)
    except DomainError:
        assert not kan
    else:
        assert kan


def test_only_who_writes_in_the_gemeente(jongere, gemeente):
    other = make_ambtenaar(GemeenteFactory())
    invoer = Inschrijvinginvoer(SchoolFactory(), "HAVO", DAG)
    for act in (
        lambda: gegevens.add_relatie(jongere, Relatieinvoer("OUDER", "X"), Adresinvoer(), by=other),
        lambda: gegevens.change_relatie(RelatieFactory(jongere=jongere), by=other),
        lambda: gegevens.enrol(jongere, invoer, by=other),
        lambda: gegevens.leave(InschrijvingFactory(jongere=jongere), DAG, "", by=other),
        lambda: gegevens.add_diploma(
            jongere, Diplomainvoer("DIPLOMA", "Havo", DAG, True), by=other, day=DAG
        ),
    ):
        with pytest.raises(NotAuthorised):
            act()
