"""Who sees which rows, who may open which page: truth tables of the Doorstroompunt."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from doorstroompunt.models import (
    Contactpoging,
    Plan,
    Traject,
    Trajectfase,
    TrajectMelding,
    Trajectstap,
)
from doorstroompunt.urls import urlpatterns
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker
from tests.factories_doorstroompunt import (
    GEBOREN,
    ContactpogingFactory,
    Melding18Factory,
    PlanFactory,
    TrajectFactory,
    TrajectfaseFactory,
    TrajectstapFactory,
    make_coach,
)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.mark.parametrize("rol", Rol.values)
@pytest.mark.parametrize("taak", Taak.values)
@pytest.mark.parametrize("hier", [True, False])
def test_a_traject_and_its_parts_are_seen_by_the_doorstroompunt_of_the_gemeente(
    gemeente, taak, rol, hier
):
    traject = TrajectFactory(jongere__gemeente=gemeente)
    for factory in (ContactpogingFactory, PlanFactory, TrajectstapFactory, TrajectfaseFactory):
        factory(traject=traject)
    TrajectMelding.objects.create(
        traject=traject, melding=Melding18Factory(jongere=traject.jongere)
    )
    user = make_gebruiker((taak, rol), gemeente=gemeente if hier else GemeenteFactory())

    seen = Traject.objects.visible_to(user).exists()
    parts = {
        model.objects.visible_to(user).exists()
        for model in (Contactpoging, Plan, Trajectstap, Trajectfase, TrajectMelding)
    }

    assert seen is (hier and taak == Taak.DOORSTROOMPUNT)
    assert parts == {seen}


def test_the_frozen_gemeente_counts_not_where_the_youth_lives_now(gemeente):
    verhuisd = TrajectFactory(jongere__gemeente=gemeente)
    verhuisd.jongere.gemeente = GemeenteFactory()
    verhuisd.jongere.save()
    nergens = TrajectFactory(jongere__gemeente=gemeente, gemeente=None)

    assert set(Traject.objects.visible_to(make_coach(gemeente))) == {verhuisd, nergens}
    assert not Traject.objects.visible_to(make_coach(verhuisd.jongere.gemeente)).exists()


def test_a_right_that_ended_shows_nothing(gemeente):
    TrajectFactory(jongere__gemeente=gemeente)
    user = make_coach(gemeente)
    user.bevoegdheden.update(tot=date(2021, 1, 1))

    assert not Traject.objects.visible_to(user).exists()


@pytest.fixture
def addresses(gemeente):
    """Every route with an object of this gemeente."""
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="intake")
    melding = Melding18Factory(jongere=traject.jongere)
    uuids = {
        "traject": traject.uuid,
        "stap": traject.uuid,
        "overnemen": traject.uuid,
        "snelle_poging": traject.uuid,
        "poging_nieuw": traject.uuid,
        "doel_nieuw": traject.uuid,
        "poging": ContactpogingFactory(traject=traject).uuid,
        "doel": PlanFactory(traject=traject).uuid,
        "traject_bij": traject.jongere.uuid,
        "verzuim_melding": melding.uuid,
        "verzuim_actie": melding.uuid,
    }
    extra = {"stap": {"stap": "begeleiden"}, "verzuim_actie": {"actie": "oppakken"}}
    return {
        naam: reverse(f"doorstroompunt:{naam}", kwargs={"uuid": uuid, **extra.get(naam, {})})
        for naam, uuid in uuids.items()
    }


def test_all_routes_with_an_object_are_tried_here(addresses):
    with_object = {p.name for p in urlpatterns if "<uuid" in str(p.pattern)}

    assert with_object == set(addresses)


def test_a_stranger_gets_404_everywhere_and_leaves_nothing(client, addresses):
    client.force_login(make_coach(GemeenteFactory()))

    got = {naam: client.get(url).status_code for naam, url in addresses.items()}
    posted = {naam: client.post(url).status_code for naam, url in addresses.items()}

    only_post = {"overnemen", "snelle_poging", "verzuim_actie"}
    no_post = {"traject", "verzuim_melding"}
    assert got == {naam: 405 if naam in only_post else 404 for naam in addresses}
    assert posted == {naam: 405 if naam in no_post else 404 for naam in addresses}
    assert Gebeurtenis.objects.count() == 0


def test_an_object_that_is_not_there_answers_the_same(client, gemeente, addresses):
    client.force_login(make_coach(gemeente))

    answers = {
        p.name: client.get(
            reverse(
                f"doorstroompunt:{p.name}",
                kwargs={"uuid": uuid4()}
                | ({"stap": "begeleiden"} if p.name == "stap" else {})
                | ({"actie": "oppakken"} if p.name == "verzuim_actie" else {}),
            )
        ).status_code
        for p in urlpatterns
        if "<uuid" in str(p.pattern)
    }

    assert set(answers.values()) <= {404, 405}


LEZEN = {"mijn_jongeren", "trajecten", "traject", "verzuim", "verzuim_melding"}


@pytest.mark.parametrize(
    ("taak", "rol", "leest", "schrijft"),
    [
        (Taak.DOORSTROOMPUNT, Rol.LEZER, True, False),
        (Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR, True, True),
        (Taak.DOORSTROOMPUNT, Rol.LEIDINGGEVENDE, True, True),
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE, False, False),
        (Taak.BELEID, Rol.LEIDINGGEVENDE, False, False),
        (Taak.BEHEER, Rol.LEIDINGGEVENDE, False, False),
        (Taak.PRIVACY, Rol.LEIDINGGEVENDE, False, False),
        (Taak.OPSPORING, Rol.LEIDINGGEVENDE, False, False),
    ],
)
def test_pages_by_role(client, gemeente, addresses, taak, rol, leest, schrijft):
    client.force_login(make_gebruiker((taak, rol), gemeente=gemeente))
    lists = {n: reverse(f"doorstroompunt:{n}") for n in ("mijn_jongeren", "trajecten", "verzuim")}
    pages = addresses | lists | {"traject_nieuw": reverse("doorstroompunt:traject_nieuw")}

    forbidden = {naam for naam, url in pages.items() if client.get(url).status_code == 403}

    assert forbidden == (set() if leest else LEZEN) | (set() if schrijft else set(pages) - LEZEN)


def test_a_reader_of_one_gemeente_writes_only_in_the_other(client, gemeente):
    elders = GemeenteFactory()
    user = make_gebruiker((Taak.DOORSTROOMPUNT, Rol.LEZER), gemeente=gemeente)
    user.bevoegdheden.create(
        taak=Taak.DOORSTROOMPUNT, rol=Rol.BEHANDELAAR, gemeente=elders, van=date(2020, 1, 1)
    )
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="te_benaderen")
    client.force_login(user)

    url = reverse("doorstroompunt:snelle_poging", args=[traject.uuid])
    response = client.post(url, {"kanaal": "APP", "resultaat": "WEIGERT"}, follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "U bent niet bevoegd voor dit traject in deze gemeente."
    ]
    assert Contactpoging.objects.count() == 0


def test_a_goal_of_another_is_not_changed_through_an_own_traject(client, gemeente):
    vreemd = PlanFactory(traject=TrajectFactory(toestand="intake"))
    client.force_login(make_coach(gemeente))

    response = client.post(
        reverse("doorstroompunt:doel", args=[vreemd.uuid]),
        {"leefgebied": "WERK", "doel": "Gekaapt", "status": "OPEN"},
    )

    vreemd.refresh_from_db()
    assert response.status_code == 404
    assert vreemd.doel == "Een opleiding kiezen"


def test_a_melding_is_not_joined_to_a_traject_of_another(client, gemeente):
    melding = Melding18Factory(jongere__gemeente=gemeente)
    vreemd = TrajectFactory(jongere=JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN))
    client.force_login(make_coach(gemeente))

    url = reverse("doorstroompunt:verzuim_actie", args=[melding.uuid, "oppakken"])
    response = client.post(url, {"traject": vreemd.uuid}, follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "Kies een open traject van deze jongere."
    ]
    assert TrajectMelding.objects.count() == 0
