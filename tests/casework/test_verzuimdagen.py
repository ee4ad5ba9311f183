"""Days of absence as an officer types them from the overview of a school."""

from datetime import date
from decimal import Decimal

import pytest

from casework.domain.verzuimdagen import days_as_text, read_days, replace_days
from casework.errors import DomainError, NotAuthorised
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_ambtenaar,
)

VANDAAG = date(2025, 9, 10)
DAG = date(2025, 9, 2)


@pytest.mark.parametrize(
    ("line", "hele_dag", "lesuren", "klokuren"),
    [
        ("2-9-2025", True, "", None),
        ("02-09-2025 hele dag", True, "", None),
        ("2025-09-02: Hele dag", True, "", None),
        ("2-9-2025 lesuur 1,2", False, "1,2", None),
        ("2-9-2025 lesuren 3 , 1", False, "1,3", None),
        ("2-9-2025 12", False, "12", None),
        ("2-9-2025 2,5 uur", None, "", Decimal("2.5")),
        ("2-9-2025 2 uur", None, "", Decimal(2)),
        ("2-9-2025 lesuur 1,2 (1,5 uur)", False, "1,2", Decimal("1.5")),
    ],
)
def test_a_line_is_a_day(line, hele_dag, lesuren, klokuren):
    [(day, velden)] = read_days(f"\n{line}\n", vandaag=VANDAAG).items()

    assert day == DAG
    assert velden == {"hele_dag": hele_dag, "lesuren": lesuren, "klokuren": klokuren}


@pytest.mark.parametrize(
    ("text", "zin"),
    [
        ("hele dag", "Regel 1: begin met een datum"),
        ("2-9-2025\n31-9-2025", "Regel 2: deze datum bestaat niet"),
        ("2-9-2025\n02-09-2025 2 uur", "Regel 2: deze dag staat er al"),
        ("11-9-2025", "Regel 1: deze dag ligt in de toekomst"),
        ("2-9-2025 lesuur 13", "Regel 1: schrijf"),
        ("2-9-2025 lesuur 0", "Regel 1: schrijf"),
        ("2-9-2025 ochtend", "Regel 1: schrijf"),
        ("2-9-2025 250 uur", "Regel 1: schrijf"),
        ("\n".join(["2-9-2025"] * 201), "meer dan 200"),
    ],
)
def test_a_wrong_line_is_named(text, zin):
    with pytest.raises(DomainError, match=zin):
        read_days(text, vandaag=VANDAAG)


@pytest.mark.django_db
def test_the_overview_of_the_school_replaces_what_stood_there():
    gemeente = GemeenteFactory()
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente), gemeente=gemeente)
    lea = make_ambtenaar(gemeente)
    for text in ("1-9-2025\n2-9-2025 lesuur 1,2", "2-9-2025 lesuur 1,2 1,5 uur\n3-9-2025 2 uur"):
        replace_days(melding, read_days(text, vandaag=VANDAAG), by=lea)

        assert days_as_text(melding.dagen.order_by("datum")).replace(" hele dag", "") == text
    with pytest.raises(NotAuthorised):
        replace_days(melding, {}, by=make_ambtenaar(GemeenteFactory()))
