"""What happens in a traject: guards, outcomes, freezing, handing over, approaching again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.errors import DomainError, NotAuthorised
from casework.models import Dossier
from doorstroompunt.codes import Pogingkanaal
from doorstroompunt.domain.aanleg import Trajectinvoer
from doorstroompunt.domain.contactpoging import (
    Poginginvoer,
    by_channel,
    log_contactpoging,
    never_reached,
    tried,
)
from doorstroompunt.domain.openen import open_traject
from doorstroompunt.domain.plan import Doelinvoer, add_doel, change_doel
from doorstroompunt.domain.soorten import is_new_vsv, reason_outside
from doorstroompunt.domain.traject import assign, perform, possible_steps
from doorstroompunt.models import Contactpoging, Plan, Traject
from tests.factories import (
    AdresFactory,
    DiplomaFactory,
    GemeenteFactory,
    JongereFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import (
    GEBOREN,
    ContactpogingFactory,
    PlanFactory,
    TrajectFactory,
    TrajectstapFactory,
    make_coach,
)

DAG = date(2025, 10, 1)
NIEUW = date(2026, 2, 2)  # under the law of 2026
INVOER = Trajectinvoer(
    soort="VSV", datum_melding=date(2025, 9, 8), bron_melding="ZELF", datum_uitval=date(2025, 9, 1)
)


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
    return perform(traject, naam, by=by, day=day, gegevens=gegevens)


# Opening


def test_open_by_a_coach_goes_to_the_work_list(gemeente, coach):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)

    traject, made = open_traject(jongere, by=coach, day=DAG, invoer=INVOER, op_werklijst=True)

    assert made
    assert (traject.toestand, traject.status, traject.behandelaar) == (
        "te_benaderen",
        "OPEN",
        coach,
    )
    assert (traject.gemeente, traject.gemeente_uitval) == (gemeente, gemeente)
    assert Dossier.objects.get().taak == Taak.DOORSTROOMPUNT
    assert list(Gebeurtenis.objects.order_by("pk").values_list("actie", "taak")) == [
        ("traject.geopend", "doorstroompunt"),
        ("dossier.geopend", "doorstroompunt"),
        ("traject.screenen", "doorstroompunt"),
        ("traject.op_werklijst", "doorstroompunt"),
    ]


def test_the_gemeente_of_each_date_is_frozen(gemeente, coach):
    elders = GemeenteFactory()
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    AdresFactory(jongere=jongere, gemeente=elders, tot=date(2025, 9, 5))
    AdresFactory(jongere=jongere, gemeente=gemeente, van=date(2025, 9, 5))

    traject, _ = open_traject(jongere, by=coach, day=DAG, invoer=INVOER)

    assert (traject.gemeente, traject.gemeente_uitval) == (gemeente, elders)


def test_a_second_signal_joins_the_running_traject(gemeente, coach):
    running = make_traject(gemeente, "in_begeleiding")
    ander_soort = make_traject(gemeente, jongere=running.jongere, soort="BWJ")

    traject, made = open_traject(running.jongere, by=coach, day=DAG, invoer=INVOER)

    assert (traject, made) == (running, False)
    assert set(Traject.objects.all()) == {running, ander_soort}


def test_a_closed_traject_is_not_joined(gemeente, coach):
    closed = make_traject(
        gemeente, "geen_behoefte", status="GESLOTEN", uitstroom="geweigerd", gesloten_op=DAG
    )

    traject, made = open_traject(closed.jongere, by=coach, day=DAG, invoer=INVOER)

    assert made
    assert traject != closed


FOUT = [
    ({"datum_melding": date(2025, 10, 2)}, "De datum van de melding ligt in de toekomst."),
    ({"datum_uitval": date(2025, 10, 2)}, "De datum van uitval ligt in de toekomst."),
    (
        {"datum_uitval": None},
        "Vul bij een voortijdig schoolverlater de datum van uitval in.",
    ),
]


@pytest.mark.parametrize(("fields", "tekst"), FOUT)
def test_what_cannot_be_opened(gemeente, coach, fields, tekst):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    invoer = Trajectinvoer(**{n: getattr(INVOER, n) for n in INVOER.__slots__} | fields)

    with pytest.raises(DomainError) as error:
        open_traject(jongere, by=coach, day=DAG, invoer=invoer)

    assert str(error.value) == tekst
    assert Traject.objects.count() == 0


def test_a_running_traject_elsewhere_must_be_handed_over(gemeente, coach):
    elders = make_traject(GemeenteFactory(naam="Verderop"), "in_begeleiding")
    elders.jongere.gemeente = gemeente
    elders.jongere.save()

    with pytest.raises(DomainError) as error:
        open_traject(elders.jongere, by=coach, day=DAG, invoer=INVOER)

    assert str(error.value) == (
        "Er loopt al een traject in Verderop. Vraag die gemeente om een overdracht."
    )


def test_a_reader_or_a_leerplichtambtenaar_cannot_open(gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    users = [
        make_gebruiker((Taak.DOORSTROOMPUNT, Rol.LEZER), gemeente=gemeente),
        make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente),
        make_coach(GemeenteFactory()),
    ]

    for user in users:
        with pytest.raises(NotAuthorised):
            open_traject(jongere, by=user, day=DAG, invoer=INVOER)
    assert Traject.objects.count() == 0


# 23 until the end of 2025, 27 from then on; nazorg always 27.
LEEFTIJD = [
    ("VSV", "2002-10-01", DAG, "leeftijd"),
    ("VSV", "2002-10-02", DAG, ""),
    ("VSV", "1999-02-02", NIEUW, "leeftijd"),
    ("VSV", "1999-02-03", NIEUW, ""),
    ("NAZORG_23_27", "1998-10-02", DAG, ""),
    ("NAZORG_23_27", "1998-10-01", DAG, "leeftijd"),
    ("DETENTIE", "1999-10-02", DAG, ""),
]


@pytest.mark.parametrize(("soort", "geboren", "day", "reden"), LEEFTIJD)
def test_the_age_limit_follows_date_and_kind(db, soort, geboren, day, reden):
    jongere = JongereFactory(geboortedatum=date.fromisoformat(geboren))

    assert reason_outside(jongere, soort, day) == reden


def test_registers_take_a_youth_out_of_the_group(db):
    overleden = JongereFactory(geboortedatum=GEBOREN, datum_overlijden=DAG)
    vertrokken = JongereFactory(geboortedatum=GEBOREN, datum_vertrek=DAG)
    later_weg = JongereFactory(geboortedatum=GEBOREN, datum_vertrek=date(2025, 10, 2))
    gehaald = DiplomaFactory(jongere__geboortedatum=GEBOREN, datum=DAG).jongere

    assert reason_outside(overleden, "VSV", DAG) == "overleden"
    assert reason_outside(vertrokken, "VSV", DAG) == "buitenland"
    assert reason_outside(later_weg, "VSV", DAG) == ""
    assert reason_outside(gehaald, "VSV", DAG) == "startkwalificatie"
    assert reason_outside(gehaald, "BWJ", DAG) == ""


@pytest.mark.parametrize(
    ("uitval", "day", "nieuw"),
    [
        ("2025-07-31", "2025-09-30", True),  # not old on 1 August
        ("2025-07-31", "2025-10-01", False),
        ("2025-08-01", "2026-09-30", True),
        ("2025-08-01", "2026-10-01", False),
    ],
)
def test_a_vsv_is_new_until_1_october_after_the_schooljaar(uitval, day, nieuw):
    assert is_new_vsv(date.fromisoformat(uitval), date.fromisoformat(day)) is nieuw


# Attempts


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

    usual, _ = possible_steps(traject, coach, DAG)

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
    assert (traject.volgende_benadering, traject.gesloten_op, traject.uitstroom) == (None, None, "")


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
