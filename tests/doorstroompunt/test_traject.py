"""What happens in a traject: guards, outcomes, freezing, handing over, approaching again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Gebeurtenis
from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from doorstroompunt.domain.contactpoging import (
    Poginginvoer,
    log_contactpoging,
)
from doorstroompunt.domain.plan import Doelinvoer, add_doel, change_doel
from doorstroompunt.domain.traject import TRAJECT, assign
from doorstroompunt.models import Plan, Traject
from tests.factories import (
    DiplomaFactory,
    GemeenteFactory,
)
from tests.factories_doorstroompunt import (
    PlanFactory,
    TrajectFactory,
    make_coach,
)

DAG = date(2025, 10, 1)
NIEUW = date(2026, 2, 2)  # under the law of 2026


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


# School first (WEB 9.2.5 lid 5)


@pytest.mark.parametrize(
    ("naam", "behaald", "day", "eerst"),
    [
        ("Entreeopleiding mbo 1", "2025-07-01", NIEUW, True),
        ("Entreeopleiding mbo 1", "2025-02-02", NIEUW, False),  # a year old
        ("Schooldiploma praktijkonderwijs", "2024-02-03", NIEUW, True),
        ("Schooldiploma praktijkonderwijs", "2024-02-02", NIEUW, False),
        ("Getuigschrift VSO", "2025-07-01", NIEUW, True),
        ("Vmbo-basis", "2025-07-01", NIEUW, False),
        ("Entreeopleiding mbo 1", "2025-07-01", DAG, False),  # before the law
    ],
)
def test_support_waits_for_the_school(gemeente, coach, naam, behaald, day, eerst):
    traject = make_traject(gemeente, "intake")
    DiplomaFactory(
        jongere=traject.jongere,
        naam=naam,
        datum=date.fromisoformat(behaald),
        startkwalificatie=False,
    )

    if eerst:
        with pytest.raises(DomainError):
            step(traject, "begeleiden", coach, day, datum=day)
        traject = step(traject, "begeleiden", coach, day, datum=day, overleg_school_op=day)
    else:
        traject = step(traject, "begeleiden", coach, day, datum=day)

    assert (traject.toestand, traject.begeleid_van) == ("in_begeleiding", day)
    assert traject.overleg_school_op == (day if eerst else None)


def test_a_written_reason_stands_in_for_the_school(gemeente, coach):
    traject = make_traject(gemeente, "intake")
    DiplomaFactory(
        jongere=traject.jongere,
        naam="Entree",
        datum=date(2026, 1, 5),
        startkwalificatie=False,
    )

    traject = step(
        traject, "begeleiden", coach, NIEUW, datum=NIEUW, overleg_school_reden="School is dicht."
    )

    assert traject.overleg_school_reden == "School is dicht."


# Outcomes


def test_from_signal_to_nazorg_and_relapse(gemeente, coach):
    traject = make_traject(gemeente)
    step(traject, "screenen", coach)
    step(traject, "op_werklijst", coach)
    log_contactpoging(traject, by=coach, day=DAG, invoer=poging(resultaat="AFSPRAAK"))
    step(traject, "intake", coach)
    step(traject, "begeleiden", coach, datum=date(2025, 9, 30), intensiteit="INTENSIEF")
    closed = step(traject, "afsluiten", coach, uitstroom="ond_gestart", uitstroom_onderwijs="MBO2")
    assert (closed.status, closed.gesloten_op) == ("GESLOTEN", DAG)
    assert (closed.uitstroom, closed.uitstroom_onderwijs) == ("ond_gestart", "MBO2")

    nazorg = step(traject, "nazorg", coach, date(2025, 10, 5))
    assert (nazorg.status, nazorg.gesloten_op, nazorg.uitstroom) == ("GESLOTEN", DAG, "ond_gestart")
    terug = step(traject, "terugval", coach, date(2025, 11, 1), waarom="Gestopt met school.")

    assert (terug.status, terug.gesloten_op, terug.uitstroom) == ("OPEN", None, "")
    assert (terug.begeleid_van, terug.intensiteit) == (date(2025, 9, 30), "INTENSIEF")
    assert [(s.van_toestand, s.naar_toestand) for s in terug.stappen.all()][-1] == (
        "nazorg",
        "in_begeleiding",
    )


def test_an_outcome_in_education_names_the_kind_of_education(gemeente, coach):
    traject = make_traject(gemeente, "in_begeleiding")

    with pytest.raises(DomainError) as error:
        step(traject, "afsluiten", coach, uitstroom="ond_gestart")

    assert str(error.value) == "Kies bij deze uitkomst ook de soort onderwijs."


def test_leaving_the_group_keeps_an_earlier_outcome(gemeente, coach):
    traject = make_traject(
        gemeente,
        "herbenaderen",
        status="GESLOTEN",
        uitstroom="geweigerd",
        gesloten_op=date(2025, 9, 20),
        volgende_benadering=date(2026, 9, 20),
    )

    traject = step(traject, "buiten_doelgroep", coach, reden_buiten="leeftijd")

    assert (traject.uitstroom, traject.gesloten_op) == ("geweigerd", date(2025, 9, 20))
    assert traject.volgende_benadering is None


def test_leaving_the_group_from_the_work_list_is_the_outcome(gemeente, coach):
    traject = make_traject(gemeente, "te_benaderen")

    traject = step(traject, "buiten_doelgroep", coach, reden_buiten="verhuisd")

    assert (traject.status, traject.uitstroom, traject.gesloten_op) == ("GESLOTEN", "verhuisd", DAG)


def test_unenrolled_at_school_opens_a_vsv_traject(gemeente, coach):
    collega = make_coach(gemeente)
    traject = make_traject(
        gemeente, "in_benadering", soort="VERZUIM_18PLUS", datum_uitval=None, behandelaar=collega
    )

    step(traject, "uitgeschreven", coach, datum_uitval=date(2025, 9, 25))

    traject.refresh_from_db()
    nieuw = Traject.objects.get(soort="VSV")
    assert (traject.toestand, traject.uitstroom) == ("afgesloten", "uitgeschreven")
    assert (nieuw.jongere, nieuw.toestand) == (traject.jongere, "ontvangen")
    assert (nieuw.datum_melding, nieuw.datum_uitval) == (DAG, date(2025, 9, 25))
    assert (nieuw.behandelaar, nieuw.gemeente_uitval) == (collega, gemeente)
    assert Gebeurtenis.objects.get(actie="traject.geopend").gebruiker == coach


def test_handing_over_and_back(gemeente, coach):
    traject = make_traject(gemeente, "in_begeleiding")
    overdracht = {"naar": "Regio Noord", "contactpersoon": "P. de Boer", "inhoud": "Loopt goed."}

    step(traject, "overdragen", coach, **overdracht)
    step(traject, "overdracht_geweigerd", coach, waarom="Woont er niet.")
    step(traject, "overdragen", coach, **overdracht)
    traject = step(traject, "overdracht_aanvaard", coach)

    assert (traject.toestand, traject.uitstroom) == ("afgesloten", "verhuisd")


# Approaching again


def test_later_again_needs_a_later_date(gemeente, coach):
    traject = make_traject(gemeente, "geen_behoefte", status="GESLOTEN", uitstroom="geweigerd")

    with pytest.raises(DomainError) as error:
        step(traject, "later_opnieuw", coach, volgende_benadering=DAG)
    traject = step(traject, "later_opnieuw", coach, volgende_benadering=date(2026, 10, 1))

    assert str(error.value) == "Kies een datum na vandaag voor de nieuwe benadering."
    assert (traject.toestand, traject.volgende_benadering) == ("herbenaderen", date(2026, 10, 1))
    assert (traject.status, traject.uitstroom) == ("GESLOTEN", "geweigerd")


def test_with_income_nobody_is_approached_again(gemeente, coach):
    traject = make_traject(gemeente, "zelfredzaam", status="GESLOTEN", uitstroom="werk")
    later = date(2026, 10, 1)

    with pytest.raises(DomainError):
        step(traject, "later_zonder_inkomen", coach, inkomen="ja", volgende_benadering=later)
    traject = step(traject, "later_zonder_inkomen", coach, inkomen="nee", volgende_benadering=later)

    assert traject.volgende_benadering == later


def test_back_on_the_work_list_only_from_the_date(gemeente, coach):
    traject = make_traject(
        gemeente,
        "herbenaderen",
        status="GESLOTEN",
        uitstroom="geweigerd",
        gesloten_op=date(2025, 9, 20),
        volgende_benadering=DAG,
    )

    with pytest.raises(DomainError):
        step(traject, "opnieuw_benaderen", coach, DAG - timedelta(days=1))
    traject = step(traject, "opnieuw_benaderen", coach)

    assert (traject.toestand, traject.status) == ("te_benaderen", "OPEN")
    assert (traject.volgende_benadering, traject.gesloten_op) == (None, None)


def test_the_last_outcome_stays_until_guidance_starts(gemeente, coach):
    traject = make_traject(
        gemeente,
        "geen_behoefte",
        status="GESLOTEN",
        uitstroom="geweigerd",
        gesloten_op=date(2025, 9, 20),
    )

    step(traject, "meldt_zich", coach, hoe="Belde zelf.")
    intake = step(traject, "intake", coach)
    begeleid = step(traject, "begeleiden", coach, datum=DAG)

    assert (intake.status, intake.uitstroom) == ("OPEN", "geweigerd")
    assert (begeleid.status, begeleid.uitstroom) == ("OPEN", "")


# Plan and caseload


def test_a_plan_is_made_from_the_intake_on(gemeente, coach):
    invoer = Doelinvoer(leefgebied="WERK", doel="Bijbaan zoeken", wie="Sam")
    with pytest.raises(DomainError):
        add_doel(make_traject(gemeente, "in_benadering"), by=coach, invoer=invoer)

    plan = add_doel(make_traject(gemeente, "intake"), by=coach, invoer=invoer)
    plan = change_doel(
        plan, by=coach, invoer=Doelinvoer(leefgebied="WERK", doel="Bijbaan", status="BEHAALD")
    )

    assert (plan.doel, plan.status, plan.wie) == ("Bijbaan", "BEHAALD", "")
    assert Plan.objects.count() == 1


def test_a_stranger_changes_no_goal_and_takes_no_traject(gemeente):
    stranger = make_coach(GemeenteFactory())
    plan = PlanFactory(traject=make_traject(gemeente, "intake"))

    with pytest.raises(NotAuthorised):
        change_doel(plan, by=stranger, invoer=Doelinvoer(leefgebied="WERK", doel="Iets anders"))
    with pytest.raises(NotAuthorised):
        assign(plan.traject, to=stranger, by=stranger)
    with pytest.raises(NotAuthorised):
        log_contactpoging(plan.traject, by=stranger, day=DAG, invoer=poging())

    plan.refresh_from_db()
    assert plan.doel == "Een opleiding kiezen"


def test_a_traject_goes_only_to_who_works_there(gemeente, coach):
    traject = make_traject(gemeente)
    elders = make_coach(GemeenteFactory())

    with pytest.raises(DomainError):
        assign(traject, to=elders, by=coach)
    traject = assign(traject, to=coach, by=coach)
    assign(traject, to=coach, by=coach)

    assert traject.behandelaar == coach
    assert Gebeurtenis.objects.filter(actie="traject.behandelaar").count() == 1
