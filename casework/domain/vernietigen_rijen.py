"""Taking rows out of every table: with what hangs on them, their files and every copy.

The tables are found by walking the models, so that a new one is not forgotten.
"""

from collections import Counter
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from casework.domain import brieven_afdruk
from casework.domain.bewaartermijn import Soort, held, models_of, rows_of
from casework.models import (
    Brief,
    Brievenronde,
    Gemeente,
    Jongere,
    Rectificatie,
    Vernietigingsregel,
    politiemodellen,
)
from casework.uitbreiding import UITBREIDINGEN, Vernietigd

# Rows that lose their person and stay: a decision is kept for the audit, without its text.
LOSGEMAAKT: Final = {
    "casework.verzoek": {
        "jongere": None, "vertegenwoordiger": None, "verlenging_reden": "", "besluit_reden": "",
    },
}  # fmt: skip  # read as a table
# Both references may be empty, but a row without one of them is nothing.
HANGT_AAN: Final = frozenset({"casework.adres"})


class Sloper:
    """One piece of destruction: what went, per table."""

    def __init__(self, gemeente: str) -> None:
        self.weg = Vernietigd(gemeente)
        self.aantal: Counter[str] = Counter()

    def take(self, model: Any, pks: set[int]) -> None:
        """Children first, then the rows themselves. Files go before their row: a run that stops
        half-way is done again, and then there is nothing left."""
        label = model._meta.label_lower
        if not pks:
            return
        self.weg.sleutels.setdefault(label, set()).update(pks)
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete:
                self._children(relation, pks)
        rows = model._base_manager.filter(pk__in=pks)
        self._copies(model, rows, pks)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                for row in rows.exclude(**{field.name: ""}):
                    getattr(row, field.name).delete(save=False)
        self.aantal[label] += rows._raw_delete(rows.db)

    def _children(self, relation: Any, pks: set[int]) -> None:
        child, fk = relation.related_model, relation.field
        if fk.many_to_many:
            return  # the hidden table between them comes by as a relation of its own
        label = child._meta.label_lower
        rows = child._base_manager.filter(**{f"{fk.name}__in": pks})
        if label in LOSGEMAAKT:
            rows.update(**LOSGEMAAKT[label])
        elif fk.null and relation.on_delete is not models.CASCADE and label not in HANGT_AAN:
            rows.update(**{fk.name: None})
        else:
            self.take(child, set(rows.values_list("pk", flat=True)))

    def _copies(self, model: Any, rows: Any, pks: set[int]) -> None:
        """What tells of a row without a foreign key to it."""
        label = model._meta.label_lower
        if label != "casework.rectificatie":
            old = Rectificatie.objects.filter(object_type=label, object_id__in=pks)
            self.take(Rectificatie, set(old.values_list("pk", flat=True)))
        if model is Brief:
            for ronde in Brievenronde.objects.filter(brieven__in=pks).exclude(afdruk="").distinct():
                brieven_afdruk.forget(ronde)
        if model is Jongere:
            for bsn, nummer, uuid in rows.values_list("bsn", "onderwijsnummer", "uuid"):
                self.weg.nummers |= {str(n) for n in (bsn, nummer, uuid) if n}
        if not any(field.name == "uuid" for field in model._meta.concrete_fields):
            return
        uuids = list(rows.values_list("uuid", flat=True))
        for other in apps.get_models():
            if any(field.name == "object_uuid" for field in other._meta.concrete_fields):
                about = other._base_manager.filter(object_uuid__in=uuids)
                self.take(other, set(about.values_list("pk", flat=True)))

    def finish(self) -> None:
        for opruimer in UITBREIDINGEN.opruimers:
            opruimer(self.weg)


def destroy(regel: Vernietigingsregel, gemeente: Gemeente, day: date) -> Counter[str]:
    """Everything this line names, in the transaction of the caller."""
    sloper = Sloper(gemeente.code)
    if regel.soort == Soort.PERSOON:
        sloper.take(
            Jongere, set(Jongere.objects.filter(pk=regel.jongere_id).values_list("pk", flat=True))
        )
    elif regel.soort == Soort.POLITIE:
        model: Any = apps.get_model(regel.object_type)
        rows = model._base_manager.filter(pk=regel.object_id, regime="WPG")
        sloper.take(model, set(rows.values_list("pk", flat=True)))
    else:
        for model, taak in models_of(regel.soort):
            rows = rows_of(model, taak).filter(jongere_id=regel.jongere_id, hier=gemeente.pk)
            rows = rows.exclude(pk__in=_held_objects(regel, model, day))
            sloper.take(model, set(rows.values_list("pk", flat=True)))
    sloper.finish()
    return sloper.aantal


def _held_objects(regel: Vernietigingsregel, model: Any, day: date) -> list[int]:
    stops = held(day).filter(jongere_id=regel.jongere_id, object_type=model._meta.label_lower)
    return [pk for pk in stops.values_list("object_id", flat=True) if pk is not None]


def reason_to_wait(regel: Vernietigingsregel, day: date) -> str:
    """Why this line cannot go now; empty when it can."""
    stops = held(day).filter(jongere_id=regel.jongere_id)
    if regel.soort == Soort.POLITIE:
        own = Q(object_type=regel.object_type, object_id=regel.object_id)
        stops = stops.filter(Q(object_type="") | own)
    elif regel.soort != Soort.PERSOON:
        stops = stops.filter(object_type="")
    if stops.exists():
        return "er staat een bewaarstop"
    if regel.soort == Soort.PERSOON and _work_left(regel.jongere_id):
        return "er is nog werk van deze jongere"
    return ""


def _work_left(jongere_id: int) -> bool:
    """Work of a taak, or police data: the person stays as long as that does."""
    for soort in (Soort.LEERPLICHT, Soort.DOORSTROOMPUNT):
        for model, taak in models_of(soort):
            if rows_of(model, taak).filter(jongere_id=jongere_id).exists():
                return True
    return any(
        model._base_manager.filter(jongere_id=jongere_id, regime="WPG").exists()
        for model in politiemodellen()
    )
