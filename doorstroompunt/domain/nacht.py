"""What the calendar does by itself: approaching again on its date, leaving the group.

Both functions pick their rows anew and move each in its own transaction, so a second run, or a
run after a crash, only does what is left.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from casework.domain.proces import perform
from casework.errors import DomainError
from casework.leeftijd import reach_age
from casework.models import Diploma
from doorstroompunt.models import Traject

from .soorten import EINDIGT_MET_STARTKWALIFICATIE, NAZORG, age_limit, reason_outside
from .stappen import NOG_VOLGEN
from .traject import TRAJECT

DAG: Final = timedelta(days=1)


def leave_group(day: date) -> int:
    """Trajecten of who died, left the country, got too old or has a startkwalificatie.

    Number of trajecten that moved to buiten_doelgroep.
    """
    moved = 0
    for traject in _candidates(day):
        if reden := reason_outside(traject.jongere, traject.soort, day):
            moved += _step(traject, "buiten_doelgroep", day, reden_buiten=reden)
    return moved


def approach_again(day: date) -> int:
    """Trajecten whose date has come go back to the work list; number of them.

    Not when another traject of the same kind is running for the youth.
    """
    running = Traject.objects.open().filter(jongere=OuterRef("jongere"), soort=OuterRef("soort"))
    due = Traject.objects.filter(
        ~Exists(running), toestand="herbenaderen", volgende_benadering__lte=day
    )
    pks = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_step(traject, "opnieuw_benaderen", day) for traject in _each(pks))


def _candidates(day: date) -> Iterator[Traject]:
    """Wide by birthday (29 February), exact in reason_outside."""
    behaald = Diploma.objects.filter(
        jongere=OuterRef("jongere"), startkwalificatie=True, datum__lte=day
    )
    too_old = Q(pk__in=())
    for group, limit in (
        (Q(soort__in=NAZORG), age_limit(next(iter(NAZORG)), day)),
        (~Q(soort__in=NAZORG), age_limit("", day)),
    ):
        too_old |= group & Q(jongere__geboortedatum__lte=reach_age(day, -limit) + DAG)
    rows = Traject.objects.filter(toestand__in=NOG_VOLGEN).filter(
        too_old
        | Q(jongere__datum_overlijden__lte=day)
        | Q(jongere__datum_vertrek__lte=day)
        | Q(Exists(behaald), soort__in=EINDIGT_MET_STARTKWALIFICATIE)
    )
    return _each(list(rows.order_by("pk").values_list("pk", flat=True)))


def _each(pks: list[int]) -> Iterator[Traject]:
    for begin in range(0, len(pks), 200):
        part = pks[begin : begin + 200]
        yield from Traject.objects.filter(pk__in=part).select_related("jongere").order_by("pk")


def _step(traject: Traject, naam: str, day: date, **gegevens: object) -> int:
    """1 when moved; 0 when it no longer can: a colleague was faster."""
    try:
        with transaction.atomic():
            perform(traject, naam, tabel=TRAJECT, by=None, day=day, gegevens=gegevens)
    except DomainError:
        return 0
    return 1
