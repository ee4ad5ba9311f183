"""The log of a period for the auditor, as CSV, row by row."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.cellen import as_text
from accounts.models import (
    AMSTERDAM,
    Gebeurtenis,
    Gebruiker,
    Ketenregel,
    Logboekcontrole,
    Steekproefoordeel,
)
from accounts.rechten import gemeenten_for

PER_KEER = 2000


class Soort(models.TextChoices):
    GEBEURTENISSEN = "gebeurtenissen", "Gebeurtenissen met hun plaats in de keten"
    STEEKPROEVEN = "steekproeven", "Oordelen over steekproeven"
    CONTROLES = "controles", "Controles van de keten"


def csv_lines(soort: str, van: date, tot: date, *, by: Gebruiker) -> Iterator[str]:
    """Lines of one kind from `van` up to and including `tot`, of the gemeenten of the reader."""
    kop, rows = _KINDS[soort](_midnight(van), _midnight(tot + timedelta(days=1)), by)
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(kop)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return as_text("" if value is None else str(value))


Rijen = tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]


def _gebeurtenissen(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    place = Ketenregel.objects.filter(gebeurtenis_id=OuterRef("pk"))
    rows = Gebeurtenis.objects.visible_to(by).annotate(
        nr=Subquery(place.values("nr")), hash=Subquery(place.values("hash"))
    )
    velden = (
        "pk", "tijd", "gebruiker_id", "rol", "actie", "object_type", "object_id", "jongere_id",
        "gemeente_id", "taak", "reden", "resultaat", "oorsprong", "trace_id",
    )  # fmt: skip
    kop = ("nummer", *velden[1:], "gegevens", "keten_nr", "keten_hash")
    found = _in_period(rows, begin, end).values_list(*velden, "gegevens", "nr", "hash")
    return kop, ((*row[:-3], json.dumps(row[-3]), *row[-2:]) for row in _stream(found))


def _steekproeven(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    rows = Steekproefoordeel.objects.filter(
        gemeente_id__in=gemeenten_for(by, "privacy.lezen"), op__gte=begin, op__lt=end
    ).order_by("pk")
    kop = ("op", "door", "maand", "gemeente_id", "gebeurtenis", "uitkomst", "reden")
    return kop, _stream(
        rows.values_list(
            "op", "door_id", "maand", "gemeente_id", "gebeurtenis_id", "uitkomst", "reden"
        )
    )


def _controles(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    rows = _in_period(Logboekcontrole.objects.all(), begin, end)
    kop = ("tijd", "goed", "regels", "gebeurtenis", "uitleg")
    return kop, _stream(rows.values_list("tijd", "goed", "regels", "gebeurtenis_id", "uitleg"))


def _in_period(rows: QuerySet[Any], begin: datetime, end: datetime) -> QuerySet[Any]:
    return rows.filter(tijd__gte=begin, tijd__lt=end).order_by("pk")


def _stream(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return rows.iterator(chunk_size=PER_KEER)


_KINDS: dict[str, Callable[[datetime, datetime, Gebruiker], Rijen]] = {
    Soort.GEBEURTENISSEN: _gebeurtenissen,
    Soort.STEEKPROEVEN: _steekproeven,
    Soort.CONTROLES: _controles,
}
