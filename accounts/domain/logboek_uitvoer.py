"""The log of a period for the auditor, as CSV, row by row."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.apps import apps
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
    VERZOEKEN = "verzoeken", "Verzoeken van personen en besluiten"
    VERNIETIGING = "vernietiging", "Vernietiging en bewaarstops"
    DATALEKKEN = "datalekken", "Datalekken"
    STEEKPROEVEN = "steekproeven", "Oordelen over steekproeven"
    CONTROLES = "controles", "Controles van de keten"
    VERSTREKKINGEN = "verstrekkingen", "Verstrekkingen van politiegegevens"
    ONDERZOEKEN = "onderzoeken", "Onderzoeken volgens artikel 9 van de Wpg"


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
        "pk",
        "tijd",
        "gebruiker_id",
        "rol",
        "actie",
        "object_type",
        "object_id",
        "jongere_id",
        "gemeente_id",
        "taak",
        "reden",
        "resultaat",
        "oorsprong",
        "trace_id",
    )
    kop = ("nummer", *velden[1:], "gegevens", "keten_nr", "keten_hash")
    found = _in_period(rows, begin, end).values_list(*velden, "gegevens", "nr", "hash")
    return kop, ((*row[:-3], json.dumps(row[-3]), *row[-2:]) for row in _stream(found))


def _register(naam: str, velden: tuple[str, ...], by: Gebruiker, **filters: Any) -> Rijen:
    """Rows of a register of casework, which lies above this app: found by its name."""
    found = apps.get_model(naam)._default_manager.filter(
        gemeente_id__in=gemeenten_for(by, "privacy.lezen"), **filters
    )
    return velden, _stream(found.order_by("pk").values_list(*velden))


def _verzoeken(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    """Received in the period; also those that were refused, with the reason."""
    velden = (
        "pk",
        "gemeente_id",
        "jongere_id",
        "soort",
        "regime",
        "aanvrager",
        "ontvangen_op",
        "uiterlijk_op",
        "verlengd_op",
        "verlenging_reden",
        "besluit",
        "besluit_reden",
        "besloten_op",
        "besloten_door_id",
    )
    period = {"ontvangen_op__gte": begin.date(), "ontvangen_op__lt": end.date()}
    return _register("casework.Verzoek", velden, by, **period)


def _vernietiging(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    """Lists that were made, and holds that began, in the period."""
    kop = (
        "soort",
        "nummer",
        "gemeente_id",
        "begin",
        "einde",
        "door",
        "tweede_persoon",
        "stand",
        "reden",
        "sha256",
        "aantallen",
    )
    velden = (
        "pk",
        "gemeente_id",
        "gemaakt_op",
        "klaar_op",
        "aangeboden_door_id",
        "goedgekeurd_door_id",
        "status",
        "sha256",
        "aantallen",
    )
    _, lists = _register(
        "casework.Vernietigingslijst", velden, by, gemaakt_op__gte=begin, gemaakt_op__lt=end
    )
    hold = (
        "pk",
        "gemeente_id",
        "van",
        "opgeheven_op",
        "geplaatst_door_id",
        "opgeheven_door_id",
        "reden",
    )
    period = {"van__gte": begin.date(), "van__lt": end.date()}
    _, holds = _register("casework.Bewaarstop", hold, by, **period)
    rows = (("lijst", *row[:7], "", row[7], json.dumps(row[8])) for row in lists)
    stops = (("bewaarstop", *row[:6], "", row[6], "", "") for row in holds)
    return kop, chain(rows, stops)


def _datalekken(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    velden = (
        "pk",
        "gemeente_id",
        "regime",
        "ontdekt_op",
        "intern_gemeld_op",
        "omschrijving",
        "gebruiker_id",
        "van",
        "tot",
        "acties",
        "besluit",
        "besluit_reden",
        "besloten_op",
        "besloten_door_id",
    )
    return _register("casework.Datalek", velden, by, ontdekt_op__gte=begin, ontdekt_op__lt=end)


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


def _verstrekkingen(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    """The register itself (Wpg 32): here the purpose and the name of who received it stand."""
    velden = (
        "verstrekt_op",
        "gemeente_id",
        "jongere_id",
        "soort",
        "object_uuid",
        "ontvanger",
        "ontvanger_naam",
        "doel",
        "grondslag",
        "gevraagd_door_id",
        "gevraagd_op",
        "besloten_door_id",
        "besloten_op",
        "akkoord",
    )
    period = {"gevraagd_op__gte": begin, "gevraagd_op__lt": end}
    return _register("casework.Verstrekking", velden, by, **period)


def _onderzoeken(begin: datetime, end: datetime, by: Gebruiker) -> Rijen:
    """Opened before the end of the period, with their purpose: a line for every officer."""
    velden = (
        "pk",
        "geopend_op",
        "gesloten_op",
        "gemeente_id",
        "naam",
        "doel",
        "functionarissen",
    )
    return _register("casework.Onderzoek", velden, by, geopend_op__lt=end.date())


def _in_period(rows: QuerySet[Any], begin: datetime, end: datetime) -> QuerySet[Any]:
    return rows.filter(tijd__gte=begin, tijd__lt=end).order_by("pk")


def _stream(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return rows.iterator(chunk_size=PER_KEER)


_KINDS: dict[str, Callable[[datetime, datetime, Gebruiker], Rijen]] = {
    Soort.GEBEURTENISSEN: _gebeurtenissen,
    Soort.VERZOEKEN: _verzoeken,
    Soort.VERNIETIGING: _vernietiging,
    Soort.DATALEKKEN: _datalekken,
    Soort.STEEKPROEVEN: _steekproeven,
    Soort.CONTROLES: _controles,
    Soort.VERSTREKKINGEN: _verstrekkingen,
    Soort.ONDERZOEKEN: _onderzoeken,
}
