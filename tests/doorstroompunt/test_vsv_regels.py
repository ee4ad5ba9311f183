"""Borders of the vsv definition that the case table does not hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casework.errors import DomainError
from doorstroompunt.domain.vsv import (
    BUITEN_POPULATIE,
    Deelname,
    Definitie,
    Diploma,
    Soort,
    VsvFeiten,
    main_deelname,
    vsv,
)
from doorstroompunt.domain.vsvtabel import compute_row

MBO = Deelname(Soort.MBO, niveau="mbo-2", van=date(2022, 8, 1), instelling="ROC-1")
UITVALLER = VsvFeiten(
    t0=date(2022, 10, 1),
    geboortedatum=date(2005, 3, 10),
    op_t0=(MBO,),
    gemeente_t0="0164",
    gemeente_t1="0147",
)


def test_a_drop_out_counts_where_he_lived_on_t0():
    found = vsv(UITVALLER)

    assert (found.in_startpopulatie, found.is_nieuwe_vsver, found.gemeente) == (True, True, "0164")
    assert found.deelname == MBO


def test_the_day_of_the_address_is_a_setting(settings):
    settings.LEERRECHT_REGELS = {"vsv_adresdatum": "t1"}

    assert vsv(UITVALLER).gemeente == "0147"


def test_a_rutte_leerling_counts_once_as_vavo():
    vo = Deelname(Soort.VO, van=date(2022, 9, 1))
    vavo = Deelname(Soort.VAVO, van=date(2022, 8, 1))

    assert main_deelname([vo, vavo, MBO]) == vavo
    assert main_deelname([vo, MBO]) == MBO
    assert main_deelname([replace(vo, bekostigd=False)]) is None


def test_of_two_mbo_enrolments_the_latest_counts():
    later = replace(MBO, van=date(2022, 9, 15), niveau="mbo-3")

    assert main_deelname([MBO, later]) == later
    assert main_deelname([later, MBO]) == later


@pytest.mark.parametrize("soort", [Soort.VSO, Soort.SO, Soort.PRO, Soort.IB, Soort.EDUCATIE])
def test_an_excluded_kind_beside_mbo_takes_out_on_either_day(soort):
    other = Deelname(soort)

    assert vsv(replace(UITVALLER, op_t0=(MBO, other))) == BUITEN_POPULATIE
    assert vsv(replace(UITVALLER, op_t1=(other,))) == BUITEN_POPULATIE


@pytest.mark.parametrize("grond", ["5a", "5b", "5c", "5a_trekkend", "15"])
def test_exemptions_take_out(grond):
    assert vsv(replace(UITVALLER, gronden_op_t1=(grond,))) == BUITEN_POPULATIE


@pytest.mark.parametrize("grond", ["3a", "3b"])
def test_vervangende_leerplicht_does_not_take_out(grond):
    assert vsv(replace(UITVALLER, gronden_op_t1=(grond,))).is_nieuwe_vsver is True


@pytest.mark.parametrize(
    ("soort", "datum", "is_vsver"),
    [
        ("mbo-2", date(2023, 12, 31), False),
        ("mbo-2", date(2024, 1, 1), True),
        ("havo", date(2023, 10, 1), False),
        ("vmbo-gl/tl", date(2023, 6, 1), True),
        ("mbo-1", date(2023, 6, 1), True),
    ],
)
def test_startkwalificatie_up_to_31_december(soort, datum, is_vsver):
    assert vsv(replace(UITVALLER, diplomas=(Diploma(soort, datum),))).is_nieuwe_vsver is is_vsver


@pytest.mark.parametrize(
    ("uren", "datum", "is_vsver"),
    [
        ("12", date(2023, 10, 1), False),
        ("11.9", date(2023, 10, 1), True),
        ("40", date(2023, 10, 2), True),  # entree diploma after t1
    ],
)
def test_entree_with_a_job_under_a(uren, datum, is_vsver):
    feiten = replace(UITVALLER, diplomas=(Diploma("mbo-1", datum),), werkuren_t1=Decimal(uren))

    assert vsv(feiten).is_nieuwe_vsver is is_vsver


def test_definition_b_counts_entree_and_marks_it():
    feiten = replace(
        UITVALLER,
        t0=date(2026, 10, 1),
        diplomas=(Diploma("mbo-1", date(2027, 6, 30)),),
        werkuren_t1=Decimal(32),
    )

    found = vsv(feiten)

    assert (found.is_nieuwe_vsver, found.entree_gediplomeerde) == (True, True)


def test_the_definition_follows_the_cohort():
    assert Definitie.on(date(2025, 10, 1)).naam == "A"
    assert Definitie.on(date(2026, 10, 1)).naam == "B"


@pytest.mark.parametrize(
    ("t0", "geboren", "erin"),
    [
        (date(2025, 10, 1), date(2003, 10, 2), True),
        (date(2025, 10, 1), date(2003, 10, 1), False),
        (date(2026, 10, 1), date(1999, 10, 2), True),
        (date(2026, 10, 1), date(1999, 10, 1), False),
    ],
)
def test_age_limit_of_each_definition(t0, geboren, erin):
    assert vsv(replace(UITVALLER, t0=t0, geboortedatum=geboren)).in_startpopulatie is erin


def test_a_recognised_private_provider_on_t1_is_a_setting(settings):
    feiten = replace(UITVALLER, op_t1=(Deelname(Soort.MBO_NBI, bekostigd=False),))

    assert vsv(feiten).is_nieuwe_vsver is False

    settings.LEERRECHT_REGELS = {"vsv_mbo_nbi_is_onderwijs": False}
    assert vsv(feiten).is_nieuwe_vsver is True


ROW = {
    "case_id": "V1", "definitie": "A", "t0": "2022-10-01", "t1": "2023-10-01",
    "geboortedatum": "2005-03-10", "onderwijs_t0": "mbo-2", "bekostigd_t0": "ja",
    "onderwijs_t1": "", "hoogste_diploma": "", "diploma_datum": "", "vrijstelling_op_t1": "",
    "gemeente_t0": "Hengelo", "gemeente_t1": "Hengelo", "werkuren_pw_t1": "0",
    "nieuwkomer_1e_jaar_vo_t0": "nee",
}  # fmt: skip  # read as a table


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"t0": "2022-09-30"}, "kolom t0: 2022-09-30 is geen 1 oktober."),
        ({"t1": "2024-10-01"}, "kolom t1: 2024-10-01 is niet 1 oktober een jaar na t0."),
        ({"definitie": "C"}, "kolom definitie: 'C' is onbekend. Kies A of B."),
        (
            {"onderwijs_t1": "toneel"},
            "kolom onderwijs_t1: 'toneel' is een onbekende onderwijssoort.",
        ),
        ({"hoogste_diploma": "havo"}, "kolom diploma_datum: vul de datum van het diploma havo in."),
        ({"geboortedatum": ""}, "kolom geboortedatum: vul een datum in (JJJJ-MM-DD)."),
        (
            {"vrijstelling_op_t1": "5_a"},
            "kolom vrijstelling_op_t1: '5_a' is geen grond. Kies uit 5a, 5b, 5c, 5a_trekkend, 15, "
            "3a, 3b, 11a, 11_a, 11_b, 11_c, 11_d, 11_e, 11_f, 11_g.",
        ),
    ],
)
def test_a_wrong_cell_is_refused(changes, sentence):
    with pytest.raises(DomainError) as error:
        compute_row(ROW | changes)

    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("code", "in_population"),
    [
        ("vmbo-gl/tl", "ja"), ("havo/vwo", "ja"), ("vo-isk", "ja"), ("vavo", "ja"), ("mbo4", "ja"),
        ("mbo-4 bbl", "ja"), ("mbo-1 entree", "ja"), ("mbo-2 nbi", "nee"), ("hbo", "nee"),
        ("engelse stroom", "nee"), ("buitenland", "nee"), ("geen", "nee"),
        ("vso-dagbesteding", "nee"),
    ],
)  # fmt: skip  # read as a table
def test_free_codes_of_education(code, in_population):
    assert compute_row(ROW | {"onderwijs_t0": code})["in_startpopulatie"] == in_population
