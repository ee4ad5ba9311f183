"""The outbox of statuses for DUO: one at a time for each melding, in the order they were made."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require_for
from casework.domain.meldingstatus import Door, change_status, drop_waiting, may_move
from casework.errors import DomainError
from casework.models import Berichtstand, Statusbericht, Verzuimmelding
from casework.schooljaar import AMSTERDAM

KLAAR, VERZONDEN = Berichtstand.KLAAR, Berichtstand.VERZONDEN
BEVESTIGD, AFGEWEZEN = Berichtstand.BEVESTIGD, Berichtstand.AFGEWEZEN
OVERGANGEN: Final[Mapping[Berichtstand, frozenset[Berichtstand]]] = {
    KLAAR: frozenset({VERZONDEN, Berichtstand.VERVALLEN}),
    VERZONDEN: frozenset({BEVESTIGD, AFGEWEZEN}),
    AFGEWEZEN: frozenset({KLAAR, Berichtstand.VERVALLEN}),
    BEVESTIGD: frozenset(),
    Berichtstand.VERVALLEN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What DUO says of one message; `mutatie` is the moment of the change there."""

    bericht_id: uuid.UUID
    goed: bool
    foutcode: str = ""
    fouttekst: str = ""
    mutatie: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intrekking:
    """A melding that its school, or DUO (for an exemption: V), withdrew."""

    meldingnummer: str
    reden: str
    mutatie: datetime


def _move(bericht: Statusbericht, naar: Berichtstand) -> None:
    if naar not in OVERGANGEN[Berichtstand(bericht.stand)]:
        raise DomainError(
            f"Dit bericht is {bericht.get_stand_display().lower()}; dit kan niet meer."
        )
    bericht.stand = naar


def to_send() -> "QuerySet[Statusbericht]":
    """What waits and has nothing open before it of the same melding."""
    before = Statusbericht.objects.filter(
        melding=OuterRef("melding"), pk__lt=OuterRef("pk"), stand__in=(KLAAR, VERZONDEN, AFGEWEZEN)
    )
    rows = Statusbericht.objects.filter(~Exists(before), stand=KLAAR)
    return rows.select_related("melding", "gemeente").order_by("pk")


@transaction.atomic
def mark_sent(pks: Iterable[int], *, now: datetime) -> list[Statusbericht]:
    """Before it leaves: a message that may be gone is never sent a second time by itself.

    With the last change at DUO that we know of: an earlier message of the melding moved it.
    """
    rows = to_send().filter(pk__in=list(pks)).select_for_update(of=("self",))
    berichten = list(rows)
    for bericht in berichten:
        _move(bericht, VERZONDEN)
        bericht.verzonden_op = now
        bericht.gezien_mutatie = bericht.melding.laatste_mutatie
        bericht.save(update_fields=["stand", "verzonden_op", "gezien_mutatie"])
        record("melding.duo_verzonden", bericht.melding, by=None, status=_code(bericht))
    return berichten


@transaction.atomic
def process_antwoord(antwoord: Antwoord, *, now: datetime) -> bool:
    """False when we do not wait for this answer: reading a file twice changes nothing."""
    rows = Statusbericht.objects.select_for_update(of=("self",)).select_related("melding")
    bericht = rows.filter(bericht_id=antwoord.bericht_id, stand=VERZONDEN).first()
    if bericht is None:
        return False
    _move(bericht, BEVESTIGD if antwoord.goed else AFGEWEZEN)
    bericht.antwoord_op = now
    bericht.foutcode, bericht.fouttekst = antwoord.foutcode[:40], antwoord.fouttekst[:300]
    bericht.save()
    melding = bericht.melding
    if antwoord.mutatie:
        melding.laatste_mutatie = antwoord.mutatie
        melding.save(update_fields=["laatste_mutatie"])
    if not antwoord.goed:
        ask_to_look(melding, "DUO weigerde de status van een melding. Kijk bij de melding.", now)
    record("melding.duo_antwoord", melding, by=None, stand=bericht.stand, status=_code(bericht))
    return True


def _code(bericht: Statusbericht) -> str:
    return str(bericht.nieuwe_status)


@transaction.atomic
def send_again(bericht: Statusbericht, *, by: Gebruiker) -> Statusbericht:
    """A refused message gets a new number and what we know now. Raises DomainError."""
    rows = Statusbericht.objects.select_for_update(of=("self",)).select_related("melding__jongere")
    bericht = rows.get(pk=bericht.pk)
    require_for(by, bericht.taak, bericht.melding.jongere, bericht.gemeente_id)
    if bericht.stand != AFGEWEZEN:
        raise DomainError("Alleen een geweigerd bericht kunt u opnieuw sturen.")
    _move(bericht, KLAAR)
    bericht.bericht_id, bericht.poging = uuid.uuid4(), bericht.poging + 1
    bericht.gezien_mutatie = bericht.melding.laatste_mutatie
    bericht.verzonden_op = bericht.antwoord_op = None
    bericht.save()
    record("melding.duo_opnieuw", bericht.melding, by=by, poging=bericht.poging)
    return bericht


@transaction.atomic
def process_intrekking(intrekking: Intrekking, *, now: datetime) -> bool:
    """The register says withdrawn; a repeated line changes nothing."""
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).select_related("werkproces")
    known = Q(duo_meldingnummer=intrekking.meldingnummer) & ~Q(duo_meldingnummer="")
    melding = rows.filter(known).first()
    door = Door.DUO if intrekking.reden == "V" else Door.MELDER
    if melding is None or not may_move(melding.status, "I", door):
        return False
    melding.laatste_mutatie = intrekking.mutatie
    withdraw(melding, door=door, by=None, now=now)
    return True


@transaction.atomic
def withdraw_local(melding: Verzuimmelding, *, by: Gebruiker, now: datetime) -> Verzuimmelding:
    """By phone, of a report that did not come through DUO. Raises NotAuthorised, DomainError."""
    rows = Verzuimmelding.objects.select_for_update(of=("self",))
    melding = rows.select_related("jongere", "werkproces").get(pk=melding.pk)
    require_for(by, melding.taak, melding.jongere, melding.gemeente_id)
    if melding.duo_meldingnummer:
        raise DomainError("Alleen de school kan deze melding intrekken, in het verzuimloket.")
    withdraw(melding, door=Door.MELDER, by=by, now=now)
    return melding


def withdraw(melding: Verzuimmelding, *, door: Door, by: Gebruiker | None, now: datetime) -> None:
    """It counts no more; an open werkproces stays, with the question whether it must."""
    change_status(melding, "I", door=door, by=by)
    drop_waiting(melding)
    melding.afgesloten_op = melding.afgesloten_op or now.astimezone(AMSTERDAM).date()
    melding.reden_afgesloten = (
        "Overlapt een vrijstelling" if door is Door.DUO else "Ingetrokken door de melder"
    )
    melding.save()
    record("melding.ingetrokken", melding, by=by, bron=door.value)
    if melding.werkproces and melding.werkproces.is_open:
        text = "De melding is ingetrokken. Moet het werkproces nog doorgaan?"
        ask_to_look(melding, text, now)


def ask_to_look(melding: Verzuimmelding, omschrijving: str, now: datetime) -> None:
    werkproces = melding.werkproces
    who = werkproces.behandelaar_id if werkproces else melding.beoordeeld_door_id
    day = now.astimezone(AMSTERDAM).date()
    make_actie(
        melding,
        omschrijving,
        day,
        taak=melding.taak,
        werkproces=werkproces,
        toegewezen_aan_id=who,
    ).save()
