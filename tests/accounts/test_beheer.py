"""Users and rights: who may do what to whom, and what is recorded."""

from datetime import date, timedelta
from itertools import product

import pytest

from accounts.domain import beheer
from accounts.domain.beheer import BeheerFout, Rechtinvoer
from accounts.models import Bevoegdheid
from accounts.rechten import Rol, Taak
from tests.accounts.conftest import BEHEERDER, events, fresh
from tests.factories import GebruikerFactory, GemeenteFactory, make_gebruiker

DAG = date(2026, 3, 2)
MORGEN = DAG + timedelta(days=1)


def invoer(gemeente, taak=Taak.DOORSTROOMPUNT, rol=Rol.BEHANDELAAR, van=DAG, laatste_dag=None):
    return Rechtinvoer(taak, gemeente.pk, rol, van, laatste_dag)


def outcome(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except BeheerFout as error:
        return str(error)
    return "ok"


@pytest.mark.parametrize(("eigen", "nieuw"), [*product(Rol, Rol)])
def test_who_may_give_a_role_in_beheer(gemeente, collega, eigen, nieuw):
    by = make_gebruiker((Taak.BEHEER, eigen), gemeente=gemeente)
    may = eigen != Rol.LEZER and not (eigen == Rol.BEHANDELAAR and nieuw == Rol.LEIDINGGEVENDE)

    done = outcome(beheer.grant, collega, invoer(gemeente, Taak.BEHEER, nieuw), by=by, day=DAG)

    assert (done == "ok") is may
    assert collega.bevoegdheden.filter(taak=Taak.BEHEER).exists() is may


@pytest.mark.parametrize(("taak", "rol"), [*product(Taak, Rol)])
def test_nobody_gives_himself_a_right(beheerder, gemeente, taak, rol):
    elders = invoer(GemeenteFactory(), taak, rol, laatste_dag=DAG)
    hier = invoer(gemeente, taak, rol, laatste_dag=DAG)

    done = [outcome(beheer.grant, beheerder, i, by=beheerder, day=DAG) for i in (hier, elders)]

    assert done == [
        "U kunt uzelf geen recht geven. Vraag een andere beheerder.",
        "U bent geen beheerder in deze gemeente.",
    ]
    assert beheerder.bevoegdheden.count() == 1


JAAR_LATER = DAG + timedelta(days=365)
PERIODES = [
    (Taak.LEERPLICHT, DAG, None, ""),
    (Taak.LEERPLICHT, DAG, DAG, ""),
    (Taak.LEERPLICHT, MORGEN, date(2040, 1, 1), ""),
    (Taak.LEERPLICHT, DAG - timedelta(days=1), None, "van"),
    (Taak.LEERPLICHT, MORGEN, DAG, "laatste_dag"),
    (Taak.OPSPORING, DAG, None, "laatste_dag"),
    (Taak.OPSPORING, DAG, JAAR_LATER, ""),
    (Taak.OPSPORING, DAG, JAAR_LATER + timedelta(days=1), "laatste_dag"),
]


@pytest.mark.parametrize(("taak", "van", "laatste_dag", "veld"), PERIODES)
def test_period_of_a_right(beheerder, gemeente, taak, van, laatste_dag, veld):
    user = GebruikerFactory()
    wat = invoer(gemeente, taak, van=van, laatste_dag=laatste_dag)

    if veld:
        with pytest.raises(BeheerFout) as caught:
            beheer.grant(user, wat, by=beheerder, day=DAG)
        assert (caught.value.veld, user.bevoegdheden.count()) == (veld, 0)
    else:
        recht = beheer.grant(user, wat, by=beheerder, day=DAG)
        assert (recht.van, recht.laatste_dag) == (van, laatste_dag)


OVERLAP = [
    (date(2026, 3, 1), date(2026, 3, 9), False),
    (date(2026, 3, 1), date(2026, 3, 10), True),
    (date(2026, 3, 15), date(2026, 3, 15), True),
    (date(2026, 3, 20), None, True),
    (date(2026, 3, 21), None, False),
    (date(2026, 3, 1), None, True),
]


@pytest.mark.parametrize(("van", "laatste_dag", "raakt"), OVERLAP)
def test_two_rights_for_one_taak_do_not_overlap(beheerder, gemeente, van, laatste_dag, raakt):
    user = GebruikerFactory()
    day = date(2026, 3, 1)
    oud = invoer(gemeente, van=date(2026, 3, 10), laatste_dag=date(2026, 3, 20))
    beheer.grant(user, oud, by=beheerder, day=day)

    wat = invoer(gemeente, rol=Rol.LEZER, van=van, laatste_dag=laatste_dag)
    done = outcome(beheer.grant, user, wat, by=beheerder, day=day)

    assert (done != "ok") is raakt


def test_a_right_counts_and_stops_on_its_days_and_is_recorded(beheerder, gemeente, collega):
    recht = beheer.grant(
        collega, invoer(gemeente, van=MORGEN, laatste_dag=MORGEN), by=beheerder, day=DAG
    )

    held = [recht.holds_on(DAG + timedelta(days=n)) for n in range(3)]

    [event] = events("bevoegdheid.toegekend")
    assert held == [False, True, False]
    assert (event.gebruiker, event.object_id, event.gemeente_id, event.taak) == (
        beheerder,
        recht.pk,
        gemeente.pk,
        "beheer",
    )
    assert event.gegevens == {
        "gebruiker": collega.pk,
        "recht": "doorstroompunt",
        "recht_rol": "behandelaar",
        "van": "2026-03-03",
        "tot": "2026-03-04",
    }


EINDE = [
    (None, date(2026, 3, 2)),
    (date(2026, 3, 2), date(2026, 3, 3)),
    (date(2026, 3, 31), date(2026, 4, 1)),
]


@pytest.mark.parametrize(("laatste_dag", "tot"), EINDE)
def test_a_right_ends_at_once_or_after_its_last_day(beheerder, collega, laatste_dag, tot):
    recht = collega.bevoegdheden.get()

    beheer.end_right(recht, by=beheerder, day=DAG, laatste_dag=laatste_dag)

    recht.refresh_from_db()
    [event] = events("bevoegdheid.beeindigd")
    assert (recht.tot, event.gegevens["tot"]) == (tot, tot.isoformat())


def test_a_right_that_never_held_is_taken_away(beheerder, gemeente, collega):
    recht = beheer.grant(collega, invoer(gemeente, van=MORGEN), by=beheerder, day=DAG)

    beheer.end_right(recht, by=beheerder, day=DAG)

    assert collega.bevoegdheden.filter(taak=Taak.DOORSTROOMPUNT).count() == 0
    assert len(events("bevoegdheid.beeindigd")) == 1


@pytest.mark.parametrize("laatste_dag", [date(2026, 2, 28), date(2026, 4, 1), date(2026, 5, 1)])
def test_a_right_ends_not_in_the_past_and_never_later(beheerder, collega, laatste_dag):
    recht = collega.bevoegdheden.get()
    Bevoegdheid.objects.filter(pk=recht.pk).update(tot=date(2026, 4, 1))

    done = outcome(beheer.end_right, recht, by=beheerder, day=DAG, laatste_dag=laatste_dag)

    recht.refresh_from_db()
    assert (done != "ok", recht.tot) == (True, date(2026, 4, 1))


@pytest.mark.parametrize(("eigen", "ander"), [*product(Rol, Rol)])
def test_who_may_end_a_role_in_beheer(beheerder, gemeente, eigen, ander):
    by = make_gebruiker((Taak.BEHEER, eigen), gemeente=gemeente)
    recht = make_gebruiker((Taak.BEHEER, ander), gemeente=gemeente).bevoegdheden.get()
    may = eigen != Rol.LEZER and not (eigen == Rol.BEHANDELAAR and ander == Rol.LEIDINGGEVENDE)

    done = outcome(beheer.end_right, recht, by=by, day=DAG)

    recht.refresh_from_db()
    assert (done == "ok", recht.tot is not None) == (may, may)


def test_nobody_ends_his_own_beheer_or_switches_himself_off(beheerder, gemeente):
    make_gebruiker(BEHEERDER, gemeente=gemeente)

    done = [
        outcome(beheer.end_right, beheerder.bevoegdheden.get(), by=beheerder, day=DAG),
        outcome(beheer.deactivate, beheerder, by=beheerder, day=DAG),
    ]

    assert done == [
        "U kunt uw eigen recht op beheer niet beëindigen. Vraag een collega.",
        "U kunt uzelf niet uitschakelen. Vraag een andere beheerder.",
    ]
    assert fresh(beheerder).may("beheer.schrijven")


@pytest.mark.parametrize("how", ["end_right", "deactivate"])
def test_the_last_beheerder_stays(beheerder, gemeente, how):
    """The one who asks stops being beheerder today, after which nobody would be left."""
    ander = make_gebruiker(BEHEERDER, gemeente=gemeente)
    assert beheerder.may("beheer.schrijven")  # read before a colleague ended it
    beheerder.bevoegdheden.update(tot=DAG)
    subject = ander if how == "deactivate" else ander.bevoegdheden.get()

    done = outcome(getattr(beheer, how), subject, by=beheerder, day=DAG)

    assert done == "Dit is de laatste beheerder van Oosterhaven. Maak eerst een andere beheerder."
    assert fresh(ander).is_active
    assert ander.bevoegdheden.get().tot is None


def test_a_lighter_beheerder_does_not_replace_the_last_heavy_one(beheerder, gemeente):
    ander = make_gebruiker(BEHEERDER, gemeente=gemeente)
    make_gebruiker((Taak.BEHEER, Rol.BEHANDELAAR), gemeente=gemeente)
    assert beheerder.may("beheer.schrijven")
    beheerder.bevoegdheden.update(tot=DAG)

    assert outcome(beheer.deactivate, ander, by=beheerder, day=DAG) != "ok"


def test_switching_off_ends_every_right_and_twice_is_once(beheerder, gemeente, collega):
    beheer.grant(collega, invoer(gemeente, van=MORGEN), by=beheerder, day=DAG)

    for _ in range(2):
        beheer.deactivate(fresh(collega), by=beheerder, day=DAG)

    assert [r.tot for r in collega.bevoegdheden.all()] == [DAG]
    assert len(events("gebruiker.uitgeschakeld")) == 1
    assert len(events("bevoegdheid.beeindigd")) == 2


@pytest.mark.parametrize("later", [False, True])
def test_a_user_with_rights_elsewhere_is_not_changed_or_switched_off(beheerder, collega, later):
    van = beheer.vandaag() + timedelta(days=30 if later else 0)
    Bevoegdheid.objects.create(
        gebruiker=collega, taak=Taak.BELEID, rol=Rol.LEZER, gemeente=GemeenteFactory(), van=van
    )
    nieuw = {"email": "nieuw@voorbeeld.nl", "naam": "Nieuw", "functie": ""}

    done = {
        outcome(beheer.deactivate, collega, by=beheerder, day=beheer.vandaag()),
        outcome(beheer.change_gebruiker, collega, by=beheerder, **nieuw),
    }

    assert done == {"Deze gebruiker heeft ook rechten in gemeenten waar u geen beheerder bent."}
    assert (fresh(collega).naam, fresh(collega).is_active) == ("Cor Collega", True)


def test_a_lighter_beheerder_cannot_take_over_a_heavier_one(beheerder, gemeente):
    licht = make_gebruiker((Taak.BEHEER, Rol.BEHANDELAAR), gemeente=gemeente)
    nieuw = {"email": "mijn@voorbeeld.nl", "naam": "Bea Beheer", "functie": ""}

    done = outcome(beheer.change_gebruiker, beheerder, by=licht, **nieuw)

    assert done == "Deze beheerder heeft een zwaardere rol dan u. Vraag een collega."
    assert fresh(beheerder).email != "mijn@voorbeeld.nl"
