"""How long data stays, and the nightly proposal of what may go.

Selectielijst gemeenten 2020; docs/beleid/bewaren.md. Nothing is proposed before its day, and
nothing while a hold stands.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.domain.politietermijnen import to_destroy
from casework.kalender import add_months
from casework.leeftijd import reach_age
from casework.models import (
    Bewaarstop,
    Gemeente,
    Jongere,
    Vernietigingslijst,
    Vernietigingsregel,
    politiemodellen,
)
from casework.parameters import waarde

Soort = Vernietigingsregel.Soort
EIGEN: Final = frozenset({"casework", "leerplicht", "doorstroompunt"})
TAKEN: Final = {Soort.LEERPLICHT: Taak.LEERPLICHT, Soort.DOORSTROOMPUNT: Taak.DOORSTROOMPUNT}
GRONDEN: Final = {
    Soort.LEERPLICHT: "bewaren_leerplicht_jaren",
    Soort.DOORSTROOMPUNT: "bewaren_dsp_jaren",
    Soort.PERSOON: "bewaren_dsp_jaren",
}
ARTIKELEN: Final = {
    Soort.LEERPLICHT: "Selectielijst gemeenten 2020, resultaat 12.1.3",
    Soort.DOORSTROOMPUNT: "Selectielijst gemeenten 2020, resultaat 12.1.4",
    Soort.PERSOON: "Selectielijst gemeenten 2020, resultaat 12.1.4",
}


@dataclass(frozen=True, slots=True)
class Voorstel:
    soort: str
    jongere_id: int
    grond: str
    dag: date
    object_type: str = ""
    object_id: int = 0


def destroy_day(soort: str, geboortedatum: date, day: date) -> date:
    """The day from which this kind of data may go, by the terms in force on `day`."""
    jaren = waarde(GRONDEN[Soort(soort)], day)
    if soort != Soort.LEERPLICHT:
        jaren += waarde("bewaren_dsp_leeftijd", day)
    return reach_age(geboortedatum, jaren, waarde("schrikkeldag", day))


def models_of(soort: str) -> Iterator[tuple[Any, Q]]:
    """Models whose rows are work of this kind, with the filter on the taak."""
    taak = TAKEN[Soort(soort)]
    for model in apps.get_models():
        if model._meta.app_label not in EIGEN or not _has_youth(model):
            continue
        if any(field.name == "taak" for field in model._meta.concrete_fields):
            yield model, Q(taak=taak)
        elif model._meta.app_label == taak.value:
            yield model, Q()


def _has_youth(model: Any) -> bool:
    return any(
        f.name == "jongere" and f.related_model is Jongere for f in model._meta.concrete_fields
    )


def avg_only(model: Any) -> Q:
    """Police data have their own terms, which win over the selectielijst."""
    named = any(field.name == "regime" for field in model._meta.concrete_fields)
    return Q(regime="AVG") if named else Q()


def rows_of(model: Any, taak: Q) -> "models.QuerySet[Any]":
    """AVG rows of this kind; `hier` is their gemeente, else that of the youth."""
    rows = model._base_manager.filter(taak, avg_only(model))
    return rows.annotate(  # type: ignore[no-any-return]  # base managers have no type
        hier=Coalesce("gemeente_id", "jongere__gemeente_id")
    )


def held(day: date) -> "models.QuerySet[Bewaarstop]":
    return Bewaarstop.objects.on(day)


def propose(day: date) -> int:
    """Bring the proposal of every gemeente up to date; returns how many lines were added."""
    found = due(day)
    added = 0
    open_lists = Vernietigingslijst.objects.filter(status=Vernietigingslijst.Status.VOORSTEL)
    gemeenten = {*found, *open_lists.values_list("gemeente_id", flat=True)}
    for gemeente in Gemeente.objects.filter(pk__in=gemeenten).order_by("pk"):
        added += _bring_up_to_date(gemeente, found.get(gemeente.pk, []))
    return added


def due(day: date) -> dict[int, list[Voorstel]]:
    """What may go on this day, by gemeente."""
    stopped = set(held(day).filter(object_type="").values_list("jongere_id", flat=True))
    any_hold = set(held(day).values_list("jongere_id", flat=True))
    found: dict[int, list[Voorstel]] = defaultdict(list)
    places: dict[int, set[int]] = defaultdict(set)
    for soort in TAKEN:
        for gemeente, jongere, geboren in _with_work(soort):
            places[jongere].add(gemeente)
            dag = destroy_day(soort, geboren, day)
            if dag <= day and jongere not in stopped:
                found[gemeente].append(Voorstel(soort, jongere, ARTIKELEN[soort], dag))
    for gemeente, voorstel in _persons(day, places):
        if voorstel.jongere_id not in any_hold:
            found[gemeente].append(voorstel)
    for gemeente, voorstel in police_lines(day):
        if voorstel.jongere_id not in stopped:
            found[gemeente].append(voorstel)
    return found


def _with_work(soort: Soort) -> Iterator[tuple[int, int, date]]:
    """(gemeente, youth, birth date) of all work of this kind, each once."""
    seen: set[tuple[int, int, date]] = set()
    for model, taak in models_of(soort):
        rows = rows_of(model, taak).exclude(hier=None).order_by()
        found = rows.values_list("hier", "jongere_id", "jongere__geboortedatum").distinct()
        seen.update(found.iterator())
    yield from sorted(seen)


def _persons(day: date, places: dict[int, set[int]]) -> Iterator[tuple[int, Voorstel]]:
    """Youths whose last term is over and of whom nothing is left in another gemeente."""
    police = police_youths()
    # Nobody younger than the limit can be due: the index on the birth date does the rest.
    jaren = waarde("bewaren_dsp_leeftijd", day) + waarde("bewaren_dsp_jaren", day)
    born_before = reach_age(day, -jaren)
    rows = Jongere.objects.filter(geboortedatum__lte=born_before, gemeente__isnull=False)
    for pk, gemeente, geboren in rows.values_list("pk", "gemeente_id", "geboortedatum").iterator():
        dag = destroy_day(Soort.PERSOON, geboren, day)
        here = places.get(pk, set())
        where = gemeente if not here else min(here)
        if dag <= day and len(here) < 2 and pk not in police:
            yield where, Voorstel(Soort.PERSOON, pk, ARTIKELEN[Soort.PERSOON], dag)


def police_youths() -> set[int]:
    """Youths of whom there is police data: their person stays as long as that does."""
    found: set[int] = set()
    for model in politiemodellen():
        rows = model.objects.filter(regime="WPG").order_by()
        found.update(rows.values_list("jongere_id", flat=True).distinct())
    return found


def police_lines(day: date) -> Iterator[tuple[int, Voorstel]]:
    """Police data whose last term is over (Wpg 14), one line an object."""
    for rows in to_destroy(day):
        label = rows.model._meta.label_lower
        for row in rows.select_related("jongere").iterator():
            hier = row.gemeente_id or row.jongere.gemeente_id
            dag = police_day(row, day)
            if hier and dag <= day:
                yield (
                    hier,
                    Voorstel(Soort.POLITIE, row.jongere_id, "Wpg artikel 14", dag, label, row.pk),
                )


def police_day(row: Any, day: date) -> date:
    if row.onderzoek_id:
        years = waarde("wpg_onderzoek_vernietigen_jaren", day)
        return add_months(row.verwijderd_op, 12 * years)
    return add_months(row.eerste_verwerking, 12 * waarde("wpg_vernietigen_jaren", day))


@transaction.atomic
def _bring_up_to_date(gemeente: Gemeente, voorstellen: list[Voorstel]) -> int:
    """Add what is new to the open proposal, and take out what may not go after all."""
    lijst, made = Vernietigingslijst.objects.select_for_update().get_or_create(
        gemeente=gemeente, status=Vernietigingslijst.Status.VOORSTEL
    )
    elsewhere = Vernietigingsregel.objects.filter(
        lijst__gemeente=gemeente, lijst__status__in=["aangeboden", "goedgekeurd", "bezig"]
    )
    taken = {_key(regel) for regel in elsewhere}
    wanted = {_key(v): v for v in voorstellen if _key(v) not in taken}
    present = {_key(regel): regel.pk for regel in lijst.regels.all()}
    gone = [pk for key, pk in present.items() if key not in wanted]
    lijst.regels.filter(pk__in=gone).delete()
    new = [v for key, v in wanted.items() if key not in present]
    Vernietigingsregel.objects.bulk_create(
        Vernietigingsregel(
            lijst=lijst,
            soort=v.soort,
            jongere_id=v.jongere_id,
            object_type=v.object_type,
            object_id=v.object_id,
            grond=v.grond,
            dag=v.dag,
        )
        for v in new
    )
    if not wanted:
        lijst.delete()
    elif made or new or gone:
        record("vernietiging.voorgesteld", lijst, by=None, taak=Taak.PRIVACY, rijen=len(wanted))
    return len(new)


def _key(line: Any) -> tuple[str, int, str, int]:
    return line.soort, line.jongere_id, line.object_type, line.object_id
