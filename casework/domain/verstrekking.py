"""The register of police data given away (Wpg 16-24 and 32): a closed system."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.domain.bevoegd import require
from casework.domain.regime import SCHRIJVEN, gemeente_of, model_of
from casework.errors import DomainError
from casework.models import Verstrekking
from casework.politiecodes import ONTVANGERS, Ontvangersoort, Verstrekkingsgrond


@dataclass(frozen=True, slots=True)
class Verstrekkinginvoer:
    ontvanger: str
    doel: str
    verstrekt_op: date
    # Outside the standing list only.
    ontvanger_naam: str = ""
    grondslag: str = ""


@transaction.atomic
def register(obj: Any, invoer: Verstrekkinginvoer, *, by: Gebruiker, now: datetime) -> Verstrekking:
    """To a recipient of the standing list it counts at once; to another it waits for a second
    person. Raises NotAuthorised, DomainError without purpose, name or legal ground.
    """
    gemeente_id = gemeente_of(obj)
    require(by, SCHRIJVEN, gemeente_id)
    if not obj.is_wpg:
        raise DomainError("Dit onderdeel is geen politiegegeven.")
    if not invoer.doel.strip():
        raise DomainError("Schrijf op waarvoor u deze gegevens verstrekt.")
    standing = ONTVANGERS.get(invoer.ontvanger)
    if standing is None:
        _check_other(invoer)
    verstrekking = Verstrekking.objects.create(
        jongere_id=obj.jongere_id,
        gemeente_id=gemeente_id,
        soort=obj.modelcode,
        object_uuid=obj.uuid,
        ontvanger=invoer.ontvanger,
        ontvanger_naam="" if standing else invoer.ontvanger_naam,
        doel=invoer.doel,
        grondslag=standing or invoer.grondslag,
        verstrekt_op=invoer.verstrekt_op,
        gevraagd_door=by,
        gevraagd_op=now,
        akkoord=True if standing else None,
    )
    if standing:
        _record_given(verstrekking, obj, by)
    else:
        record("verstrekking.gevraagd", verstrekking, by=by, taak=Taak.OPSPORING)
    return verstrekking


def _check_other(invoer: Verstrekkinginvoer) -> None:
    if invoer.ontvanger != Ontvangersoort.ANDERS or not invoer.ontvanger_naam.strip():
        raise DomainError("Schrijf op wie de gegevens krijgt.")
    if invoer.grondslag not in Verstrekkingsgrond.values:
        raise DomainError("Kies het artikel waarop u verstrekt. Zonder grondslag mag het niet.")


@transaction.atomic
def decide(
    verstrekking: Verstrekking, *, by: Gebruiker, akkoord: bool, now: datetime
) -> Verstrekking:
    """The second person, for who is not on the list. Raises NotAuthorised, DomainError."""
    row: Any = Verstrekking.objects.select_for_update().get(pk=verstrekking.pk)
    verstrekking = row
    require(by, SCHRIJVEN, verstrekking.gemeente_id)
    if not verstrekking.wacht:
        raise DomainError("Over deze verstrekking is al besloten.")
    if by.pk == verstrekking.gevraagd_door_id:
        raise DomainError("Een andere boa dan de vrager beslist hierover.")
    verstrekking.besloten_door, verstrekking.besloten_op = by, now
    verstrekking.akkoord = akkoord
    verstrekking.save()
    model = model_of(verstrekking.soort)
    obj = model.objects.filter(uuid=verstrekking.object_uuid).first() if model else None
    if not akkoord:
        record("verstrekking.geweigerd", verstrekking, by=by, taak=Taak.OPSPORING)
    elif obj is None or not obj.is_wpg:
        raise DomainError("Dit politiegegeven is er niet meer.")
    else:
        _record_given(verstrekking, obj, by)
    return verstrekking


def _record_given(verstrekking: Verstrekking, obj: Any, by: Gebruiker) -> None:
    """Recipient and ground by code: who is not on the list stands in the register."""
    redenen = by.politiezicht.redenen if by.politiezicht else {}
    record(
        "politiegegevens.verstrekt",
        obj,
        by=by,
        taak=Taak.OPSPORING,
        regime=Regime.WPG,
        reden_code=redenen.get(obj.jongere_id),
        handeling="verstrekken",
        ontvanger=verstrekking.ontvanger,
        grond=verstrekking.grondslag,
    )
