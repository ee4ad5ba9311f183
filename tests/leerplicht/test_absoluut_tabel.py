"""Absoluut verzuim as a table: walked, parents who never come, and a move."""

from datetime import date

import pytest

from accounts.rechten import Rol, Taak
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Contactmoment
from leerplicht.domain.absoluut_tabel import ABSOLUUT
from leerplicht.domain.tabellen import tabel_of
from tests.factories import (
    JongereFactory,
    ProcesVerbaalFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

DAG = date(2025, 11, 12)


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
])  # fmt: skip  # read as a table
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
    boa = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    werkproces = make(gemeente, "horen_ouders")
    ProcesVerbaalFactory(
        jongere=werkproces.jongere,
        werkproces=werkproces,
        verdachte="OUDER1",
        verzuimsoort="ABSOLUUT",
    )
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
        werkproces,
        "afsluiten_verhuisd",
        tabel=tabel_of(werkproces),
        by=make_ambtenaar(gemeente),
        day=DAG,
        gegevens={},
    )

    actie = werkproces.acties.get()
    assert (actie.grondslag, actie.vervalt_op) == ("Leerplichtregeling 3 lid 2", date(2025, 11, 19))


@pytest.mark.parametrize(("verdachte", "mag"), [("OUDER1", True), ("JONGERE", False)])
def test_only_an_adult_can_be_the_suspect(gemeente, verdachte, mag):
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
