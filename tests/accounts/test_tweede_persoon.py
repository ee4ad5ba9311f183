"""Rights to police data: another person lets them begin (Wpg 6)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.domain import beheer
from accounts.domain.beheer import BeheerFout, Rechtinvoer
from accounts.models import Bevoegdheid, Gebeurtenis, Gebruiker
from accounts.rechten import Rol, Taak
from tests.factories import GebruikerFactory, GemeenteFactory, make_gebruiker

pytestmark = pytest.mark.django_db

DAG = beheer.vandaag()
BEHEER = (Taak.BEHEER, Rol.BEHANDELAAR)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def aanvrager(gemeente):
    return make_gebruiker(BEHEER, gemeente=gemeente)


@pytest.fixture
def boa():
    return GebruikerFactory()


@pytest.fixture
def recht(gemeente, aanvrager, boa):
    invoer = Rechtinvoer(
        Taak.OPSPORING, gemeente.pk, Rol.BEHANDELAAR, DAG, DAG + timedelta(days=300)
    )
    return beheer.grant(boa, invoer, by=aanvrager, day=DAG)


def as_now(user):
    """Without the rights that were read before."""
    return Gebruiker.objects.get(pk=user.pk)


@pytest.mark.eis("P30")
def test_a_right_to_police_data_gives_nothing_until_another_person_agrees(recht, gemeente, boa):
    tweede = make_gebruiker(BEHEER, gemeente=gemeente)
    before = as_now(boa).may("opsporing.lezen", gemeente.pk)

    beheer.approve(recht, by=tweede, day=DAG)

    assert not before
    assert as_now(boa).may("opsporing.lezen", gemeente.pk)
    recht.refresh_from_db()
    assert (recht.wacht, recht.goedgekeurd_door) == (False, tweede)
    event = Gebeurtenis.objects.get(actie="bevoegdheid.goedgekeurd")
    assert (event.gebruiker, event.gegevens["gebruiker"]) == (tweede, boa.pk)


@pytest.mark.eis("P30")
@pytest.mark.parametrize("wie", ["aanvrager", "zelf", "elders", "lezer"])
def test_who_may_not_be_the_second_person(recht, gemeente, aanvrager, boa, wie):
    Bevoegdheid.objects.create(
        gebruiker=boa, taak=Taak.BEHEER, gemeente=gemeente, rol=Rol.BEHANDELAAR, van=DAG
    )
    by = {
        "aanvrager": aanvrager,
        "zelf": as_now(boa),
        "elders": make_gebruiker(BEHEER),
        "lezer": make_gebruiker((Taak.BEHEER, Rol.LEZER), gemeente=gemeente),
    }[wie]

    with pytest.raises(BeheerFout):
        beheer.approve(recht, by=by, day=DAG)

    recht.refresh_from_db()
    assert recht.wacht
    assert not beheer.may_approve(recht, by=by, day=DAG)


def test_other_rights_wait_for_nobody(gemeente, aanvrager, boa):
    recht = beheer.grant(
        boa, Rechtinvoer(Taak.LEERPLICHT, gemeente.pk, Rol.LEZER, DAG), by=aanvrager, day=DAG
    )

    assert not recht.wacht
    assert as_now(boa).may("leerplicht.lezen", gemeente.pk)


def test_the_database_refuses_one_person_as_both(recht, aanvrager):
    for een in (recht.gebruiker, aanvrager):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bevoegdheid.objects.filter(pk=recht.pk).update(goedgekeurd_door=een)


def test_approving_twice_or_too_late(recht, gemeente):
    tweede, derde = (make_gebruiker(BEHEER, gemeente=gemeente) for _ in range(2))
    beheer.approve(recht, by=tweede, day=DAG)
    beheer.approve(recht, by=derde, day=DAG)
    with pytest.raises(BeheerFout, match="voorbij"):
        beheer.approve(recht, by=derde, day=date(recht.tot.year + 1, 1, 1))

    recht.refresh_from_db()
    assert recht.goedgekeurd_door == tweede
    assert Gebeurtenis.objects.filter(actie="bevoegdheid.goedgekeurd").count() == 1


def test_a_waiting_right_can_be_taken_away(recht, aanvrager):
    beheer.end_right(recht, by=aanvrager, day=DAG)

    assert not Bevoegdheid.objects.filter(pk=recht.pk).exists()


def test_on_screen_the_second_person_gets_a_button_and_the_first_does_not(
    client, recht, gemeente, aanvrager, boa
):
    tweede = make_gebruiker(BEHEER, gemeente=gemeente)
    page = reverse("accounts:gebruiker", args=[boa.pk])
    url = reverse("accounts:recht_goedkeuren", args=[boa.pk, recht.pk])

    client.force_login(aanvrager)
    eerste = client.get(page).content.decode()
    client.post(url)
    geweigerd = Bevoegdheid.objects.get(pk=recht.pk).wacht
    client.force_login(tweede)
    tweede_pagina = client.get(page).content.decode()
    client.post(url)

    assert "Wacht op goedkeuring" in eerste
    assert (url in eerste, geweigerd, url in tweede_pagina) == (False, True, True)
    assert "Wacht op goedkeuring" not in client.get(page).content.decode()
