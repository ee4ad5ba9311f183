"""Whether a colleague holds the power of opsporing on a day, and when to ask a new akte."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.errors import DomainError, NotAuthorised
from casework.kalender import add_months
from casework.models import BoaAkte
from casework.parameters import waarde

BEHEER = "beheer.schrijven"
GEEN_AKTE = (
    "U hebt op {dag:%d-%m-%Y} geen geldige boa-akte. Zonder akte mag u dit niet opmaken."
    " Vraag de beheerder uw akte vast te leggen."
)


@dataclass(frozen=True, slots=True)
class Akteinvoer:
    nummer: str
    geldig_van: date
    geldig_tot: date
    standplaats: str
    domein: str
    eed: str


def akte_on(user: Gebruiker, day: date) -> BoaAkte | None:
    """The akte that holds on this day; of two that overlap the newest."""
    rows = BoaAkte.objects.own(user).filter(geldig_van__lte=day, geldig_tot__gte=day)
    return rows.order_by("-geldig_van", "-pk").first()


def require_akte(by: Gebruiker, day: date) -> BoaAkte:
    """Raises DomainError without an akte on the day of the act."""
    akte = akte_on(by, day)
    if akte is None:
        raise DomainError(GEEN_AKTE.format(dag=day))
    return akte


def reminder(user: Gebruiker, day: date) -> str:
    """What a boa must know of his akte on this day; empty when there is nothing to do."""
    akte = BoaAkte.objects.own(user).order_by("-geldig_tot", "-pk").first()
    if akte is None:
        return ""
    if akte.geldig_tot < day:
        return f"Uw boa-akte is verlopen op {akte.geldig_tot:%d-%m-%Y}."
    if day < add_months(akte.geldig_tot, -waarde("boa_akte_herinnering_maanden", day)):
        return ""
    before = add_months(akte.geldig_tot, -waarde("boa_akte_aanvraag_maanden", day))
    return (
        f"Uw boa-akte geldt tot en met {akte.geldig_tot:%d-%m-%Y}. Vraag voor {before:%d-%m-%Y}"
        " een nieuwe aan."
    )


@transaction.atomic
def add_akte(user: Gebruiker, *, by: Gebruiker, invoer: Akteinvoer) -> BoaAkte:
    """Raises NotAuthorised for oneself or without beheer, DomainError over the longest term."""
    if not by.may(BEHEER) or by.pk == user.pk:
        raise NotAuthorised("Een andere beheerder legt uw akte vast.")
    if not Gebruiker.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAuthorised("U beheert deze gebruiker niet.")
    if invoer.geldig_tot < invoer.geldig_van:
        raise DomainError("De akte eindigt voor hij begint.")
    years = waarde("boa_akte_jaren", invoer.geldig_van)
    if invoer.geldig_tot > add_months(invoer.geldig_van, 12 * years):
        raise DomainError(f"Een akte geldt hoogstens {years} jaar.")
    akte = BoaAkte.objects.create(
        gebruiker=user, **{veld: getattr(invoer, veld) for veld in Akteinvoer.__slots__}
    )
    record("akte.vastgelegd", akte, by=by, taak=Taak.BEHEER)
    return akte
