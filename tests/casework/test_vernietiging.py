"""Proposed on its day, held by a hold, approved by another, and then gone everywhere."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import bewaartermijn, vernietigen
from casework.domain.bewaartermijn import Soort, destroy_day
from casework.errors import DomainError, NotAuthorised
from casework.models import (
    Jongere,
    Vernietigingslijst,
    Vernietigingsregel,
)
from tests.casework.vernietigen import NEGENTIEN, approved, make_youth
from tests.factories import (
    ContactmomentFactory,
    GemeenteFactory,
    VerzuimmeldingFactory,
    make_gebruiker,
)


@pytest.mark.eis("P18")
@pytest.mark.parametrize(
    ("soort", "geboren", "dag"),
    [
        (Soort.LEERPLICHT, date(2007, 3, 15), date(2026, 3, 15)),
        (Soort.LEERPLICHT, date(2008, 2, 29), date(2027, 3, 1)),
        (Soort.LEERPLICHT, date(2008, 2, 28), date(2027, 2, 28)),
        (Soort.DOORSTROOMPUNT, date(2000, 3, 15), date(2029, 3, 15)),
        (Soort.DOORSTROOMPUNT, date(2004, 2, 29), date(2033, 3, 1)),
        (Soort.PERSOON, date(2000, 3, 15), date(2029, 3, 15)),
    ],
)
def test_day_on_which_it_may_go(soort, geboren, dag):
    assert destroy_day(soort, geboren, date(2026, 3, 15)) == dag


def test_terms_of_before_the_new_law_hold_before_it():
    assert destroy_day(Soort.DOORSTROOMPUNT, date(2000, 3, 15), date(2025, 12, 31)) == date(
        2025, 3, 15
    )


pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


@pytest.fixture
def bob(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


def lines(gemeente=None):
    rows = Vernietigingsregel.objects.order_by("soort")
    return [(r.soort, r.jongere_id, r.dag) for r in rows]


@pytest.mark.eis("P18")
def test_proposed_on_the_birthday_not_before_and_once(gemeente):
    jongere = make_youth(gemeente)

    assert bewaartermijn.propose(date(2026, 3, 14)) == 0
    assert bewaartermijn.propose(NEGENTIEN) == 1
    assert bewaartermijn.propose(NEGENTIEN) == 0

    assert lines() == [("leerplicht", jongere.pk, NEGENTIEN)]
    assert Vernietigingslijst.objects.get().gemeente == gemeente
    assert Gebeurtenis.objects.filter(actie="vernietiging.voorgesteld").count() == 1


@pytest.mark.eis("P18")
def test_born_on_leap_day_is_proposed_on_the_first_of_march(gemeente):
    make_youth(gemeente, date(2008, 2, 29))

    assert bewaartermijn.propose(date(2027, 2, 28)) == 0
    assert bewaartermijn.propose(date(2027, 3, 1)) == 1


def test_person_is_proposed_with_the_last_work_and_not_while_another_gemeente_has_some(gemeente):
    day = date(2036, 3, 15)
    jongere = make_youth(gemeente)
    elders = VerzuimmeldingFactory(jongere=jongere, gemeente=GemeenteFactory())

    bewaartermijn.propose(day)
    assert {soort for soort, _, _ in lines()} == {"leerplicht", "doorstroompunt"}
    elders.delete()
    bewaartermijn.propose(day)

    assert [soort for soort, _, _ in lines()] == ["doorstroompunt", "leerplicht", "persoon"]


@pytest.mark.eis("P07")
def test_police_data_is_proposed_ten_years_after_its_first_day(gemeente):
    jongere = make_youth(gemeente)
    row = ContactmomentFactory(jongere=jongere, regime="WPG", eerste_verwerking=date(2016, 3, 1))

    bewaartermijn.propose(date(2026, 2, 28))
    assert lines() == []
    bewaartermijn.propose(date(2026, 3, 1))

    [regel] = Vernietigingsregel.objects.all()
    assert (regel.soort, regel.object_type, regel.object_id) == (
        "politie",
        "casework.contactmoment",
        row.pk,
    )


@pytest.mark.eis("P19")
def test_hold_keeps_it_off_the_list_until_it_is_lifted(gemeente, fay):
    jongere = make_youth(gemeente)
    stop = vernietigen.place_stop(
        jongere, gemeente, reden="Bezwaar loopt", van=date(2026, 3, 1), tot=None, by=fay
    )

    assert bewaartermijn.propose(NEGENTIEN) == 0
    vernietigen.lift_stop(stop, by=fay, reden="Bezwaar is klaar")
    assert bewaartermijn.propose(NEGENTIEN) == 1

    events = Gebeurtenis.objects.filter(actie__startswith="bewaarstop.")
    assert [e.actie for e in events.order_by("pk")] == [
        "bewaarstop.geplaatst",
        "bewaarstop.opgeheven",
    ]


@pytest.mark.parametrize(("dag", "regels"), [(date(2026, 4, 30), 0), (date(2026, 5, 1), 1)])
def test_hold_ends_after_its_last_day(gemeente, fay, dag, regels):
    vernietigen.place_stop(
        make_youth(gemeente),
        gemeente,
        reden="Klacht",
        van=date(2026, 3, 1),
        tot=date(2026, 4, 30),
        by=fay,
    )

    assert bewaartermijn.propose(dag) == regels


def test_hold_takes_a_line_off_a_proposal_that_stood(gemeente, fay):
    jongere = make_youth(gemeente)
    bewaartermijn.propose(NEGENTIEN)
    vernietigen.place_stop(jongere, gemeente, reden="Klacht", van=NEGENTIEN, tot=None, by=fay)

    with pytest.raises(DomainError, match="niets op de lijst"):
        vernietigen.offer(Vernietigingslijst.objects.get(), by=fay, today=NEGENTIEN)
    bewaartermijn.propose(NEGENTIEN)
    assert not Vernietigingslijst.objects.exists()


@pytest.mark.eis("P20")
def test_who_offers_does_not_approve(gemeente, fay, bob):
    make_youth(gemeente)
    bewaartermijn.propose(NEGENTIEN)
    lijst = Vernietigingslijst.objects.get()
    vernietigen.offer(lijst, by=fay, today=NEGENTIEN)

    with pytest.raises(DomainError, match="collega"):
        vernietigen.approve(lijst, by=fay)
    with pytest.raises(NotAuthorised):
        vernietigen.approve(
            lijst, by=make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=GemeenteFactory())
        )
    with pytest.raises(IntegrityError, match="twee_personen"), transaction.atomic():
        Vernietigingslijst.objects.update(goedgekeurd_door=fay)
    with pytest.raises(IntegrityError, match="akkoord_voor"), transaction.atomic():
        Vernietigingslijst.objects.update(status="bezig")

    assert vernietigen.approve(lijst, by=bob).status == "goedgekeurd"


def test_refused_list_comes_back_in_the_next_proposal(gemeente, fay, bob):
    make_youth(gemeente)
    bewaartermijn.propose(NEGENTIEN)
    lijst = Vernietigingslijst.objects.get()
    vernietigen.offer(lijst, by=fay, today=NEGENTIEN)
    assert bewaartermijn.propose(NEGENTIEN) == 0  # it waits for an answer already

    vernietigen.refuse(lijst, "Nog een vraag aan het archief", by=bob)

    assert bewaartermijn.propose(NEGENTIEN) == 1


@pytest.mark.eis("P20", "P21")
def test_what_was_changed_after_the_offer_is_not_approved_or_run(gemeente, fay, bob):
    jongere = make_youth(gemeente)
    lijst = approved(gemeente, fay, bob)
    Vernietigingsregel.objects.create(
        lijst=lijst, soort="persoon", jongere_id=jongere.pk, grond="x", dag=NEGENTIEN
    )

    with pytest.raises(DomainError, match="niet meer"):
        vernietigen.perform(lijst.pk, NEGENTIEN)
    assert Jongere.objects.filter(pk=jongere.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.eis("P20")
def test_two_persons_at_once_approve_it_once(gemeente, fay, bob):
    make_youth(gemeente)
    carla = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)
    bewaartermijn.propose(NEGENTIEN)
    lijst = Vernietigingslijst.objects.get()
    vernietigen.offer(lijst, by=fay, today=NEGENTIEN)
    outcomes = []

    def attempt(user):
        try:
            vernietigen.approve(lijst, by=user)
            outcomes.append("akkoord")
        except DomainError:
            outcomes.append("geweigerd")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[user]) for user in (fay, bob, carla)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["akkoord", "geweigerd", "geweigerd"]
    assert Gebeurtenis.objects.filter(actie="vernietiging.goedgekeurd").count() == 1
