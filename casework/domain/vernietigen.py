"""From proposal to statement of destruction: offered by one, approved by another, then run."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.domain.bewaartermijn import Soort, held
from casework.domain.vernietigen_rijen import destroy, reason_to_wait
from casework.domain.verzoeken import SCHRIJVEN
from casework.errors import DomainError
from casework.leeftijd import reach_age
from casework.models import (
    Bewaarstop,
    Gemeente,
    Jongere,
    Vernietigingslijst,
    Vernietigingsregel,
)
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from casework.uitbreiding import UITBREIDINGEN

Status = Vernietigingslijst.Status
# Persons last: what hangs on them goes under its own ground first.
VOLGORDE = (Soort.LEERPLICHT, Soort.DOORSTROOMPUNT, Soort.POLITIE, Soort.PERSOON)


def hash_of(lijst: Vernietigingslijst) -> str:
    """Of all lines, in one order: what is destroyed is what was offered and approved."""
    lines = lijst.regels.order_by("soort", "jongere_id", "object_type", "object_id").values_list(
        "soort", "jongere_id", "object_type", "object_id", "grond", "dag"
    )
    return hashlib.sha256(json.dumps(list(lines), default=str).encode()).hexdigest()


def _lock(lijst: Vernietigingslijst, status: str, *, by: Gebruiker) -> Vernietigingslijst:
    require(by, SCHRIJVEN, lijst.gemeente_id)
    locked = Vernietigingslijst.objects.select_for_update().get(pk=lijst.pk)
    if locked.status != status:
        raise DomainError(f"Dit kan nu niet: de lijst is {locked.get_status_display().lower()}.")
    return locked


@transaction.atomic
def offer(lijst: Vernietigingslijst, *, by: Gebruiker, today: date) -> Vernietigingslijst:
    """Ask a colleague to approve these lines; lines under a hold fall out."""
    locked = _lock(lijst, Status.VOORSTEL, by=by)
    for regel in locked.regels.all():
        if reason_to_wait(regel, today) == "er staat een bewaarstop":
            regel.delete()
    if not locked.regels.exists():
        raise DomainError("Er staat niets op de lijst dat weg mag.")
    locked.status, locked.sha256 = Status.AANGEBODEN, hash_of(locked)
    locked.aangeboden_op, locked.aangeboden_door = timezone.now(), by
    locked.save()
    record(
        "vernietiging.aangeboden",
        locked,
        by=by,
        taak=Taak.PRIVACY,
        sha256=locked.sha256,
        rijen=locked.regels.count(),
    )
    return locked


@transaction.atomic
def approve(lijst: Vernietigingslijst, *, by: Gebruiker) -> Vernietigingslijst:
    """The second person (P20); from here the worker goes on by itself."""
    locked = _lock(lijst, Status.AANGEBODEN, by=by)
    if locked.aangeboden_door_id == by.pk:
        raise DomainError("U bood deze lijst zelf aan. Een collega keurt haar goed.")
    if locked.sha256 != hash_of(locked):
        raise DomainError("De lijst is gewijzigd nadat zij is aangeboden. Wijs haar af.")
    locked.status, locked.goedgekeurd_op = Status.GOEDGEKEURD, timezone.now()
    locked.goedgekeurd_door = by
    locked.save()
    record("vernietiging.goedgekeurd", locked, by=by, taak=Taak.PRIVACY, sha256=locked.sha256)
    from casework.tasks import destroy as task

    transaction.on_commit(partial(task.delay, locked.pk))
    return locked


@transaction.atomic
def refuse(lijst: Vernietigingslijst, reden: str, *, by: Gebruiker) -> None:
    """Not this list: its lines come back in the next proposal, unless a hold is placed."""
    locked = _lock(lijst, Status.AANGEBODEN, by=by)
    record("vernietiging.afgewezen", locked, by=by, taak=Taak.PRIVACY, reden=reden)
    locked.delete()


def perform(pk: int, day: date) -> None:
    """Destroy an approved list line by line; stopping and starting again is safe."""
    if not Vernietigingslijst.objects.filter(
        pk=pk, status__in=[Status.GOEDGEKEURD, Status.BEZIG]
    ).update(status=Status.BEZIG):
        return
    lijst = Vernietigingslijst.objects.select_related("gemeente").get(pk=pk)
    if lijst.sha256 != hash_of(lijst):
        raise DomainError(f"Lijst {pk} is niet meer wat is goedgekeurd.")
    _keep_figures(lijst, day)
    todo = list(_todo(lijst))
    for nummer, regel_id in enumerate(todo, start=1):
        _destroy_line(lijst.pk, regel_id, day)
        Vernietigingslijst.objects.filter(pk=pk).update(
            voortgang=100 * nummer // len(todo), stap=f"Regel {nummer} van {len(todo)}"
        )
    _finish(pk)


def _todo(lijst: Vernietigingslijst) -> Iterator[int]:
    for soort in VOLGORDE:
        rows = lijst.regels.filter(soort=soort, vernietigd_op=None, overgeslagen="")
        yield from rows.values_list("pk", flat=True)


@transaction.atomic
def _destroy_line(lijst_id: int, regel_id: int, day: date) -> None:
    """One line, one transaction: gone with its trace, or not touched at all."""
    lijst = Vernietigingslijst.objects.select_for_update().get(pk=lijst_id)
    regel = Vernietigingsregel.objects.select_for_update().get(pk=regel_id)
    if regel.vernietigd_op or regel.overgeslagen:
        return
    # A hold waits for this lock, so that it is not placed on what just went.
    Jongere.objects.select_for_update().filter(pk=regel.jongere_id).first()
    if reden := reason_to_wait(regel, day):
        regel.overgeslagen = reden
        regel.save(update_fields=["overgeslagen"])
        return
    aantal = destroy(regel, lijst.gemeente, day)
    regel.vernietigd_op = timezone.now()
    regel.save(update_fields=["vernietigd_op"])
    per_soort = lijst.aantallen.setdefault(regel.soort, {})
    for label, count in aantal.items():
        per_soort[label] = per_soort.get(label, 0) + count
    lijst.save(update_fields=["aantallen"])
    record(
        "vernietiging.uitgevoerd",
        lijst,
        by=None,
        taak=Taak.PRIVACY,
        jongere_id=regel.jongere_id,
        soort=regel.soort,
        rijen=sum(aantal.values()),
    )


@transaction.atomic
def _finish(pk: int) -> None:
    lijst = Vernietigingslijst.objects.select_for_update().get(pk=pk)
    if lijst.status != Status.BEZIG or any(_todo(lijst)):
        return
    lijst.status, lijst.klaar_op = Status.VERNIETIGD, timezone.now()
    lijst.voortgang, lijst.stap = 100, ""
    lijst.save()
    record("vernietiging.klaar", lijst, by=None, taak=Taak.PRIVACY, sha256=lijst.sha256)


def _keep_figures(lijst: Vernietigingslijst, day: date) -> None:
    """Freeze the figures of closed years once, before the first row of them goes."""
    if lijst.cijfers or UITBREIDINGEN.bewaar_cijfers is None:
        return
    earlier = Vernietigingslijst.objects.filter(gemeente=lijst.gemeente).exclude(cijfers=[])
    kept = {
        row["schooljaar"]
        for cijfers in earlier.values_list("cijfers", flat=True)
        for row in cijfers
    }
    years = [year for year in _years(lijst, day) if str(Schooljaar(year)) not in kept]
    found = UITBREIDINGEN.bewaar_cijfers(lijst.gemeente.code, years, day)
    Vernietigingslijst.objects.filter(pk=lijst.pk).update(cijfers=found)


def _years(lijst: Vernietigingslijst, day: date) -> list[int]:
    """Closed schooljaren in which these youths counted: from their fifth year to now."""
    keys = lijst.regels.values_list("jongere_id", flat=True)
    born = Jongere.objects.filter(pk__in=list(keys)).order_by("geboortedatum").first()
    if born is None:
        return []
    begin = waarde("leeftijd_begin_leerplicht", day)
    first = Schooljaar.of(reach_age(born.geboortedatum, begin)).beginjaar
    return list(range(first, Schooljaar.of(day).beginjaar))


@transaction.atomic
def place_stop(
    jongere: Jongere,
    gemeente: Gemeente,
    *,
    reden: str,
    van: date,
    tot: date | None,
    by: Gebruiker,
    object_type: str = "",
    object_id: int | None = None,
) -> Bewaarstop:
    """Nothing of this youth, or of this object, is proposed or destroyed while it stands."""
    require(by, SCHRIJVEN, gemeente.pk)
    # A run that works on this youth ends first.
    if not Jongere.objects.select_for_update().filter(pk=jongere.pk).first():
        raise DomainError("De gegevens van deze jongere zijn al vernietigd.")
    if not reden.strip():
        raise DomainError("Schrijf op waarom de gegevens moeten blijven.")
    if tot and tot < van:
        raise DomainError("De laatste dag ligt voor de eerste.")
    stop = Bewaarstop.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        reden=reden,
        van=van,
        tot=tot,
        geplaatst_door=by,
        object_type=object_type,
        object_id=object_id,
    )
    record(
        "bewaarstop.geplaatst",
        stop,
        by=by,
        taak=Taak.PRIVACY,
        van=van.isoformat(),
        tot=tot.isoformat() if tot else None,
    )
    return stop


@transaction.atomic
def lift_stop(stop: Bewaarstop, *, by: Gebruiker, reden: str) -> Bewaarstop:
    require(by, SCHRIJVEN, stop.gemeente_id)
    locked = Bewaarstop.objects.select_for_update().get(pk=stop.pk)
    if locked.opgeheven_op:
        raise DomainError("Deze bewaarstop is al opgeheven.")
    locked.opgeheven_op, locked.opgeheven_door = timezone.now(), by
    locked.save(update_fields=["opgeheven_op", "opgeheven_door"])
    record("bewaarstop.opgeheven", locked, by=by, taak=Taak.PRIVACY, reden=reden)
    return locked


def stops_on(jongere: Jongere, day: date) -> list[Bewaarstop]:
    return list(held(day).filter(jongere=jongere))
