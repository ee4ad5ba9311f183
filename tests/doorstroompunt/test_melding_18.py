"""Verzuim from 18: taking up, joining, noting, and how the melding ends with its traject."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from doorstroompunt.domain.melding import note_only, take_up
from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.models import TrajectMelding
from tests.factories import GemeenteFactory, InschrijvingFactory, VerzuimmeldingFactory
from tests.factories_doorstroompunt import Melding18Factory, TrajectFactory, make_coach

DAG = date(2025, 10, 1)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def coach(gemeente):
    return make_coach(gemeente)


def test_taking_up_opens_a_traject_on_the_work_list(gemeente, coach):
    melding = Melding18Factory(jongere__gemeente=gemeente, reden="MOTIVATIE")
    InschrijvingFactory(jongere=melding.jongere, onderwijssoort="MBO2")

    traject, made = take_up(melding, by=coach, day=DAG)

    melding.refresh_from_db()
    assert made
    assert (traject.soort, traject.toestand) == ("VERZUIM_18PLUS", "te_benaderen")
    assert (traject.datum_melding, traject.bron_melding) == (date(2025, 9, 8), "DUO_A04")
    assert (traject.laatste_onderwijssoort, traject.reden) == ("MBO2", "MOTIVATIE")
    assert (melding.status, melding.beoordeeld_door) == ("B", coach)
    assert TrajectMelding.objects.get().traject == traject
    assert traject.melding == melding


def test_a_second_melding_joins_and_a_zorgmelding_has_its_own_kind(gemeente, coach):
    eerste = Melding18Factory(jongere__gemeente=gemeente)
    tweede = Melding18Factory(jongere=eerste.jongere)
    zorg = Melding18Factory(jongere=eerste.jongere, soort="ZORG", kanaal="SCHOOL_DIRECT")

    traject, _ = take_up(eerste, by=coach, day=DAG)
    zelfde, made = take_up(tweede, by=coach, day=DAG)
    ander, _ = take_up(zorg, by=coach, day=DAG)

    assert (zelfde, made) == (traject, False)
    assert traject.melding_koppelingen.count() == 2
    assert (ander.soort, ander.bron_melding) == ("ZORG_18PLUS", "SCHOOL")


def test_joining_by_hand_needs_an_open_traject_of_this_youth(gemeente, coach):
    melding = Melding18Factory(jongere__gemeente=gemeente)
    vreemd = TrajectFactory(jongere__gemeente=gemeente)
    dicht = TrajectFactory(jongere=melding.jongere, status="GESLOTEN", toestand="afgesloten")
    goed = TrajectFactory(jongere=melding.jongere, toestand="in_begeleiding")

    for traject in (vreemd, dicht):
        with pytest.raises(DomainError):
            take_up(melding, by=coach, day=DAG, traject=traject)
    traject, made = take_up(melding, by=coach, day=DAG, traject=goed)

    assert (traject, made) == (goed, False)
    assert TrajectMelding.objects.get().traject == goed


def test_noting_closes_the_melding_and_twice_is_refused(gemeente, coach):
    melding = Melding18Factory(jongere__gemeente=gemeente)

    melding = note_only(melding, by=coach, day=DAG)
    with pytest.raises(DomainError):
        note_only(melding, by=coach, day=DAG)
    with pytest.raises(DomainError):
        take_up(melding, by=coach, day=DAG)

    assert (melding.status, melding.resultaat) == ("K", "ter_kennisname")
    assert (melding.afgesloten_op, melding.beoordeeld_door) == (DAG, coach)
    assert Gebeurtenis.objects.count() == 1


def test_a_melding_of_leerplicht_or_elsewhere_is_refused(gemeente, coach):
    leerplicht = VerzuimmeldingFactory(jongere__gemeente=gemeente)
    elders = Melding18Factory()

    with pytest.raises(DomainError):
        take_up(leerplicht, by=coach, day=DAG)
    with pytest.raises(NotAuthorised):
        take_up(elders, by=coach, day=DAG)

    assert TrajectMelding.objects.count() == 0


@pytest.mark.parametrize(
    ("uitstroom", "resultaat"),
    [
        ("ond_gebleven", "naar_school"),
        ("hulpverlening", "hulpverlening"),
        ("werk", "niet_opgelost"),
    ],
)
def test_the_melding_ends_with_its_traject(gemeente, coach, uitstroom, resultaat):
    melding = Melding18Factory(jongere__gemeente=gemeente)
    los = Melding18Factory(jongere=melding.jongere)
    traject, _ = take_up(melding, by=coach, day=DAG)
    traject.toestand = "in_begeleiding"
    traject.save()

    perform(
        traject, "afsluiten", tabel=TRAJECT, by=coach, day=DAG, gegevens={"uitstroom": uitstroom}
    )

    melding.refresh_from_db()
    los.refresh_from_db()
    assert (melding.status, melding.resultaat, melding.afgesloten_op) == ("G", resultaat, DAG)
    assert los.status == "R"
