"""Records of a dossier to the facts of the vsv definition."""

from datetime import date
from typing import NamedTuple

import pytest

from casework.codes import Onderwijssoort
from doorstroompunt.domain.vsv import Deelname, Diploma, Soort, VsvFeiten, vsv
from doorstroompunt.domain.vsv_dossier import deelnames_on, diplomas_of, soort_of

T0 = date(2022, 10, 1)


class Row(NamedTuple):
    onderwijssoort: str
    begindatum: date
    einddatum: date | None = None
    bekostigd: bool = True


class Proof(NamedTuple):
    soort: str
    naam: str
    niveau: str
    datum: date
    startkwalificatie: bool


@pytest.mark.parametrize("onderwijssoort", Onderwijssoort.values)
def test_every_kind_of_education_has_a_place(onderwijssoort):
    assert soort_of(onderwijssoort, bekostigd=True) in set(Soort)


def test_unfunded_mbo_is_nbi():
    assert soort_of("MBO2", bekostigd=False) == Soort.MBO_NBI


def test_the_last_day_of_an_enrolment_counts():
    rows = [
        Row("MBO2", date(2022, 8, 1), date(2022, 10, 1)),
        Row("MBO3", date(2022, 8, 1), date(2022, 9, 30)),
    ]

    assert deelnames_on(rows, T0) == (Deelname(Soort.MBO, van=date(2022, 8, 1), niveau="MBO2"),)


@pytest.mark.parametrize(
    ("rows", "in_population"),
    [
        ([Row("ISK", date(2022, 3, 1))], False),
        ([Row("ISK", date(2021, 10, 1))], True),
        ([Row("BO", date(2020, 8, 1), date(2022, 7, 31)), Row("ISK", date(2022, 8, 1))], True),
        ([Row("BUITENLAND", date(2020, 8, 1)), Row("ISK", date(2022, 8, 1))], False),
        ([Row("MBO1", date(2022, 8, 1))], True),
    ],
)
def test_first_year_of_a_newcomer_in_isk(rows, in_population):
    feiten = VsvFeiten(
        t0=T0,
        geboortedatum=date(2006, 6, 6),
        op_t0=deelnames_on(rows, T0),
        gemeente_t0="0164",
        gemeente_t1="0164",
    )

    assert vsv(feiten).in_startpopulatie is in_population


def test_only_startkwalificatie_and_entree_are_read_from_diplomas():
    day = date(2022, 7, 1)
    rows = [
        Proof("DIPLOMA", "havo", "havo", day, True),
        Proof("DIPLOMA", "Assistent logistiek", "mbo1", day, False),
        Proof("DIPLOMA", "Entree", "", day, False),
        Proof("CERTIFICAAT", "entree", "mbo-1", day, False),
        Proof("DIPLOMA", "vmbo", "vmbo-gl/tl", day, False),
    ]

    assert diplomas_of(rows) == (
        Diploma("startkwalificatie", day),
        Diploma("mbo-1", day),
        Diploma("mbo-1", day),
    )
