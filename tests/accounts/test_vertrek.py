"""Who leaves loses all the same day; who is away has somebody who sees the work."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.domain import beheer, vertrek
from accounts.domain.beheer import BeheerFout
from accounts.models import Gebeurtenis
from accounts.models_controle import Vervanging
from accounts.rechten import Rol, Taak
from tests.factories import (
    ActieFactory,
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import TrajectFactory
from tests.test_ingangen import BACKEND, body

pytestmark = pytest.mark.django_db
LP, DSP = Taak.LEERPLICHT, Taak.DOORSTROOMPUNT


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente)


@pytest.fixture
def vandaag():
    return beheer.vandaag()


@pytest.mark.eis("P29")
def test_a_disabled_user_is_out_at_the_next_click(client, gemeente, beheerder, vandaag):
    user = make_gebruiker((LP, Rol.BEHANDELAAR), gemeente=gemeente)
    client.force_login(user, BACKEND)
    assert client.get("/profiel/").status_code == 200
    before = Gebeurtenis.objects.filter(gebruiker=user).count()

    beheer.deactivate(user, by=beheerder, day=vandaag)

    assert client.get("/profiel/").status_code == 302
    assert not user.bevoegdheden.valid(vandaag).exists()
    assert Gebeurtenis.objects.filter(gebruiker=user).count() >= before


@pytest.mark.eis("P29")
def test_after_the_last_day_there_is_no_right(client, gemeente, beheerder, vandaag):
    user = make_gebruiker((LP, Rol.BEHANDELAAR), (DSP, Rol.LEZER), gemeente=gemeente)
    client.force_login(beheerder, BACKEND)
    morgen = vandaag + timedelta(days=1)

    client.post(f"/beheer/gebruikers/{user.pk}/vertrek/", {"laatste_dag": f"{morgen:%d-%m-%Y}"})

    assert user.bevoegdheden.valid(morgen).count() == 2
    assert not user.bevoegdheden.valid(morgen + timedelta(days=1)).exists()
    assert Gebeurtenis.objects.filter(actie="gebruiker.vertrekt", object_id=user.pk).exists()


def test_the_last_beheerder_cannot_leave(gemeente, beheerder, vandaag):
    ander = make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    vertrek.leave(beheerder, vandaag, by=ander, day=vandaag)

    with pytest.raises(BeheerFout):
        vertrek.leave(ander, vandaag, by=beheerder, day=vandaag)


@pytest.fixture
def paar(gemeente):
    return [make_gebruiker((LP, Rol.BEHANDELAAR), gemeente=gemeente, naam=n) for n in ("An", "Bo")]


def test_the_replacement_sees_the_open_work_in_those_days(client, gemeente, paar, vandaag):
    weg, vervanger = paar
    jongere = JongereFactory(gemeente=gemeente, achternaam="Proefsteen")
    own = {"jongere": jongere, "gemeente": gemeente}
    werkproces = WerkprocesFactory(behandelaar=weg, toestand="ontvangen", **own)
    ActieFactory(toegewezen_aan=weg, omschrijving="Bel de moeder", **own)
    client.force_login(vervanger, BACKEND)
    pages = {"/mijn-dag/": "Bel de moeder", "/werkprocessen/": "Proefsteen"}
    assert not any(text in body(client.get(page)) for page, text in pages.items())

    row = vertrek.replace(weg, vervanger, vandaag, vandaag, by=weg, day=vandaag)

    assert all(text in body(client.get(page)) for page, text in pages.items())
    assert "U vervangt een collega" in body(client.get("/mijn-dag/"))
    werkproces.refresh_from_db()
    assert werkproces.behandelaar == weg
    vertrek.stop(row, by=weg, day=vandaag)
    assert not any(text in body(client.get(page)) for page, text in pages.items())


def test_also_in_the_doorstroompunt(client, gemeente, vandaag):
    weg, vervanger = (make_gebruiker((DSP, Rol.BEHANDELAAR), gemeente=gemeente) for _ in range(2))
    jongere = JongereFactory(gemeente=gemeente, achternaam="Proefsteen")
    TrajectFactory(jongere=jongere, behandelaar=weg)
    client.force_login(vervanger, BACKEND)
    assert "Proefsteen" not in body(client.get("/doorstroompunt/trajecten/"))

    vertrek.replace(weg, vervanger, vandaag, vandaag, by=weg, day=vandaag)

    assert "Proefsteen" in body(client.get("/doorstroompunt/trajecten/"))
    assert "U vervangt een collega" in body(client.get(reverse("doorstroompunt:mijn_jongeren")))


def test_a_replacement_gives_no_right(client, gemeente, paar, vandaag):
    """The other gemeente of the absent colleague stays out of sight."""
    weg, vervanger = paar
    elders = GemeenteFactory()
    weg.bevoegdheden.create(taak=LP, rol=Rol.BEHANDELAAR, gemeente=elders, van=date(2020, 1, 1))
    jongere = JongereFactory(gemeente=elders, achternaam="Proefsteen")
    WerkprocesFactory(jongere=jongere, gemeente=elders, behandelaar=weg, toestand="ontvangen")
    vertrek.replace(weg, vervanger, vandaag, vandaag, by=weg, day=vandaag)
    client.force_login(vervanger, BACKEND)

    assert "Proefsteen" not in body(client.get("/werkprocessen/"))
    assert client.get(f"/jongere/{jongere.uuid}/").status_code == 404


def test_who_may_arrange_it(client, gemeente, paar, vandaag):
    weg, vervanger = paar
    leider = make_gebruiker((LP, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    vreemd = make_gebruiker((LP, Rol.LEIDINGGEVENDE), gemeente=GemeenteFactory())
    dagen = {"van": f"{vandaag:%d-%m-%Y}", "laatste_dag": f"{vandaag:%d-%m-%Y}"}
    data = {"afwezige": weg.pk, "vervanger": vervanger.pk} | dagen

    for user, mag in ((vervanger, False), (vreemd, False), (leider, True)):
        client.force_login(user, BACKEND)
        client.post("/vervanging/", data)
        assert Vervanging.objects.exists() is mag
    row = Vervanging.objects.get()
    client.force_login(vreemd, BACKEND)
    assert client.post(f"/vervanging/{row.pk}/stop/").status_code == 404
    coach = make_gebruiker((DSP, Rol.BEHANDELAAR), gemeente=gemeente)
    with pytest.raises(BeheerFout, match="hetzelfde werk"):
        vertrek.replace(weg, coach, vandaag, vandaag, by=leider, day=vandaag)
