"""Attempts to reach a youth: what they set, what they tell, and when nobody can be found."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Gebeurtenis
from casework.domain.proces import perform, possible_steps
from casework.errors import DomainError
from doorstroompunt.codes import Pogingkanaal
from doorstroompunt.domain.contactpoging import (
    Poginginvoer,
    by_channel,
    log_contactpoging,
    never_reached,
    tried,
)
from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.models import Contactpoging, Traject
from tests.factories import (
    GemeenteFactory,
)
from tests.factories_doorstroompunt import (
    ContactpogingFactory,
    TrajectFactory,
    TrajectstapFactory,
    make_coach,
)

DAG = date(2025, 10, 1)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def coach(gemeente):
    return make_coach(gemeente)


def make_traject(gemeente, toestand="ontvangen", **fields):
    return TrajectFactory(jongere__gemeente=gemeente, toestand=toestand, **fields)


def poging(kanaal="TELEFOON", resultaat="GEEN_REACTIE", datum=datetime(2025, 9, 15, 8, tzinfo=UTC)):
    return Poginginvoer(kanaal=kanaal, resultaat=resultaat, datum=datum)


def step(traject, naam, by, day=DAG, **gegevens):
    return perform(traject, naam, tabel=TRAJECT, by=by, day=day, gegevens=gegevens)


def test_the_first_attempt_makes_benaderd_and_starts_the_approach(gemeente, coach):
    traject = make_traject(gemeente, "te_benaderen")

    log_contactpoging(traject, by=coach, day=DAG, invoer=poging())
    log_contactpoging(
        traject, by=coach, day=DAG, invoer=poging("APP", datum=datetime(2025, 9, 20, tzinfo=UTC))
    )

    traject.refresh_from_db()
    assert (traject.toestand, traject.benaderd_op) == ("in_benadering", date(2025, 9, 15))
    assert traject.gemeente_benaderd == gemeente
    assert [s.stap for s in traject.stappen.all()] == ["eerste_poging"]
    assert Contactpoging.objects.filter(uitvoerder=coach, gemeente=gemeente).count() == 2
    assert Gebeurtenis.objects.filter(actie="traject.poging").count() == 2


def test_an_earlier_attempt_noted_later_moves_the_date_of_benaderd(gemeente, coach):
    traject = make_traject(gemeente, "te_benaderen")
    log_contactpoging(traject, by=coach, day=DAG, invoer=poging())

    eerder = poging(datum=datetime(2025, 9, 10, 8, tzinfo=UTC))
    log_contactpoging(traject, by=coach, day=DAG, invoer=eerder)

    traject.refresh_from_db()
    assert traject.benaderd_op == date(2025, 9, 10)


@pytest.mark.parametrize("toestand", ["ontvangen", "gescreend", "herbenaderen", "afgesloten"])
def test_no_attempt_outside_the_work_list(gemeente, coach, toestand):
    traject = make_traject(gemeente, toestand)

    with pytest.raises(DomainError):
        log_contactpoging(traject, by=coach, day=DAG, invoer=poging())

    assert (Contactpoging.objects.count(), Gebeurtenis.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "datum", [datetime(2025, 10, 1, 22, tzinfo=UTC), datetime(2025, 9, 7, 12, tzinfo=UTC)]
)
def test_no_attempt_in_the_future_or_before_the_melding(gemeente, coach, datum):
    traject = make_traject(gemeente, "te_benaderen")

    with pytest.raises(DomainError):
        log_contactpoging(traject, by=coach, day=DAG, invoer=poging(datum=datum))


def test_attempts_by_channel_and_time_of_day(db):
    traject = TrajectFactory()
    # 8:00 and 16:30 UTC are 10:00 and 18:30 in Amsterdam in September.
    ContactpogingFactory(traject=traject, datum=datetime(2025, 9, 10, 8, tzinfo=UTC))
    ContactpogingFactory(traject=traject, datum=datetime(2025, 9, 11, 16, 30, tzinfo=UTC))
    ContactpogingFactory(
        traject=traject,
        kanaal="HUISBEZOEK",
        datum=datetime(2025, 9, 12, 10, tzinfo=UTC),
        resultaat="GESPROKEN_OUDER",
    )

    lines = {
        r.kanaal.value: (r.aantallen, r.bereikt) for r in by_channel(traject.contactpogingen.all())
    }
    summary = tried(list(traject.contactpogingen.all()))

    assert lines["TELEFOON"] == ((1, 0, 1), False)
    assert lines["HUISBEZOEK"] == ((0, 1, 0), True)
    assert lines["APP"] == ((0, 0, 0), False)
    assert summary["kanalen"] == ["Telefoon", "Huisbezoek"]
    assert (summary["dagdelen"], summary["andere_dagdelen"]) == (["ochtend", "middag", "avond"], [])


def test_never_reached_leaves_out_who_was_spoken_to(db):
    nooit, wel, zonder = TrajectFactory(), TrajectFactory(), TrajectFactory()
    ContactpogingFactory(traject=nooit, resultaat="BERICHT_ACHTERGELATEN")
    ContactpogingFactory(traject=wel, resultaat="BERICHT_ACHTERGELATEN")
    ContactpogingFactory(traject=wel, resultaat="AFSPRAAK")

    assert set(never_reached(Traject.objects.all())) == {nooit, zonder}


# Not to be found


def test_untraceable_needs_every_channel_and_a_home_visit(gemeente, coach):
    traject = make_traject(gemeente, "in_benadering")
    for kanaal in ("TELEFOON", "APP", "BRIEF"):
        ContactpogingFactory(traject=traject, kanaal=kanaal)

    with pytest.raises(DomainError) as error:
        step(traject, "niet_traceerbaar", coach)
    for kanaal in ("MAIL", "HUISBEZOEK"):
        ContactpogingFactory(traject=traject, kanaal=kanaal)
    traject = step(traject, "niet_traceerbaar", coach)

    assert str(error.value) == "Probeer eerst ook: e-mail, huisbezoek."
    assert (traject.status, traject.uitstroom, traject.gesloten_op) == ("GESLOTEN", "onbekend", DAG)


def test_the_setting_of_channels_keeps_the_home_visit(gemeente, coach, settings):
    settings.LEERRECHT_REGELS = {"dsp_kanalen_niet_traceerbaar": frozenset({"TELEFOON"})}
    traject = make_traject(gemeente, "in_benadering")
    ContactpogingFactory(traject=traject, kanaal="TELEFOON")

    usual, _ = possible_steps(traject, coach, tabel=TRAJECT, day=DAG)

    assert {m.stap.naam: m.nodig for m in usual}["niet_traceerbaar"] == [
        "Probeer eerst ook: huisbezoek."
    ]


def test_attempts_of_an_earlier_round_do_not_count(gemeente, coach):
    traject = make_traject(gemeente, "in_benadering")
    for kanaal in Pogingkanaal:
        ContactpogingFactory(traject=traject, kanaal=kanaal)
    TrajectstapFactory(traject=traject, naar_toestand="te_benaderen", datum=date(2025, 9, 20))

    with pytest.raises(DomainError):
        step(traject, "niet_traceerbaar", coach)
