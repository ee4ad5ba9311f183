"""An art. 9 onderzoek: opened with a purpose and named officers, closed once."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.domain.regime import SCHRIJVEN, gemeente_of
from casework.errors import DomainError
from casework.models import Gemeente, Onderzoek, politiemodellen
from casework.politiecodes import Wpggrond


def officers(gemeenten: Collection[int], day: date) -> "QuerySet[Gebruiker]":
    """Who does opsporing in one of these gemeenten on this day."""
    rows = Bevoegdheid.objects.valid(day).filter(taak=Taak.OPSPORING, gemeente__in=gemeenten)
    return Gebruiker.objects.filter(is_active=True, pk__in=rows.values("gebruiker")).order_by(
        "naam", "pk"
    )


@transaction.atomic
def open_onderzoek(
    gemeente: Gemeente,
    *,
    by: Gebruiker,
    naam: str,
    doel: str,
    functionarissen: Collection[Gebruiker],
    day: date,
) -> Onderzoek:
    """Raises NotAuthorised; DomainError without purpose or officers, or with who has no right."""
    require(by, SCHRIJVEN, gemeente.pk)
    if not doel.strip():
        raise DomainError("Schrijf op wat het doel van het onderzoek is.")
    if not functionarissen:
        raise DomainError("Noem ten minste een functionaris.")
    allowed = set(officers([gemeente.pk], day))
    if strangers := [str(user) for user in functionarissen if user not in allowed]:
        raise DomainError(f"Doet geen opsporing in deze gemeente: {', '.join(strangers)}.")
    onderzoek = Onderzoek.objects.create(gemeente=gemeente, naam=naam, doel=doel, geopend_op=day)
    onderzoek.functionarissen.set(functionarissen)
    codes = [user.pk for user in functionarissen]
    record("onderzoek.geopend", onderzoek, by=by, taak=Taak.OPSPORING, codes=codes)
    return onderzoek


@transaction.atomic
def link(obj: Any, onderzoek: Onderzoek, *, by: Gebruiker) -> None:
    """From now on only the officers of the onderzoek see this object.

    Raises NotAuthorised, DomainError.
    """
    obj = type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)
    onderzoek = Onderzoek.objects.select_for_update().get(pk=onderzoek.pk)
    require(by, SCHRIJVEN, onderzoek.gemeente_id)
    if not obj.is_wpg:
        raise DomainError("Dit onderdeel is geen politiegegeven.")
    if gemeente_of(obj) != onderzoek.gemeente_id:
        raise DomainError("Het onderzoek is van een andere gemeente.")
    if onderzoek.gesloten_op:
        raise DomainError("Dit onderzoek is gesloten.")
    obj.onderzoek, obj.wpg_grond = onderzoek, Wpggrond.ARTIKEL_9
    obj.save(update_fields=["onderzoek", "wpg_grond"])
    record("onderzoek.gekoppeld", obj, by=by, taak=Taak.OPSPORING)


@transaction.atomic
def close_onderzoek(onderzoek: Onderzoek, *, by: Gebruiker, day: date) -> None:
    """The purpose is met: the six months begin. Twice changes nothing. Raises NotAuthorised."""
    onderzoek = Onderzoek.objects.select_for_update().get(pk=onderzoek.pk)
    require(by, SCHRIJVEN, onderzoek.gemeente_id)
    if onderzoek.gesloten_op is None:
        onderzoek.gesloten_op = day
        onderzoek.save(update_fields=["gesloten_op"])
        record("onderzoek.gesloten", onderzoek, by=by, taak=Taak.OPSPORING)


def objects_in(onderzoek: Onderzoek, user: Gebruiker) -> list[Any]:
    """What belongs to the onderzoek, of the dossiers for which the user gave a reason."""
    return [
        row
        for model in politiemodellen()
        for row in model.objects.visible_to(user)
        .filter(onderzoek=onderzoek)
        .select_related("jongere")
        .order_by("-pk")[:100]
    ]
