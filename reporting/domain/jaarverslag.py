"""Making, writing and approving a yearly report."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.errors import DomainError, NotAuthorised
from casework.models import Gemeente, Jongere
from casework.schooljaar import Schooljaar
from reporting.models import Jaarverslag, Sectie, Versie
from reporting.verslag.controle import FOUT, VERSCHIL, Bevinding, check_report
from reporting.verslag.secties import Sectiedata, Soort
from reporting.verslag.sjabloon import get_sjabloon

Status = Jaarverslag.Status


class VerslagFout(DomainError):
    """The report is not in a state in which this can be done."""


def require(by: Gebruiker | None, permissie: str, gemeenten: Sequence[Gemeente]) -> None:
    """`by` is None for the system itself (command, beat)."""
    if by is None:
        return
    if not gemeenten or not all(by.may(permissie, g.pk) for g in gemeenten):
        raise NotAuthorised("U bent hiertoe niet bevoegd in alle gemeenten van dit verslag.")


def create_verslag(
    gemeenten: Sequence[Gemeente],
    schooljaar: Schooljaar,
    sjabloon: str,
    *,
    by: Gebruiker | None,
    titel: str = "",
    jaren: int | None = None,
    minimum: int = 0,
    queue: bool = True,
) -> Jaarverslag:
    """A concept with the sections of the template.

    A task counts its figures after commit, or the caller when not queued.
    """
    if not gemeenten:
        raise VerslagFout("Kies ten minste één gemeente.")
    require(by, "verslag.schrijven", gemeenten)
    model = get_sjabloon(sjabloon)
    with transaction.atomic():
        verslag = Jaarverslag.objects.create(
            titel=titel or model.titel,
            sjabloon=model.naam,
            schooljaar=str(schooljaar),
            jaren=jaren or model.jaren,
            minimum=minimum,
            aangemaakt_door=by,
        )
        verslag.gemeenten.set(gemeenten)
        Sectie.objects.bulk_create(
            Sectie(
                verslag=verslag,
                volgorde=number,
                soort=s.soort,
                niveau=s.niveau,
                kop=s.kop,
                tekst=s.tekst.strip(),
                instellingen=s.instellingen,
            )
            for number, s in enumerate(model.secties, 1)
        )
        record("verslag.aangemaakt", verslag, by=by, sjabloon=sjabloon, schooljaar=str(schooljaar))
        if queue:
            _count_later(verslag)
    return verslag


def _count_later(verslag: Jaarverslag) -> None:
    from reporting.tasks import count_figures

    transaction.on_commit(partial(count_figures.delay, verslag.pk))


def lock(verslag: Jaarverslag, *, by: Gebruiker | None, permissie: str) -> Jaarverslag:
    """The row, locked, after the person is checked. Call inside a transaction."""
    verslag = Jaarverslag.objects.select_for_update().get(pk=verslag.pk)
    require(by, permissie, list(verslag.gemeenten.all()))
    return verslag


def _for_writing(verslag: Jaarverslag, by: Gebruiker) -> Jaarverslag:
    verslag = lock(verslag, by=by, permissie="verslag.schrijven")
    if not verslag.may_change:
        word = verslag.get_status_display().lower()
        raise VerslagFout(f"Dit verslag is nu niet te wijzigen: de status is '{word}'.")
    if verslag.status != Status.CONCEPT:
        verslag.status = Status.CONCEPT  # what was built no longer equals the text
    verslag.save(update_fields=["status", "gewijzigd_op"])
    return verslag


@transaction.atomic
def save_sectie(sectie: Sectie, data: Sectiedata, *, by: Gebruiker) -> Sectie:
    verslag = _for_writing(sectie.verslag, by)
    for name, value in data.to_json().items():
        setattr(sectie, name, value)
    sectie.save()
    record("verslag.sectie_gewijzigd", verslag, by=by, sectie=str(sectie.uuid))
    return sectie


@transaction.atomic
def add_sectie(
    verslag: Jaarverslag, soort: str, *, by: Gebruiker, na: Sectie | None = None
) -> Sectie:
    """A new section behind `na`, or at the end."""
    verslag = _for_writing(verslag, by)
    sectie = Sectie(verslag=verslag, volgorde=0, soort=soort, kop=Soort(soort).label)
    order = list(verslag.secties.order_by("volgorde"))
    place = order.index(na) + 1 if na in order else len(order)
    order.insert(place, sectie)
    _renumber(order)
    record("verslag.sectie_toegevoegd", verslag, by=by, soort=soort)
    return sectie


@transaction.atomic
def move_sectie(sectie: Sectie, richting: str, *, by: Gebruiker) -> None:
    """One place up ("omhoog") or down; at the edge nothing changes."""
    verslag = _for_writing(sectie.verslag, by)
    order = list(verslag.secties.order_by("volgorde"))
    place = order.index(sectie)
    target = place + (-1 if richting == "omhoog" else 1)
    if 0 <= target < len(order):
        order[place], order[target] = order[target], order[place]
        _renumber(order)
        record("verslag.sectie_verplaatst", verslag, by=by, sectie=str(sectie.uuid))


@transaction.atomic
def remove_sectie(sectie: Sectie, *, by: Gebruiker) -> None:
    verslag = _for_writing(sectie.verslag, by)
    record("verslag.sectie_verwijderd", verslag, by=by, sectie=str(sectie.uuid))
    sectie.delete()
    _renumber(list(verslag.secties.order_by("volgorde")))


def _renumber(order: Sequence[Sectie]) -> None:
    for number, sectie in enumerate(order, 1):
        sectie.volgorde = number
        sectie.save()


@transaction.atomic
def refresh_figures(verslag: Jaarverslag, *, by: Gebruiker) -> None:
    """Drop the counted figures; a task counts them anew after commit."""
    verslag = _for_writing(verslag, by)
    verslag.stand = None
    verslag.fout = ""
    verslag.save(update_fields=["stand", "fout"])
    record("verslag.cijfers_ververst", verslag, by=by)
    _count_later(verslag)


@transaction.atomic
def request_build(verslag: Jaarverslag, *, by: Gebruiker | None, queue: bool = True) -> Jaarverslag:
    """Ask for a new version; a task builds it after commit, or the caller when not queued."""
    from reporting.tasks import build_jaarverslag

    verslag = lock(verslag, by=by, permissie="verslag.schrijven")
    if not verslag.may_change:
        raise VerslagFout("Dit verslag wordt al gemaakt of is vastgesteld.")
    last = verslag.laatste_versie
    verslag.status = Status.IN_BOUW
    verslag.bouw_nummer = (last.nummer if last else 0) + 1
    verslag.gevraagd_door = by
    verslag.voortgang, verslag.voortgang_tekst, verslag.fout = 0, "In de wachtrij", ""
    verslag.save()
    record("verslag.gevraagd", verslag, by=by, versie=verslag.bouw_nummer)
    if queue:
        transaction.on_commit(partial(build_jaarverslag.delay, verslag.pk))
    return verslag


def findings(verslag: Jaarverslag) -> list[Bevinding]:
    """The check of the text as it is now; [] while the figures are not counted."""
    if verslag.stand is None:
        return []
    return check_report(verslag.sectiedata(), verslag.kader())


@transaction.atomic
def approve(
    versie: Versie, *, by: Gebruiker, akkoord: bool = False, toelichting: str = ""
) -> Versie:
    """Freeze a version for good. Differences found by the check must be explained."""
    verslag = lock(versie.verslag, by=by, permissie="verslag.vaststellen")
    versie = Versie.objects.select_for_update().get(pk=versie.pk)
    if verslag.status != Status.TE_CONTROLEREN or versie != verslag.laatste_versie:
        raise VerslagFout("Alleen de laatste gemaakte versie kan worden vastgesteld.")
    kinds = {row["ernst"] for row in versie.controle}
    if FOUT in kinds:
        raise VerslagFout("Er staan nog fouten in dit verslag. Herstel ze en maak het opnieuw.")
    if VERSCHIL in kinds and not (akkoord and toelichting.strip()):
        raise VerslagFout(
            "Er zijn verschillen tussen de tekst en de cijfers."
            " Herstel ze, of leg uit waarom ze kloppen."
        )
    versie.vastgesteld_op = timezone.now()
    versie.vastgesteld_door = by
    versie.toelichting = toelichting.strip()
    versie.save(update_fields=["vastgesteld_op", "vastgesteld_door", "toelichting"])
    verslag.status = Status.VASTGESTELD
    verslag.save(update_fields=["status", "gewijzigd_op"])
    record("verslag.vastgesteld", verslag, by=by, versie=versie.nummer, sha256=versie.sha256)
    return versie


@transaction.atomic
def reopen(verslag: Jaarverslag, *, by: Gebruiker, reden: str) -> Jaarverslag:
    """Start on a next version; the approved one stays as it is."""
    verslag = lock(verslag, by=by, permissie="verslag.vaststellen")
    if verslag.status != Status.VASTGESTELD:
        raise VerslagFout("Alleen een vastgesteld verslag kan worden heropend.")
    if not reden.strip():
        raise VerslagFout("Schrijf op waarom het verslag opnieuw wordt geopend.")
    verslag.status = Status.CONCEPT
    verslag.save(update_fields=["status", "gewijzigd_op"])
    record("verslag.heropend", verslag, by=by, reden=reden)
    return verslag


def make_concepten(peildatum: date) -> int:
    """A concept for every present gemeente over the schooljaar that has just ended.

    A gemeente that already has a report over that year is skipped, so twice changes nothing.
    """
    schooljaar = Schooljaar.of(peildatum).vorige
    done = Jaarverslag.objects.filter(schooljaar=str(schooljaar)).values("gemeenten")
    inhabited = Jongere.objects.filter(gemeente=OuterRef("pk"))
    gemeenten = Gemeente.objects.filter(Exists(inhabited)).exclude(pk__in=done)
    for gemeente in gemeenten:
        create_verslag([gemeente], schooljaar, "standaard", by=None)
    return len(gemeenten)
