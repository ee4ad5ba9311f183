"""Whether a colleague holds the power of opsporing on a day, when to ask a new akte, his oath."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Taak
from casework.errors import DomainError, NotAuthorised
from casework.kalender import add_months
from casework.models import Actie, Ambtseed, BoaAkte, Gemeente
from casework.parameters import waarde

BEHEER = "beheer.schrijven"
GRONDSLAG = "akte:"
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


def _ends_from(akte: BoaAkte, day: date) -> date:
    """The first day on which it must be said that this akte ends."""
    return add_months(akte.geldig_tot, -waarde("boa_akte_herinnering_maanden", day))


@transaction.atomic
def remind(day: date) -> int:
    """Each night: something to do for each boa whose akte ends. Done twice makes nothing more;
    with a new akte, or without opsporing, it falls away when it was still open."""
    boas = Bevoegdheid.objects.valid(day).filter(taak=Taak.OPSPORING, gebruiker__is_active=True)
    rows = BoaAkte.objects.select_for_update(of=("self",))
    rows = rows.filter(gebruiker__in=boas.values("gebruiker")).order_by("geldig_tot", "pk")
    newest = {akte.gebruiker_id: akte for akte in rows}
    due = {_key(akte): akte for akte in newest.values() if day >= _ends_from(akte, day)}
    made = Actie.objects.filter(grondslag__startswith=GRONDSLAG)
    made.open().exclude(grondslag__in=due).delete()
    known = set(made.values_list("grondslag", flat=True))
    new = [_actie(akte, day) for key, akte in due.items() if key not in known]
    Actie.objects.bulk_create(new)
    return len(new)


def _key(akte: BoaAkte) -> str:
    return f"{GRONDSLAG}{akte.pk}"


def _actie(akte: BoaAkte, day: date) -> Actie:
    """Of the boa alone: about no youth, and seen by nobody else."""
    tot = akte.geldig_tot
    return Actie(
        taak=Taak.OPSPORING,
        omschrijving=f"Vraag een nieuwe boa-akte aan. Uw akte geldt tot en met {tot:%d-%m-%Y}.",
        toegewezen_aan_id=akte.gebruiker_id,
        vervalt_op=add_months(tot, -waarde("boa_akte_aanvraag_maanden", day)),
        grondslag=_key(akte),
    )


def reminder(user: Gebruiker, day: date) -> str:
    """What a boa must know of his akte on this day; empty when there is nothing to do."""
    akte = BoaAkte.objects.own(user).order_by("-geldig_tot", "-pk").first()
    if akte is None:
        return ""
    if akte.geldig_tot < day:
        return f"Uw boa-akte is verlopen op {akte.geldig_tot:%d-%m-%Y}."
    if day < _ends_from(akte, day):
        return ""
    before = add_months(akte.geldig_tot, -waarde("boa_akte_aanvraag_maanden", day))
    return (
        f"Uw boa-akte geldt tot en met {akte.geldig_tot:%d-%m-%Y}. Vraag voor {before:%d-%m-%Y}"
        " een nieuwe aan."
    )


def last_day(van: date, years: int) -> date:
    """Of so many years from this day: the day before the same date."""
    then = add_months(van, 12 * years)
    return then if then.day < van.day else then - timedelta(days=1)


def _require_other(user: Gebruiker, by: Gebruiker) -> None:
    if not by.may(BEHEER) or by.pk == user.pk:
        raise NotAuthorised("Een andere beheerder legt dit voor u vast.")
    if not Gebruiker.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAuthorised("U beheert deze gebruiker niet.")


@transaction.atomic
def add_akte(user: Gebruiker, *, by: Gebruiker, invoer: Akteinvoer) -> BoaAkte:
    """Raises NotAuthorised for oneself or without beheer, DomainError over the longest term."""
    _require_other(user, by)
    if invoer.geldig_tot < invoer.geldig_van:
        raise DomainError("De akte eindigt voor hij begint.")
    years = waarde("boa_akte_jaren", invoer.geldig_van)
    if invoer.geldig_tot > last_day(invoer.geldig_van, years):
        raise DomainError(f"Een akte geldt hoogstens {years} jaar.")
    akte = BoaAkte.objects.create(
        gebruiker=user, **{veld: getattr(invoer, veld) for veld in Akteinvoer.__slots__}
    )
    record("akte.vastgelegd", akte, by=by, taak=Taak.BEHEER)
    return akte


@transaction.atomic
def add_ambtseed(
    user: Gebruiker, *, by: Gebruiker, gemeente: Gemeente, afgelegd_op: date, vorm: str, day: date
) -> Ambtseed:
    """Raises NotAuthorised for oneself or without beheer, DomainError when it stands there."""
    _require_other(user, by)
    if afgelegd_op > day:
        raise DomainError("Deze dag komt nog.")
    try:
        with transaction.atomic():
            eed = Ambtseed.objects.create(
                gebruiker=user, gemeente=gemeente, afgelegd_op=afgelegd_op, vorm=vorm
            )
    except IntegrityError as error:
        raise DomainError("De ambtseed voor deze gemeente staat er al.") from error
    record("ambtseed.vastgelegd", eed, by=by, taak=Taak.BEHEER)
    return eed
