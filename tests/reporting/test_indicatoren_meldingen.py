"""Which meldingen and measures count, as what; figures worked out by hand."""

from datetime import date

import pytest

from leerplicht.models import Haltverwijzing
from tests.factories import JongereFactory, RelatieFactory, WerkprocesFactory
from tests.reporting.tellen import count, figures, melding

pytestmark = pytest.mark.django_db


# Which rows


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2022, 7, 31), 0),
        (date(2022, 8, 1), 1),
        (date(2023, 7, 31), 1),
        (date(2023, 8, 1), 0),
    ],
)
def test_schooljaar_of_the_melddatum(hier, day, counted):
    melding(JongereFactory(gemeente=hier), day)

    assert count("lp_meldingen") == counted


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, 1),
        ({"status": "I"}, 0),
        ({"status": "K"}, 1),
        ({"resultaat": "geen_verzuim"}, 0),
        ({"resultaat": "halt"}, 1),
    ],
)
def test_withdrawn_and_no_absence_count_in_nothing(hier, fields, counted):
    melding(JongereFactory(gemeente=hier), **fields)

    assert count("verzuim_meldingen") == counted
    assert count("verzuim_jongeren") == counted


@pytest.mark.parametrize(
    ("own", "of_werkproces", "res"),
    [
        ("", "", "open"),
        ("", "pv", "pv"),
        ("halt", "pv", "halt"),
        ("halt", "geen_verzuim", "halt"),
        ("", "geen_verzuim", None),
    ],
)
def test_result_is_its_own_else_that_of_the_werkproces(hier, own, of_werkproces, res):
    jongere = JongereFactory(gemeente=hier)
    werkproces = WerkprocesFactory(jongere=jongere, resultaat=of_werkproces)
    melding(jongere, resultaat=own, werkproces=werkproces)

    counted = {dim for (_, dim), n in figures("lp_afhandeling").items() if n and "vs=" not in dim}

    assert counted == ({"", f"res={res}"} if res else set())


def test_gemeente_is_frozen_on_the_fact(hier, daar):
    jongere = JongereFactory(gemeente=daar)  # has moved since
    melding(jongere, gemeente=hier)
    melding(jongere, gemeente=None)  # lived nowhere

    assert figures("verzuim_jongeren", "8001", "8002") == {
        ("8001", ""): 1,
        ("8002", ""): 0,
        ("totaal", ""): 1,
    }


def test_jongere_in_two_gemeenten_counts_once_in_the_total(hier, daar):
    jongere = JongereFactory(gemeente=hier)
    melding(jongere, gemeente=hier)
    melding(jongere, date(2023, 2, 1), gemeente=daar)

    assert figures("verzuim_jongeren", "8001", "8002") == {
        ("8001", ""): 1,
        ("8002", ""): 1,
        ("totaal", ""): 1,
    }
    # Exactly one in each gemeente, but two over all.
    assert figures("lp_spijbel_eenmalig", "8001", "8002") == {
        ("8001", ""): 1,
        ("8002", ""): 1,
        ("totaal", ""): 0,
    }


def test_one_gemeente_has_no_total(hier):
    assert set(figures("lp_incidenten", "8001", "8001")) == {("8001", "")}


@pytest.mark.parametrize(
    ("soort", "taak", "vs"),
    [
        ("ABSOLUUT", "leerplicht", "absoluut"),
        ("V2", "leerplicht", "wettelijk"),
        ("V3", "doorstroompunt", "wettelijk"),
        ("TELAAT", "leerplicht", "licht"),
        ("LRV", "leerplicht", "langdurig"),
        ("L", "leerplicht", "luxe"),
        ("ZIEK", "leerplicht", "zorg"),
        ("V4", "doorstroompunt", "wettelijk_18plus"),
        ("RMC", "doorstroompunt", "vier_weken_18plus"),
        ("O", "doorstroompunt", "overig_18plus"),
        ("L", "doorstroompunt", "overig_18plus"),
    ],
)
def test_kind_of_absence(hier, soort, taak, vs):
    melding(JongereFactory(gemeente=hier), soort=soort, taak=taak)

    found = figures("verzuim_meldingen")

    assert len(found) == 10
    assert {dim for (_, dim), n in found.items() if n} == {"", f"vs={vs}"}


# Last, first, repeated


def test_last_report_decides_the_result(hier):
    jongere = JongereFactory(gemeente=hier)
    melding(jongere, date(2023, 3, 1), soort="LRV", resultaat="oza")
    melding(jongere, date(2022, 9, 1), soort="LRV", resultaat="pv")

    counted = {dim: n for (_, dim), n in figures("thz_afhandeling").items() if n}

    assert counted == {"": 1, "res=oza": 1}


def test_repeated_are_all_but_the_first_of_a_jongere(hier):
    twice, once = JongereFactory.create_batch(2, gemeente=hier)
    for day in (date(2022, 9, 1), date(2022, 9, 1), date(2023, 1, 1)):
        melding(twice, day)
    melding(once)

    assert count("lp_wettelijk_herhaald") == 2
    assert count("lp_spijbel_herhaald") == 2
    assert count("lp_spijbel_jongeren") == 2
    assert count("lp_spijbel_eenmalig") == 1


# Measures and households


@pytest.mark.parametrize(
    ("own", "soort", "counted"),
    [
        ("RELATIEF", "L", {"", "hvs=relatief"}),
        ("", "L", {"", "hvs=luxe"}),
        ("", "ABSOLUUT", {"", "hvs=absoluut"}),
        ("", "ZORG", {"", "hvs=relatief"}),
        ("", None, {""}),
    ],
)
def test_kind_of_a_measure_follows_its_melding(hier, own, soort, counted):
    jongere = JongereFactory(gemeente=hier)
    bron = melding(jongere, soort=soort) if soort else None
    Haltverwijzing.objects.create(
        jongere=jongere,
        gemeente=hier,
        melding=bron,
        datum_verwijzing=date(2022, 12, 1),
        verzuimsoort=own,
    )

    assert {dim for (_, dim), n in figures("hv_halt").items() if n} == counted
    assert {dim for (_, dim), n in figures("hv_totaal").items() if n} == {""}


def luxe(hier, n, gezin="", ouders=(), soort="OUDER"):
    jongere = JongereFactory(gemeente=hier, gezin_id=gezin, achternaam=f"Proef{n}")
    for ouder in ouders:
        RelatieFactory(jongere=jongere, bsn=ouder, soort=soort)
    melding(jongere, soort="L")


@pytest.mark.parametrize(
    ("jongeren", "households"),
    [
        ([{"gezin": "a"}, {"gezin": "a"}, {"gezin": "b"}], 2),
        ([{"ouders": ["900000013"]}, {"ouders": ["900000013"]}], 1),
        ([{"ouders": ["900000013"]}, {"ouders": ["900000025"]}, {}], 3),
        # Through a third: 1-2 and 2-3 share a parent.
        (
            [
                {"ouders": ["900000013"]},
                {"ouders": ["900000013", "900000025"]},
                {"ouders": ["900000025"]},
            ],
            1,
        ),
        # gezin_id keeps apart, whatever the parents.
        ([{"gezin": "a", "ouders": ["900000013"]}, {"gezin": "b", "ouders": ["900000013"]}], 2),
        ([{"gezin": "a", "ouders": ["900000013"]}, {"ouders": ["900000013"]}], 1),
        # A shared guardian is no parent.
        ([{"ouders": ["900000013"], "soort": "VOOGD"}] * 2, 2),
    ],
)
def test_households(hier, jongeren, households):
    for n, fields in enumerate(jongeren):
        luxe(hier, n, **fields)

    assert count("lp_luxe_gezinnen") == households
