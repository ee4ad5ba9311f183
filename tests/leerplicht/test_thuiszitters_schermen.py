"""The screens of thuiszitters: list, one stay, the table with its report, waiting, the quarter."""

import csv
import io
from datetime import date, timedelta

import pytest

from casework.models import Afscherming
from casework.schooljaar import today
from leerplicht.domain import tafels
from leerplicht.models import Plaatswacht, Thuiszitter, Thuiszitterstafel
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def scherm(client, ambtenaar):
    client.force_login(ambtenaar, backend=BACKEND)
    return client


def thuis(gemeente, dagen=40, **fields):
    begin = today() - timedelta(days=dagen)
    jongere = fields.pop("jongere", None) or JongereFactory(gemeente=gemeente)
    own = {"bron": "HAND", "sinds": begin, "label_op": begin}
    return Thuiszitter.objects.create(jongere=jongere, gemeente=gemeente, **own | fields)


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_shows_who_is_at_home_here(scherm, gemeente, aantal, django_assert_num_queries):
    for _ in range(aantal):
        thuis(gemeente)
    thuis(GemeenteFactory())
    thuis(gemeente, einde_op=today(), resultaat="school")
    scherm.get("/thuiszitters/")

    with django_assert_num_queries(14):
        answer = scherm.get("/thuiszitters/")

    assert len(answer.context["object_list"]) == aantal


@pytest.mark.parametrize(
    ("filters", "aantal"),
    [("", 2), ("stand=klaar", 1), ("stand=alle", 3), ("lang=3", 1), ("reden=ziekte", 1)],
)
def test_filters(scherm, gemeente, filters, aantal):
    thuis(gemeente, reden="ziekte")
    thuis(gemeente, dagen=100)
    thuis(gemeente, einde_op=today(), resultaat="school")

    assert len(scherm.get(f"/thuiszitters/?{filters}").context["object_list"]) == aantal


def test_deciding_agreeing_and_closing(scherm, gemeente, ambtenaar):
    row = thuis(gemeente)
    url = row.get_absolute_url()
    dag = f"{today():%d-%m-%Y}"

    scherm.post(
        url,
        {
            "formulier": "keuzes",
            "sinds": "1-9-2026",
            "regisseur": ambtenaar.pk,
            "geoorloofd": "nee",
        },
    )
    scherm.post(
        url, {"formulier": "afspraak", "tekst": "Bellen", "eigenaar": "ib", "uiterlijk_op": dag}
    )
    afspraak = row.afspraken.get()
    scherm.post(url, {"gedaan": str(afspraak.uuid)})
    scherm.post(url, {"gedaan": "x"})
    scherm.post(url, {"formulier": "sluiten", "einde_op": dag, "resultaat": "school"})

    row.refresh_from_db()
    afspraak.refresh_from_db()
    assert (row.regisseur, row.geoorloofd, row.resultaat) == (ambtenaar, False, "school")
    assert row.sinds == date(2026, 9, 1)
    assert afspraak.gedaan_op == today()
    assert scherm.get(url).context["mag"] is False


def test_wrong_input_is_said_and_kept(scherm, gemeente):
    row = thuis(gemeente)

    answer = scherm.post(
        row.get_absolute_url(),
        {"formulier": "afspraak", "tekst": "Bellen", "eigenaar": "", "uiterlijk_op": "gisteren"},
    )

    assert set(answer.context["forms"]["afspraak"].errors) == {"eigenaar", "uiterlijk_op"}
    assert 'value="Bellen"' in answer.content.decode()


def test_a_reader_sees_no_form(client, gemeente):
    client.force_login(make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente), backend=BACKEND)
    row = thuis(gemeente)

    assert "<form" not in client.get(row.get_absolute_url()).content.decode().split("<main")[1]
    client.post(row.get_absolute_url(), {"formulier": "keuzes", "reden": "ziekte"})
    row.refresh_from_db()
    assert row.reden == ""


def test_table_has_everybody_at_home_and_its_report_is_a_pdf(scherm, gemeente, ambtenaar):
    lang, kort = thuis(gemeente, dagen=100), thuis(gemeente, dagen=30)
    thuis(GemeenteFactory())
    scherm.post(
        "/thuiszitters/tafel/nieuw/",
        {"gemeente": gemeente.pk, "datum": f"{today():%d-%m-%Y}", "deelnemers": "school, wijkteam"},
    )
    tafel = Thuiszitterstafel.objects.get()
    een, twee = tafel.punten.order_by("pk")
    assert [een.thuiszitter, twee.thuiszitter] == [lang, kort]

    scherm.post(
        tafel.get_absolute_url(), {"punt": een.pk, f"p{een.pk}-besproken": "Er komt een plek."}
    )
    scherm.post(tafel.get_absolute_url(), {"punt": een.pk, "weg": "1"})
    scherm.post(tafel.get_absolute_url(), {"punt": twee.pk, "weg": "1"})

    assert [punt.besproken for punt in tafel.punten.all()] == ["Er komt een plek."]
    pdf = scherm.get(f"{tafel.get_absolute_url()}verslag/")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")


def test_what_is_agreed_at_a_table_stays_with_that_table(scherm, gemeente, ambtenaar):
    row = thuis(gemeente)
    row.afspraken.create(
        tekst="Oud en klaar",
        eigenaar="ib",
        uiterlijk_op=today(),
        gedaan_op=today() - timedelta(days=9),
    )
    row.afspraken.create(tekst="Loopt nog", eigenaar="ib", uiterlijk_op=today())
    own = {"by": ambtenaar, "gemeente": gemeente, "deelnemers": "x"}
    een = tafels.plan(datum=today() - timedelta(days=7), **own)
    twee = tafels.plan(datum=today(), **own)

    def agree(tafel, **velden):
        pre = f"p{tafel.punten.get().pk}-"
        data = {f"{pre}{name}": value for name, value in velden.items()}
        return scherm.post(tafel.get_absolute_url(), {"punt": tafel.punten.get().pk, **data})

    answer = agree(twee, besproken="Tekst", afspraak="Nieuwe plek")
    assert answer.status_code == 200
    assert "Tekst" in answer.content.decode()
    assert row.afspraken.count() == 2
    agree(twee, afspraak="Nieuwe plek", eigenaar="swv", uiterlijk_op=f"{today():%d-%m-%Y}")

    def told(tafel):
        punt = scherm.get(tafel.get_absolute_url()).context["rijen"][0]
        return [[a.tekst for a in part] for part in punt[3:]]

    assert told(twee) == [["Nieuwe plek"], ["Loopt nog"]]
    assert told(een) == [[], ["Loopt nog"]]


def test_entering_a_stay_at_home(scherm, gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2014, 5, 1))
    url = f"/jongere/{jongere.uuid}/thuiszitter/"

    assert "Vul" in scherm.post(url, {"reden": "ziekte"}).content.decode()
    scherm.post(url, {"sinds": "1-9-2026", "reden": "ziekte"})

    row = Thuiszitter.objects.get()
    assert (row.jongere, row.bron, row.reden) == (jongere, "HAND", "ziekte")
    assert "staat al in de lijst" in scherm.post(url, {"sinds": "1-9-2026"}).content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_agenda_asks_the_same_number_of_questions(
    scherm, gemeente, ambtenaar, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        row = thuis(gemeente)
        row.afspraken.create(tekst="Bellen", eigenaar="ib", uiterlijk_op=today())
    tafel = tafels.plan(by=ambtenaar, gemeente=gemeente, datum=today(), deelnemers="x")
    scherm.get(tafel.get_absolute_url())

    with django_assert_num_queries(13):
        answer = scherm.get(tafel.get_absolute_url())

    assert len(answer.context["rijen"]) == aantal


@pytest.mark.eis("P26")
def test_a_closed_dossier_leaves_the_agenda(scherm, gemeente, ambtenaar):
    row = thuis(gemeente)
    tafel = tafels.plan(by=ambtenaar, gemeente=gemeente, datum=today(), deelnemers="x")
    Afscherming.objects.create(
        jongere=row.jongere,
        gemeente=gemeente,
        reden="anders",
        toelichting="x",
        gesloten_door=make_gebruiker(),
    )

    assert scherm.get(tafel.get_absolute_url()).context["rijen"] == []
    assert scherm.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_waiting_for_a_place(scherm, gemeente, aantal, django_assert_num_queries):
    for jongere in JongereFactory.create_batch(aantal, gemeente=gemeente):
        scherm.post(
            f"/jongere/{jongere.uuid}/plaats/", {"soort": "VSO", "aangevraagd_op": "1-9-2025"}
        )
    with django_assert_num_queries(14):
        answer = scherm.get("/thuiszitters/plaatsen/")
    assert len(answer.context["object_list"]) == aantal

    row = Plaatswacht.objects.first()
    answer = scherm.post(
        f"/thuiszitters/plaats/{row.uuid}/", {"klaar_op": "1-8-2025", "geplaatst": "ja"}
    )
    assert "De dag ligt voor de aanvraag, of in de toekomst." in answer.content.decode()
    scherm.post(f"/thuiszitters/plaats/{row.uuid}/", {"klaar_op": "1-10-2025", "geplaatst": "ja"})
    assert Plaatswacht.objects.waiting().count() == aantal - 1


@pytest.mark.parametrize(
    ("dag", "kwartaal"),
    [
        (date(2025, 1, 1), (date(2025, 1, 1), date(2025, 4, 1))),
        (date(2025, 9, 30), (date(2025, 7, 1), date(2025, 10, 1))),
        (date(2025, 12, 31), (date(2025, 10, 1), date(2026, 1, 1))),
    ],
)
def test_quarter(dag, kwartaal):
    assert tafels.quarter(dag) == kwartaal


def quarter_of(scherm):
    text = scherm.get("/thuiszitters/kwartaal/").content.decode()
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [(r["stand"], r["reden"], r["aantal"]) for r in rows]


# How many of two reasons at home, and how many came back -> what is told.
@pytest.mark.parametrize(
    ("ziek", "werk", "terug", "regels"),
    [
        (4, 0, 0, [("samen", "samen", "minder dan 5")]),
        (5, 0, 0, [("thuis", "Ziekte of lichamelijk", "5")]),
        (3, 2, 0, [("thuis", "samen", "5")]),
        # The one would be known when the other six were told.
        (6, 1, 0, [("thuis", "samen", "7")]),
        (6, 5, 0, [("thuis", "Werk", "5"), ("thuis", "Ziekte of lichamelijk", "6")]),
        (6, 0, 2, [("samen", "samen", "8")]),
    ],
)
def test_quarter_tells_nothing_of_a_few(scherm, gemeente, ziek, werk, terug, regels):
    for _ in range(ziek):
        thuis(gemeente, reden="ziekte")
    for _ in range(werk):
        thuis(gemeente, reden="werk")
    for _ in range(terug):
        thuis(gemeente, einde_op=today(), resultaat="school")
    thuis(gemeente, dagen=400, einde_op=today() - timedelta(days=200), resultaat="school")
    thuis(GemeenteFactory())

    assert quarter_of(scherm) == regels
