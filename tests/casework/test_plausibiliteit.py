"""Hints at an incoming melding and counts of earlier ones: the borders of each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from casework.domain.herhaling import Herhaling, herhaling
from casework.domain.plausibiliteit import day_of_hour, plausibility
from casework.models import Verzuimdag
from casework.schoolvakanties import Regio
from tests.factories import JongereFactory, SchoolFactory, VerzuimmeldingFactory

BEGIN = date(2025, 9, 1)


def make(**fields):
    day = fields.pop("melddatum", None) or fields.get("einddatum", date(2025, 9, 5))
    return VerzuimmeldingFactory(melddatum=day, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "woord", "hint"),
    [
        ({"uren": Decimal("15.99")}, "minder dan 16", True),
        ({"uren": 16}, "minder dan 16", False),
        ({"uren": 4, "soort": "O"}, "minder dan 16", False),
        # Four lesweken from Monday 1 September end on Sunday 28 September.
        ({"einddatum": date(2025, 9, 26)}, "langer dan 4 lesweken", False),
        ({"einddatum": date(2025, 9, 29)}, "langer dan 4 lesweken", True),
        # Region Midden has holiday in the week of 20 October: that week is skipped.
        ({"begindatum": date(2025, 10, 6), "einddatum": date(2025, 11, 7)}, "lesweken", False),
        ({"begindatum": date(2025, 10, 6), "einddatum": date(2025, 11, 10)}, "lesweken", True),
        ({"begindatum": date(2025, 10, 20), "einddatum": date(2025, 10, 28)}, "herfst", True),
        ({"begindatum": date(2025, 9, 6)}, "vrije dag", True),  # a Saturday
        ({"einddatum": None, "melddatum": BEGIN}, "staat er niet bij", True),
        ({"einddatum": None, "melddatum": BEGIN, "soort": "O"}, "staat er niet bij", False),
        # Five working days after Friday 5 September: Friday 12 September.
        ({"melddatum": date(2025, 9, 12)}, "later dan 5 werkdagen", False),
        ({"melddatum": date(2025, 9, 15)}, "later dan 5 werkdagen", True),
        ({"soort": "O", "melddatum": BEGIN + timedelta(60)}, "60 dagen", False),
        ({"soort": "O", "melddatum": BEGIN + timedelta(61)}, "60 dagen", True),
        ({"soort": "LRV", "einddatum": BEGIN + timedelta(27)}, "Langdurig", True),
        ({"soort": "LRV", "einddatum": BEGIN + timedelta(28)}, "Langdurig", False),
    ],
)
def test_each_hint_at_its_border(fields, woord, hint):
    fields = {"begindatum": BEGIN, "einddatum": date(2025, 9, 5), "uren": 17, **fields}
    if fields["einddatum"] and fields["einddatum"] < fields["begindatum"]:
        fields["einddatum"] = fields["begindatum"]

    hints = plausibility(make(**fields), [])

    assert any(woord in text for text in hints) == hint, hints


@pytest.mark.parametrize(
    ("uren", "verwacht"),
    [
        ([(0, 8), (1, 8)], 1),
        ([(0, 8), (1, 7)], None),
        ([(0, 8), (27, 8)], 27),  # the last day of four lesweken
        ([(0, 8), (28, 8)], None),
        ([(0, 2), (21, 8), (42, 8)], 42),  # a later day starts the window too
    ],
)
def test_the_day_of_hour_sixteen(uren, verwacht):
    rows = [(BEGIN + timedelta(days=n), Decimal(hours)) for n, hours in uren]

    found = day_of_hour(rows, Decimal(16), 4, None)

    assert found == (None if verwacht is None else BEGIN + timedelta(days=verwacht))


def test_a_holiday_week_stretches_the_window():
    rows = [(date(2025, 10, 6), Decimal(8)), (date(2025, 11, 7), Decimal(8))]

    assert day_of_hour(rows, Decimal(16), 4, None) is None
    assert day_of_hour(rows, Decimal(16), 4, Regio.MIDDEN) == date(2025, 11, 7)


@pytest.mark.django_db
def test_days_without_hours_give_no_sum():
    melding = make(begindatum=BEGIN, einddatum=date(2025, 9, 2))
    vol = [
        Verzuimdag(melding=melding, datum=BEGIN, lesuren="1,2,3,4,5,6,7,8"),
        Verzuimdag(melding=melding, datum=date(2025, 9, 3), klokuren=Decimal(8)),
    ]
    leeg = [vol[0], Verzuimdag(melding=melding, datum=date(2025, 9, 2), hele_dag=True)]

    assert any("Uur 16 valt op 03-09-2025" in h for h in plausibility(melding, [], vol))
    assert plausibility(melding, [], leeg) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("dagen", "hint"), [(6, True), (7, False)])
def test_two_of_a_kind_within_a_week(dagen, hint):
    jongere = JongereFactory()
    was = make(jongere=jongere, begindatum=BEGIN, einddatum=date(2025, 9, 2))
    nieuw = make(
        jongere=jongere,
        begindatum=date(2025, 9, 3),
        einddatum=date(2025, 9, 4),
        melddatum=was.melddatum + timedelta(days=dagen),
    )

    assert any("binnen 7 dagen" in h for h in plausibility(nieuw, [was])) == hint
    was.status = "I"
    assert not any("binnen 7 dagen" in h for h in plausibility(nieuw, [was]))


@pytest.mark.django_db
def test_counts_of_this_schooljaar_earlier_and_another_school():
    jongere, school = JongereFactory(), SchoolFactory()

    def melding(day, **fields):
        return VerzuimmeldingFactory(
            jongere=jongere,
            melddatum=day,
            begindatum=None,
            einddatum=None,
            **{"school": school, **fields},
        )

    nu = melding(date(2025, 9, 10))
    rows = [
        nu,
        melding(date(2025, 8, 1)),  # first day of the schooljaar
        melding(date(2025, 7, 31)),
        melding(date(2025, 9, 9), school=SchoolFactory()),
        melding(date(2025, 9, 11)),  # later
        melding(date(2025, 9, 9), status="I"),
        melding(date(2025, 9, 9), school=None),
    ]

    assert herhaling(nu, rows) == Herhaling(dit_jaar=3, eerder=1, elders=1)
    assert not herhaling(nu, [nu])
