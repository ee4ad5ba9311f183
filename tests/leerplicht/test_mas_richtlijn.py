"""Rules of the MAS across its states, as a table; pas toe of leg uit; routes beside each other."""

from datetime import date

import pytest

from accounts.rechten import Rol, Taak
from casework.domain.proces import hindrance, missing, perform
from casework.errors import DomainError
from casework.models import Actie, WerkprocesStap
from leerplicht.domain.mas import MAS
from leerplicht.domain.mas_routes import routes
from leerplicht.domain.melding import take_up
from leerplicht.models import Haltverwijzing, ProcesVerbaal
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

DAG = date(2025, 10, 1)
GEWOGEN = {
    "herhaling": "eerste",
    "oorzaak": "MOTIVATIE",
    "thuis": "nee",
    "belastbaar": "ja",
    "schulden": "onbekend",
    "medewerking_ouder1": "ja",
    "veiligheid": "veilig",
    "verwijt_jongere": "deels",
    "grond_jongere": "Spijbelt.",
    "verwijt_ouder1": "deels",
    "grond_ouder1": "Meldt niet.",
    "afweging": "Samen.",
}
HULP = {"toestemming": "ja", "hulpverlener": "Wijkteam"}


@pytest.fixture
def boa(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )


def make_case(gemeente, toestand="weging", *, geboren="2011-03-15", verzuim="2025-09-08", **more):
    """A werkproces with one melding of 20 hours, weighed with GEWOGEN (changed by `more`)."""
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    werkproces = WerkprocesFactory(jongere=jongere, toestand=toestand, gemeente=gemeente)
    dag = date.fromisoformat(verzuim)
    VerzuimmeldingFactory(
        jongere=jongere, werkproces=werkproces, begindatum=dag, einddatum=dag, melddatum=dag
    )
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=1,
        soort="BEOORDELING",
        stap="weging_vastleggen",
        gegevens={**GEWOGEN, **more},
    )
    return werkproces


def step(werkproces, naam, by, day=DAG, **gegevens):
    return perform(werkproces, naam, tabel=MAS, by=by, day=day, gegevens=gegevens)


# born, absence, step, what stands in its way on 1 October 2025
GRENZEN = [
    ("2011-03-15", "2025-09-08", "afspraken_maken", ""),
    ("2007-09-30", "2025-09-08", "afspraken_maken", "De plicht loopt niet meer"),  # 18 yesterday
    ("2007-10-02", "2025-09-08", "afspraken_maken", ""),  # 18 tomorrow
    ("2007-09-30", "2025-09-08", "hulp_inzetten", ""),
    ("2007-09-30", "2025-09-08", "verplicht_kader_vragen", "tot 18 jaar"),
    ("2007-09-30", "2025-09-08", "strafrecht_inzetten", ""),  # the absence was before
    ("2007-09-01", "2025-09-08", "strafrecht_inzetten", "liep er geen plicht"),
    ("2006-09-01", "2022-09-30", "strafrecht_inzetten", "verjaard"),
    ("2006-09-01", "2022-10-01", "strafrecht_inzetten", ""),  # the last day
    ("2006-09-01", "2022-10-02", "strafrecht_inzetten", ""),
]


@pytest.mark.parametrize(("geboren", "verzuim", "stap", "zin"), GRENZEN)
def test_age_and_duty_decide_what_may_come(gemeente, boa, geboren, verzuim, stap, zin):
    werkproces = make_case(gemeente, geboren=geboren, verzuim=verzuim)

    found = hindrance(werkproces, MAS.stappen[stap], boa, tabel=MAS, day=DAG)

    assert (zin in " ".join(found)) if zin else found == []


# state, step, answers, the departure that must be explained ("" for none)
AFWIJKINGEN = [
    ("beoordeling", "onderzoek_starten", {"bevinding": "Ja", "school_deed": "nee"}, "eerst zelf"),
    ("beoordeling", "onderzoek_starten", {"bevinding": "Ja", "school_deed": "ja"}, "bericht"),
    ("weging", "verplicht_kader_vragen", {}, "vrijwillige hulp"),
    ("weging", "strafrecht_inzetten", {}, "lichtere route"),
    ("weging", "afspraken_maken", {}, ""),
    ("volgen", "afsluiten", {"resultaat": "andere_school"}, "bij school opgevraagd"),
]


@pytest.mark.parametrize(("toestand", "naam", "gegevens", "zin"), AFWIJKINGEN)
def test_who_departs_from_the_guideline_says_why(gemeente, toestand, naam, gegevens, zin):
    werkproces, stap = make_case(gemeente, toestand), MAS.stappen[naam]

    found = " ".join(missing(stap, werkproces, gegevens, DAG))
    explained = " ".join(missing(stap, werkproces, {**gegevens, "afwijking": "spoed"}, DAG))

    assert ("Kies dan waarom" in found, "U wijkt niet af" in explained) == (bool(zin), not zin)
    assert zin in found
    assert not zin or zin not in explained


VERWIJTEN = [
    ("2011-03-15", {"verwijt_jongere": ""}, "Weeg ook"),
    ("2011-03-15", {"grond_ouder1": ""}, "Schrijf op waarom, bij: ouder 1."),
    ("2011-03-15", {}, ""),
    ("2014-03-15", {}, "nooit aan de jongere"),
    ("2014-03-15", {"verwijt_jongere": "", "grond_jongere": ""}, ""),
    ("2013-09-08", {}, ""),  # 12 on the day of the absence
    ("2013-09-09", {}, "nooit aan de jongere"),  # 11 then, 12 at the weighing
]


@pytest.mark.parametrize(("geboren", "anders", "zin"), VERWIJTEN)
def test_blame_is_weighed_per_person(gemeente, geboren, anders, zin):
    werkproces = make_case(gemeente, geboren=geboren)

    found = missing(MAS.stappen["weging_vastleggen"], werkproces, {**GEWOGEN, **anders}, DAG)

    assert (zin in " ".join(found)) if zin else found == []


def test_help_beside_halt_and_research_beside_the_pv_each_with_its_days(gemeente, boa):
    werkproces = make_case(gemeente)
    step(werkproces, "hulp_inzetten", boa, **HULP)
    Haltverwijzing.objects.create(
        jongere=werkproces.jongere, gemeente=gemeente, werkproces=werkproces, datum_verwijzing=DAG
    )
    step(werkproces, "halt_verwijzen", boa)
    after = date(2025, 10, 20)
    werkproces = step(werkproces, "halt_mislukt", boa, day=after, halt_resultaat="NEGATIEF")
    beside = [(r.label, r.tot) for r in routes(werkproces.stappen.order_by("volgorde"))]
    step(werkproces, "route_afronden", boa, day=after, route="1", afloop="Klaar")
    with pytest.raises(DomainError):
        step(werkproces, "route_afronden", boa, day=after, route="1", afloop="Nog eens")

    assert beside == [("Vrijwillige hulp", None), ("Halt", after)]
    assert {r.tot for r in routes(werkproces.stappen.order_by("volgorde"))} == {after}

    pv = make_case(gemeente, "strafrecht", geboren="2010-03-15")
    pv = step(
        pv,
        "verplicht_ernaast",
        boa,
        via="Jeugdbeschermingstafel",
        geprobeerd="Hulp",
        meldcode="ja",
    )
    assert pv.toestand == "strafrecht"
    assert pv.stappen.last().naar_toestand == "strafrecht"


def halt_route(werkproces):
    return [r.tot for r in routes(werkproces.stappen.order_by("volgorde")) if r.route == "2"]


def test_a_halt_route_ends_also_when_the_case_went_on(gemeente, boa):
    werkproces = make_case(gemeente)
    own = {"jongere": werkproces.jongere, "gemeente": gemeente}
    halt = Haltverwijzing.objects.create(**own, werkproces=werkproces, datum_verwijzing=DAG)
    step(werkproces, "halt_verwijzen", boa)
    melding = VerzuimmeldingFactory(**own, status="R")
    take_up(melding, by=boa, day=DAG, werkproces=werkproces)
    nog = halt_route(werkproces)
    later = date(2025, 11, 3)
    werkproces = step(werkproces, "halt_terug", boa, day=later, halt_resultaat="POSITIEF")
    with pytest.raises(DomainError, match="geen verwijzing"):
        step(werkproces, "halt_terug", boa, day=later, halt_resultaat="POSITIEF")

    halt.refresh_from_db()
    assert (nog, halt_route(werkproces), werkproces.toestand) == ([None], [later], "weging")
    assert (halt.resultaat, halt.datum_retour) == ("POSITIEF", later)


def test_a_pv_from_halt_ends_that_route(gemeente, boa):
    werkproces = make_case(gemeente)
    own = {"jongere": werkproces.jongere, "gemeente": gemeente, "werkproces": werkproces}
    Haltverwijzing.objects.create(**own, datum_verwijzing=DAG)
    step(werkproces, "halt_verwijzen", boa)
    ProcesVerbaal.objects.create(
        **own, verzuimsoort="RELATIEF", pv_datum=DAG, eerste_verwerking=DAG
    )

    werkproces = step(werkproces, "strafrecht_inzetten", boa)

    assert (werkproces.toestand, halt_route(werkproces)) == ("strafrecht", [DAG])


def test_new_hours_are_weighed_anew_also_while_weighing(gemeente):
    ambtenaar = make_ambtenaar(gemeente)
    werkproces = make_case(gemeente)
    melding = VerzuimmeldingFactory(jongere=werkproces.jongere, status="R", gemeente=gemeente)

    take_up(melding, by=ambtenaar, day=DAG, werkproces=werkproces)

    assert hindrance(werkproces, MAS.stappen["hulp_inzetten"], ambtenaar, tabel=MAS, day=DAG) == [
        "Leg eerst de weging vast: oorzaak, verwijtbaarheid per persoon en veiligheid."
    ]


def test_terms_at_school_skip_the_holidays_of_the_region(gemeente, boa):
    gemeente.vakantieregio = "noord"  # autumn holiday from 18 October 2025
    gemeente.save()
    werkproces = make_case(gemeente, "hulp")

    step(werkproces, "volgen", boa, day=date(2025, 10, 6))

    assert Actie.objects.open().get().vervalt_op == date(2025, 11, 10)  # four lesweken


def test_moving_passes_the_dossier_on_and_leaves_the_pv(gemeente, boa):
    werkproces = make_case(gemeente, "strafrecht")
    pv = ProcesVerbaal.objects.create(
        jongere=werkproces.jongere,
        gemeente=gemeente,
        werkproces=werkproces,
        verzuimsoort="RELATIEF",
        pv_datum=DAG,
        eerste_verwerking=DAG,
    )

    werkproces = step(werkproces, "afsluiten_verhuisd", boa)

    pv.refresh_from_db()
    assert (werkproces.resultaat, pv.gemeente) == ("verhuisd", gemeente)
    assert Actie.objects.open().get().omschrijving.startswith("Verhuisd: draag het dossier over")


def test_a_team_leader_sees_how_often_which_reason_and_nobody_else(client, gemeente):
    werkproces = make_case(gemeente)
    buiten = make_case(GemeenteFactory(naam="Elders"))
    for row, reden, dag in (
        (werkproces, "spoed", "2025-10-01"),
        (werkproces, "spoed", "2026-07-31"),
        (werkproces, "school", "2025-07-31"),  # the schooljaar before
        (buiten, "spoed", "2025-10-01"),
    ):
        WerkprocesStap.objects.create(
            werkproces=row,
            volgorde=9,
            soort="OVERIG",
            stap="afsluiten",
            uitgevoerd_op=dag,
            gegevens={"afwijking": reden},
        )
    leider = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)

    client.force_login(make_ambtenaar(gemeente))
    refused = client.get("/werkprocessen/afwijken/")
    client.force_login(leider)
    page = client.get("/werkprocessen/afwijken/?schooljaar=2025")

    [(naam, aantallen, totaal)] = page.context["rijen"]
    assert refused.status_code == 403
    assert (naam, aantallen[:2], totaal) == (gemeente.naam, [2, 0], 2)
