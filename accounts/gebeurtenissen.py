"""Writing the event log. Call inside the transaction of the read or change itself."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, models

from accounts.domain.logboek_inhoud import check_gegevens, without_numbers
from accounts.models import Gebeurtenis, Gebruiker, new_trace_id
from accounts.rechten import Taak


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
    geweigerd: bool = False,
    oorsprong: str = "",
    **gegevens: Any,
) -> Gebeurtenis:
    """An unsaved event; jongere, gemeente and taak come from the object when it has them.

    Raises NotForTheLog when `gegevens` has a key nobody knows, or a value that may be a person.
    """
    gegevens = {k: v for k, v in gegevens.items() if v is not None}
    if by and by.ouder_span:
        gegevens["ouder_span"] = by.ouder_span
    check_gegevens(gegevens)
    if obj._meta.model_name == "jongere":
        jongere_id = obj.pk
    jongere_id = jongere_id or getattr(obj, "jongere_id", None)
    gemeente_id = gemeente_id or getattr(obj, "gemeente_id", None)
    if getattr(obj, "regime", "") == "WPG":  # hides the event from who does no opsporing
        taak = taak or Taak.OPSPORING
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
        reden=without_numbers(reden),
        gegevens=gegevens,
        trace_id=(by.trace_id if by else "") or new_trace_id(),
        resultaat=Gebeurtenis.Resultaat.GEWEIGERD if geweigerd else Gebeurtenis.Resultaat.GELUKT,
        oorsprong=oorsprong or (by.oorsprong if by else ""),
    )


def record(actie: str, obj: models.Model, *, by: Gebruiker | None, **context: Any) -> Gebeurtenis:
    """Write one event about `obj`.

    `by` is None for scheduled work. Keywords: jongere_id, gemeente_id, taak, reden, geweigerd,
    oorsprong, and the codes or dates of the change that accounts/domain/logboek_inhoud.py knows.
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


def _persons(rows: Iterable[models.Model]) -> list[int]:
    """Keys of the youths on a page: each of them gets a row in the processing log."""
    keys = (r.pk if r._meta.model_name == "jongere" else getattr(r, "jongere_id", 0) for r in rows)
    return sorted({key for key in keys if key})


def record_list(
    rows: Collection[models.Model], *, by: Gebruiker, filters: Iterable[str], per_regel: bool
) -> None:
    """A page of a list was shown: one event, or (police data) one for every row on it.

    Which filters were used is kept, what was typed in them is not.
    """
    if not rows:
        return
    first = next(iter(rows))
    used = sorted(filters)
    if per_regel:
        record_many([build("lijst.regel_gelezen", row, by=by, filters=used) for row in rows])
        return
    event = build(
        "lijst.gelezen",
        first,
        by=by,
        lijst=first._meta.model_name,
        rijen=len(rows),
        filters=used,
        jongeren=_persons(rows),
    )
    event.object_id = event.jongere_id = event.gemeente_id = None
    record_many([event])
