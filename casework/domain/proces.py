"""The process engine: a table of steps and one function that performs a step.

A werkproces table lives with its law (leerplicht/domain/mas.py). `perform` locks, checks the
person and the step, writes, records, and runs the effect in the same transaction.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.errors import DomainError, NotAuthorised, TransitionNotAllowed
from casework.models import Actie, Werkproces, WerkprocesStap

Gegevens = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Veld:
    """Something a step must or may be given: `soort` picks the form field."""

    naam: str
    label: str
    soort: str = "tekst"  # tekst, lange_tekst, getal, datum, keuze, meerkeuze, ja_nee, vink
    verplicht: bool = True
    keuzes: tuple[tuple[str, str], ...] = ()
    hulp: str = ""


@dataclass(frozen=True, slots=True)
class Toestand:
    """A state, its term to leave it (`due` gives the date) and the article it rests on."""

    naam: str
    label: str
    uitleg: str = ""
    due: Callable[[date], date] | None = None
    termijn: str = ""
    grondslag: str = ""
    final: bool = False


# What must already be there; the Dutch sentence tells what is missing, None is fine.
Voorwaarde = Callable[[Werkproces, Gegevens], str | None]
Effect = Callable[[Werkproces, Gegevens, Gebruiker, date], None]


@dataclass(frozen=True, slots=True)
class Stap:
    """One row of the table: from which states to which, by whom, with what."""

    naam: str
    label: str
    van: frozenset[str]
    naar: str
    soort: str  # Stapsoort of the history row
    permissie: str = "leerplicht.schrijven"
    velden: tuple[Veld, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    effect: Effect | None = None
    uitleg: str = ""
    artikel: str = ""


@dataclass(frozen=True, slots=True)
class Procestabel:
    naam: str
    begin: str
    toestanden: Mapping[str, Toestand]
    stappen: Mapping[str, Stap] = field(default_factory=dict)

    def from_state(self, toestand: str) -> Iterator[Stap]:
        return (stap for stap in self.stappen.values() if toestand in stap.van)


def missing(stap: Stap, werkproces: Werkproces, gegevens: Gegevens) -> list[str]:
    """Dutch sentences of everything that stands in the way of this step."""
    leeg = [
        f"Vul in: {veld.label.lower()}."
        for veld in stap.velden
        if veld.verplicht and gegevens.get(veld.naam) in (None, "", [], ())
    ]
    return leeg + [s for check in stap.voorwaarden if (s := check(werkproces, gegevens))]


@transaction.atomic
def perform(
    werkproces: Werkproces,
    naam: str,
    *,
    tabel: Procestabel,
    by: Gebruiker,
    day: date,
    gegevens: Gegevens | None = None,
    verslag: str = "",
) -> Werkproces:
    """Perform one step of the table on this werkproces.

    Raises NotAuthorised, TransitionNotAllowed, or DomainError when something is missing.
    """
    gegevens = gegevens or {}
    werkproces = Werkproces.objects.select_for_update().get(pk=werkproces.pk)
    stap = tabel.stappen.get(naam)
    if stap is None or werkproces.toestand not in stap.van:
        label = stap.label if stap else naam
        nu = tabel.toestanden[werkproces.toestand].label
        raise TransitionNotAllowed(f"'{label}' kan niet: het werkproces staat op '{nu}'.")
    if not by.may(stap.permissie, werkproces.gemeente_id or werkproces.jongere.gemeente_id):
        raise NotAuthorised("U bent niet bevoegd voor deze stap in deze gemeente.")
    if redenen := missing(stap, werkproces, gegevens):
        raise DomainError(" ".join(redenen))
    _move(werkproces, stap, tabel, by=by, day=day, gegevens=gegevens, verslag=verslag)
    return werkproces


def _move(
    werkproces: Werkproces,
    stap: Stap,
    tabel: Procestabel,
    *,
    by: Gebruiker,
    day: date,
    gegevens: Gegevens,
    verslag: str,
) -> None:
    van = werkproces.toestand
    if stap.naar != van:  # a step inside a state does not restart its term
        werkproces.toestand, werkproces.toestand_sinds = stap.naar, day
    if stap.effect:
        stap.effect(werkproces, gegevens, by, day)
    werkproces.save()
    volgorde = werkproces.stappen.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=volgorde + 1,
        soort=stap.soort,
        stap=stap.naam,
        van_toestand=van,
        naar_toestand=stap.naar,
        uitgevoerd_op=day,
        uitvoerder=by,
        verslag=verslag,
        gegevens={k: _plain(v) for k, v in gegevens.items() if v not in (None, "")},
    )
    if stap.naar != van:
        replace_term(werkproces, tabel.toestanden[stap.naar], day=day)
    record(f"werkproces.{stap.naam}", werkproces, by=by, stap=stap.naam, van=van, naar=stap.naar)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def replace_term(werkproces: Werkproces, toestand: Toestand, *, day: date) -> None:
    """The term of the state left falls away; that of the new state is set."""
    werkproces.acties.filter(gedaan_op__isnull=True, grondslag__startswith="termijn:").delete()
    if toestand.due is None:
        return
    Actie.objects.create(
        jongere_id=werkproces.jongere_id,
        werkproces=werkproces,
        taak=werkproces.taak,
        gemeente_id=werkproces.gemeente_id,
        omschrijving=f"{toestand.label}: {toestand.termijn}",
        toegewezen_aan=werkproces.behandelaar,
        vervalt_op=toestand.due(day),
        grondslag=f"termijn:{toestand.naam}",
    )
