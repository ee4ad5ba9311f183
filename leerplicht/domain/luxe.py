"""Luxeverzuim of a household: a werkproces for each child, and one decision for all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Werkprocessoort
from casework.domain.bevoegd import require_for
from casework.domain.dossier import ensure_dossier
from casework.domain.melding import mark_taken_up
from casework.domain.plaats import gemeente_on
from casework.domain.proces import NIET_AFGEWEKEN, departures, perform
from casework.errors import DomainError
from casework.models import Jongere, Verzuimmelding, Werkproces
from leerplicht.codes import Luxeoordeel, Verloffase
from leerplicht.models import Luxeverzuim

from .luxe_tabel import LUXE

STAP: Final[Mapping[str, str]] = {
    Luxeoordeel.GEOORLOOFD: "geoorloofd",
    Luxeoordeel.NIET_VERWIJTBAAR: "niet_verwijtbaar",
    Luxeoordeel.WAARSCHUWING: "waarschuwing",
    Luxeoordeel.PV: "pv_voorstellen",
}


@dataclass(frozen=True, slots=True)
class Gezinsinvoer:
    van: date
    tot: date
    verlof: str


def household(jongere: Jongere, user: Gebruiker) -> list[Jongere]:
    """The jongere and the other youths of the household in sight of the user."""
    if not jongere.gezin_id:
        return [jongere]
    rows = Jongere.objects.visible_to(user).filter(gezin_id=jongere.gezin_id)
    return list(rows.select_related("gemeente").order_by("geboortedatum", "pk"))


@transaction.atomic
def open_household(
    kinderen: Collection[Jongere], *, by: Gebruiker, day: date, invoer: Gezinsinvoer
) -> UUID:
    """One werkproces per child; the key they share. Raises NotAuthorised, DomainError."""
    if not kinderen:
        raise DomainError("Kies ten minste een kind.")
    if invoer.tot < invoer.van:
        raise DomainError("De laatste dag ligt voor de eerste dag.")
    if len({k.gezin_id for k in kinderen}) > 1:
        raise DomainError("Deze kinderen horen niet bij een gezin.")
    gezinszaak = uuid4()
    for kind in sorted(kinderen, key=lambda k: k.pk):
        _open(kind, gezinszaak, by=by, day=day, invoer=invoer)
    return gezinszaak


@transaction.atomic
def open_for(melding: Verzuimmelding, *, by: Gebruiker, day: date) -> Werkproces:
    """The werkproces of a report by a school, with that of a brother or sister in these days.

    Raises NotAuthorised, DomainError.
    """
    van = melding.begindatum or melding.melddatum
    tot = max(melding.einddatum or van, van)
    kind = melding.jongere
    gezinszaak = uuid4()
    if kind.gezin_id:
        rows = Luxeverzuim.objects.filter(
            jongere__gezin_id=kind.gezin_id, van__lte=tot, tot__gte=van, oordeel=""
        ).exclude(gezinszaak__in=Luxeverzuim.objects.filter(jongere=kind).values("gezinszaak"))
        gezinszaak = rows.values_list("gezinszaak", flat=True).first() or gezinszaak
    invoer = Gezinsinvoer(van, tot, Verloffase.ONBEKEND)
    return _open(kind, gezinszaak, by=by, day=day, invoer=invoer, melding=melding)


def _open(
    kind: Jongere,
    gezinszaak: UUID,
    *,
    by: Gebruiker,
    day: date,
    invoer: Gezinsinvoer,
    melding: Verzuimmelding | None = None,
) -> Werkproces:
    # Two people at once: the second waits here, and then finds the first.
    Jongere.objects.select_for_update().only("pk").get(pk=kind.pk)
    double = Luxeverzuim.objects.filter(jongere=kind, van__lte=invoer.tot, tot__gte=invoer.van)
    if double.exists():
        raise DomainError(f"Voor {kind.naam} is er in deze dagen al een werkproces.")
    gemeente = gemeente_on(kind, day)
    require_for(by, Taak.LEERPLICHT, kind, gemeente.pk if gemeente else None)
    werkproces = Werkproces.objects.create(
        jongere=kind,
        gemeente=gemeente,
        taak=Taak.LEERPLICHT,
        soort=Werkprocessoort.LUXE,
        toestand=LUXE.begin,
        toestand_sinds=day,
        gestart_op=day,
        behandelaar=by,
    )
    record("werkproces.geopend", werkproces, by=by, soort=werkproces.soort)
    ensure_dossier(kind, Taak.LEERPLICHT, gemeente, by=by, day=day)
    Luxeverzuim.objects.create(
        jongere=kind,
        gemeente=gemeente,
        werkproces=werkproces,
        gezinszaak=gezinszaak,
        van=invoer.van,
        tot=invoer.tot,
        verlof=invoer.verlof,
    )
    _take_up_others(werkproces, invoer, melding, by=by)
    return perform(werkproces, "beoordelen", tabel=LUXE, by=by, day=day)


def _take_up_others(
    werkproces: Werkproces, invoer: Gezinsinvoer, melding: Verzuimmelding | None, *, by: Gebruiker
) -> None:
    """Reports of the same days are in treatment with it; `melding` is taken up by who called."""
    rows = werkproces.jongere.verzuimmeldingen.select_for_update().filter(
        soort="L",
        werkproces=None,
        begindatum__lte=invoer.tot,
        afgesloten_op=None,
        taak=Taak.LEERPLICHT,
    )
    for row in rows.exclude(einddatum__lt=invoer.van):
        if row != melding:
            mark_taken_up(row, werkproces, by=by)


@transaction.atomic
def step_household(
    gezinszaak: UUID,
    naam: str,
    *,
    by: Gebruiker,
    day: date,
    gegevens: Mapping[str, object],
    verslag: str = "",
) -> int:
    """The same step for every child that stands there; how many moved."""
    moved = 0
    for row in _rows(gezinszaak):
        stap = LUXE.stappen[naam]
        if stap.possible_from(row.werkproces):
            perform(
                row.werkproces,
                naam,
                tabel=LUXE,
                by=by,
                day=day,
                gegevens=gegevens,
                verslag=verslag,
            )
            moved += 1
    if not moved:
        raise DomainError("Deze stap kan nu voor geen van de kinderen.")
    return moved


@transaction.atomic
def decide_household(
    gezinszaak: UUID,
    *,
    oordeel: str,
    motivering: str,
    by: Gebruiker,
    day: date,
    afwijking: Mapping[str, object] | None = None,
) -> None:
    """One decision, written with each child. All open ones must be ready for it.

    `afwijking`: why the guideline is departed from, kept with the children for whom it is.
    Raises NotAuthorised, DomainError.
    """
    rows = [row for row in _rows(gezinszaak) if row.werkproces.is_open]
    if not rows or any(row.werkproces.toestand != "luxe_besluit" for row in rows):
        raise DomainError("Hoor eerst de ouders voor alle kinderen. Daarna volgt een besluit.")
    away = {row.pk: departs(row.werkproces, oordeel, day) for row in rows}
    if afwijking and not any(away.values()):
        raise DomainError(NIET_AFGEWEKEN)
    for row in rows:
        gegevens = {"motivering": motivering, "meldingen_sluiten": True}
        if away[row.pk]:
            gegevens |= afwijking or {}
        perform(row.werkproces, STAP[oordeel], tabel=LUXE, by=by, day=day, gegevens=gegevens)
        row.oordeel, row.oordeel_op, row.motivering = oordeel, day, motivering
        row.save(update_fields=["oordeel", "oordeel_op", "motivering"])
        record("luxeverzuim.besloten", row, by=by, taak=Taak.LEERPLICHT, besluit=oordeel)


def departs(werkproces: Werkproces, oordeel: str, day: date) -> list[str]:
    """Where this decision departs from the guideline for this child."""
    return departures(LUXE.stappen[STAP[oordeel]], werkproces, {}, day)


def _rows(gezinszaak: UUID) -> list[Luxeverzuim]:
    """In sight of the page; another order would let two people wait for each other."""
    rows = Luxeverzuim.objects.filter(gezinszaak=gezinszaak)
    return list(rows.select_related("werkproces__jongere").order_by("pk"))
