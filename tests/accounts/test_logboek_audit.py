"""The monthly sample of the log and the export for the auditor."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from accounts.domain import logboek_keten, logboek_steekproef
from accounts.models import Gebeurtenis, Logboekcontrole, Steekproefoordeel
from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, make_gebruiker

STEEKPROEF, OORDEEL = "/beheer/logboek/steekproef/", "/beheer/logboek/oordeel/"
UITVOER = "/beheer/logboek/uitvoer/"
VANDAAG = date(2026, 11, 20)
OKTOBER = date(2026, 10, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("accounts.views_logboek_audit.vandaag", lambda: VANDAAG)


@pytest.fixture
def gemeente():
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def ambtenaar(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Lea")


def officer(client, gemeente, rol=Rol.BEHANDELAAR):
    user = make_gebruiker((Taak.PRIVACY, rol), gemeente=gemeente, naam="Fay Functionaris")
    client.force_login(user)
    return user


def event(by, gemeente, tijd=datetime(2026, 10, 5, 9, tzinfo=UTC), **more):
    fields = {"actie": "dossier.gelezen", "object_type": "casework.jongere", "taak": "leerplicht"}
    fields |= {"gebruiker": by, "gemeente_id": gemeente.pk, "tijd": tijd}
    return Gebeurtenis.objects.create(**(fields | more))


def numbers(page):
    return [regel["nummer"] for regel in page.context["regels"]]


def address(gemeente, row, maand="2026-10"):
    return f"{OORDEEL}?maand={maand}&gemeente={gemeente.pk}&regel={row.pk}"


@pytest.mark.eis("P32")
def test_sample_is_the_same_each_time_and_differs_by_month(client, gemeente, ambtenaar, settings):
    settings.LOGBOEK_STEEKPROEF = 5
    officer(client, gemeente)
    rows = [event(ambtenaar, gemeente) for _ in range(40)]
    for _ in range(3):
        event(ambtenaar, gemeente, datetime(2026, 9, 30, 21, tzinfo=UTC))
        event(ambtenaar, gemeente, datetime(2026, 11, 1, 9, tzinfo=UTC))

    first, again = client.get(STEEKPROEF), client.get(f"{STEEKPROEF}?maand=2026-10")

    assert len(numbers(first)) == 5
    assert numbers(first) == numbers(again)
    assert set(numbers(first)) < {row.pk for row in rows}
    assert numbers(first) != [row.pk for row in rows[:5]]  # chosen, not just the first
    assert len(numbers(client.get(f"{STEEKPROEF}?maand=2026-09"))) == 3


def test_every_line_has_a_chance(gemeente, ambtenaar, settings):
    """Over the gemeenten of a year the choice is not always the same end of the month."""
    settings.LOGBOEK_STEEKPROEF = 1
    rows = [
        event(ambtenaar, gemeente, datetime(2026, m, 5, tzinfo=UTC))
        for m in range(1, 13)
        for _ in range(4)
    ]

    place = {
        [r.pk for r in rows].index(
            logboek_steekproef.sample(date(2026, m, 1), gemeente.pk).get().pk
        )
        % 4
        for m in range(1, 13)
    }

    assert len(place) > 1


def test_running_month_is_no_choice_and_nonsense_gives_the_last_month(client, gemeente, ambtenaar):
    officer(client, gemeente)
    event(ambtenaar, gemeente, datetime(2026, 11, 2, tzinfo=UTC))

    for maand in ("2026-11", "onzin", "1900-01", ""):
        page = client.get(f"{STEEKPROEF}?maand={maand}")
        assert (page.status_code, page.context["maand"]) == (200, OKTOBER)
        assert numbers(page) == []


@pytest.mark.eis("P32")
def test_outcome_is_kept_with_name_date_and_reason(client, gemeente, ambtenaar):
    fay = officer(client, gemeente)
    row = event(ambtenaar, gemeente)

    sent = client.post(
        address(gemeente, row), {"uitkomst": "navragen", "reden": "Zonder zaak bekeken"}
    )
    page = client.get(sent.url)

    oordeel = Steekproefoordeel.objects.get()
    assert (oordeel.uitkomst, oordeel.reden, oordeel.door) == (
        "navragen",
        "Zonder zaak bekeken",
        fay,
    )
    assert (oordeel.maand, oordeel.gebeurtenis) == (OKTOBER, row)
    assert "Zonder zaak bekeken" in page.content.decode()
    assert page.context["beoordeeld"] == 1
    logged = Gebeurtenis.objects.get(actie="steekproef.beoordeeld")
    assert logged.gegevens == {"uitkomst": "navragen", "maand": "2026-10"}
    assert "bekeken" not in logged.reden


def test_later_outcome_counts_and_the_earlier_one_stays(client, gemeente, ambtenaar):
    officer(client, gemeente)
    row = event(ambtenaar, gemeente)
    client.post(address(gemeente, row), {"uitkomst": "navragen", "reden": "Waarom?"})
    client.post(address(gemeente, row), {"uitkomst": "in_orde", "reden": ""})

    shown = client.get(STEEKPROEF).context["regels"][0]["oordeel"]

    assert shown.uitkomst == "in_orde"
    assert Steekproefoordeel.objects.count() == 2


@pytest.mark.parametrize(
    ("invoer", "fout"),
    [
        ({"uitkomst": "melden", "reden": " "}, "Schrijf op waarom"),
        ({"uitkomst": "goed"}, "uitkomst"),
        ({}, "uitkomst"),
    ],
)
def test_wrong_outcome_is_explained_and_nothing_kept(client, gemeente, ambtenaar, invoer, fout):
    officer(client, gemeente)
    row = event(ambtenaar, gemeente)

    page = client.post(address(gemeente, row), invoer)

    assert page.status_code == 200
    assert fout in str(page.context["form"].errors)
    assert not Steekproefoordeel.objects.exists()


def test_nobody_judges_what_he_did_himself(client, gemeente):
    fay = officer(client, gemeente)
    row = event(fay, gemeente, actie="logboek.gelezen")

    page = client.post(address(gemeente, row), {"uitkomst": "in_orde"})

    assert "Deze regel gaat over uzelf" in page.content.decode()
    assert not Steekproefoordeel.objects.exists()


def test_line_outside_the_sample_or_the_gemeente_is_not_there(
    client, gemeente, ambtenaar, settings
):
    settings.LOGBOEK_STEEKPROEF = 1
    officer(client, gemeente)
    rows = [event(ambtenaar, gemeente) for _ in range(3)]
    chosen = logboek_steekproef.sample(OKTOBER, gemeente.pk).get()
    outside = next(row for row in rows if row != chosen)
    elsewhere = GemeenteFactory()
    foreign = event(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=elsewhere), elsewhere)

    for url in (
        address(gemeente, outside),
        address(elsewhere, foreign),
        address(gemeente, foreign),
        f"{OORDEEL}?regel=onzin",
        OORDEEL,
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, {"uitkomst": "in_orde"}).status_code == 404
    assert client.get(address(gemeente, chosen)).status_code == 200


def test_reader_sees_the_sample_and_judges_and_exports_nothing(client, gemeente, ambtenaar):
    officer(client, gemeente, Rol.LEZER)
    row = event(ambtenaar, gemeente)

    assert "Beoordeel" not in client.get(STEEKPROEF).content.decode()
    assert client.get(address(gemeente, row)).status_code == 403
    assert client.get(UITVOER).status_code == 403


@pytest.mark.parametrize("item_count", (1, 3))
def test_sample_asks_the_same_number_of_questions(
    client, gemeente, ambtenaar, item_count, django_assert_num_queries
):
    fay = officer(client, gemeente)
    for _ in range(item_count):
        row = event(ambtenaar, gemeente)
        Steekproefoordeel.objects.create(
            maand=OKTOBER, gemeente=gemeente, gebeurtenis=row, uitkomst="in_orde", door=fay
        )

    with django_assert_num_queries(19):
        page = client.get(STEEKPROEF)

    assert page.context["beoordeeld"] == item_count


def download(client, soort="gebeurtenissen", van="1-10-2026", tot="31-10-2026"):
    page = client.post(UITVOER, {"soort": soort, "van": van, "tot": tot})
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    return page, list(csv.DictReader(StringIO(text), delimiter=";"))


@pytest.mark.eis("P33")
def test_auditor_gets_the_events_of_the_period_with_their_place(client, gemeente, ambtenaar):
    fay = officer(client, gemeente)
    row = event(ambtenaar, gemeente, reden='=HYPERLINK("x")', gegevens={"onderdeel": "dossier"})
    event(ambtenaar, gemeente, datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    elsewhere = GemeenteFactory()
    event(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=elsewhere), elsewhere)
    logboek_keten.chain_waiting()

    page, lines = download(client)

    assert page.streaming
    assert page["Content-Disposition"] == (
        'attachment; filename="logboek-gebeurtenissen-2026-10-01-2026-10-31.csv"'
    )
    [line] = lines
    assert (line["nummer"], line["tijd"]) == (str(row.pk), "2026-10-05T09:00:00+00:00")
    assert (line["keten_nr"], len(line["keten_hash"])) == ("1", 64)
    assert line["reden"].startswith("'=")
    assert line["resultaat"] == "gelukt"
    logged = Gebeurtenis.objects.get(actie="logboek.uitgevoerd")
    assert logged.gebruiker == fay
    assert logged.gegevens == {"soort": "gebeurtenissen", "van": "2026-10-01", "tot": "2026-10-31"}


@pytest.mark.eis("P32", "P33")
def test_auditor_gets_outcomes_of_samples_and_checks_of_the_chain(client, gemeente, ambtenaar):
    fay = officer(client, gemeente)
    Steekproefoordeel.objects.create(
        maand=OKTOBER,
        gemeente=gemeente,
        gebeurtenis=event(ambtenaar, gemeente),
        uitkomst="melden",
        reden="Te veel",
        door=fay,
        op=datetime(2026, 11, 3, tzinfo=UTC),
    )
    Logboekcontrole.objects.create(
        tijd=datetime(2026, 11, 4, tzinfo=UTC), goed=True, regels=3, uitleg="Alle regels kloppen."
    )
    november = {"van": "1-11-2026", "tot": "30-11-2026"}

    assert [r["uitkomst"] for r in download(client, "steekproeven", **november)[1]] == ["melden"]
    assert [r["regels"] for r in download(client, "controles", **november)[1]] == ["3"]


@pytest.mark.parametrize(
    ("van", "tot"), [("", ""), ("2-10-2026", "1-10-2026"), ("1-1-2020", "1-10-2026"), ("x", "y")]
)
def test_wrong_period_is_explained_and_not_recorded(client, gemeente, van, tot):
    officer(client, gemeente)

    page = client.post(UITVOER, {"soort": "gebeurtenissen", "van": van, "tot": tot})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Gebeurtenis.objects.filter(actie="logboek.uitgevoerd").exists()


def test_failed_check_is_shown_on_the_log(client, gemeente):
    officer(client, gemeente)
    Logboekcontrole.objects.create(goed=False, regels=3, uitleg="Gebeurtenis 2: gewist.")

    page = client.get("/beheer/logboek/").content.decode()

    assert "Het logboek klopt niet" in page
    assert "Gebeurtenis 2: gewist." in page
