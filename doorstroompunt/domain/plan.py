"""The plan of a youth: goals per leefgebied, each with what is done and by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from accounts.models import Gebruiker
from casework.errors import DomainError
from doorstroompunt.codes import Doelstatus
from doorstroompunt.models import Plan, Traject

from .aanleg import record_traject
from .traject import lock, require_write

# The youth agreed to a talk; before that there is nobody to make a plan with.
PLANNEN: Final = frozenset({"intake", "in_begeleiding", "in_overdracht", "nazorg"})


@dataclass(frozen=True, slots=True)
class Doelinvoer:
    leefgebied: str
    doel: str
    actie: str = ""
    wie: str = ""
    status: str = Doelstatus.OPEN
    datum: date | None = None


@transaction.atomic
def add_doel(traject: Traject, *, by: Gebruiker, invoer: Doelinvoer) -> Plan:
    """Raises NotAuthorised, DomainError outside the states in which a plan is made."""
    traject = _lock_for_plan(traject, by)
    fields = {naam: getattr(invoer, naam) for naam in Doelinvoer.__slots__}
    plan = Plan.objects.create(traject=traject, **fields)
    record_traject("traject.doel", traject, by=by, leefgebied=plan.leefgebied)
    return plan


@transaction.atomic
def change_doel(plan: Plan, *, by: Gebruiker, invoer: Doelinvoer) -> Plan:
    """Raises NotAuthorised, DomainError."""
    traject = _lock_for_plan(plan.traject, by)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    for naam in Doelinvoer.__slots__:
        setattr(plan, naam, getattr(invoer, naam))
    plan.save()
    record_traject("traject.doel", traject, by=by, leefgebied=plan.leefgebied, status=plan.status)
    return plan


def _lock_for_plan(traject: Traject, by: Gebruiker) -> Traject:
    traject = lock(traject)
    require_write(by, traject)
    if traject.toestand not in PLANNEN:
        raise DomainError("Een plan maakt u vanaf de intake, samen met de jongere.")
    return traject
