"""The table of a traject: walk it, and try every step that is not in it."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import PERMISSIES
from casework.diagramopdracht import pages
from casework.domain.diagram import edges
from casework.domain.proces import perform
from casework.errors import NotAuthorised, TransitionNotAllowed
from doorstroompunt.domain.toestanden import OPEN, RUST, TOESTANDEN
from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.models import Trajectstap
from tests.factories import GemeenteFactory
from tests.factories_doorstroompunt import TrajectFactory, make_coach

DAG = date(2025, 10, 1)
# What guidance by regions prints as the way through a traject, per state.
VERVOLG = {
    "ontvangen": {"gescreend"},
    "gescreend": {"in_beeld_elders", "te_benaderen"},
    "in_beeld_elders": {"te_benaderen", "afgesloten"},
    "te_benaderen": {"in_benadering"},
    "in_benadering": {"intake", "zelfredzaam", "geen_behoefte", "niet_traceerbaar"},
    "intake": {"in_begeleiding", "zelfredzaam", "geen_behoefte"},
    "in_begeleiding": {"in_overdracht", "afgesloten"},
    "in_overdracht": {"afgesloten", "in_begeleiding"},
    "afgesloten": {"nazorg"},
    "nazorg": {"afgesloten", "in_begeleiding"},
    "niet_traceerbaar": {"herbenaderen", "in_benadering"},
    "geen_behoefte": {"herbenaderen", "in_benadering"},
    "zelfredzaam": {"herbenaderen", "in_benadering"},
    "herbenaderen": {"te_benaderen", "in_benadering"},
    "buiten_doelgroep": set(),
}


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def coach(gemeente):
    return make_coach(gemeente)


def test_every_toestand_can_be_reached_and_only_buiten_doelgroep_is_final():
    reached, frontier = set(), {TRAJECT.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar for t in frontier for s in TRAJECT.from_state(t)} - reached

    assert reached == set(TOESTANDEN) == set(VERVOLG)
    plaatsen = {t.plaats for t in TOESTANDEN.values()}
    assert len(plaatsen) == len(TOESTANDEN)  # no two on one spot of the drawing
    assert [n for n in TOESTANDEN if not list(TRAJECT.from_state(n))] == ["buiten_doelgroep"]
    assert [n for n, t in TOESTANDEN.items() if t.final] == ["buiten_doelgroep"]


def test_each_toestand_leads_where_it_should():
    everywhere = {"buiten_doelgroep", "uitgeschreven"}
    vervolg = {
        naam: {s.naar for s in TRAJECT.from_state(naam) if s.naam not in everywhere}
        for naam in TOESTANDEN
    }

    assert vervolg == VERVOLG
    assert TRAJECT.stappen["buiten_doelgroep"].van == set(TOESTANDEN) - {
        "afgesloten",
        "buiten_doelgroep",
    }
    assert TRAJECT.stappen["uitgeschreven"].van == OPEN


def test_names_and_permissions_in_the_table_are_known():
    assert all(naam == stap.naam for naam, stap in TRAJECT.stappen.items())
    assert {stap.permissie for stap in TRAJECT.stappen.values()} <= set(PERMISSIES)
    assert {stap.naar for stap in TRAJECT.stappen.values()} <= set(TOESTANDEN)
    assert set(TOESTANDEN) >= OPEN | RUST
    assert not OPEN & RUST


def test_a_term_belongs_to_an_open_toestand():
    assert {naam for naam, t in TOESTANDEN.items() if t.due} == OPEN


NOT_IN_TABLE = [
    (toestand, stap.naam)
    for toestand in TOESTANDEN
    for stap in TRAJECT.stappen.values()
    if toestand not in stap.van
]


@pytest.mark.parametrize(("toestand", "naam"), NOT_IN_TABLE)
def test_a_step_outside_the_table_is_refused_and_leaves_nothing(gemeente, coach, toestand, naam):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand=toestand)

    with pytest.raises(TransitionNotAllowed):
        perform(traject, naam, tabel=TRAJECT, by=coach, day=DAG)

    traject.refresh_from_db()
    assert traject.toestand == toestand
    assert Gebeurtenis.objects.count() == 0
    assert Trajectstap.objects.count() == 0


@pytest.mark.parametrize("naam", TRAJECT.stappen)
def test_a_colleague_of_another_gemeente_can_do_no_step(gemeente, naam):
    stap = TRAJECT.stappen[naam]
    soort = min(stap.soorten) if stap.soorten else "VSV"
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand=min(stap.van), soort=soort)

    with pytest.raises(NotAuthorised):
        perform(traject, naam, tabel=TRAJECT, by=make_coach(GemeenteFactory()), day=DAG)

    assert Gebeurtenis.objects.count() == 0


@pytest.mark.parametrize("naam", [n for n, s in TRAJECT.stappen.items() if not s.nachtelijk])
def test_the_night_does_only_its_own_steps(gemeente, naam):
    stap = TRAJECT.stappen[naam]
    soort = min(stap.soorten) if stap.soorten else "VSV"
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand=min(stap.van), soort=soort)

    with pytest.raises(NotAuthorised):
        perform(traject, naam, tabel=TRAJECT, by=None, day=DAG)


def test_a_step_for_other_kinds_is_refused(gemeente, coach):
    traject = TrajectFactory(jongere__gemeente=gemeente, toestand="in_begeleiding", soort="BWJ")

    with pytest.raises(TransitionNotAllowed):
        perform(
            traject,
            "uitgeschreven",
            tabel=TRAJECT,
            by=coach,
            day=DAG,
            gegevens={"datum_uitval": DAG},
        )


def test_the_drawing_and_the_table_in_the_help_are_those_of_the_table():
    assert {
        path.name: path.read_text(encoding="utf-8") == text for path, text in pages(TRAJECT).items()
    } == {
        "diagram.svg": True,
        "tabel.html": True,
    }


def test_every_arrow_of_the_drawing_is_a_step_of_the_table():
    assert set(edges(TRAJECT)) == {
        (van, stap.naar)
        for stap in TRAJECT.stappen.values()
        if stap.naam not in ("buiten_doelgroep", "uitgeschreven")
        for van in stap.van
    }
