"""The register of data breaches: two clocks, a decision, and what was touched (P43)."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis, Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.domain.verzoeken import SCHRIJVEN
from casework.errors import DomainError
from casework.models import Datalek
from casework.parameters import waarde
from casework.schooljaar import AMSTERDAM, amsterdam_date


def report_before(lek: Datalek) -> datetime:
    """The AP hears of it within 72 hours, weekend or not (AVG art. 33)."""
    hours = waarde("datalek_melden_uren", amsterdam_date(lek.ontdekt_op))
    return lek.ontdekt_op + timedelta(hours=hours)


def know_before(lek: Datalek) -> datetime:
    hours = waarde("datalek_intern_uren", amsterdam_date(lek.ontdekt_op))
    return lek.ontdekt_op + timedelta(hours=hours)


def is_late(lek: Datalek, now: datetime) -> bool:
    """Decided after the 72 hours, or not yet and they are over."""
    return (lek.besloten_op or now) > report_before(lek)


def is_known_late(lek: Datalek, now: datetime) -> bool:
    return (lek.intern_gemeld_op or now) > know_before(lek)


@transaction.atomic
def save(lek: Datalek, *, by: Gebruiker) -> Datalek:
    """A new breach or changed facts; the clock runs from the moment of discovery."""
    require(by, SCHRIJVEN, lek.gemeente_id)
    now = timezone.now()
    if lek.ontdekt_op > now or (lek.intern_gemeld_op and lek.intern_gemeld_op > now):
        raise DomainError("Dit moment ligt in de toekomst.")
    if lek.intern_gemeld_op and lek.intern_gemeld_op < lek.ontdekt_op:
        raise DomainError("Het is intern gemeld voordat het is ontdekt. Kijk de momenten na.")
    new = lek.pk is None
    if new:
        lek.vastgelegd_door = by
    elif Datalek.objects.select_for_update().get(pk=lek.pk).besluit:
        raise DomainError("Over dit datalek is al besloten.")
    lek.save()
    actie = "datalek.vastgelegd" if new else "datalek.gewijzigd"
    record(actie, lek, by=by, taak=Taak.PRIVACY)
    return lek


@transaction.atomic
def decide(lek: Datalek, besluit: str, reden: str, *, by: Gebruiker) -> Datalek:
    """Reported to the AP or not, each with the reason; it stays as it is."""
    require(by, SCHRIJVEN, lek.gemeente_id)
    locked = Datalek.objects.select_for_update().get(pk=lek.pk)
    if locked.besluit:
        raise DomainError("Over dit datalek is al besloten.")
    if not reden.strip():
        raise DomainError("Schrijf op waarom u dit besluit.")
    locked.besluit, locked.besluit_reden = besluit, reden
    locked.besloten_op, locked.besloten_door = timezone.now(), by
    locked.save()
    record("datalek.besloten", locked, by=by, taak=Taak.PRIVACY, besluit=besluit)
    return locked


def touched(lek: Datalek, *, by: Gebruiker) -> "models.QuerySet[Gebeurtenis]":
    """Lines of the log of the chosen user, period and actions: what may have leaked.

    Nothing chosen gives nothing: the whole log is not what leaked.
    """
    rows = Gebeurtenis.objects.visible_to(by).exclude(jongere_id=None)
    if not (lek.gebruiker_id or lek.van):
        return rows.none()
    if lek.gebruiker_id:
        rows = rows.filter(gebruiker=lek.gebruiker_id)
    if lek.van:
        rows = rows.filter(tijd__gte=datetime.combine(lek.van, time.min, AMSTERDAM))
    if lek.tot:
        end = datetime.combine(lek.tot + timedelta(days=1), time.min, AMSTERDAM)
        rows = rows.filter(tijd__lt=end)
    acties = lek.acties.split()
    return rows.filter(actie__in=acties) if acties else rows


def summary(lek: Datalek, *, by: Gebruiker) -> dict[str, Any]:
    rows = touched(lek, by=by)
    return rows.aggregate(
        regels=models.Count("pk"), jongeren=models.Count("jongere_id", distinct=True)
    )
