"""What the calendar does by itself, and that doing it twice changes nothing."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from doorstroompunt import tasks
from doorstroompunt.domain.nacht import approach_again, leave_group
from doorstroompunt.models import Traject, Trajectstap
from tests.factories import DiplomaFactory, JongereFactory
from tests.factories_doorstroompunt import TrajectFactory

DAG = date(2025, 10, 1)
RUST = {"toestand": "herbenaderen", "status": "GESLOTEN", "uitstroom": "geweigerd"}


def states(**kept):
    return {n: Traject.objects.get(pk=t.pk).toestand for n, t in kept.items()}


@pytest.mark.parametrize("item_count", (1, 3))
def test_due_trajecten_go_back_to_the_work_list(db, item_count):
    due = TrajectFactory.create_batch(item_count, volgende_benadering=DAG, **RUST)
    later = TrajectFactory(volgende_benadering=date(2025, 10, 2), **RUST)

    assert (approach_again(DAG), approach_again(DAG)) == (item_count, 0)

    assert {t.toestand for t in Traject.objects.filter(pk__in=[d.pk for d in due])} == {
        "te_benaderen"
    }
    assert states(later=later) == {"later": "herbenaderen"}
    assert Gebeurtenis.objects.filter(gebruiker=None, rol="systeem").count() == item_count


def test_not_again_while_another_traject_of_the_kind_runs(db):
    due = TrajectFactory(volgende_benadering=DAG, **RUST)
    TrajectFactory(jongere=due.jongere, toestand="in_begeleiding")

    assert approach_again(DAG) == 0


def test_who_left_the_group_is_moved_with_the_reason(db):
    te_oud = TrajectFactory(jongere__geboortedatum=date(2002, 10, 1), toestand="in_begeleiding")
    morgen = TrajectFactory(jongere__geboortedatum=date(2002, 10, 2), toestand="in_begeleiding")
    nazorg = TrajectFactory(
        jongere__geboortedatum=date(2002, 10, 1), toestand="te_benaderen", soort="NAZORG_23_27"
    )
    gehaald = TrajectFactory(toestand="te_benaderen")
    DiplomaFactory(jongere=gehaald.jongere, datum=date(2025, 9, 30))
    wonen = TrajectFactory(jongere=gehaald.jongere, toestand="in_begeleiding", soort="BWJ")
    weg = TrajectFactory(jongere__datum_vertrek=date(2025, 9, 30), toestand="in_benadering")
    klaar = TrajectFactory(
        jongere__geboortedatum=date(2002, 10, 1), toestand="afgesloten", status="GESLOTEN"
    )

    assert (leave_group(DAG), leave_group(DAG)) == (3, 0)

    kept = {"morgen": morgen, "nazorg": nazorg, "wonen": wonen, "klaar": klaar}
    assert states(**kept) == {
        "morgen": "in_begeleiding",
        "nazorg": "te_benaderen",
        "wonen": "in_begeleiding",
        "klaar": "afgesloten",
    }
    moved = Traject.objects.filter(toestand="buiten_doelgroep")
    assert dict(moved.values_list("pk", "uitstroom")) == {
        te_oud.pk: "leeftijdsgrens",
        gehaald.pk: "startkw_of_ho",
        weg.pk: "buitenland",
    }
    assert Trajectstap.objects.count() == 3


@pytest.mark.parametrize(
    ("day", "lezing", "uit"),
    [
        (date(2023, 2, 28), "1_maart", 0),
        (date(2023, 3, 1), "1_maart", 1),
        (date(2023, 2, 27), "28_februari", 0),
        (date(2023, 2, 28), "28_februari", 1),
    ],
)
def test_born_on_29_february(db, settings, day, lezing, uit):
    settings.LEERRECHT_REGELS = {"schrikkeldag": lezing}
    jongere = JongereFactory(geboortedatum=date(2000, 2, 29))
    TrajectFactory(
        jongere=jongere,
        toestand="te_benaderen",
        datum_melding=date(2022, 9, 8),
        datum_uitval=date(2022, 9, 1),
    )

    assert leave_group(day) == uit


def test_nobody_leaves_by_age_when_the_limit_rises(db):
    TrajectFactory(
        jongere__geboortedatum=date(2002, 6, 1), toestand="in_begeleiding", status="OPEN"
    )

    assert leave_group(date(2026, 1, 1)) == 0


def test_the_task_has_a_name_and_does_both(db, monkeypatch):
    monkeypatch.setattr("casework.schooljaar.today", lambda: DAG)
    TrajectFactory(volgende_benadering=DAG, **RUST)
    TrajectFactory(jongere__geboortedatum=date(2002, 10, 1), toestand="in_begeleiding")

    first, second = tasks.follow_calendar(), tasks.follow_calendar()

    assert tasks.follow_calendar.name == "doorstroompunt.follow_calendar"
    assert (first, second) == ({"buiten": 1, "opnieuw": 1}, {"buiten": 0, "opnieuw": 0})
