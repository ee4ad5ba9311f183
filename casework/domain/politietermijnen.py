"""The terms of police data: out of use after 5 years, destroyed after 10 (Wpg 8, 9 and 14).

Of an onderzoek: out of use half a year after it closed, destroyed 5 years after that.
"""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import muur
from accounts.gebeurtenissen import build, record_many
from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.codes import Regime
from casework.kalender import add_months
from casework.models import Onderzoek, politiemodellen
from casework.models.zicht import in_gemeenten, not_hidden
from casework.parameters import waarde

PER_KEER: Final = 500


def years_before(day: date, years: int) -> date:
    return add_months(day, -12 * years)


def _closed_long_ago(day: date) -> list[int]:
    months = waarde("wpg_onderzoek_maanden", day)
    rows = Onderzoek.objects.filter(gesloten_op__lt=day).values_list("pk", "gesloten_op")
    return [pk for pk, closed in rows if closed and add_months(closed, months) <= day]


def to_remove(model: type[Any], day: date) -> QuerySet[Any]:
    """Police data of this kind that go out of use on this day."""
    border = years_before(day, waarde("wpg_verwijderen_jaren", day))
    old = Q(onderzoek=None, eerste_verwerking__lte=border)
    found: QuerySet[Any] = model.objects.filter(
        old | Q(onderzoek__in=_closed_long_ago(day)), regime=Regime.WPG, verwijderd_op=None
    )
    return found


def remove_due(day: date) -> int:
    """Mark what is due, with an event for each; a second run finds nothing."""
    return sum(_remove(model, day) for model in politiemodellen())


def _remove(model: type[Any], day: date) -> int:
    done = 0
    while keys := list(
        to_remove(model, day).order_by("pk").values_list("pk", flat=True)[:PER_KEER]
    ):
        with transaction.atomic():
            rows = list(to_remove(model, day).select_for_update(of=("self",)).filter(pk__in=keys))
            model.objects.filter(pk__in=[row.pk for row in rows]).update(verwijderd_op=day)
            record_many(
                build("politiegegevens.verwijderd", row, by=None, taak=Taak.OPSPORING)
                for row in rows
            )
        done += len(rows)
    return done


def to_destroy(day: date) -> list[QuerySet[Any]]:
    """What must be destroyed on this day: one queryset for each kind of object."""
    first = years_before(day, waarde("wpg_vernietigen_jaren", day))
    removed = years_before(day, waarde("wpg_onderzoek_vernietigen_jaren", day))
    due = Q(onderzoek=None, eerste_verwerking__lte=first) | Q(
        onderzoek__isnull=False, verwijderd_op__lte=removed
    )
    return [model.objects.filter(due, regime=Regime.WPG) for model in politiemodellen()]


@transaction.atomic
def removed_of(*, by: Gebruiker, achternaam: str, geboren: date, code: str) -> list[Any]:
    """Police data out of use of one exact person, for complaints and audit; a line for each."""
    here = gemeenten_for(by, "privacy.schrijven")
    person = {"jongere__achternaam__iexact": achternaam, "jongere__geboortedatum": geboren}
    removed = Q(in_gemeenten(here), not_hidden(by), verwijderd_op__isnull=False, **person)
    with muur.even_met_doel("privacy"):  # who handles complaints has no sight of dossiers
        rows = [
            row
            for model in politiemodellen()
            for row in model.objects.filter(removed).order_by("-pk")[:100]
        ]
    record_many(
        build(
            "politiegegevens.geraadpleegd",
            row,
            by=by,
            taak=Taak.PRIVACY,
            regime=Regime.WPG,
            reden_code=code,
            handeling="verwijderd",
        )
        for row in rows
    )
    return rows
