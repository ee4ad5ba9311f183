"""Writing the event log. Call inside the transaction of the read or change itself."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from accounts.models import Gebeurtenis, Gebruiker


class OutsideTransaction(RuntimeError):
    """An event must share the transaction of what it records."""


def _roles(by: Gebruiker | None, taak: str, gemeente_id: int | None) -> str:
    if by is None:
        return "systeem"
    matching = {r.rol for r in by.rechten if r.taak == taak and r.gemeente_id == gemeente_id}
    return ",".join(sorted(matching))


def build(
    actie: str,
    obj: models.Model,
    *,
    by: Gebruiker | None,
    jongere_id: int | None = None,
    gemeente_id: int | None = None,
    taak: str = "",
    reden: str = "",
    **gegevens: Any,
) -> Gebeurtenis:
    """An unsaved event; jongere, gemeente and taak come from the object when it has them."""
    if obj._meta.model_name == "jongere":
        jongere_id = obj.pk
    jongere_id = jongere_id or getattr(obj, "jongere_id", None)
    gemeente_id = gemeente_id or getattr(obj, "gemeente_id", None)
    taak = taak or getattr(obj, "taak", "")
    return Gebeurtenis(
        actie=actie,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        gebruiker=by,
        rol=_roles(by, taak, gemeente_id),
        jongere_id=jongere_id,
        gemeente_id=gemeente_id,
        taak=taak,
        reden=reden,
        gegevens={k: v for k, v in gegevens.items() if v is not None},
        trace_id=by.trace_id if by else "",
    )


def record(actie: str, obj: models.Model, *, by: Gebruiker | None, **context: Any) -> Gebeurtenis:
    """Write one event about `obj`.

    `by` is None for scheduled work. Keywords: jongere_id, gemeente_id, taak, reden, and any
    codes or dates of the change (kept as JSON; never a BSN, name or free text).
    Raises OutsideTransaction when there is no transaction to share.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"'{actie}' hoort in de transactie van de handeling zelf.")
    event = build(actie, obj, by=by, **context)
    event.save(force_insert=True)
    return event


def record_many(events: Iterable[Gebeurtenis]) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("Gebeurtenissen horen in de transactie van de handeling.")
    Gebeurtenis.objects.bulk_create(events, batch_size=1000)
