"""The process of a traject (WEB 9.2.4): its table, and what a step writes."""

from datetime import date
from typing import Final

from django.db import transaction

from accounts.models import Gebruiker
from casework.domain.proces import Procestabel, Verricht, may_perform
from casework.errors import DomainError, NotAuthorised
from doorstroompunt.codes import Trajectstatus
from doorstroompunt.models import Traject, Trajectstap

from .aanleg import record_traject
from .effecten import close_meldingen
from .stappen import SCHRIJVEN, STAPPEN
from .toestanden import OPEN, TOESTANDEN


def lock(traject: Traject) -> Traject:
    """The row as it is now, held until the end of the transaction."""
    rows = Traject.objects.select_for_update(of=("self",)).select_related("jongere")
    return rows.get(pk=traject.pk)


def may_write(by: Gebruiker, traject: Traject) -> bool:
    return may_perform(traject, SCHRIJVEN, by)


def require_write(by: Gebruiker, traject: Traject) -> None:
    """Raises NotAuthorised."""
    if not may_write(by, traject):
        raise NotAuthorised("U bent niet bevoegd voor dit traject in deze gemeente.")


def _write(traject: Traject, verricht: Verricht[Traject]) -> None:
    stap, van, day, by = verricht.stap, verricht.van, verricht.day, verricht.by
    was_open = traject.is_open
    if van == "herbenaderen":
        traject.volgende_benadering = None
    _follow_state(traject, day)
    traject.save()
    if was_open and not traject.is_open:
        close_meldingen(traject, by=by, day=day)
    Trajectstap.objects.create(
        traject=traject,
        stap=stap.naam,
        van_toestand=van,
        naar_toestand=stap.naar,
        datum=day,
        gebruiker=by,
        toelichting=verricht.verslag,
        gegevens=dict(verricht.gegevens),
    )
    record_traject(f"traject.{stap.naam}", traject, by=by, van=van, naar=stap.naar)


def _follow_state(traject: Traject, day: date) -> None:
    """Open or closed follows from the state; closing freezes the outcome and its day.

    Approaching again keeps the last outcome: only guidance replaces it, so the figures of the
    year in which the youth refused or was not found stay as they were.
    """
    if traject.toestand in OPEN:
        traject.status, traject.gesloten_op = Trajectstatus.OPEN, None
        if traject.toestand == "in_begeleiding":
            traject.uitstroom = traject.uitstroom_onderwijs = ""
    elif traject.is_open:
        traject.status, traject.gesloten_op = Trajectstatus.GESLOTEN, day


TRAJECT: Final = Procestabel(
    naam="traject",
    titel="Toestanden van een traject",
    onderwerp="het traject",
    begin="ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in STAPPEN},
    lock=lock,
    write=_write,
)


@transaction.atomic
def assign(traject: Traject, *, to: Gebruiker, by: Gebruiker) -> Traject:
    """Give the traject to a colleague who may write there. Raises NotAuthorised, DomainError."""
    traject = lock(traject)
    require_write(by, traject)
    if not may_write(to, traject):
        raise DomainError(f"{to} werkt niet voor het Doorstroompunt in deze gemeente.")
    if traject.behandelaar_id != to.pk:
        traject.behandelaar = to
        traject.save(update_fields=["behandelaar"])
        record_traject("traject.behandelaar", traject, by=by, behandelaar=to.pk)
    return traject
