"""The pages of the doorstroomcoach: rows, queries, forms, traces."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from accounts.models import Gebeurtenis
from casework.schooljaar import AMSTERDAM, today
from doorstroompunt.models import Contactpoging, Plan, Traject
from doorstroompunt.views.traject import months_later
from tests.factories import GemeenteFactory, JongereFactory
from tests.factories_doorstroompunt import (
    GEBOREN,
    ContactpogingFactory,
    Melding18Factory,
    PlanFactory,
    TrajectFactory,
    TrajectstapFactory,
    make_coach,
)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def coach(client, gemeente):
    coach = make_coach(gemeente)
    client.force_login(coach)
    return coach


def url(naam, *args, **query):
    return reverse(f"doorstroompunt:{naam}", args=args)


@pytest.mark.parametrize("item_count", (1, 3))
def test_traject_page(client, coach, gemeente, item_count, django_assert_num_queries):
    traject = TrajectFactory(
        jongere__gemeente=gemeente, behandelaar=coach, toestand="in_begeleiding"
    )
    ContactpogingFactory.create_batch(item_count, traject=traject, uitvoerder=coach)
    PlanFactory.create_batch(item_count, traject=traject)
    TrajectstapFactory.create_batch(item_count, traject=traject, gebruiker=coach)
    TrajectFactory.create_batch(item_count, jongere=traject.jongere, soort="BWJ")

    with django_assert_num_queries(28):
        response = client.get(traject.get_absolute_url())

    assert len(response.context["geschiedenis"]) == 2 * item_count
    assert len(response.context["andere"]) == item_count
    assert [(label, len(own)) for label, own in response.context["plan"]] == [
        ("Onderwijs", item_count)
    ]


def test_reading_a_traject_or_a_melding_leaves_a_trace(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente)
    melding = Melding18Factory(jongere=traject.jongere)

    client.get(traject.get_absolute_url())
    client.get(url("verzuim_melding", melding.uuid))

    rows = Gebeurtenis.objects.order_by("pk")
    assert [(g.actie, g.taak, g.gegevens, g.jongere_id) for g in rows] == [
        ("dossier.gelezen", "doorstroompunt", {"onderdeel": "traject"}, traject.jongere_id),
        ("dossier.gelezen", "doorstroompunt", {"onderdeel": "melding"}, traject.jongere_id),
    ]


def test_an_attempt_in_two_clicks(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")

    page = client.get(traject.get_absolute_url()).content.decode()
    response = client.post(
        url("snelle_poging", traject.uuid),
        {"kanaal": "TELEFOON", "resultaat": "GEEN_REACTIE"},
        follow=True,
    )

    traject.refresh_from_db()
    assert page.count('name="resultaat"') == 8 * 7  # each channel, each result
    assert [str(m) for m in response.context["messages"]] == ["Vastgelegd: telefoon, geen reactie."]
    assert (traject.toestand, traject.benaderd_op) == ("in_benadering", today())
    assert Contactpoging.objects.get().uitvoerder == coach


def test_an_unknown_channel_is_refused(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")

    client.post(url("snelle_poging", traject.uuid), {"kanaal": "POSTDUIF", "resultaat": "WEIGERT"})

    assert Contactpoging.objects.count() == 0


def test_an_attempt_with_its_own_time_and_mending_it(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")
    data = {"kanaal": "HUISBEZOEK", "resultaat": "GEEN_REACTIE", "datum": "9-9-2025"}

    client.post(url("poging_nieuw", traject.uuid), {**data, "tijd": "18:30"})
    poging = Contactpoging.objects.get()
    response = client.get(url("poging", poging.uuid))
    client.post(
        url("poging", poging.uuid),
        {**data, "tijd": "9:05", "datum": "10-9-2025", "opmerking": "Bel"},
    )

    assert response.context["form"].initial["tijd"].isoformat() == "18:30:00"
    poging.refresh_from_db()
    traject.refresh_from_db()
    assert poging.datum == datetime(2025, 9, 10, 9, 5, tzinfo=AMSTERDAM)
    assert poging.opmerking == "Bel"
    assert traject.benaderd_op == date(2025, 9, 10)


def test_bad_input_loses_nothing(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")

    response = client.post(
        url("poging_nieuw", traject.uuid),
        {"kanaal": "APP", "datum": "gisteren", "tijd": "9:00", "opmerking": "Lang verhaal"},
    )

    assert set(response.context["form"].errors) == {"resultaat", "datum"}
    assert "Lang verhaal" in response.content.decode()


def test_goals(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="intake")

    data = {"leefgebied": "WERK", "doel": "Bijbaan", "status": "OPEN"}
    client.post(url("doel_nieuw", traject.uuid), data)
    plan = Plan.objects.get()
    client.post(url("doel", plan.uuid), {**data, "status": "BEHAALD"})

    plan.refresh_from_db()
    assert (plan.traject, plan.doel, plan.status) == (traject, "Bijbaan", "BEHAALD")


def test_a_step_that_misses_something_says_so(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="in_benadering")

    page = client.get(url("stap", traject.uuid, "niet_traceerbaar"))
    response = client.post(url("stap", traject.uuid, "niet_traceerbaar"))

    nodig = "Probeer eerst ook: telefoon, app, e-mail, brief, huisbezoek."
    assert page.context["nodig"] == [nodig]
    assert response.context["form"].non_field_errors() == [nodig]
    traject.refresh_from_db()
    assert traject.toestand == "in_benadering"


@pytest.mark.parametrize("stap", ["eerste_poging", "bestaat_niet"])
def test_no_page_for_a_step_without_a_button(client, coach, gemeente, stap):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")

    assert client.get(url("stap", traject.uuid, stap)).status_code == 404


def test_the_date_of_a_new_approach_is_proposed(client, coach, gemeente):
    traject = TrajectFactory(
        jongere__gemeente=gemeente, toestand="geen_behoefte", status="GESLOTEN"
    )

    response = client.get(url("stap", traject.uuid, "later_opnieuw"))

    expected = months_later(today(), 12)
    assert response.context["form"].initial["volgende_benadering"] == expected


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 5), 12, date(2026, 12, 5)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


def test_opening_a_traject(client, coach, gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN, achternaam="Zeldzaam")
    data = {
        "soort": "VSV",
        "bron_melding": "ZELF",
        "datum_melding": "8-9-2025",
        "datum_uitval": "",
        "begin": "werklijst",
    }

    found = client.post(url("traject_nieuw"), {"q": "zeldzaam"})
    wrong = client.post(url("traject_bij", jongere.uuid), data)
    response = client.post(
        url("traject_bij", jongere.uuid), {**data, "datum_uitval": "1-9-2025"}, follow=True
    )

    assert found.context["uitslag"].jongeren == [jongere]
    assert wrong.context["form"].errors == {
        "datum_uitval": ["Vul in wanneer de jongere met school stopte."]
    }
    traject = Traject.objects.get()
    assert (traject.jongere, traject.toestand) == (jongere, "te_benaderen")
    assert response.redirect_chain[-1][0] == traject.get_absolute_url()


def test_a_bsn_is_found_by_post_and_stands_in_no_address(client, coach, gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)

    response = client.post(url("traject_nieuw"), {"q": jongere.bsn})

    assert response.context["uitslag"].jongeren == [jongere]
    assert response.request["PATH_INFO"] == "/doorstroompunt/traject/nieuw/"


def test_the_dossier_shows_steps_and_attempts(client, coach, gemeente):
    traject = TrajectFactory(jongere__gemeente=gemeente)
    TrajectstapFactory(traject=traject)
    ContactpogingFactory(traject=traject)

    regels = client.get(traject.jongere.get_absolute_url()).context["regels"]

    assert [(r.titel, r.url) for r in regels] == [
        ("Contactpoging: telefoon", traject.get_absolute_url()),
        ("Nagegaan: naar de keuze", traject.get_absolute_url()),
    ]
