"""The lists and the start page of the doorstroomcoach: rows, filters, queries."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from casework.schooljaar import AMSTERDAM, today
from doorstroompunt.models import Traject
from tests.factories import ActieFactory, GemeenteFactory
from tests.factories_doorstroompunt import (
    ContactpogingFactory,
    Melding18Factory,
    TrajectFactory,
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
def test_list_shows_own_open_trajecten(
    client, coach, gemeente, item_count, django_assert_num_queries
):
    own = TrajectFactory.create_batch(
        item_count, jongere__gemeente=gemeente, behandelaar=coach, toestand="te_benaderen"
    )
    TrajectFactory(jongere__gemeente=gemeente)  # of nobody
    TrajectFactory(behandelaar=coach)  # other gemeente: data that could leak
    TrajectFactory(jongere__gemeente=gemeente, behandelaar=coach, status="GESLOTEN")

    with django_assert_num_queries(19):
        response = client.get(url("trajecten"))

    assert {r["traject"] for r in response.context["trajecten"]} == set(own)
    assert response.content.decode().count('name="id"') == item_count


def make_all(gemeente, coach):
    later = {"status": "GESLOTEN", "uitstroom": "geweigerd"}
    collega = make_coach(gemeente, naam="Collega")
    base = {"jongere__gemeente": gemeente}
    return {
        "mijn": TrajectFactory(**base, behandelaar=coach, toestand="te_benaderen"),
        "wonen": TrajectFactory(**base, behandelaar=coach, toestand="in_begeleiding", soort="BWJ"),
        "collega": TrajectFactory(**base, behandelaar=collega, toestand="te_benaderen"),
        "niemand": TrajectFactory(**base),
        "nu": TrajectFactory(
            **base, behandelaar=coach, toestand="herbenaderen", volgende_benadering=today(), **later
        ),
        "straks": TrajectFactory(
            **base,
            behandelaar=coach,
            toestand="herbenaderen",
            volgende_benadering=today() + timedelta(days=90),
            **later,
        ),
        "dicht": TrajectFactory(
            **base, behandelaar=coach, toestand="afgesloten", status="GESLOTEN"
        ),
    }, collega


FILTERS = [
    ("", {"mijn", "wonen"}),
    ("wie=niemand", {"niemand"}),
    ("wie=alle", {"mijn", "wonen", "collega", "niemand"}),
    ("wie={collega}", {"collega"}),
    ("toestand=te_benaderen", {"mijn"}),
    ("toestand=afgesloten", {"dicht"}),
    ("soort=BWJ", {"wonen"}),
    ("stand=rust", {"nu", "straks"}),
    ("stand=gesloten", {"nu", "straks", "dicht"}),
    ("stand=alle", {"mijn", "wonen", "nu", "straks", "dicht"}),
    ("benadering=nu", {"nu"}),
    ("benadering=gepland", {"nu", "straks"}),
    ("gemeente={gemeente}", {"mijn", "wonen"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filters(client, coach, gemeente, query, expected):
    trajecten, collega = make_all(gemeente, coach)
    query = query.format(collega=collega.pk, gemeente=gemeente.pk)

    response = client.get(f"{url('trajecten')}?{query}")

    shown = {r["traject"] for r in response.context["trajecten"]}
    assert {naam for naam, t in trajecten.items() if t in shown} == expected
    assert len(shown) == len(expected)


def test_filter_offers_no_gemeente_or_colleague_of_elsewhere(client, coach):
    elders = GemeenteFactory()
    vreemd = make_coach(elders)
    TrajectFactory(jongere__gemeente=elders, behandelaar=vreemd)

    response = client.get(f"{url('trajecten')}?wie={vreemd.pk}&gemeente={elders.pk}")

    assert set(response.context["filter"].form.errors) == {"wie", "gemeente"}
    assert response.context["trajecten"] == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("", "AB"), ("naam", "BA"), ("-naam", "AB"), ("-sinds", "BA"), ("gemeld", "BA")],
)
def test_sorting(client, coach, gemeente, sort, expected):
    for naam, achternaam, sinds, gemeld in (
        ("A", "Zuid", date(2025, 9, 8), date(2025, 9, 7)),
        ("B", "Noord", date(2025, 9, 9), date(2025, 9, 6)),
    ):
        TrajectFactory(
            jongere__gemeente=gemeente,
            jongere__achternaam=achternaam,
            jongere__roepnaam=naam,
            behandelaar=coach,
            toestand_sinds=sinds,
            datum_melding=gemeld,
        )

    response = client.get(f"{url('trajecten')}?sort={sort}")

    names = [r["traject"].jongere.roepnaam for r in response.context["trajecten"]]
    assert "".join(names) == expected


def test_taking_over_the_ticked_trajecten(client, coach, gemeente):
    own = TrajectFactory.create_batch(2, jongere__gemeente=gemeente)
    vreemd = TrajectFactory()

    ids = [t.uuid for t in (*own, vreemd)]
    response = client.post(url("trajecten"), {"id": ids}, follow=True)

    assert [str(m) for m in response.context["messages"]] == ["2 trajecten staan nu op uw naam."]
    assert set(Traject.objects.filter(behandelaar=coach)) == set(own)


@pytest.mark.parametrize("item_count", (1, 3))
def test_start_page(client, coach, gemeente, item_count, django_assert_num_queries):
    base = {"jongere__gemeente": gemeente, "behandelaar": coach}
    nooit = TrajectFactory.create_batch(item_count, toestand="in_benadering", **base)
    for traject in nooit:
        ContactpogingFactory(traject=traject, datum=datetime(2025, 9, 9, 19, tzinfo=AMSTERDAM))
    gesproken = TrajectFactory(toestand="in_benadering", **base)
    ContactpogingFactory(traject=gesproken, resultaat="GESPROKEN_JONGERE")
    opnieuw = TrajectFactory.create_batch(
        item_count,
        toestand="herbenaderen",
        status="GESLOTEN",
        volgende_benadering=today() + timedelta(days=10),
        **base,
    )
    TrajectFactory(jongere__gemeente=gemeente)
    Melding18Factory.create_batch(item_count, jongere__gemeente=gemeente)
    ActieFactory.create_batch(
        item_count, jongere=gesproken.jongere, toegewezen_aan=coach, taak="doorstroompunt"
    )

    with django_assert_num_queries(22):
        response = client.get(url("mijn_jongeren"))

    context = response.context
    assert {(t["naam"], t["aantal"]) for t in context["toestanden"]} == {
        ("in_benadering", item_count + 1),
        ("herbenaderen", item_count),
    }
    assert {row["traject"] for row in context["nooit"]} == set(nooit)
    assert context["nooit"][0]["dagdelen"] == ["avond"]
    assert context["nooit"][0]["niet"][0] == "App"
    assert set(context["opnieuw"]) == set(opnieuw)
    assert (context["meldingen"], context["zonder_behandelaar"]) == (item_count, 1)
    assert len(context["acties"]) == item_count


@pytest.mark.parametrize("item_count", (1, 3))
def test_verzuim_list(client, coach, gemeente, item_count, django_assert_num_queries):
    own = Melding18Factory.create_batch(item_count, jongere__gemeente=gemeente)
    Melding18Factory()
    Melding18Factory(jongere__gemeente=gemeente, taak="leerplicht")
    Melding18Factory(jongere__gemeente=gemeente, status="K")

    with django_assert_num_queries(17):
        response = client.get(url("verzuim"))

    assert set(response.context["object_list"]) == set(own)


def test_noting_the_ticked_meldingen(client, coach, gemeente):
    own = Melding18Factory.create_batch(2, jongere__gemeente=gemeente)
    vreemd = Melding18Factory()

    ids = [m.uuid for m in (*own, vreemd)]
    response = client.post(url("verzuim"), {"id": ids}, follow=True)

    vreemd.refresh_from_db()
    assert [str(m) for m in response.context["messages"]] == ["2 ter kennisgeving aangenomen."]
    assert vreemd.status == "R"


def test_taking_up_a_melding_and_joining_the_next(client, coach, gemeente):
    eerste = Melding18Factory(jongere__gemeente=gemeente)
    tweede = Melding18Factory(jongere=eerste.jongere, soort="ZORG")

    client.post(url("verzuim_actie", eerste.uuid, "oppakken"))
    traject = Traject.objects.get()
    page = client.get(url("verzuim_melding", tweede.uuid))
    response = client.post(
        url("verzuim_actie", tweede.uuid, "oppakken"), {"traject": traject.uuid}, follow=True
    )

    assert [t for t, _ in page.context["lopend"]] == [traject]
    assert [str(m) for m in response.context["messages"]] == [
        "De melding hoort nu bij dit traject."
    ]
    assert traject.melding_koppelingen.count() == 2
