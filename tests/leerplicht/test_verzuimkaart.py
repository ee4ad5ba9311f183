"""The verzuimkaart: who acts at each threshold, what counts in the period, and keeping the card."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.rechten import Rol, Taak
from casework.kalender import end_of_lesweken, start_of_lesweken
from casework.models import Regio, Verzuimdag
from casework.schooljaar import today
from casework.schoolvakanties import Regio as Vakantieregio
from leerplicht.domain import verzuimkaart
from leerplicht.domain.verzuimkaart import STANDAARD, Trede, age_group, amounts, decide
from leerplicht.models import Verzuimtrede
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    make_gebruiker,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAG = date(2025, 12, 12)
UREN, KEREN = ("UREN", "LESWEKEN"), ("KEREN", "SCHOOLJAAR")


@pytest.mark.parametrize(
    ("uren", "keren", "wie", "drempel"),
    [
        (None, None, "School", None),
        ("0.99", None, "School", None),
        ("1", None, "School", 1),
        ("8.99", None, "School", 1),
        ("9", None, "Leerplicht", 9),
        ("15.99", None, "Leerplicht", 9),
        ("16", None, "Leerplicht", 16),
        ("200", None, "Leerplicht", 16),
        (None, 4, "School", None),
        (None, 5, "School", 5),
        (None, 8, "School", 5),
        (None, 9, "Leerplicht", 9),
        (None, 11, "Leerplicht", 9),
        (None, 12, "Leerplicht", 12),
        ("2", 9, "Leerplicht", 9),  # a step of leerplicht goes before one of school alone
        ("8", 5, "School", 5),
        ("16", 12, "Leerplicht", 16),
    ],
)
@pytest.mark.parametrize("onder_plicht", [True, False])
def test_borders_of_every_step_of_the_standard_card(uren, keren, wie, drempel, onder_plicht):
    found = {}
    if uren:
        found[UREN] = Decimal(uren)
    if keren:
        found[KEREN] = Decimal(keren)

    beurt = decide(STANDAARD, found, "kaart", onder_plicht=onder_plicht)

    expected = "Doorstroompunt" if wie == "Leerplicht" and not onder_plicht else wie
    assert beurt.wie == expected
    assert (beurt.trede and beurt.trede.drempel) == drempel
    assert ("niet meer onder" in beurt.waarom) == (expected == "Doorstroompunt")


@pytest.mark.parametrize(
    ("jaren", "groep"), [(11, "TOT12"), (12, "VAN12"), (17, "VAN12"), (18, "VAN18")]
)
def test_age_groups(jaren, groep):
    assert age_group(jaren) == groep


def test_a_step_is_for_its_school_and_age():
    trede = Trede("UREN", 4, "LESWEKEN", "x", schoolsoort="VO", leeftijdsgroep="VAN12")

    assert trede.fits("VO", "VAN12")
    assert not trede.fits("PO", "VAN12")
    assert not trede.fits("VO", "TOT12")
    assert not trede.fits("", "VAN12")  # a school of which the kind is not known


def test_four_lesweken_back_skip_a_holiday():
    # 22 December 2025 up to and including 4 January 2026 are holidays.
    regio, day = Vakantieregio.MIDDEN, date(2026, 1, 16)

    start = start_of_lesweken(day, 4, regio)

    assert start == date(2025, 12, 6)
    assert end_of_lesweken(start, 4, regio) == day + timedelta(days=1)


@pytest.mark.django_db
def test_hours_count_once_a_day_within_the_period():
    jongere = JongereFactory()

    def melding(einde, uren=None, dagen=(), **fields):
        row = VerzuimmeldingFactory(
            jongere=jongere, begindatum=einde, einddatum=einde, uren=uren, **fields
        )
        for dag, hours in dagen:
            Verzuimdag.objects.create(melding=row, datum=dag, klokuren=hours)
        return row

    eerste = DAG - timedelta(days=27)  # first day of four weeks
    melding(DAG, dagen=[(DAG, "3"), (eerste, "2"), (eerste - timedelta(days=1), "5")])
    melding(DAG, dagen=[(DAG, "4")])  # the same day once more
    melding(eerste, uren="1.5", aantal_te_laat=2)
    melding(eerste - timedelta(days=1), uren="7", aantal_te_laat=3)
    melding(DAG + timedelta(days=1), uren="9", aantal_te_laat=9)
    melding(date(2025, 7, 31), uren="9", aantal_te_laat=9)  # schooljaar before

    rows = list(jongere.verzuimmeldingen.all())
    found = amounts(rows, list(Verzuimdag.objects.all()), DAG, None)

    assert found[UREN] == Decimal("7.5")  # 4 + 2 + 1.5
    assert found["UREN", "SCHOOLJAAR"] == Decimal("19.5")
    assert found[KEREN] == 5
    assert found["KEREN", "LESWEKEN"] == 2


@pytest.mark.parametrize(
    ("soort", "uren", "wie"),
    [
        ("LRV", None, "Leerplicht"),
        ("LRV", "2", "Leerplicht"),
        ("L", None, "Leerplicht"),
        ("ABSOLUUT", None, "Leerplicht"),
        ("ZORG", None, "Leerplicht"),
        ("V3", None, "Leerplicht"),
        ("V3", "2", "School"),
        ("O", None, "School"),
        ("ZIEK", None, "School"),
        ("TELAAT", None, "School"),
    ],
)
@pytest.mark.parametrize(("geboren", "plicht"), [(date(2011, 1, 1), True), (date(2003, 1, 1), 0)])
def test_some_kinds_are_never_for_school_alone(gemeente, soort, uren, wie, geboren, plicht):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=geboren)
    melding = VerzuimmeldingFactory(
        jongere=jongere,
        gemeente=gemeente,
        soort=soort,
        uren=uren and Decimal(uren),
        melddatum=DAG,
        begindatum=DAG,
        einddatum=DAG,
    )

    beurt = verzuimkaart.turn(melding, [melding], [], vandaag=DAG)

    assert beurt.wie == (wie if plicht or wie == "School" else "Doorstroompunt")
    melding.vastgestelde_soort = "O"
    assert verzuimkaart.turn(melding, [melding], [], vandaag=DAG).wie == "School"


@pytest.fixture
def regio(db):
    return Regio.objects.create(soort="doorstroompunt", code="41", naam="Duinregio")


@pytest.fixture
def gemeente(regio):
    return GemeenteFactory(doorstroompuntregio=regio)


@pytest.fixture
def scherm(client, gemeente):
    leider = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    client.force_login(leider, backend=BACKEND)
    return client


def test_page_of_a_melding_says_who_acts_and_why(scherm, gemeente, regio):
    melding = VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente),
        gemeente=gemeente,
        school=SchoolFactory(soort="VO"),
        begindatum=DAG,
        einddatum=DAG,
        uren="9",
    )
    VerzuimmeldingFactory(
        jongere=melding.jongere, gemeente=gemeente, uren="9", status="I", melddatum=DAG
    )
    page = f"/melding/{melding.uuid}/"

    standaard = scherm.get(page)
    beurt = standaard.context["beurt"]
    assert (beurt.wie, beurt.trede.drempel) == ("Leerplicht", 9)
    assert "9 uur verzuim in 4 lesweken; deze trede begint bij 9." in standaard.text

    # A card of the region goes before the standard one, while it holds.
    trede = Verzuimtrede.objects.create(
        regio=regio,
        eenheid="UREN",
        drempel=10,
        periode="LESWEKEN",
        schoolsoort="VO",
        actie_school="Praat",
        actie_leerplicht="Kom langs",
        geldig_van=DAG,
    )
    beurt = scherm.get(page).context["beurt"]
    assert (beurt.wie, beurt.trede, beurt.kaart) == ("School", None, "de kaart van Duinregio")
    trede.geldig_van = DAG + timedelta(days=1)
    trede.save()
    assert scherm.get(page).context["beurt"].kaart == "de standaardkaart"


def test_keeping_the_card(scherm, regio, client, django_assert_num_queries):
    elders = Regio.objects.create(soort="doorstroompunt", code="40", naam="Elders")
    new = "/verzuimkaart/nieuw/"
    data = {
        "regio": regio.pk,
        "eenheid": "UREN",
        "drempel": "16",
        "periode": "LESWEKEN",
        "actie_school": "Meld",
        "geldig_van": f"{today():%d-%m-%Y}",
    }

    assert scherm.post("/verzuimkaart/", {"regio": elders.pk}).status_code == 404
    scherm.post("/verzuimkaart/", {"regio": regio.pk})
    assert Verzuimtrede.objects.count() == len(STANDAARD)
    assert (
        "al een eigen kaart" in scherm.post("/verzuimkaart/", {"regio": regio.pk}, follow=True).text
    )
    dubbel = scherm.post(new, data)
    assert "staat in deze dagen al op de kaart" in dubbel.text
    assert "Meld" in dubbel.text
    assert "Vul in bij welk aantal" in scherm.post(new, data | {"drempel": ""}).text
    assert scherm.post(new, data | {"leeftijdsgroep": "VAN12"}).status_code == 302
    assert scherm.post(new, data | {"regio": elders.pk, "drempel": "3"}).status_code == 200
    assert Verzuimtrede.objects.count() == len(STANDAARD) + 1
    row = Verzuimtrede.objects.get(leeftijdsgroep="VAN12")
    scherm.post(f"/verzuimkaart/{row.uuid}/", {"laatste_dag": f"{today():%d-%m-%Y}"})
    row.refresh_from_db()
    assert row.laatste_dag == today()
    scherm.get("/verzuimkaart/")
    with django_assert_num_queries(14):
        scherm.get("/verzuimkaart/")
    Verzuimtrede.objects.exclude(drempel=1).delete()
    with django_assert_num_queries(14):
        scherm.get("/verzuimkaart/")
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR)), backend=BACKEND)
    assert client.get("/verzuimkaart/").status_code == 403
    assert verzuimkaart.card_of(None, DAG)[1] == STANDAARD
