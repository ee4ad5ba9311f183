"""Making a jongere by hand, and showing what is normally hidden."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import models, transaction
from django.db.models import Q

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.domain.bevoegd import require
from casework.errors import DomainError, NotAuthorised
from casework.models import Adres, Dossier, Gemeente, Jongere, Relatie
from casework.models.jongere import JongereQuerySet
from casework.versleuteling import blind_index, passes_elfproef


@dataclass(frozen=True, slots=True)
class Adresinvoer:
    straat: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""

    def __bool__(self) -> bool:
        return any(self.values().values())

    def values(self) -> dict[str, str | int | None]:
        return {naam: getattr(self, naam) for naam in self.__slots__}


@dataclass(frozen=True, slots=True)
class Jongereinvoer:
    achternaam: str
    geboortedatum: date
    gemeente: Gemeente
    voornamen: str = ""
    roepnaam: str = ""
    voorvoegsel: str = ""
    geslacht: str = "?"
    bsn: str = ""
    telefoon: str = ""


class Toonreden(models.TextChoices):
    """Why somebody looks at a masked number or a secret address."""

    BRIEF = "brief", "Een brief of besluit sturen"
    BEZOEK = "bezoek", "Een gesprek of huisbezoek"
    CONTROLE = "controle", "Controleren of het de goede persoon is"
    INSTANTIE = "instantie", "Een andere instantie heeft het nodig"


TONEN: Final = {"bsn": "bsn.tonen", "adres": "adres.geheim"}


@transaction.atomic
def create_jongere(
    invoer: Jongereinvoer, adres: Adresinvoer, *, by: Gebruiker, day: date
) -> Jongere:
    """A person nobody delivered yet. Raises NotAuthorised, DomainError for a BSN in use."""
    require(by, "dossier.schrijven", invoer.gemeente.pk)
    if invoer.bsn and not passes_elfproef(invoer.bsn):
        raise DomainError("Dit is geen geldig BSN: controleer de cijfers.")
    if invoer.bsn and Jongere.objects.is_in_use(invoer.bsn):
        raise DomainError("Er is al een jongere met dit BSN. Zoek op het BSN.")
    jongere = Jongere(**{n: getattr(invoer, n) for n in Jongereinvoer.__slots__}).derive()
    jongere.save(force_insert=True)
    if adres:
        Adres.objects.create(jongere=jongere, gemeente=invoer.gemeente, **adres.values())
    record("jongere.gemaakt", jongere, by=by)
    return jongere


def find_same(achternaam: str, geboortedatum: date, user: Gebruiker) -> list[Jongere]:
    """Youths with this birth date and surname that the user may see: probably the same person."""
    rows = Jongere.objects.visible_to(user).filter(
        geboortedatum=geboortedatum, achternaam__iexact=achternaam
    )
    return list(rows.select_related("gemeente").order_by("sorteernaam", "pk")[:5])


def exactly(nummer: str, achternaam: str, geboren: date | None) -> JongereQuerySet:
    """Persons with this number, or with this very surname and birth date, whoever may see them."""
    rows = Jongere.objects.all()
    if nummer:
        index = blind_index(nummer)
        return rows.filter(Q(bsn_index=index) | Q(onderwijsnummer_index=index))
    return rows.filter(achternaam__iexact=achternaam, geboortedatum=geboren or date.min)


def household_of(jongere: Jongere, user: Gebruiker) -> list[Jongere]:
    """Other youths of the household: same gezin, or sharing a parent; only those in sight."""
    parents = Relatie.objects.filter(jongere=jongere, bsn_index__isnull=False).values("bsn_index")
    siblings = Relatie.objects.filter(bsn_index__in=parents).values("jongere")
    # Two small questions instead of one OR, so that each uses its index.
    found = set(siblings.values_list("jongere", flat=True))
    if jongere.gezin_id:
        same = Jongere.objects.filter(gezin_id=jongere.gezin_id)
        found |= set(same.values_list("pk", flat=True))
    rows = Jongere.objects.visible_to(user).filter(pk__in=found - {jongere.pk})
    return list(rows.select_related("gemeente").order_by("geboortedatum", "pk"))


def may_reveal(jongere: Jongere, onderdeel: str, by: Gebruiker) -> bool:
    """In the gemeente of the youth, or where his dossier is."""
    recht = TONEN[onderdeel]
    here = gemeenten_for(by, recht)
    dossiers = Dossier.objects.visible_to(by).filter(jongere=jongere, gemeente__in=here)
    return jongere.gemeente_id in here or dossiers.exists()


@transaction.atomic
def reveal(jongere: Jongere, onderdeel: str, *, reden: str, by: Gebruiker) -> None:
    """Leave the trace of looking at a masked part, and why. Raises NotAuthorised."""
    if not may_reveal(jongere, onderdeel, by):
        raise NotAuthorised("U hebt geen recht om dit te bekijken.")
    record(
        f"{onderdeel}.getoond",
        jongere,
        by=by,
        taak=_taak(jongere, by),
        soort=reden,
        reden=Toonreden(reden).label,
    )


def _taak(jongere: Jongere, by: Gebruiker) -> str:
    taken = {r.taak for r in by.rechten if r.gemeente_id == jongere.gemeente_id}
    return next((t for t in ("leerplicht", "doorstroompunt") if t in taken), "")
