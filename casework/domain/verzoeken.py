"""Requests of persons about their own data: who may ask, until when, and what was decided.

AVG art. 12 and 15-18, Wpg art. 25 and 28. A term is not moved to the next working day: the
stricter reading.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.codes import Gezag, Regime
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.kalender import add_months
from casework.leeftijd import age_on
from casework.models import Gemeente, Jongere, Relatie, Verzoek
from casework.models.zicht import known_to
from casework.parameters import waarde
from casework.versleuteling import passes_elfproef

LEZEN, SCHRIJVEN = "privacy.lezen", "privacy.schrijven"


def due_day(regime: str, ontvangen_op: date, *, verlengd: bool = False) -> date:
    """Last day on which the decision is in time (AVG art. 12 lid 3; Wpg art. 25)."""
    if regime == Regime.WPG:
        return ontvangen_op + timedelta(weeks=waarde("verzoek_wpg_weken", ontvangen_op))
    months = waarde("verzoek_avg_maanden", ontvangen_op)
    if verlengd:
        months += waarde("verzoek_avg_verlenging_maanden", ontvangen_op)
    return add_months(ontvangen_op, months)


@dataclass(frozen=True, slots=True)
class Invoer:
    """A request as it came in."""

    soort: str
    regime: str
    aanvrager: str
    ontvangen_op: date
    gemeente: Gemeente
    vertegenwoordiger: Relatie | None = None
    gezag_gecontroleerd: bool = False


def gemeenten_of_jongere(jongere: Jongere, allowed: Collection[int]) -> list[Gemeente]:
    """Gemeenten, of those allowed, where this youth lives or has a dossier."""
    here = Q(pk=jongere.gemeente_id) | Q(dossiers__jongere=jongere)
    rows = Gemeente.objects.filter(here, pk__in=allowed).distinct()
    return list(rows.order_by("naam"))


def find_jongere(text: str, *, by: Gebruiker, permissie: str = LEZEN) -> Jongere:
    """By BSN or by the number of the record, in the gemeenten of the privacy officer.

    Raises DomainError, with one sentence whether there is no such youth or he lives elsewhere.
    """
    digits = "".join(text.split()).replace(".", "")
    rows = Jongere.objects.none()
    if passes_elfproef(digits):
        rows = Jongere.objects.with_bsn(digits)
    elif digits.isascii() and digits.isdigit() and len(digits) < 19:
        rows = Jongere.objects.filter(pk=int(digits))
    # Nobody handles the request of somebody whom he knows outside work.
    found = rows.exclude(pk__in=known_to(by)).select_related("gemeente").first()
    if found is None or not gemeenten_of_jongere(found, gemeenten_for(by, permissie)):
        raise DomainError("Deze jongere is niet gevonden in uw gemeenten.")
    return found


def check_aanvrager(jongere: Jongere, invoer: Invoer) -> None:
    """From 16 the youth asks; before that who has gezag (UAVG art. 5). Raises DomainError."""
    grens = waarde("leeftijd_eigen_verzoek", invoer.ontvangen_op)
    oud_genoeg = age_on(jongere.geboortedatum, invoer.ontvangen_op) >= grens
    if invoer.aanvrager == Verzoek.Aanvrager.JONGERE:
        if not oud_genoeg:
            raise DomainError(
                f"De jongere was nog geen {grens} jaar. Dan vraagt een ouder of voogd met gezag."
            )
        return
    if oud_genoeg:
        raise DomainError(f"De jongere was al {grens} jaar en doet het verzoek zelf.")
    relatie = invoer.vertegenwoordiger
    if relatie is None or relatie.jongere_id != jongere.pk:
        raise DomainError("Kies welke ouder of voogd het verzoek doet.")
    if relatie.gezag == Gezag.NEE or (relatie.tot and relatie.tot <= invoer.ontvangen_op):
        raise DomainError("Deze persoon heeft geen gezag en kan het verzoek niet doen.")
    if not invoer.gezag_gecontroleerd:
        raise DomainError("Controleer het gezag in het gezagsregister en vink dat aan.")


@transaction.atomic
def register(jongere: Jongere, invoer: Invoer, *, by: Gebruiker, today: date) -> Verzoek:
    """Keep the request; its clock runs from the day it came in."""
    require(by, SCHRIJVEN, invoer.gemeente.pk)
    if invoer.gemeente not in gemeenten_of_jongere(jongere, [invoer.gemeente.pk]):
        raise DomainError("Deze jongere heeft geen dossier in deze gemeente.")
    if invoer.ontvangen_op > today:
        raise DomainError("De dag van ontvangst ligt in de toekomst.")
    check_aanvrager(jongere, invoer)
    van_ouder = invoer.aanvrager == Verzoek.Aanvrager.VERTEGENWOORDIGER
    verzoek = Verzoek.objects.create(
        jongere=jongere,
        gemeente=invoer.gemeente,
        soort=invoer.soort,
        regime=invoer.regime,
        aanvrager=invoer.aanvrager,
        vertegenwoordiger=invoer.vertegenwoordiger if van_ouder else None,
        gezag_gecontroleerd=van_ouder and invoer.gezag_gecontroleerd,
        ontvangen_op=invoer.ontvangen_op,
        uiterlijk_op=due_day(invoer.regime, invoer.ontvangen_op),
        vastgelegd_door=by,
    )
    record(
        "verzoek.vastgelegd",
        verzoek,
        by=by,
        taak=taak_of(verzoek),
        soort=verzoek.soort,
        van=verzoek.ontvangen_op.isoformat(),
        tot=verzoek.uiterlijk_op.isoformat(),
    )
    return verzoek


def taak_of(verzoek: Verzoek) -> str:
    """Lines about police data belong to an activity that no inzage shows."""
    return Taak.OPSPORING if verzoek.regime == Regime.WPG else Taak.PRIVACY


def lock(verzoek: Verzoek, *, by: Gebruiker) -> Verzoek:
    """The request, open and held for this transaction; raises DomainError otherwise."""
    require(by, SCHRIJVEN, verzoek.gemeente_id)
    locked = Verzoek.objects.select_for_update().get(pk=verzoek.pk)
    if locked.besluit:
        raise DomainError("Over dit verzoek is al besloten.")
    return locked


@transaction.atomic
def extend(verzoek: Verzoek, reden: str, *, by: Gebruiker, today: date) -> Verzoek:
    """Two months more, told with the reason within the first month (AVG art. 12 lid 3)."""
    locked = lock(verzoek, by=by)
    if locked.regime == Regime.WPG:
        raise DomainError("Een verzoek onder de Wpg kan niet worden verlengd.")
    if locked.verlengd_op:
        raise DomainError("Dit verzoek is al verlengd.")
    if today > locked.uiterlijk_op:
        raise DomainError("Verlengen kan alleen binnen de eerste maand.")
    locked.verlengd_op, locked.verlenging_reden = today, reden
    locked.uiterlijk_op = due_day(locked.regime, locked.ontvangen_op, verlengd=True)
    locked.save(update_fields=["verlengd_op", "verlenging_reden", "uiterlijk_op"])
    record(
        "verzoek.verlengd",
        locked,
        by=by,
        taak=taak_of(locked),
        tot=locked.uiterlijk_op.isoformat(),
    )
    return locked


@transaction.atomic
def decide(verzoek: Verzoek, besluit: str, reden: str, *, by: Gebruiker, today: date) -> Verzoek:
    """Granted or refused: both with the reason, and both stay on record."""
    locked = lock(verzoek, by=by)
    if not reden.strip():
        raise DomainError("Schrijf op waarom u dit besluit.")
    locked.besluit, locked.besluit_reden = besluit, reden
    locked.besloten_op, locked.besloten_door = today, by
    locked.save(update_fields=["besluit", "besluit_reden", "besloten_op", "besloten_door"])
    record("verzoek.besloten", locked, by=by, taak=taak_of(locked), besluit=besluit)
    return locked
