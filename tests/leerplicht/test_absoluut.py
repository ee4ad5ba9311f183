"""Absoluut verzuim by night: each border and filter, twice is once, and the table walked."""

from datetime import date, timedelta

import pytest

from accounts.models import Gebeurtenis
from casework.codes import Onderwijssoort
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Actie, Contactmoment, Dossier, Verzuimmelding, Werkproces
from leerplicht import tasks
from leerplicht.domain import absoluut
from leerplicht.domain.absoluut import Venster, candidates, signal
from leerplicht.domain.absoluut_tabel import ABSOLUUT
from leerplicht.domain.tabellen import tabel_of
from tests.factories import (
    AdresFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    SchoolFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 11, 12)  # 4 weeks earlier: 15 October
OKT = date(2025, 10, 1)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


def due(dag, jongere):
    return candidates(dag).filter(pk=jongere.pk).exists()


@pytest.mark.parametrize(
    ("dag", "van"),
    [
        (date(2025, 6, 14), date(2025, 5, 17)),
        (date(2025, 6, 15), date(2025, 5, 18)),  # the four weeks are the longer ones
        (date(2025, 7, 13), date(2025, 6, 15)),
        (date(2025, 8, 1), date(2025, 6, 15)),
        (date(2025, 9, 30), date(2025, 6, 15)),
        (OKT, date(2025, 9, 3)),
    ],
)
def test_the_window_stays_open_in_summer_until_1_october(dag, van):
    assert Venster.on(dag).van == van


@pytest.mark.parametrize(
    ("einde", "verwacht"),
    [("2025-10-14", True), ("2025-10-15", False), (None, False)],
)
def test_four_weeks_after_the_last_day_at_school(gemeente, einde, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=einde and date.fromisoformat(einde))

    assert due(DAG, jongere) is verwacht


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(date(2025, 9, 1), False), (date(2025, 9, 30), False), (OKT, True)],
)
def test_who_left_school_in_july_is_signalled_on_1_october(gemeente, dag, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 7, 31))

    assert due(dag, jongere) is verwacht


def test_who_was_away_before_the_summer_is_signalled_in_summer(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 4, 30))

    assert due(date(2025, 8, 20), jongere)


@pytest.mark.parametrize(
    ("begin", "verwacht"), [("2025-11-26", False), ("2025-11-27", True), ("2025-11-01", False)]
)
def test_an_enrolment_that_is_near_counts(gemeente, begin, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, begindatum=date.fromisoformat(begin))

    assert due(DAG, jongere) is verwacht


def test_a_school_abroad_is_no_dutch_enrolment(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, onderwijssoort=Onderwijssoort.BUITENLAND)

    assert due(DAG, jongere)


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"besluit": "IN_BEHANDELING", "aanvraagdatum": DAG}, False),
        ({"besluit": "IN_BEHANDELING", "aanvraagdatum": DAG + timedelta(days=1)}, True),
        ({"besluit": "VAN_RECHTSWEGE"}, False),
        ({"besluit": "VAN_RECHTSWEGE", "einddatum": DAG}, False),
        ({"besluit": "VAN_RECHTSWEGE", "einddatum": DAG - timedelta(days=1)}, True),
        ({"besluit": "ONGELDIG"}, True),
        ({"besluit": "GEWEIGERD", "grond": "15"}, True),
        ({"besluit": "VERLEEND", "grond": "3a"}, True),  # the duty stays
    ],
)
def test_exemptions_and_pending_requests(gemeente, velden, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    VrijstellingFactory(jongere=jongere, **velden)

    assert due(DAG, jongere) is verwacht


@pytest.mark.parametrize(("dag", "verwacht"), [("2025-07-31", False), ("2025-08-01", True)])
def test_an_exemption_that_lapsed_is_found_on_1_august(gemeente, dag, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    VrijstellingFactory(
        jongere=jongere, begindatum=date(2024, 8, 1), einddatum=date(2025, 7, 31), grond="5c"
    )

    assert due(date.fromisoformat(dag), jongere) is verwacht


@pytest.mark.parametrize(
    ("geboren", "verwacht"),
    [
        ("2020-08-31", True),  # leerplichtig from 1 September
        ("2020-09-15", True),  # from Wednesday 1 October
        ("2020-10-01", False),  # from 3 November: not four weeks yet
        ("2007-11-13", True),  # eighteen tomorrow
        ("2007-11-12", False),
    ],
)
def test_borders_of_the_duty(gemeente, geboren, verwacht):
    assert due(DAG, JongereFactory(gemeente=gemeente, geboortedatum=geboren)) is verwacht


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"datum_vertrek": DAG}, False),
        ({"datum_overlijden": DAG}, False),
        ({"datum_vestiging_nl": date(2025, 10, 15)}, True),
        ({"datum_vestiging_nl": date(2025, 10, 16)}, False),
    ],
)
def test_arrived_departed_and_deceased(gemeente, velden, verwacht):
    assert due(DAG, JongereFactory(gemeente=gemeente, **velden)) is verwacht


@pytest.mark.parametrize(("van", "verwacht"), [("2025-10-15", True), ("2025-10-16", False)])
def test_a_move_gives_the_new_gemeente_its_weeks(gemeente, van, verwacht):
    jongere = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=jongere, van=date.fromisoformat(van))

    assert due(DAG, jongere) is verwacht


def test_an_address_that_ended_without_departure_is_first_looked_for(gemeente):
    weg = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=weg, tot=date(2025, 9, 1))
    thuis = JongereFactory(gemeente=gemeente)
    AdresFactory(jongere=thuis)

    assert signal(DAG)["gesignaleerd"] == 2

    assert Werkproces.objects.get(jongere=weg).toestand == "adresonderzoek"
    assert Werkproces.objects.get(jongere=thuis).toestand == "gesignaleerd"


@pytest.mark.parametrize("item_count", (1, 3))
def test_twice_is_once_and_each_has_one_event(gemeente, item_count):
    JongereFactory.create_batch(item_count, gemeente=gemeente)

    first, second = signal(DAG), signal(DAG)

    assert (first["gesignaleerd"], second["gesignaleerd"]) == (item_count, 0)
    opened = Gebeurtenis.objects.filter(actie="werkproces.geopend")
    assert opened.count() == item_count == Werkproces.objects.count()
    assert set(opened.values_list("rol", "gebruiker")) == {("systeem", None)}
    assert set(opened.values_list("object_id", flat=True)) == set(
        Werkproces.objects.values_list("pk", flat=True)
    )
    assert Dossier.objects.count() == Actie.objects.count() == item_count
    melding = Verzuimmelding.objects.filter(soort="ABSOLUUT", kanaal="REGISTER", status="LOKAAL")
    assert melding.exclude(werkproces=None).count() == item_count


def test_number_of_queries_does_not_grow(gemeente, django_assert_max_num_queries):
    JongereFactory.create_batch(3, gemeente=gemeente)

    with django_assert_max_num_queries(22):
        signal(DAG)


def test_ranges_of_keys_together_find_everybody(gemeente, monkeypatch):
    monkeypatch.setattr(absoluut, "SLEUTELS", 2)
    JongereFactory.create_batch(5, gemeente=gemeente)

    assert signal(DAG)["gesignaleerd"] == 5


@pytest.mark.parametrize(
    ("resultaat", "gesloten", "opnieuw"),
    [
        ("naar_school", "2025-09-17", True),  # eight weeks ago
        ("naar_school", "2025-09-18", False),
        ("vrijstelling", "2025-09-17", True),  # and the exemption ended early
        ("vrijstelling", "2025-09-18", False),
        ("niet_verwijtbaar", "2025-08-01", False),  # judged in this schooljaar
        ("niet_opgelost", "2025-07-31", True),  # goes on in the next one
    ],
)
def test_after_closing(gemeente, resultaat, gesloten, opnieuw):
    jongere = JongereFactory(gemeente=gemeente)
    WerkprocesFactory(
        jongere=jongere,
        soort="ABSOLUUT",
        toestand="afgesloten",
        status="GESLOTEN",
        gestart_op=date(2025, 6, 1),
        gesloten_op=date.fromisoformat(gesloten),
        resultaat=resultaat,
    )

    assert due(DAG, jongere) is opnieuw


# Closed as moved on this day, in the gemeente of today or another one -> found again.
@pytest.mark.parametrize(
    ("hier", "gesloten", "opnieuw"),
    [
        (False, "2025-11-01", True),
        (True, "2025-09-18", False),
        (True, "2025-09-17", True),  # moved back, or never gone
    ],
)
def test_who_moved_is_looked_for_where_he_lives(gemeente, hier, gesloten, opnieuw):
    jongere = JongereFactory(gemeente=gemeente)
    WerkprocesFactory(
        jongere=jongere,
        gemeente=gemeente if hier else GemeenteFactory(),
        soort="ABSOLUUT",
        status="GESLOTEN",
        gestart_op=date(2025, 8, 20),
        gesloten_op=date.fromisoformat(gesloten),
        resultaat="verhuisd",
    )

    assert due(DAG, jongere) is opnieuw


def test_what_the_registers_solved_lapses_while_nobody_looked(gemeente):
    gezien, ongezien = JongereFactory.create_batch(2, gemeente=gemeente)
    signal(DAG)
    step(Werkproces.objects.get(jongere=gezien), "beoordelen", make_ambtenaar(gemeente))
    for jongere in (gezien, ongezien):
        InschrijvingFactory(jongere=jongere, begindatum=DAG)

    assert (signal(DAG)["vervallen"], signal(DAG)["vervallen"]) == (1, 0)

    gesloten = Werkproces.objects.get(status="GESLOTEN")
    assert (gesloten.jongere, gesloten.resultaat) == (ongezien, "geen_verzuim")


def test_another_number_of_weeks_is_a_setting(gemeente, settings):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere, einddatum=date(2025, 10, 7))

    settings.LEERRECHT_REGELS = {"absoluut_weken": 6}

    assert not due(DAG, jongere)


def test_the_task_has_a_name(gemeente, monkeypatch):
    monkeypatch.setattr("casework.schooljaar.today", lambda: DAG)
    JongereFactory(gemeente=gemeente)

    assert tasks.signal_absoluut.name == "leerplicht.signal_absoluut"
    assert tasks.signal_absoluut() == {"gesignaleerd": 1, "vervallen": 0}


# The table


def step(werkproces, naam, by, **gegevens):
    return perform(werkproces, naam, tabel=ABSOLUUT, by=by, day=DAG, gegevens=gegevens)


def test_every_toestand_can_be_reached_and_left():
    reached, frontier = set(), {ABSOLUUT.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in ABSOLUUT.from_state(t)} - reached
    plaatsen = {t.plaats for t in ABSOLUUT.toestanden.values()}

    assert reached == set(ABSOLUUT.toestanden)
    assert len(plaatsen) == len(ABSOLUUT.toestanden)
    assert all(list(ABSOLUUT.from_state(t)) for t in ABSOLUUT.toestanden)


@pytest.mark.parametrize(
    ("toestand", "naam"),
    [(t, s.naam) for t in ABSOLUUT.toestanden for s in ABSOLUUT.stappen.values() if t not in s.van],
)
def test_a_step_outside_the_table_is_refused(gemeente, toestand, naam):
    werkproces = make(gemeente, toestand)

    with pytest.raises(DomainError, match="kan niet"):
        step(werkproces, naam, make_ambtenaar(gemeente))


def make(gemeente, toestand):
    jongere = JongereFactory(gemeente=gemeente)
    return WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", toestand=toestand)


GESPREK = {"datum": date(2025, 11, 10), "hoe": "GESPREK", "samenvatting": "Besproken."}


def test_from_signal_to_school(gemeente):
    ambtenaar = make_ambtenaar(gemeente)
    werkproces = make(gemeente, "gesignaleerd")

    step(werkproces, "beoordelen", ambtenaar)
    step(werkproces, "eerste_brief", ambtenaar, datum=DAG, gecontroleerd="Geen school bekend")
    step(werkproces, "tweede_brief", ambtenaar, datum=DAG)
    step(werkproces, "huisbezoek", ambtenaar, datum=DAG, aangetroffen="nee")
    step(werkproces, "onderzoek_starten", ambtenaar, bevinding="Geen antwoord")
    step(werkproces, "ouders_horen", ambtenaar, **GESPREK)
    step(werkproces, "plaats_zoeken", ambtenaar, met="Zeecollege", afspraken="Plaats gezocht")
    werkproces = step(werkproces, "afsluiten", ambtenaar, resultaat="naar_school")

    assert (werkproces.status, werkproces.resultaat) == ("GESLOTEN", "naar_school")
    assert werkproces.stappen.count() == 8
    assert Contactmoment.objects.count() == 2


@pytest.mark.parametrize(("toestand", "stap", "uiterlijk"), [
    ("controle", "eerste_brief", date(2025, 11, 26)),
    ("brief_1", "tweede_brief", date(2025, 11, 26)),
])  # fmt: skip
def test_a_letter_has_two_weeks(gemeente, toestand, stap, uiterlijk):
    velden = {"datum": DAG, "gecontroleerd": "Ja"}

    werkproces = step(make(gemeente, toestand), stap, make_ambtenaar(gemeente), **velden)

    assert werkproces.acties.get().vervalt_op == uiterlijk


@pytest.mark.parametrize(
    ("stappen", "mag"),
    [
        ("oproepen oproepen huisbezoek", True),
        ("oproepen huisbezoek", False),
        ("oproepen oproepen", False),
        ("oproepen verschenen huisbezoek", False),
        ("oproepen oproepen huisbezoek heropenen", False),
    ],
)
def test_parents_who_never_come_do_not_block_the_pv(gemeente, stappen, mag):
    """Two summonses in vain and a home visit stand in for the talk."""
    from accounts.rechten import Rol, Taak
    from tests.factories import make_gebruiker

    boa = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    werkproces = make(gemeente, "horen_ouders")
    ProcesVerbaalFactory(
        jongere=werkproces.jongere, werkproces=werkproces, verdachte="OUDER1",
        verzuimsoort="ABSOLUUT",
    )  # fmt: skip
    for naam in stappen.split():
        if naam == "heropenen":
            step(werkproces, "afsluiten", boa, resultaat="niet_opgelost")
            step(werkproces, "heropenen", boa, reden="Toch niet")
            step(werkproces, "onderzoek_starten", boa, bevinding="Geen school")
        elif naam == "huisbezoek":
            werkproces = step(werkproces, naam, boa, datum=DAG, aangetroffen="nee")
            assert werkproces.toestand == "horen_ouders"
        else:
            kwam = "ja" if naam == "verschenen" else "nee"
            step(werkproces, "oproepen", boa, datum=DAG, verschenen=kwam)

    try:
        werkproces = step(werkproces, "strafrecht_inzetten", boa)
    except DomainError as error:
        assert "Hoor eerst de ouders" in str(error)
        werkproces.refresh_from_db()

    assert (werkproces.toestand == "strafrecht") is mag


@pytest.mark.parametrize(
    ("soort", "toestand"),
    [("ABSOLUUT", "brief_1"), ("LUXE", "luxe_horen"), ("ZORG", "ziekte_school")],
)
def test_a_move_hands_the_dossier_over(gemeente, soort, toestand):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere, soort=soort, toestand=toestand)

    perform(
        werkproces, "afsluiten_verhuisd", tabel=tabel_of(werkproces), by=make_ambtenaar(gemeente),
        day=DAG, gegevens={},
    )  # fmt: skip

    actie = werkproces.acties.get()
    assert (actie.grondslag, actie.vervalt_op) == ("Leerplichtregeling 3 lid 2", date(2025, 11, 19))


@pytest.mark.parametrize(("verdachte", "mag"), [("OUDER1", True), ("JONGERE", False)])
def test_only_an_adult_can_be_the_suspect(gemeente, verdachte, mag):
    from accounts.rechten import Rol, Taak
    from tests.factories import make_gebruiker

    boa = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    werkproces = make(gemeente, "horen_ouders")
    step(werkproces, "ouders_horen", boa, **GESPREK)
    ProcesVerbaalFactory(
        jongere=werkproces.jongere,
        werkproces=werkproces,
        verdachte=verdachte,
        verzuimsoort="ABSOLUUT",
    )

    try:
        werkproces = step(werkproces, "strafrecht_inzetten", boa)
    except DomainError:
        werkproces.refresh_from_db()

    assert (werkproces.toestand == "strafrecht") is mag


def test_a_private_school_counts(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    school = SchoolFactory(soort="PARTICULIER")
    InschrijvingFactory(jongere=jongere, school=school, onderwijssoort=Onderwijssoort.PARTICULIER)

    assert not due(DAG, jongere)
