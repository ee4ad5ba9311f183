"""Who knows a youth outside work never sees the dossier, and a try is on record."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import muur
from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Betrokkenheid, Jongere
from casework.models.zicht import known_to

VASTLEGGEN = "dossier.afschermen"


@transaction.atomic
def declare(user: Gebruiker, jongere: Jongere, soort: str, *, by: Gebruiker) -> Betrokkenheid:
    """By the user about himself, or by a team leader. Twice changes nothing."""
    if by.pk != user.pk:
        require(by, VASTLEGGEN, jongere.gemeente_id)
    row, made = Betrokkenheid.objects.get_or_create(
        gebruiker=user,
        jongere=jongere,
        vervallen_op=None,
        defaults={"gemeente_id": jongere.gemeente_id, "soort": soort, "door": by},
    )
    if made:
        record("betrokkenheid.vastgelegd", row, by=by, soort=soort, gebruiker=user.pk)
    return row


@transaction.atomic
def declare_self(persoon: Mapping[str, Any], soort: str, *, by: Gebruiker) -> None:
    """Also of a youth whom the user could not see anyway; he is told nothing."""
    for jongere in Jongere.objects.known_as(**persoon):
        declare(by, jongere, soort, by=by)


@transaction.atomic
def withdraw(row: Betrokkenheid, *, by: Gebruiker) -> None:
    """It was a mistake; somebody else says so. Raises NotAuthorised, DomainError."""
    row = Betrokkenheid.objects.select_for_update().get(pk=row.pk)
    require(by, VASTLEGGEN, row.gemeente_id)
    if by.pk == row.gebruiker_id:
        raise DomainError("Een ander dan de gebruiker zelf laat dit vervallen.")
    if row.vervallen_op is None:
        row.vervallen_op, row.vervallen_door = timezone.now(), by
        row.save(update_fields=["vervallen_op", "vervallen_door"])
        record("betrokkenheid.vervallen", row, by=by, gebruiker=row.gebruiker_id)


def of_jongere(jongere: Jongere) -> "QuerySet[Betrokkenheid]":
    rows = Betrokkenheid.objects.filter(jongere=jongere, vervallen_op__isnull=True)
    return rows.select_related("gebruiker", "door").order_by("op", "pk")


@transaction.atomic
def report_refused(jongere: Jongere, *, by: Gebruiker) -> None:
    """An own family member was asked for; the privacy officer finds it in his list."""
    record("betrokkene.geweigerd", jongere, by=by, geweigerd=True)


def refused_behind(uuid: Any, user: Gebruiker) -> Jongere | None:
    """The youth whom the user knows, behind the address of a page that was not found."""
    known = list(known_to(user))
    if not known:
        return None
    with muur.even_met_doel("familie"):
        return _behind(uuid, known)


def _behind(uuid: Any, known: list[int]) -> Jongere | None:
    rows = Jongere.objects.filter(pk__in=known)
    for model, way in _places():
        keys = model._base_manager.filter(**{"uuid": uuid, f"{way}__in": known})
        if (pk := keys.values_list(f"{way}_id", flat=True).first()) is not None:
            return rows.get(pk=pk)
    return rows.filter(uuid=uuid).first()


def _places() -> Iterator[tuple[Any, str]]:
    """Tables with a uuid of their own, and the way from there to the youth, over one other."""
    for near in Jongere._meta.related_objects:
        direct: Any = near.related_model
        far = [(r.related_model, f"{r.field.name}__") for r in direct._meta.related_objects]
        for model, way in [(direct, ""), *far]:
            if any(field.name == "uuid" for field in model._meta.concrete_fields):
                yield model, f"{way}{near.field.name}"
