"""Reminders about exemptions: something to do before a day that passes by itself.

Each exemption gets each reminder once, found in a few queries. A text does not name the ground:
that of health or belief is not for all who read it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.rechten import Taak
from casework.domain.acties import make_actie
from casework.kalender import next_werkdag
from casework.models import Actie
from casework.parameters import waarde
from leerplicht.codes import Besluit, Grond
from leerplicht.models import Vrijstelling

from . import vrijstelling_regels as regels
from .dossierfeiten import feiten_of
from .plicht import leerplicht_start
from .regels import Regels

SLOT: Final = 7_201_972  # of the lock: one run at a time
VERLENGEN: Final = "Vraag of school en ouders de vervangende leerplicht willen verlengen (3a)"
ZESTIEN: Final = "De jongere is 16 geworden: kijk of de vrijstelling nog past"
ACHTTIEN: Final = (
    "De jongere wordt 18: de vrijstelling eindigt. Moet het Doorstroompunt iets weten?"
)
VIER: Final = "Bijna leerplichtig: is de kennisgeving op tijd compleet?"
Herinnering = tuple[Vrijstelling, str, str, date]  # of which, its key, the text, the last day


def remind(day: date) -> int:
    """Every night; number of new reminders."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        due = [*_extend_3a(day), *_sixteen(day), *_eighteen(day), *_four(day)]
        keys = {f"vrijstelling:{key}:{row.pk}" for row, key, _, _ in due}
        known = set(Actie.objects.filter(grondslag__in=keys).values_list("grondslag", flat=True))
        acties = [
            _actie(row, f"vrijstelling:{key}:{row.pk}", tekst, uiterlijk)
            for row, key, tekst, uiterlijk in due
            if f"vrijstelling:{key}:{row.pk}" not in known
        ]
        Actie.objects.bulk_create(acties)
    return len(acties)


def _actie(row: Vrijstelling, grondslag: str, tekst: str, uiterlijk: date) -> Actie:
    werkproces = row.werkproces
    return make_actie(
        row,
        tekst,
        uiterlijk,
        taak=Taak.LEERPLICHT,
        grondslag=grondslag,
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id if werkproces else None,
    )


def _valid(day: date) -> "QuerySet[Vrijstelling]":
    return Vrijstelling.objects.valid_on(day).select_related("werkproces", "jongere").order_by("pk")


def _soon(day: date) -> timedelta:
    return timedelta(weeks=waarde("vrijstelling_herinneren_weken", day))


def _extend_3a(day: date) -> Iterator[Herinnering]:
    """Eight weeks before its end is the last day to ask (3a); counted back, no weekend skipped."""
    weken = timedelta(weeks=waarde("verlengen_3a_weken", day))
    rows = _valid(day).filter(
        grond=Grond.G3A, einddatum__gte=day + weken, einddatum__lte=day + weken + _soon(day)
    )
    for row in rows:
        assert row.einddatum
        yield row, "3a", VERLENGEN, regels.extend_3a_before(row.einddatum)


def _born(rows: Any, day: date, jaren: int, *, soon: bool) -> Any:
    """Whose birthday of so many years was in the last weeks, or (soon) comes in the next ones."""
    first, last = (day, day + _soon(day)) if soon else (day - _soon(day), day)
    return rows.filter(
        jongere__geboortedatum__gt=regels.months_before(first, 12 * jaren),
        jongere__geboortedatum__lte=regels.months_before(last, 12 * jaren),
    )


def _sixteen(day: date) -> Iterator[Herinnering]:
    for row in _born(_valid(day), day, 16, soon=False):
        yield row, "16", ZESTIEN, next_werkdag(day + _soon(day))


def _eighteen(day: date) -> Iterator[Herinnering]:
    for row in _born(_valid(day), day, 18, soon=True):
        yield row, "18", ACHTTIEN, regels.birthday_of_eighteen(row)


def _four(day: date) -> Iterator[Herinnering]:
    """A notice that is not judged yet of a child that is not under the duty yet."""
    rows = Vrijstelling.objects.filter(
        besluit=Besluit.IN_BEHANDELING,
        grond=Grond.G5A,
        jongere__geboortedatum__gt=regels.months_before(day, 12 * 5 + 2),
    ).select_related("werkproces", "jongere__gemeente")
    for row in rows.prefetch_related(
        "jongere__diplomas", "jongere__inschrijvingen", "jongere__vrijstellingen"
    ):
        start = leerplicht_start(feiten_of(row.jongere, day), Regels.on(day))
        laatste = regels.months_before(start, waarde("kennisgeving_eerste_maanden", day))
        if day <= laatste <= day + _soon(day):
            yield row, "4", VIER, laatste
