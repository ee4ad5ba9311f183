"""A closed dossier and own family: whom the rule hides, and from whom."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.rechten import Rol, Taak
from casework.models import (
    Afscherming,
    AfschermingLid,
    Betrokkenheid,
    Jongere,
    Noodtoegang,
    Verzuimmelding,
)
from tests.factories import GemeenteFactory, JongereFactory, VerzuimmeldingFactory, make_gebruiker

pytestmark = pytest.mark.django_db
LEIDING = (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    VerzuimmeldingFactory(jongere=jongere, gemeente=gemeente)
    return jongere


@pytest.fixture
def user(gemeente):
    return make_gebruiker(LEIDING, gemeente=gemeente)


def close(jongere, *leden, door=None):
    door = door or make_gebruiker()
    row = Afscherming.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        reden="collega",
        toelichting="Kind van een collega",
        gesloten_door=door,
    )
    AfschermingLid.objects.bulk_create(
        AfschermingLid(afscherming=row, gebruiker=lid) for lid in leden
    )
    return row


def break_glass(jongere, user, uren=4):
    now = timezone.now()
    return Noodtoegang.objects.create(
        gebruiker=user,
        jongere=jongere,
        gemeente=jongere.gemeente,
        reden="Spoed",
        van=now - timedelta(hours=5),
        tot=now + timedelta(hours=uren),
        beoordelen_voor=now.date(),
    )


def seen(user) -> tuple[int, int]:
    return (
        Jongere.objects.visible_to(user).count(),
        Verzuimmelding.objects.visible_to(user).count(),
    )


def test_a_closed_dossier_is_only_for_the_names_on_its_list(jongere, user, gemeente):
    lid = make_gebruiker(LEIDING, gemeente=gemeente)
    assert seen(user) == (1, 1)

    afscherming = close(jongere, lid)

    assert seen(user) == (0, 0)
    assert seen(lid) == (1, 1)
    afscherming.tot = timezone.now()
    afscherming.save()
    assert seen(user) == (1, 1)


def test_the_list_gives_no_right(jongere):
    stranger = make_gebruiker(LEIDING, gemeente=GemeenteFactory())
    close(jongere, stranger)

    assert seen(stranger) == (0, 0)


def test_break_glass_opens_for_one_user_until_its_end(jongere, user, gemeente):
    close(jongere)
    other = make_gebruiker(LEIDING, gemeente=gemeente)

    break_glass(jongere, user)

    assert (seen(user), seen(other)) == ((1, 1), (0, 0))
    Noodtoegang.objects.update(tot=timezone.now() - timedelta(seconds=1))
    assert seen(user) == (0, 0)


def test_own_family_wins_over_the_list_and_over_break_glass(jongere, user):
    close(jongere, user)
    break_glass(jongere, user)
    assert seen(user) == (1, 1)

    row = Betrokkenheid.objects.create(gebruiker=user, jongere=jongere, soort="eigen", door=user)

    assert seen(user) == (0, 0)
    row.vervallen_op, row.vervallen_door = timezone.now(), make_gebruiker()
    row.save()
    assert seen(user) == (1, 1)


def test_the_database_refuses_a_second_closing_and_a_review_by_oneself(jongere, user):
    close(jongere)
    for act in (
        lambda: close(jongere),
        lambda: Noodtoegang.objects.filter(pk=break_glass(jongere, user).pk).update(
            oordeel="terecht", beoordeeld_door=user, beoordeeld_op=timezone.now()
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
