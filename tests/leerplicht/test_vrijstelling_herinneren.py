"""Reminders about exemptions on their borders, once; and no refusal unheard."""

from datetime import date

import pytest

from casework.domain.proces import missing
from casework.models import Actie, WerkprocesStap
from leerplicht.domain import vrijstelling_herinneren
from leerplicht.domain.aanvraag_tabel import AANVRAAG
from tests.factories import GemeenteFactory, JongereFactory, VrijstellingFactory, WerkprocesFactory

# ground, born, begin, end, day, (what, last day to act)
GEVALLEN = [
    ("3a", "2012-01-01", "2025-08-01", "2026-07-31", "2026-05-07", None),
    ("3a", "2012-01-01", "2025-08-01", "2026-07-31", "2026-05-08", ("3a", "2026-06-05")),
    ("3a", "2012-01-01", "2025-08-01", "2026-07-31", "2026-06-05", ("3a", "2026-06-05")),
    ("3a", "2012-01-01", "2025-08-01", "2026-07-31", "2026-06-06", None),  # too late to ask
    ("5c", "2010-03-02", "2025-08-01", "2026-07-31", "2026-03-01", None),
    ("5c", "2010-03-02", "2025-08-01", "2026-07-31", "2026-03-02", ("16", "2026-03-30")),
    ("15", "2008-03-30", "2025-08-01", "2026-07-31", "2026-03-02", ("18", "2026-03-30")),
    ("15", "2008-03-31", "2025-08-01", "2026-07-31", "2026-03-02", None),
]


@pytest.mark.parametrize(("grond", "geboren", "begin", "eind", "dag", "verwacht"), GEVALLEN)
def test_each_reminder_comes_in_time_and_once(db, grond, geboren, begin, eind, dag, verwacht):
    gemeente = GemeenteFactory()
    besluit = "VAN_RECHTSWEGE" if grond == "5c" else "VERLEEND"
    row = VrijstellingFactory(
        jongere=JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren)),
        gemeente=gemeente,
        grond=grond,
        besluit=besluit,
        begindatum=date.fromisoformat(begin),
        einddatum=date.fromisoformat(eind),
    )

    counts = [vrijstelling_herinneren.remind(date.fromisoformat(dag)) for _ in range(2)]

    made = [(a.grondslag, str(a.vervalt_op)) for a in Actie.objects.all()]
    assert counts == [int(bool(verwacht)), 0]
    wanted = [(f"vrijstelling:{verwacht[0]}:{row.pk}", verwacht[1])] if verwacht else []
    assert made == wanted


@pytest.mark.parametrize(
    ("gehoord", "gegevens", "mag"),
    [
        ("", {"besluit": "geweigerd"}, False),
        ("hoofd", {"besluit": "geweigerd"}, False),
        ("aanvrager", {"besluit": "geweigerd"}, True),
        ("", {"besluit": "deels", "tot": date(2026, 1, 1)}, False),
        ("", {"besluit": "geweigerd", "niet_gehoord": "Geen andere feiten"}, True),
        ("", {"besluit": "toegekend"}, True),
    ],
)
def test_no_refusal_unheard(db, gehoord, gegevens, mag):
    gemeente = GemeenteFactory()
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2009, 3, 1))
    werkproces = WerkprocesFactory(
        jongere=jongere, gemeente=gemeente, soort="VRIJSTELLING", toestand="av_gehoord"
    )
    VrijstellingFactory(
        jongere=jongere,
        gemeente=gemeente,
        grond="15",
        werkproces=werkproces,
        besluit="IN_BEHANDELING",
        begindatum=date(2025, 8, 1),
        einddatum=date(2026, 7, 31),
    )
    if gehoord:
        WerkprocesStap.objects.create(
            werkproces=werkproces,
            volgorde=1,
            soort="GESPREK",
            stap="horen",
            gegevens={"wie": gehoord},
        )
    gegevens = {"motivering": "M", "mandaat": "M", **gegevens}

    found = missing(AANVRAAG.stappen["besluiten"], werkproces, gegevens, date(2025, 9, 20))

    assert (found == []) is mag
