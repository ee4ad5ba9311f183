"""The table of the MAS: walk it, try every step, and what a step does."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.codes import Processtatus, Stapsoort
from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised, TransitionNotAllowed
from casework.models import Actie, Contactmoment, Dossier, WerkprocesStap
from leerplicht.domain.mas import MAS
from leerplicht.domain.tabellen import tabel_of
from leerplicht.models import ProcesVerbaal
from tests.factories import (
    AdresFactory,
    DiplomaFactory,
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

DAG = date(2025, 10, 1)
WEGING = {
    "oorzaak": "MOTIVATIE",
    "verwijt_jongere": "deels",
    "verwijt_ouder1": "niet",
    "grond_jongere": "Ging zelf weg.",
    "grond_ouder1": "Wist het niet.",
    "veiligheid": "veilig",
    "herhaling": "eerste",
    "thuis": "nee",
    "belastbaar": "ja",
    "schulden": "onbekend",
    "medewerking_ouder1": "ja",
    "afweging": "Eerste keer.",
}
GESPREK = {"datum": date(2025, 9, 20), "hoe": "GESPREK", "samenvatting": "Besproken."}
ONDERZOEK = {"bevinding": "Ja", "school_deed": "ja", "school_bericht_op": date(2025, 9, 9)}
AFSPRAKEN = {"vorm": "afspraken", "afspraken_jongere": "Op tijd", "gevolg": "PV"}
AANWEZIG = {"tot": date(2025, 10, 1), "uren_afwezig": 0}
SLUITEN = {"resultaat": "naar_school", "meldingen_sluiten": True, "afwijking": "maatwerk"}


def make_werkproces(gemeente, toestand="ontvangen", **fields):
    fields.setdefault("jongere", JongereFactory(gemeente=gemeente))
    return WerkprocesFactory(toestand=toestand, **fields)


def step(werkproces, naam, by, **gegevens):
    return perform(werkproces, naam, tabel=MAS, by=by, day=DAG, gegevens=gegevens)


def test_every_toestand_can_be_reached_and_only_afgesloten_is_final():
    reached, frontier = set(), {MAS.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in MAS.from_state(t)} - reached
    left = {t: {s.naam for s in MAS.from_state(t)} for t in MAS.toestanden}

    assert reached == set(MAS.toestanden)
    assert [t.naam for t in MAS.toestanden.values() if t.final] == ["afgesloten"]
    assert left.pop("afgesloten") == {"heropenen"}
    assert all(left.values())


def test_names_and_kinds_in_the_table_are_known():
    assert all(naam == stap.naam for naam, stap in MAS.stappen.items())
    assert {stap.soort for stap in MAS.stappen.values()} <= set(Stapsoort.values)
    assert {stap.naar for stap in MAS.stappen.values()} <= {*MAS.toestanden, ""}


NOT_IN_TABLE = [
    (toestand, stap.naam)
    for toestand in MAS.toestanden
    for stap in MAS.stappen.values()
    if toestand not in stap.van
]


@pytest.mark.parametrize(("toestand", "naam"), NOT_IN_TABLE)
def test_a_step_outside_the_table_is_refused_and_leaves_nothing(gemeente, toestand, naam):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    werkproces = make_werkproces(gemeente, toestand)

    with pytest.raises(TransitionNotAllowed):
        step(werkproces, naam, user)

    werkproces.refresh_from_db()
    assert werkproces.toestand == toestand
    assert Gebeurtenis.objects.count() == 0
    assert WerkprocesStap.objects.count() == 0


def test_from_report_to_close(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, behandelaar=ambtenaar)
    melding = VerzuimmeldingFactory(jongere=werkproces.jongere, werkproces=werkproces, status="B")

    step(werkproces, "beoordelen", ambtenaar)
    step(werkproces, "onderzoek_starten", ambtenaar, **ONDERZOEK, vastgestelde_soort="O")
    for wie in ("school", "ouders", "jongere"):
        step(werkproces, f"{wie}_horen", ambtenaar, **GESPREK)
    step(werkproces, "wegen", ambtenaar)
    step(werkproces, "weging_vastleggen", ambtenaar, **WEGING)
    step(werkproces, "afspraken_maken", ambtenaar, **AFSPRAKEN)
    step(werkproces, "volgen", ambtenaar)
    step(werkproces, "aanwezigheid", ambtenaar, **AANWEZIG)
    werkproces = step(werkproces, "afsluiten", ambtenaar, **SLUITEN)

    melding.refresh_from_db()
    assert (werkproces.status, werkproces.gesloten_op) == (Processtatus.GESLOTEN, DAG)
    assert werkproces.resultaat == "naar_school"
    assert werkproces.gemeente_sluiting == gemeente
    assert (melding.status, melding.resultaat, melding.afgesloten_op) == ("G", "naar_school", DAG)
    assert (melding.soort, melding.vastgestelde_soort) == ("V3", "O")
    assert Actie.objects.open().count() == 0
    assert sorted(Contactmoment.objects.values_list("met", flat=True)) == [
        "JONGERE",
        "OUDER",
        "SCHOOL",
    ]
    assert werkproces.stappen.count() == 11
    assert Gebeurtenis.objects.filter(actie__startswith="werkproces.").count() == 11


def test_the_term_of_a_state_is_set_once_and_not_moved_by_a_step_inside_it(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "beoordeling", behandelaar=ambtenaar)

    step(werkproces, "onderzoek_starten", ambtenaar, **ONDERZOEK)
    perform(
        werkproces, "school_horen", tabel=MAS, by=ambtenaar, day=date(2025, 10, 9), gegevens=GESPREK
    )

    [actie] = Actie.objects.open()
    assert actie.vervalt_op == date(2025, 10, 22)  # three weeks after 1 October
    assert actie.toegewezen_aan == ambtenaar


HOREN = {
    "school": "Hoor eerst de school (artikel 22).",
    "ouders": "Hoor eerst de ouders, of roep hen twee keer op en ga op huisbezoek (artikel 22).",
    "jongere": (
        "Hoor eerst de jongere (12 jaar of ouder), of roep de jongere twee keer op en ga op"
        " huisbezoek (artikel 22)."
    ),
}


@pytest.mark.parametrize("wie", HOREN)
def test_weighing_waits_until_all_are_heard(gemeente, ambtenaar, wie):
    werkproces = make_werkproces(gemeente, "onderzoek")
    for ander in set(HOREN) - {wie}:
        step(werkproces, f"{ander}_horen", ambtenaar, **GESPREK)

    with pytest.raises(DomainError) as error:
        step(werkproces, "wegen", ambtenaar)

    assert str(error.value) == HOREN[wie]


@pytest.mark.parametrize(("geboren", "mag"), [("2013-10-01", False), ("2013-10-02", True)])
def test_under_twelve_need_not_be_heard(gemeente, ambtenaar, geboren, mag):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    werkproces = make_werkproces(
        gemeente, "onderzoek", jongere=jongere
    )  # since 8 September 2025, 11 then
    step(werkproces, "school_horen", ambtenaar, **GESPREK)
    step(werkproces, "ouders_horen", ambtenaar, **GESPREK)

    try:
        step(werkproces, "wegen", ambtenaar)
        gelukt = True
    except DomainError:
        gelukt = False

    assert gelukt is mag


def test_two_failed_summonses_and_a_home_visit_stand_in_for_talks(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "onderzoek")
    step(werkproces, "school_horen", ambtenaar, **GESPREK)
    oproep = {"datum": date(2025, 9, 15), "wie": "beiden", "verschenen": "nee"}
    step(werkproces, "oproepen", ambtenaar, **oproep)
    step(
        werkproces,
        "huisbezoek",
        ambtenaar,
        datum=date(2025, 9, 18),
        wie="beiden",
        aangetroffen="nee",
    )
    with pytest.raises(DomainError):
        step(werkproces, "wegen", ambtenaar)  # one summons is not enough

    step(werkproces, "oproepen", ambtenaar, **oproep)
    werkproces = step(werkproces, "wegen", ambtenaar)

    assert werkproces.toestand == "weging"


def test_a_route_needs_a_weighing_of_this_round(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "weging")
    step(werkproces, "weging_vastleggen", ambtenaar, **WEGING)
    step(werkproces, "hulp_inzetten", ambtenaar, toestemming="ja", hulpverlener="Wijkteam")
    step(werkproces, "volgen", ambtenaar)
    step(werkproces, "opnieuw_wegen", ambtenaar, reden="Weer verzuim")

    with pytest.raises(DomainError) as error:
        step(werkproces, "hulp_inzetten", ambtenaar, toestemming="ja", hulpverlener="Wijkteam")

    assert str(error.value) == (
        "Leg eerst de weging vast: oorzaak, verwijtbaarheid per persoon en veiligheid."
    )


def test_reopening_starts_a_new_round_of_hearing(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "onderzoek")
    for wie in HOREN:
        step(werkproces, f"{wie}_horen", ambtenaar, **GESPREK)
    step(werkproces, "afsluiten_verhuisd", ambtenaar)
    werkproces = step(werkproces, "heropenen", ambtenaar, reden="Woont er toch nog")

    step(werkproces, "onderzoek_starten", ambtenaar, **ONDERZOEK)
    with pytest.raises(DomainError):
        step(werkproces, "wegen", ambtenaar)

    assert (werkproces.toestand, werkproces.status) == ("beoordeling", Processtatus.HEROPEND)
    assert (werkproces.gesloten_op, werkproces.resultaat) == (None, "")


def test_closing_freezes_the_gemeente_of_that_day(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "volgen")
    nieuw = GemeenteFactory()
    AdresFactory(jongere=werkproces.jongere, gemeente=gemeente, tot=date(2025, 9, 20))
    AdresFactory(jongere=werkproces.jongere, gemeente=nieuw, van=date(2025, 9, 20))

    werkproces = step(werkproces, "afsluiten", ambtenaar, **SLUITEN)

    assert (werkproces.gemeente, werkproces.gemeente_sluiting) == (gemeente, nieuw)


@pytest.mark.parametrize(
    ("status", "resultaat", "verwacht"),
    [
        ("B", "ter_kennisname", "K"),
        ("R", "naar_school", "G"),
        ("LOKAAL", "pv", "LOKAAL"),
        ("I", "pv", "I"),
    ],
)
def test_closing_gives_the_duo_status(gemeente, ambtenaar, status, resultaat, verwacht):
    werkproces = make_werkproces(gemeente, "volgen")
    melding = VerzuimmeldingFactory(
        jongere=werkproces.jongere, werkproces=werkproces, status=status
    )

    step(werkproces, "afsluiten", ambtenaar, **SLUITEN | {"resultaat": resultaat})

    melding.refresh_from_db()
    assert (melding.status, melding.resultaat) == (verwacht, resultaat)


def test_reports_stay_open_when_asked(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "volgen")
    melding = VerzuimmeldingFactory(jongere=werkproces.jongere, werkproces=werkproces, status="B")

    step(werkproces, "afsluiten", ambtenaar, **SLUITEN | {"meldingen_sluiten": False})

    melding.refresh_from_db()
    assert (melding.status, melding.afgesloten_op, melding.resultaat) == ("B", None, "")


def test_handing_over_gives_the_doorstroompunt_a_dossier_and_something_to_do(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 1))  # 18 today
    werkproces = make_werkproces(gemeente, "beoordeling", jongere=jongere)

    werkproces = step(werkproces, "overdragen_doorstroompunt", ambtenaar)

    assert werkproces.resultaat == "doorstroompunt"
    assert Dossier.objects.get().taak == Taak.DOORSTROOMPUNT
    assert Actie.objects.get().vervalt_op == date(2025, 10, 8)


# kind, first state, born, diploma, exempted; whether the Doorstroompunt takes it on 1 October 2025
OVERDRACHT = [
    ("RELATIEF", "onderzoek", "2007-10-01", None, False, True),
    ("RELATIEF", "onderzoek", "2007-10-02", None, False, False),  # 18 tomorrow
    ("RELATIEF", "onderzoek", "2008-10-01", "2025-10-01", False, True),
    ("RELATIEF", "onderzoek", "2008-10-01", "2025-10-02", False, False),
    ("RELATIEF", "onderzoek", "2012-10-01", None, False, False),
    ("ABSOLUUT", "controle", "2007-10-01", None, False, True),
    ("ABSOLUUT", "controle", "2007-10-02", None, True, False),  # exempted is under duty
    ("ABSOLUUT", "controle", "2021-10-01", None, False, False),
    ("ZORG", "ziekte_arts", "2007-10-01", None, False, True),
    ("ZORG", "ziekte_arts", "2007-10-02", None, False, False),
    ("LUXE", "luxe_horen", "2007-10-01", None, False, True),
    ("LUXE", "luxe_horen", "2007-10-02", None, False, False),
]


@pytest.mark.parametrize(("soort", "toestand", "geboren", "diploma", "vrij", "mag"), OVERDRACHT)
def test_handing_over_waits_for_the_end_of_the_duty(
    gemeente, ambtenaar, soort, toestand, geboren, diploma, vrij, mag
):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    if diploma:
        DiplomaFactory(jongere=jongere, datum=date.fromisoformat(diploma))
    if vrij:
        VrijstellingFactory(
            jongere=jongere,
            grond="5a",
            besluit="VAN_RECHTSWEGE",
            begindatum=date(2025, 8, 1),
            einddatum=None,
        )
    werkproces = make_werkproces(gemeente, toestand, soort=soort, jongere=jongere)
    tabel = tabel_of(werkproces)

    try:
        perform(werkproces, "overdragen_doorstroompunt", tabel=tabel, by=ambtenaar, day=DAG)
    except DomainError as error:
        assert "nog onder leerplicht" in str(error)

    werkproces.refresh_from_db()
    assert (werkproces.resultaat == "doorstroompunt") is mag


def test_halt_and_proces_verbaal_ask_opsporing(gemeente, ambtenaar):
    werkproces = make_werkproces(gemeente, "weging")
    step(werkproces, "weging_vastleggen", ambtenaar, **WEGING)
    ProcesVerbaal.objects.create(
        jongere=werkproces.jongere,
        gemeente=gemeente,
        werkproces=werkproces,
        verzuimsoort="RELATIEF",
        pv_datum=DAG,
        eerste_verwerking=DAG,
    )
    boa = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)

    with pytest.raises(NotAuthorised):
        step(werkproces, "strafrecht_inzetten", ambtenaar)
    with pytest.raises(DomainError) as zonder_reden:
        step(werkproces, "strafrecht_inzetten", boa)
    werkproces = step(werkproces, "strafrecht_inzetten", boa, afwijking="spoed")

    assert str(zonder_reden.value) == (
        "In dit werkproces is nog geen lichtere route geprobeerd."
        " Wijkt u af van de richtlijn? Kies dan waarom."
    )
    assert (werkproces.toestand, werkproces.route) == ("strafrecht", "4")
    stap = werkproces.stappen.get(stap="strafrecht_inzetten")
    assert stap.gegevens == {"afwijking": "spoed"}  # nothing of the proces-verbaal


def test_someone_of_another_gemeente_may_not_perform_a_step(gemeente):
    werkproces = make_werkproces(gemeente)

    with pytest.raises(NotAuthorised):
        step(werkproces, "beoordelen", make_ambtenaar(GemeenteFactory()))
