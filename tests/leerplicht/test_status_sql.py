"""The SQL form of the status against the pure function, on a grid of hand-made persons."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from casework.models import Diploma, Gemeente, Inschrijving, Jongere, School
from leerplicht.domain.dossierfeiten import feiten_of
from leerplicht.domain.status import Statuscode, leerplichtstatus
from leerplicht.domain.status_sql import UNDER_DUTY, status_on, under_duty_on
from leerplicht.models import Vrijstelling

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DAYS = (
    date(2021, 10, 1),
    date(2022, 7, 31),
    date(2022, 8, 1),
    date(2022, 10, 1),  # a Saturday: who turned 5 in September is not yet leerplichtig
    date(2023, 2, 28),
    date(2023, 3, 1),
    date(2024, 2, 29),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 11, 2),
)
GEBOREN = (
    date(1999, 1, 1),
    date(2002, 12, 31),
    date(2004, 2, 29),
    date(2005, 3, 1),
    date(2005, 10, 1),
    date(2005, 10, 2),
    date(2006, 7, 31),
    date(2006, 8, 1),
    date(2008, 2, 29),
    date(2010, 8, 1),
    date(2016, 4, 10),
    date(2017, 8, 31),
    date(2017, 9, 1),
    date(2017, 9, 30),
    date(2021, 1, 1),
)
Variant = Callable[[Jongere, School], object]


def plain(jongere: Jongere, school: School) -> None:
    """Nothing known but the birth date."""


def diploma(soort: str, naam: str, datum: date, *, startkwalificatie: bool = False) -> Variant:
    return lambda jongere, school: Diploma.objects.create(
        jongere=jongere, soort=soort, naam=naam, datum=datum, startkwalificatie=startkwalificatie
    )


def vso(profiel: str, van: date, tot: date | None) -> Variant:
    return lambda jongere, school: Inschrijving.objects.create(
        jongere=jongere,
        school=school,
        onderwijssoort="VSO",
        uitstroomprofiel=profiel,
        begindatum=van,
        einddatum=tot,
    )


def vrijstelling(grond: str, besluit: str, van: date, tot: date | None) -> Variant:
    return lambda jongere, school: Vrijstelling.objects.create(
        jongere=jongere,
        grond=grond,
        besluit=besluit,
        aanvraagdatum=van,
        begindatum=van,
        einddatum=tot,
    )


def columns(**values: object) -> Variant:
    return lambda jongere, school: Jongere.objects.filter(pk=jongere.pk).update(**values)


VARIANTS: dict[str, Variant] = {
    "plain": plain,
    "havo": diploma("DIPLOMA", "havo", date(2022, 8, 1), startkwalificatie=True),
    "pro": diploma("GETUIGSCHRIFT", "Praktijkonderwijs", date(2022, 7, 31)),
    "pro-word": diploma("VERKLARING", "PRO verklaring", date(2022, 7, 31)),
    "no-pro": diploma("VERKLARING", "praktijkverklaring procestechniek", date(2021, 7, 1)),
    "pro-certificate": diploma("CERTIFICAAT", "praktijkonderwijs", date(2021, 7, 1)),
    "vso-left": vso("ARBEID", date(2018, 8, 1), date(2022, 7, 31)),
    "vso-still": vso("DAGBESTEDING", date(2018, 8, 1), None),
    "vso-vervolg": vso("VERVOLG", date(2018, 8, 1), date(2022, 7, 31)),
    "5a": vrijstelling("5a", "VAN_RECHTSWEGE", date(2021, 10, 1), date(2022, 10, 1)),
    "5a-open": vrijstelling("5a", "VAN_RECHTSWEGE", date(2021, 8, 1), None),
    "trekkend": vrijstelling("5a_trekkend", "VAN_RECHTSWEGE", date(2020, 1, 1), None),
    "15": vrijstelling("15", "VERLEEND", date(2020, 1, 1), None),
    "refused": vrijstelling("5b", "ONGELDIG", date(2020, 1, 1), None),
    "3b": vrijstelling("3b", "VERLEEND", date(2020, 1, 1), None),
    "twelve": columns(schooljaren_voltooid=12),
    "eleven": columns(schooljaren_voltooid=11),
    "died": columns(datum_overlijden=date(2022, 10, 1)),
    "left": columns(datum_vertrek=date(2022, 10, 1)),
    "arrived": columns(datum_vestiging_nl=date(2022, 10, 1)),
    "back": columns(datum_vertrek=date(2022, 8, 1), datum_vestiging_nl=date(2023, 3, 1)),
    "gone-again": columns(datum_vestiging_nl=date(2022, 8, 1), datum_vertrek=date(2023, 3, 1)),
}


def make_grid() -> None:
    gemeente = Gemeente.objects.create(code="9901", naam="Proefstad", vakantieregio="noord")
    school = School.objects.create(naam="De Proef")
    for geboren in GEBOREN:
        for naam, variant in VARIANTS.items():
            jongere = Jongere.objects.create(
                achternaam=naam, geboortedatum=geboren, gemeente=gemeente
            )
            if jongere.datum_overlijden is None and geboren <= date(2020, 1, 1):
                variant(jongere, school)


def test_sql_and_function_agree_on_every_person_and_day():
    make_grid()
    rows = Jongere.objects.select_related("gemeente").prefetch_related(
        "diplomas", "inschrijvingen", "vrijstellingen"
    )

    differences = []
    seen = set()
    for day in DAYS:
        for jongere in rows.annotate(leerplichtstatus=status_on(day)):
            expected = leerplichtstatus(feiten_of(jongere, day), day).code
            seen.add(expected)
            if jongere.leerplichtstatus != expected:
                differences.append(
                    (
                        day,
                        jongere.geboortedatum,
                        jongere.achternaam,
                        str(expected),
                        jongere.leerplichtstatus,
                    )
                )

    assert differences == []
    assert seen == set(Statuscode)


def test_population_on_1_october_is_one_query(django_assert_num_queries):
    make_grid()

    with django_assert_num_queries(1):
        found = (
            Jongere.objects.filter(achternaam="plain")
            .annotate(leerplichtstatus=status_on(date(2022, 10, 1)))
            .filter(leerplichtstatus__in=UNDER_DUTY)
            .count()
        )

    # Born 1 March 2005 (17 years old) up to and with 31 August 2017; September 2017 is too young,
    # for 1 October 2022 is a Saturday.
    assert found == 9


def test_under_duty_is_the_three_statuses_under_duty():
    make_grid()

    for day in DAYS:
        by_status = Jongere.objects.annotate(leerplichtstatus=status_on(day)).filter(
            leerplichtstatus__in=UNDER_DUTY
        )
        by_range = Jongere.objects.filter(under_duty_on(day))
        assert set(by_range.values_list("pk")) == set(by_status.values_list("pk"))


def test_other_readings_reach_the_sql_form(settings):
    settings.LEERRECHT_REGELS = {
        "schrikkeldag": "28_februari",
        "vso_lezing": "ruim",
        "trekkend_ook_kwalificatieplicht": True,
        "dsp_open_vrijstelling_telt": False,
    }

    test_sql_and_function_agree_on_every_person_and_day()
