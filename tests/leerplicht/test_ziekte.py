"""Ziekteverzuim and zorgmelding: the whole road to the jeugdarts and back, from a melding."""

from datetime import date

import pytest

from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Werkproces
from leerplicht.domain.melding import back_to_school, take_up
from leerplicht.domain.tabellen import tabel_of
from leerplicht.domain.ziekte_tabel import ZIEKTE
from tests.factories import (
    JongereFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
)

DAG = date(2025, 9, 8)
VRAAG = {"datum": DAG, "school_sprak": "ja", "ouders_weten": "ja"}
ADVIES = {"datum": DAG, "belastbaar": "deels"}
AFSPRAAK = {"datum": DAG, "afspraken": "Halve dagen tot de herfst"}


@pytest.fixture(params=["ZIEK", "ZORG"])
def melding(gemeente, request):
    return VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente),
        soort=request.param,
        status="LOKAAL",
        duo_meldingnummer="",
    )


def walk(werkproces, by, *steps):
    for naam, gegevens in steps:
        werkproces = perform(werkproces, naam, tabel=ZIEKTE, by=by, day=DAG, gegevens=gegevens)
    return werkproces


def term_of(werkproces):
    return werkproces.acties.get(gedaan_op=None, grondslag__startswith="termijn:").vervalt_op


def test_from_a_melding_to_the_follow_up_and_closed(melding, ambtenaar):
    werkproces = take_up(melding, by=ambtenaar, day=DAG)
    assert (werkproces.soort, werkproces.toestand) == ("ZORG", "ziekte_school")
    assert tabel_of(werkproces) is ZIEKTE
    assert term_of(werkproces) == date(2025, 9, 22)

    werkproces = walk(werkproces, ambtenaar, ("jeugdarts_vragen", VRAAG))
    assert term_of(werkproces) == date(2025, 10, 6)
    werkproces = walk(werkproces, ambtenaar, ("advies_jeugdarts", ADVIES))
    werkproces = walk(werkproces, ambtenaar, ("afspraken_maken", AFSPRAAK))
    assert term_of(werkproces) == date(2025, 11, 10)  # two months, and not in the weekend

    einde = {"resultaat": "niet_zorgelijk", "meldingen_sluiten": True}
    werkproces = walk(werkproces, ambtenaar, ("afsluiten", einde))

    melding.refresh_from_db()
    assert (werkproces.toestand, werkproces.resultaat) == ("afgesloten", "niet_zorgelijk")
    assert (melding.resultaat, melding.afgesloten_op) == ("niet_zorgelijk", DAG)
    assert werkproces.stappen.get(stap="advies_jeugdarts").gegevens == {
        "datum": "2025-09-08",
        "belastbaar": "deels",
    }


def test_who_stays_away_goes_on_as_relatief_verzuim(melding, ambtenaar):
    werkproces = take_up(melding, by=ambtenaar, day=DAG)
    weg = ("niet_bij_jeugdarts", {"datum": DAG})
    slot = ("naar_leerplicht", {"aanleiding": "niet_verschenen"})

    werkproces = walk(werkproces, ambtenaar, ("jeugdarts_vragen", VRAAG), weg, slot)

    melding.refresh_from_db()
    nieuw = Werkproces.objects.get(soort="RELATIEF")
    assert (werkproces.toestand, werkproces.resultaat) == ("afgesloten", "alsnog_ongeoorloofd")
    assert (nieuw.toestand, nieuw.behandelaar) == ("beoordeling", ambtenaar)
    # The zorgmelding ends with its own result and stays the reason of the new werkproces.
    assert (melding.werkproces, melding.resultaat) == (nieuw, "alsnog_ongeoorloofd")
    assert melding.afgesloten_op == DAG


def test_the_follow_up_is_a_dated_setting(melding, ambtenaar, settings):
    settings.LEERRECHT_REGELS = {"ziekte_vervolg_maanden": 3}
    werkproces = take_up(melding, by=ambtenaar, day=DAG)

    werkproces = walk(werkproces, ambtenaar, ("school_afspraken", AFSPRAAK))

    assert term_of(werkproces) == date(2025, 12, 8)


@pytest.mark.parametrize("anders", [{"school_sprak": "nee"}, {"ouders_weten": "nee"}])
def test_no_jeugdarts_before_school_talked_and_parents_know(melding, ambtenaar, anders):
    werkproces = take_up(melding, by=ambtenaar, day=DAG)

    with pytest.raises(DomainError, match="eerst"):
        walk(werkproces, ambtenaar, ("jeugdarts_vragen", {**VRAAG, **anders}))


def test_only_the_outcome_of_the_jeugdarts_has_a_place():
    """Text can be typed only where agreements stand; each such field says what not to write."""
    typed = {
        (stap.naam, veld.naam): veld.hulp or stap.uitleg
        for stap in ZIEKTE.stappen.values()
        for veld in stap.velden
        if veld.soort in ("tekst", "lange_tekst")
    }

    assert {naam for _, naam in typed} == {"afspraken", "reden"}
    assert all("geen diagnose" in text for text in typed.values())
    advies = {veld.naam: veld.keuzes for veld in ZIEKTE.stappen["advies_jeugdarts"].velden}
    assert [code for code, _ in advies["belastbaar"]] == ["ja", "deels", "nee"]


def test_every_toestand_can_be_reached():
    reached, frontier = set(), {ZIEKTE.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in ZIEKTE.from_state(t)} - reached

    assert reached == set(ZIEKTE.toestanden)


def test_what_stands_in_the_mas_stays_there_and_nothing_goes_back_to_school(melding, ambtenaar):
    oud = WerkprocesFactory(jongere=melding.jongere, soort="ZORG", toestand="onderzoek")

    assert tabel_of(oud).naam == "mas"
    with pytest.raises(DomainError, match="niet terug naar school"):
        back_to_school(melding, by=ambtenaar, day=DAG, reden="Praat eerst")


def test_the_screen_shows_the_steps_and_keeps_the_outcome(client, melding, ambtenaar):
    werkproces = take_up(melding, by=ambtenaar, day=DAG)
    werkproces = walk(werkproces, ambtenaar, ("jeugdarts_vragen", VRAAG))
    client.force_login(ambtenaar)
    url = f"{werkproces.get_absolute_url()}stap/advies_jeugdarts/"

    page = client.get(url).content.decode()
    leeg = client.post(url, {"datum": "8-9-2025"})
    client.post(url, {"datum": "8-9-2025", "belastbaar": "nee"})

    werkproces.refresh_from_db()
    assert "Kan de jongere naar school" in page
    assert leeg.status_code == 200
    assert werkproces.toestand == "ziekte_advies"
