"""The label of a thuiszitter, its clock, and what people decide about it."""

from datetime import date, timedelta

import pytest

from accounts.models import Gebeurtenis
from casework.errors import DomainError, NotAuthorised
from casework.models import Actie
from leerplicht.domain import thuiszitlabel, thuiszitters
from leerplicht.models import Thuiszitter
from tests.factories import (
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db
BEGIN = date(2025, 9, 1)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


def lrv(gemeente, **fields):
    own = {"soort": "LRV", "begindatum": BEGIN, "einddatum": None} | fields
    jongere = own.pop("jongere", None) or JongereFactory(gemeente=gemeente)
    return VerzuimmeldingFactory(jongere=jongere, **own)


@pytest.fixture
def thuis(gemeente):
    lrv(gemeente)
    thuiszitlabel.label_due(date(2025, 9, 29))
    return Thuiszitter.objects.get()


# First day at home, day asked -> days, phase, next step and its first day.
KLOK = [
    (BEGIN, date(2025, 9, 1), 1, "dreigend", ("4 weken", date(2025, 9, 29))),
    (BEGIN, date(2025, 9, 28), 28, "dreigend", ("4 weken", date(2025, 9, 29))),
    (BEGIN, date(2025, 9, 29), 29, "4 weken", ("3 maanden", date(2025, 12, 1))),
    (BEGIN, date(2025, 11, 30), 91, "4 weken", ("3 maanden", date(2025, 12, 1))),
    (BEGIN, date(2025, 12, 1), 92, "3 maanden", ("6 maanden", date(2026, 3, 1))),
    (BEGIN, date(2026, 3, 1), 182, "6 maanden", ("12 maanden", date(2026, 9, 1))),
    (BEGIN, date(2026, 8, 31), 365, "6 maanden", ("12 maanden", date(2026, 9, 1))),
    (BEGIN, date(2026, 9, 1), 366, "12 maanden", ("", None)),
    # The last day of a month that has no 30th.
    (date(2025, 11, 30), date(2026, 2, 27), 90, "4 weken", ("3 maanden", date(2026, 2, 28))),
    (date(2025, 11, 30), date(2026, 2, 28), 91, "3 maanden", ("6 maanden", date(2026, 5, 30))),
]


@pytest.mark.parametrize(("sinds", "dag", "dagen", "fase", "volgende"), KLOK)
def test_clock(sinds, dag, dagen, fase, volgende):
    klok = thuiszitters.clock(sinds, dag)

    assert (klok.dagen, klok.fase) == (dagen, fase)
    assert (klok.volgende, klok.volgende_op) == volgende
    assert klok.lang == (fase in {"3 maanden", "6 maanden", "12 maanden"})


@pytest.mark.parametrize(("dag", "aantal"), [(date(2025, 9, 28), 0), (date(2025, 9, 29), 1)])
def test_label_comes_on_day_29_and_once(gemeente, dag, aantal):
    melding = lrv(gemeente)

    assert thuiszitlabel.label_due(dag) == aantal
    assert thuiszitlabel.label_due(dag) == 0

    rows = list(Thuiszitter.objects.values_list("jongere", "sinds", "bron", "melding"))
    assert rows == [(melding.jongere_id, BEGIN, "LRV", melding.pk)] * aantal
    acties = Actie.objects.filter(grondslag="thuiszitter:actietafel")
    assert list(acties.values_list("vervalt_op", flat=True)) == [date(2025, 10, 6)] * aantal


@pytest.mark.parametrize(
    "fields",
    [
        {"soort": "V3"},
        {"soort": "LRV", "vastgestelde_soort": "V3"},
        {"taak": "doorstroompunt"},
        {"afgesloten_op": date(2025, 9, 10)},
        {"einddatum": date(2025, 9, 10)},
    ],
)
def test_other_absence_gets_no_label(gemeente, fields):
    lrv(gemeente, **fields)

    assert thuiszitlabel.label_due(date(2025, 10, 1)) == 0


def test_what_the_ambtenaar_found_counts_before_what_school_said(gemeente):
    lrv(gemeente, soort="V3", vastgestelde_soort="LRV")

    assert thuiszitlabel.label_due(date(2025, 10, 1)) == 1


# DUO asks for an end date, so that of an open report lies in the past soon.
@pytest.mark.parametrize(
    ("einde", "aantal"),
    [(date(2025, 9, 28), 0), (date(2025, 9, 29), 1), (date(2025, 10, 3), 1)],
)
def test_an_end_date_in_the_past_is_no_return(gemeente, ambtenaar, einde, aantal):
    lrv(gemeente, einddatum=einde, status="B")
    dag = date(2025, 10, 20)

    assert thuiszitlabel.label_due(dag) == aantal
    for row in Thuiszitter.objects.all():
        thuiszitters.close(row, by=ambtenaar, einde_op=dag, resultaat="school", day=dag)
    assert thuiszitlabel.label_due(dag + timedelta(days=1)) == 0


@pytest.mark.parametrize(("melddatum", "aantal"), [(date(2024, 7, 31), 0), (date(2024, 8, 1), 1)])
def test_reports_from_before_the_last_schooljaar_are_old_papers(gemeente, melddatum, aantal):
    begin = date(2024, 6, 1)
    lrv(gemeente, begindatum=begin, einddatum=date(2024, 7, 15), melddatum=melddatum)

    assert thuiszitlabel.label_due(date(2025, 10, 1)) == aantal


@pytest.mark.parametrize(("dag", "aantal"), [(date(2025, 10, 5), 1), (date(2025, 10, 6), 0)])
def test_nothing_begins_or_steps_up_after_the_duty(gemeente, dag, aantal):
    lrv(gemeente, jongere=JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 6)))
    oud = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 6))
    Thuiszitter.objects.create(
        jongere=oud, gemeente=gemeente, bron="HAND", sinds=date(2025, 6, 1), label_op=BEGIN
    )

    assert thuiszitlabel.label_due(dag) == aantal
    assert thuiszitters.escalate(dag) == aantal


# End of the last enrolment, and of an exemption -> first day at home; the signal came 13 October.
@pytest.mark.parametrize(
    ("inschrijving", "vrijstelling", "sinds"),
    [
        (date(2025, 9, 12), None, date(2025, 9, 13)),
        (date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 1)),
        (None, date(2025, 7, 31), date(2025, 8, 1)),
        (None, None, date(2025, 10, 13)),
    ],
)
def test_absoluut_verzuim_counts_from_the_first_day_without_school(
    gemeente, inschrijving, vrijstelling, sinds
):
    jongere = JongereFactory(gemeente=gemeente)
    if inschrijving:
        InschrijvingFactory(jongere=jongere, begindatum=date(2023, 8, 1), einddatum=inschrijving)
    if vrijstelling:
        VrijstellingFactory(jongere=jongere, begindatum=date(2024, 8, 1), einddatum=vrijstelling)
    own = {"soort": "ABSOLUUT", "gestart_op": date(2025, 10, 13)}
    proces = WerkprocesFactory(jongere=jongere, toestand="controle", **own)
    dag = sinds + timedelta(days=28)

    assert thuiszitlabel.label_due(dag) == 0  # nobody knows yet whether it is noise
    proces.toestand = "brief_1"
    proces.save()
    assert thuiszitlabel.label_due(dag - timedelta(days=1)) == 0
    assert thuiszitlabel.label_due(dag) == 1
    assert Thuiszitter.objects.get().sinds == sinds


def test_entered_by_hand_also_when_it_threatens(gemeente, ambtenaar):
    jongere, vrij = JongereFactory.create_batch(2, gemeente=gemeente)
    VrijstellingFactory(jongere=vrij, begindatum=BEGIN, einddatum=date(2026, 7, 31))
    te_oud = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 9, 8))
    own = {"by": ambtenaar, "sinds": BEGIN, "day": date(2025, 9, 8)}

    thuiszitters.enter(jongere, **own)

    row = Thuiszitter.objects.get()
    assert (row.bron, row.sinds, row.gemeente) == ("HAND", BEGIN, gemeente)
    assert Actie.objects.get(jongere=jongere).vervalt_op == date(2025, 10, 6)
    for wie, zin, extra in (
        (jongere, "staat al", {}),
        (vrij, "vrijstelling", {}),
        (te_oud, "valt nu niet", {}),
        (te_oud, "toekomst", {"sinds": date(2025, 9, 9)}),
    ):
        with pytest.raises(DomainError, match=zin):
            thuiszitters.enter(wie, **own | extra)
    with pytest.raises(NotAuthorised):
        thuiszitters.enter(jongere, **own | {"by": make_ambtenaar(GemeenteFactory())})


def test_absoluut_verzuim_gets_it_and_an_exempted_youth_does_not(gemeente):
    thuis, vrij = JongereFactory.create_batch(2, gemeente=gemeente)
    for jongere in (thuis, vrij):
        WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", gestart_op=BEGIN, toestand="brief_1")
    VrijstellingFactory(jongere=vrij, begindatum=BEGIN, einddatum=date(2026, 7, 31))

    assert thuiszitlabel.label_due(date(2025, 10, 1)) == 1
    assert Thuiszitter.objects.get().jongere == thuis


@pytest.mark.eis("P01")
def test_a_police_process_behind_the_melding_leaves_no_trace(gemeente):
    melding = lrv(gemeente)
    melding.werkproces = WerkprocesFactory(jongere=melding.jongere, regime="WPG")
    melding.save()

    thuiszitlabel.label_due(date(2025, 10, 1))

    row, actie = Thuiszitter.objects.get(), Actie.objects.get()
    assert (row.melding, row.werkproces, actie.werkproces) == (melding, None, None)


def test_each_phase_gives_one_thing_to_do(thuis):
    days = [date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 2), date(2026, 3, 1)]

    assert [thuiszitters.escalate(day) for day in days] == [0, 1, 0, 1]


@pytest.mark.parametrize("aantal", [1, 3])
def test_stepping_up_costs_no_query_per_youth(gemeente, aantal, django_assert_max_num_queries):
    for _ in range(aantal):
        Thuiszitter.objects.create(
            jongere=JongereFactory(gemeente=gemeente),
            gemeente=gemeente,
            bron="HAND",
            sinds=BEGIN,
            label_op=BEGIN,
        )

    with django_assert_max_num_queries(12):
        assert thuiszitters.escalate(date(2026, 9, 1)) == aantal


@pytest.mark.parametrize(("weken", "sinds"), [(3, BEGIN), (5, date(2025, 12, 8))])
def test_back_at_home_before_four_weeks_of_school_keeps_the_clock(
    thuis, ambtenaar, gemeente, weken, sinds
):
    einde = date(2025, 11, 3)
    thuiszitters.close(thuis, by=ambtenaar, einde_op=einde, resultaat="school", day=einde)
    again = einde + timedelta(weeks=weken)
    VerzuimmeldingFactory(
        jongere=thuis.jongere, gemeente=gemeente, soort="LRV", begindatum=again, einddatum=None
    )
    thuis.melding.afgesloten_op = einde
    thuis.melding.save()

    assert thuiszitlabel.label_due(again + timedelta(days=28)) == 1
    assert Thuiszitter.objects.get(einde_op=None).sinds == sinds


def test_closing_takes_what_was_to_do_away_and_happens_once(thuis, ambtenaar):
    own = {"by": ambtenaar, "resultaat": "school", "day": date(2025, 10, 10)}
    with pytest.raises(DomainError, match="toekomst"):
        thuiszitters.close(thuis, einde_op=date(2025, 10, 11), **own)
    thuiszitters.close(thuis, einde_op=date(2025, 10, 10), **own)
    with pytest.raises(DomainError, match="al afgesloten"):
        thuiszitters.close(thuis, einde_op=date(2025, 10, 10), **own)

    assert not Actie.objects.filter(grondslag__startswith="thuiszitter:").exists()
    acties = Gebeurtenis.objects.filter(jongere_id=thuis.jongere_id).values_list("actie", flat=True)
    assert {"thuiszitter.label", "thuiszitter.afgesloten"} <= set(acties)


def test_only_who_handles_leerplicht_there_decides(thuis, gemeente):
    for user in (make_ambtenaar(GemeenteFactory()), make_gebruiker(("leerplicht", "lezer"))):
        with pytest.raises(NotAuthorised):
            thuiszitters.update(thuis, by=user, day=date(2025, 10, 1), reden="ziekte")


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"sinds": date(2025, 10, 2)}, "toekomst"),
        ({"plan_op": date(2025, 8, 31)}, "voor de eerste dag"),
        ({"aanbod_op": date(2025, 10, 2)}, "toekomst"),
        ({"doorzetting_op": date(2025, 10, 1)}, "wie mag doorzetten"),
    ],
)
def test_wrong_days_are_refused(thuis, ambtenaar, velden, zin):
    with pytest.raises(DomainError, match=zin):
        thuiszitters.update(thuis, by=ambtenaar, day=date(2025, 10, 1), **velden)


def test_waiting_for_a_place(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente)
    own = {"by": ambtenaar, "day": date(2025, 10, 1)}
    row = thuiszitters.wait_for_place(jongere, soort="VSO", aangevraagd_op=BEGIN, **own)
    with pytest.raises(DomainError, match="wacht al"):
        thuiszitters.wait_for_place(jongere, soort="VSO", aangevraagd_op=BEGIN, **own)
    with pytest.raises(DomainError, match="voor de aanvraag"):
        thuiszitters.end_waiting(row, klaar_op=date(2025, 8, 1), geplaatst=True, **own)

    row = thuiszitters.end_waiting(row, klaar_op=date(2025, 9, 20), geplaatst=True, **own)

    assert (row.klaar_op, row.geplaatst) == (date(2025, 9, 20), True)
    with pytest.raises(DomainError, match="niet meer"):
        thuiszitters.end_waiting(row, klaar_op=date(2025, 9, 20), geplaatst=True, **own)
