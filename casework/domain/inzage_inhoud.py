"""The content of an inzage: AVG data of one youth, who got it, and every processing.

Left out: police data and everything that tells of it, and what is about others.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.domain.logboek_ldv import betrokkene_index
from accounts.domain.logboek_verwerkingen import ACTIVITEITEN
from accounts.models import Gebeurtenis, Gebruiker, Ketenregel, Verwerkingsregel
from accounts.rechten import Taak
from casework.domain.inzage_tabellen import TABELLEN, Tabel
from casework.models import Gemeente, Jongere, Relatie
from casework.schooljaar import AMSTERDAM

# Events by which data of one youth left the gemeente.
VERSTREKKINGEN: Final = ("pakket.uitgevoerd", "pakket.opgehaald", "inzage.opgehaald")
WEGGELATEN: Final = "[naam weggelaten]"
# Values of AVG rows that would tell of a police case beside them.
VERRADEND: Final[Mapping[str, frozenset[str]]] = {
    "route": frozenset({"4"}),
    "resultaat": frozenset({"pv"}),
    "soort": frozenset({"PV"}),
    "stap": frozenset({"strafrecht_inzetten"}),
    **dict.fromkeys(("toestand", "van_toestand", "naar_toestand"), frozenset({"strafrecht"})),
}
VERRADENDE_ACTIES: Final = (
    "werkproces.strafrecht", "pv.", "politie", "regime", "verstrekking", "onderzoek",
)  # fmt: skip  # read as a table
Rij = dict[str, str]


@dataclass(frozen=True, slots=True)
class Vraag:
    """Whose data, in which gemeenten, and whether a parent will read it."""

    jongere: Jongere
    gemeenten: Collection[int]
    voor_ouder: bool


@dataclass(frozen=True, slots=True)
class Deel:
    titel: str
    rijen: list[Rij]

    @property
    def kolommen(self) -> list[str]:
        """Heads of a table, when every row has the same few fields."""
        heads = {tuple(rij) for rij in self.rijen}
        only = next(iter(heads)) if len(heads) == 1 else ()
        return list(only) if len(only) <= 4 else []


def all_parts(vraag: Vraag) -> Iterator[Deel]:
    """Every table that has rows, then provisions, then processings."""
    anderen = Anderen.around(vraag.jongere)
    for tabel in TABELLEN:
        rijen = [anderen.strip(row) for row in _rows(tabel, vraag)]
        if rijen:
            yield Deel(tabel.titel, rijen)
    yield Deel("Wie gegevens kreeg", list(_provisions(vraag)))
    yield Deel("Wanneer gegevens zijn gebruikt", list(_processings(vraag)))


def rows_of(tabel: Tabel, vraag: Vraag) -> "models.QuerySet[Any]":
    """The AVG rows of one table in these gemeenten; a row without gemeente follows the youth."""
    model = apps.get_model(tabel.label)
    rows = model._base_manager.filter(**{tabel.pad: vraag.jongere.pk})
    namen = {f.name for f in model._meta.concrete_fields}
    if "regime" in namen:
        rows = rows.filter(regime="AVG")
    for lookup, waarde in tabel.zonder.items():
        rows = rows.exclude(**{lookup: waarde})
    if "gemeente" in namen and tabel.label not in {"casework.jongere", "casework.adres"}:
        rows = rows.filter(Q(gemeente_id__in=vraag.gemeenten) | Q(gemeente=None))
    ouder = tabel.pad.removesuffix("__jongere")
    if ouder != tabel.pad:  # the parent row must itself be in these gemeenten
        here = Q(**{f"{ouder}__gemeente__in": vraag.gemeenten})
        rows = rows.filter(here | Q(**{f"{ouder}__gemeente": None}))
    if tabel.label == "casework.adres" and vraag.voor_ouder:
        # A hidden address may be hidden from the parent who asks.
        rows = rows.none() if vraag.jongere.geheimhouding else rows.filter(geheim=False)
    return rows.order_by("pk")  # type: ignore[no-any-return]  # base managers have no type


def _rows(tabel: Tabel, vraag: Vraag) -> Iterator[Rij]:
    model = apps.get_model(tabel.label)
    relations = [n for n in tabel.namen if model._meta.get_field(n).is_relation]
    for row in rows_of(tabel, vraag).select_related(*relations):
        shown = {_label(model, naam): _text(row, naam) for naam in tabel.namen}
        yield {label: text for label, text in shown.items() if text}


def _label(model: Any, naam: str) -> str:
    return name_of(model._meta.get_field(naam))


def name_of(field: Any) -> str:
    """The name of a field as people write it."""
    naam = str(field.verbose_name).capitalize()
    return {"Bsn": "BSN", "Email": "E-mailadres", "Uren": "Uren verzuim"}.get(naam, naam)


def _text(row: Any, naam: str) -> str:
    value = getattr(row, naam)
    if value in VERRADEND.get(naam, ()):
        return ""
    if isinstance(value, Gebruiker):
        return value.functie or "medewerker"
    if display := getattr(row, f"get_{naam}_display", None):
        return str(display() or "")
    return as_words(value)


def as_words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{value.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, Mapping):
        return "; ".join(f"{k}: {as_words(v)}" for k, v in value.items() if v not in ("", None))
    if isinstance(value, list | tuple):
        return ", ".join(as_words(part) for part in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Anderen:
    """Names, numbers and addresses of others around a youth, to strike from free text."""

    patroon: re.Pattern[str] | None

    @classmethod
    def around(cls, jongere: Jongere) -> "Anderen":
        own = {w.casefold() for w in _words(jongere.voornamen, jongere.roepnaam, jongere.naam)}
        found: set[str] = set()
        for naam in _names(jongere):
            found.add(naam)
            # Parts of a name too, but not those that the youth bears himself.
            found |= {w for w in _words(naam) if len(w) > 2 and w.casefold() not in own}
        parts = sorted((p for p in found if p.strip()), key=len, reverse=True)
        if not parts:
            return cls(None)
        words = "|".join(re.escape(part) for part in parts)
        return cls(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))

    def strip(self, row: Rij) -> Rij:
        if self.patroon is None:
            return row
        return {label: self.patroon.sub(WEGGELATEN, text) for label, text in row.items()}


VOORVOEGSELS: Final = frozenset(
    ["van", "der", "den", "de", "het", "ter", "ten", "aan", "bij", "uit", "voor"]
)


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (w for w in re.split(r"[\s,.]+", text) if w and w.casefold() not in VOORVOEGSELS)


def _names(jongere: Jongere) -> Iterator[str]:
    for relatie in Relatie.objects.filter(jongere=jongere):
        yield from (relatie.naam, relatie.voornamen, relatie.bsn)
        yield from (relatie.telefoon, relatie.email)
    for melding in jongere.verzuimmeldingen.all():
        yield from (melding.melder_naam, melding.melder_telefoon, melding.melder_email)
    if jongere.gezin_id:
        for kind in Jongere.objects.filter(gezin_id=jongere.gezin_id).exclude(pk=jongere.pk):
            yield from (kind.naam, kind.roepnaam, kind.voornamen, kind.bsn)
    acted = Gebeurtenis.objects.filter(jongere_id=jongere.pk).values("gebruiker")
    for gebruiker in Gebruiker.objects.filter(pk__in=acted):
        yield from (gebruiker.naam, gebruiker.email or "")


def open_events(vraag: Vraag) -> "models.QuerySet[Gebeurtenis]":
    """Lines of the log about this youth that tell nothing of police data.

    What is about an object that is police data, or that is gone, stays out.
    """
    rows = Gebeurtenis.objects.filter(jongere_id=vraag.jongere.pk).exclude(taak=Taak.OPSPORING)
    rows = rows.filter(Q(gemeente_id__in=vraag.gemeenten) | Q(gemeente_id=None))
    for begin in VERRADENDE_ACTIES:
        rows = rows.exclude(actie__startswith=begin)
    allowed = Q(object_type="casework.jongere")
    for tabel in TABELLEN:
        if tabel.label != "casework.jongere":
            here = rows_of(tabel, vraag).order_by().values("pk")
            allowed |= Q(object_type=tabel.label, object_id__in=here)
    allowed |= Q(object_type__in=["casework.inzage", "casework.kennisgeving"])
    return rows.filter(allowed)


def _provisions(vraag: Vraag) -> Iterator[Rij]:
    for event in open_events(vraag).filter(actie__in=VERSTREKKINGEN).order_by("pk"):
        yield {"Moment": as_words(event.tijd), "Wat": words_of(event.actie)}


def words_of(actie: str) -> str:
    return actie.replace(".", " ").replace("_", " ").capitalize()


def _processings(vraag: Vraag) -> Iterator[Rij]:
    """Rows of the Logboek Dataverwerkingen of this person, of no confidential activity."""
    namen = {a.uri: a.naam for a in ACTIVITEITEN if not a.vertrouwelijk}
    events = open_events(vraag).order_by().values("pk")
    places = Ketenregel.objects.filter(gebeurtenis_id__in=events).values("nr")
    rows = Verwerkingsregel.objects.filter(
        betrokkene_index=betrokkene_index(vraag.jongere.pk),
        processing_activity_id__in=list(namen),
        nr__in=places,
    )
    for row in rows.order_by("pk").iterator():
        yield {
            "Moment": as_words(row.start_time),
            "Wat": words_of(row.name),
            "Waarvoor": namen[row.processing_activity_id],
        }


def names_of(gemeenten: Iterable[int]) -> list[str]:
    rows = Gemeente.objects.filter(pk__in=list(gemeenten)).order_by("naam")
    return list(rows.values_list("naam", flat=True))
