"""Verzuim from 18: what the Doorstroompunt does with a report of a school (WEB 9.2.2)."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import DuoStatus, Kanaal, Meldingsoort, Onderwijssoort, Resultaat
from casework.domain.melding import close_melding, lock_untouched
from casework.domain.meldingstatus import change_status
from casework.errors import DomainError
from casework.models import Inschrijving, Jongere, Verzuimmelding
from doorstroompunt.codes import Bronmelding, Trajectsoort
from doorstroompunt.models import Traject

from .aanleg import Trajectinvoer, attach_melding
from .openen import open_traject
from .traject import lock, require_write

ZORG: Final = frozenset({Meldingsoort.ZORG, Meldingsoort.ZIEK})


def soort_for(melding: Verzuimmelding) -> Trajectsoort:
    return Trajectsoort.ZORG_18PLUS if melding.soort in ZORG else Trajectsoort.VERZUIM_18PLUS


def last_onderwijssoort(jongere: Jongere, day: date) -> str:
    """Of the enrolment begun last, on or before the day; empty when there is none."""
    rows = Inschrijving.objects.filter(jongere=jongere, begindatum__lte=day)
    row = rows.exclude(onderwijssoort=Onderwijssoort.BUITENLAND).order_by("-begindatum", "-pk")
    return row.values_list("onderwijssoort", flat=True).first() or ""


@transaction.atomic
def take_up(
    melding: Verzuimmelding, *, by: Gebruiker, day: date, traject: Traject | None = None
) -> tuple[Traject, bool]:
    """Join the melding to a running traject, or open one for it (True).

    Raises NotAuthorised, or DomainError when the melding was taken up before.
    """
    melding = lock_untouched(melding, by=by, taak=Taak.DOORSTROOMPUNT)
    made = False
    if traject is None:
        traject, made = open_traject(
            melding.jongere,
            by=by,
            day=day,
            invoer=_invoer(melding),
            melding=melding,
            op_werklijst=True,
        )
    else:
        _join(melding, lock(traject), by)
    melding.beoordeeld_op, melding.beoordeeld_door = timezone.now(), by
    if melding.status == DuoStatus.R:
        change_status(melding, DuoStatus.B, by=by)
    melding.save()
    record("melding.opgepakt", melding, by=by, traject=traject.pk, status=melding.status)
    return traject, made


def _invoer(melding: Verzuimmelding) -> Trajectinvoer:
    return Trajectinvoer(
        soort=soort_for(melding),
        datum_melding=melding.melddatum,
        bron_melding=Bronmelding.DUO_A04 if melding.kanaal == Kanaal.DUO else Bronmelding.SCHOOL,
        laatste_onderwijssoort=last_onderwijssoort(melding.jongere, melding.melddatum),
        reden=melding.reden,
    )


def _join(melding: Verzuimmelding, traject: Traject, by: Gebruiker) -> None:
    require_write(by, traject)
    if traject.jongere_id != melding.jongere_id or not traject.is_open:
        raise DomainError("Kies een open traject van deze jongere.")
    attach_melding(traject, melding, by=by)


@transaction.atomic
def note_only(melding: Verzuimmelding, *, by: Gebruiker, day: date) -> Verzuimmelding:
    """Ter kennisgeving: read, no action of our own. Raises NotAuthorised, DomainError."""
    melding = lock_untouched(melding, by=by, taak=Taak.DOORSTROOMPUNT)
    close_melding(melding, Resultaat.TER_KENNISNAME, by=by, day=day)
    return melding
