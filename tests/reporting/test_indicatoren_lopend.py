"""Running, open and closed; shares and breakdowns; figures worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.models import Jongere
from casework.schooljaar import Schooljaar
from doorstroompunt.models import Traject
from reporting.indicatoren import collect
from tests.factories import (
    ContactmomentFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
)
from tests.reporting.tellen import JAAR, count, figures, melding

pytestmark = pytest.mark.django_db


# Running, open, closed


@pytest.mark.parametrize(
    ("start", "einde", "counted"),
    [
        (date(2021, 9, 1), date(2022, 7, 31), 0),
        (date(2021, 9, 1), date(2022, 8, 1), 1),
        (date(2023, 7, 31), None, 1),
        (date(2023, 8, 1), None, 0),
        (date(2022, 9, 1), date(2022, 9, 1), 1),
    ],
)
def test_involvement_is_a_werkproces_open_on_a_day(hier, start, einde, counted):
    jongere = JongereFactory(gemeente=hier)
    WerkprocesFactory(jongere=jongere, gestart_op=start, gesloten_op=einde)
    WerkprocesFactory(
        jongere=JongereFactory(gemeente=hier), soort="VERZUIM_18PLUS", gestart_op=start
    )

    assert count("lp_betrokkenheid") == counted


def test_closed_werkproces_counts_where_it_closed(hier, daar):
    WerkprocesFactory(
        jongere=JongereFactory(gemeente=hier),
        gestart_op=date(2021, 9, 1),
        gesloten_op=date(2022, 9, 1),
        gemeente_sluiting=daar,
        resultaat="geen_verzuim",
        status="GESLOTEN",
    )

    counted = {dim for (_, dim), n in figures("wp_afgesloten", "8002").items() if n}

    assert counted == {"", "soort=RELATIEF", "res=geen_verzuim"}


def test_running_exemption_counts_in_every_year(hier):
    VrijstellingFactory(
        jongere=JongereFactory(gemeente=hier),
        begindatum=date(2020, 9, 1),
        einddatum=date(2022, 8, 1),
    )
    VrijstellingFactory(jongere=JongereFactory(gemeente=hier), besluit="GEWEIGERD")

    counted = [count("vst_lopend", dim="grd=5a", jaar=Schooljaar(y)) for y in range(2019, 2024)]

    assert counted == [0, 1, 1, 1, 0]


def test_moment_counts_by_its_date_in_amsterdam(hier):
    jongere = JongereFactory(gemeente=hier)
    ContactmomentFactory(
        jongere=jongere, preventief=True, datum=datetime(2022, 7, 31, 22, 30, tzinfo=UTC)
    )
    ContactmomentFactory(
        jongere=jongere, preventief=True, datum=datetime(2023, 7, 31, 22, 30, tzinfo=UTC)
    )

    assert count("lp_incidenten") == 1


# Shares and codes


def test_share_keeps_numerator_and_denominator(hier):
    for n in range(8):
        jongere = JongereFactory(gemeente=hier)
        if n == 0:
            melding(jongere)

    (cijfer,) = collect(["8001"], [JAAR], ["verzuim_pct"])

    assert (cijfer.teller, cijfer.noemer, cijfer.waarde) == (1, 8, Decimal("12.50"))


def test_share_without_denominator_is_unknown(hier):
    (cijfer,) = collect(["8001"], [JAAR], ["verzuim_pct"])

    assert (cijfer.teller, cijfer.noemer, cijfer.waarde) == (0, 0, None)


def test_ages_run_from_the_lowest_to_the_highest_counted(hier):
    for born in (date(2005, 10, 1), date(2002, 10, 1)):
        jongere: Jongere = JongereFactory(gemeente=hier, geboortedatum=born)
        Traject.objects.create(
            jongere=jongere, gemeente=hier, soort="DETENTIE", datum_melding=date(2022, 10, 1)
        )

    found = {dim: n for (_, dim), n in figures("det_gemeld").items() if "lft" in dim}

    assert found == {"lft=17": 1, "lft=18": 0, "lft=19": 0, "lft=20": 1}


def test_two_breakdowns_give_the_cross_and_both_margins(hier):
    assert len(figures("vst_aanvragen")) == 1 + 7 + 3 + 7 * 3
