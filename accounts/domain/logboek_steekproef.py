"""The monthly sample of the log: which lines, and what was found of them."""

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from accounts.domain.beheer import BeheerFout
from accounts.gebeurtenissen import record
from accounts.models import AMSTERDAM, Gebeurtenis, Gebruiker, Steekproefoordeel
from accounts.rechten import Taak

SCHRIJVEN = "privacy.schrijven"
MAANDEN_TERUG = 12


def past_months(day: date) -> list[date]:
    """First days of the months that are over, newest first: nothing is added to them any more."""
    months, first = [], day.replace(day=1)
    for _ in range(MAANDEN_TERUG):
        first = _previous(first)
        months.append(first)
    return months


def _previous(first: date) -> date:
    if first.month == 1:
        return date(first.year - 1, 12, 1)
    return date(first.year, first.month - 1, 1)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def sample(maand: date, gemeente_id: int) -> QuerySet[Gebeurtenis]:
    """The same lines each time they are asked, in an order that nobody who acts can choose."""
    rows = Gebeurtenis.objects.of_gemeenten([gemeente_id]).filter(
        tijd__gte=_midnight(maand), tijd__lt=_midnight(_next(maand))
    )
    worp = MD5(
        Concat(
            Value(f"{maand:%Y-%m}:{gemeente_id}:"),
            Cast("pk", CharField()),
            output_field=TextField(),
        )
    )
    chosen = rows.order_by(worp, "pk").values("pk")[: settings.LOGBOEK_STEEKPROEF]
    return Gebeurtenis.objects.filter(pk__in=chosen).order_by("pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM)


def newest_oordelen(maand: date, gemeente_id: int) -> dict[int, Steekproefoordeel]:
    """By event; a later judgement replaces an earlier one and both are kept."""
    rows = Steekproefoordeel.objects.filter(maand=maand, gemeente_id=gemeente_id)
    return {row.gebeurtenis_id: row for row in rows.select_related("door").order_by("pk")}


@transaction.atomic
def judge(
    gebeurtenis: Gebeurtenis, maand: date, gemeente_id: int, *, by: Gebruiker, **oordeel: Any
) -> Steekproefoordeel:
    """Keep what was found of this line. Nobody judges what he did himself."""
    if not by.may(SCHRIJVEN, gemeente_id):
        raise BeheerFout("U hebt geen recht om regels van deze gemeente te beoordelen.")
    if gebeurtenis.gebruiker_id == by.pk:
        raise BeheerFout("Deze regel gaat over uzelf. Laat een collega haar beoordelen.")
    row = Steekproefoordeel.objects.create(
        gebeurtenis=gebeurtenis, maand=maand, gemeente_id=gemeente_id, door=by, **oordeel
    )
    record(
        "steekproef.beoordeeld",
        row,
        by=by,
        gemeente_id=gemeente_id,
        taak=Taak.PRIVACY,
        uitkomst=row.uitkomst,
        maand=f"{maand:%Y-%m}",
    )
    return row
