"""Residents and their enrolment on a day; figures worked out by hand."""

from datetime import date

import pytest
from django.db import connection

from casework.schooljaar import Schooljaar
from reporting.indicatoren.feit import counting_sql
from reporting.indicatoren.populatie import POPULATIE
from reporting.indicatoren.vraag import Vraag
from tests.factories import AdresFactory, InschrijvingFactory, JongereFactory, VrijstellingFactory
from tests.reporting.tellen import count, figures, melding
from tests.reporting.verzonnen import Regio

pytestmark = pytest.mark.django_db


# Kind of education


@pytest.mark.parametrize(
    ("enrolments", "os"),
    [
        ([], "geen"),
        ([("BO", None)], "bo_sbo"),
        ([("BRUGJAAR", 3)], "onderbouw_vo"),
        ([("HAVO", 2)], "onderbouw_vo"),
        ([("HAVO", 3)], "havo"),
        ([("VMBO_K", None)], "vmbo"),
        ([("MBO2", 1), ("VSO", 1)], "mbo2"),
        ([("BUITENLAND", 1), ("BO", 1)], "bo_sbo"),
        ([("BUITENLAND", 1), ("PARTICULIER", 1)], "overig"),
    ],
)
def test_education_on_the_day_of_the_event(hier, enrolments, os):
    jongere = JongereFactory(gemeente=hier)
    for soort, leerjaar in enrolments:
        InschrijvingFactory(
            jongere=jongere,
            onderwijssoort=soort,
            leerjaar=leerjaar,
            begindatum=date(2022, 8, 1),
            einddatum=date(2022, 11, 1),  # the last day, also that of the melding
        )
    melding(jongere)

    counted = {dim for (_, dim), n in figures("lp_spijbel").items() if n and "os=" in dim}

    assert counted == {f"os={os}"}


def test_population_takes_one_enrolment_each(hier):
    jongere = JongereFactory(gemeente=hier)
    for soort, begin in (("VMBO_K", date(2022, 9, 1)), ("VMBO_B", date(2022, 8, 1))):
        InschrijvingFactory(jongere=jongere, onderwijssoort=soort, leerjaar=3, begindatum=begin)

    counted = {dim for (_, dim), n in figures("pop_ingeschreven_naar_soort").items() if n}

    assert counted == {"", "os=vmbo", "onderwijssoort=VMBO_K", "leerweg=onbekend"}


# Population


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, 1),
        ({"geboortedatum": date(2004, 10, 1)}, 0),  # 18 on the day
        ({"geboortedatum": date(2004, 10, 2)}, 1),
        ({"geboortedatum": date(2017, 10, 1)}, 1),  # 5 on the day
        ({"geboortedatum": date(2017, 10, 2)}, 0),
        ({"datum_overlijden": date(2022, 10, 1)}, 0),
        ({"datum_overlijden": date(2022, 10, 2)}, 1),
        ({"datum_vertrek": date(2022, 9, 1)}, 0),
        ({"datum_vestiging_nl": date(2022, 10, 1)}, 1),
        ({"datum_vestiging_nl": date(2022, 10, 2)}, 0),
    ],
)
def test_residents_on_1_october(hier, fields, counted):
    AdresFactory(jongere=JongereFactory(gemeente=hier, **fields))

    assert count("pop_5_18") == counted


def test_residence_follows_the_home_address(hier, daar):
    moved = JongereFactory(gemeente=daar)
    AdresFactory(jongere=moved, gemeente=hier, tot=date(2022, 10, 2))
    AdresFactory(jongere=moved, gemeente=daar, van=date(2022, 10, 2))
    postal = JongereFactory(gemeente=daar)
    AdresFactory(jongere=postal, gemeente=daar)
    AdresFactory(jongere=postal, gemeente=hier, soort="BRIEF")
    nowhere = JongereFactory(gemeente=hier)
    AdresFactory(jongere=nowhere, gemeente=hier, tot=date(2022, 10, 1))
    JongereFactory(gemeente=hier)  # no address at all

    assert figures("pop_5_18", "8001", "8002") == {
        ("8001", ""): 2,
        ("8002", ""): 1,
        ("totaal", ""): 3,
    }


def test_duty_counts_the_exempted_too(hier):
    jongere = JongereFactory(gemeente=hier)
    VrijstellingFactory(jongere=jongere, begindatum=date(2022, 8, 1), einddatum=None)

    assert count("pop_leer_kwalificatieplichtigen") == 1


# Speed


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def test_no_join_reads_a_whole_table_for_each_row_when_there_are_no_statistics():
    """A nested loop that throws rows away afterwards took minutes in a gemeente just loaded."""
    region = Regio(1000, begin=2022, einde=2022).make()
    vraag = Vraag.of(region.codes, [Schooljaar(2022)])
    rows, params = POPULATIE.grouped_sql(vraag)
    sql = counting_sql(POPULATIE, {telling.id for telling in POPULATIE.tellingen}, rows)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        ((plan,),) = cursor.fetchone()

    thrown_away = [n.get("Rows Removed by Join Filter", 0) for n in nodes(plan["Plan"])]
    assert max(thrown_away) < 10 * region.size
