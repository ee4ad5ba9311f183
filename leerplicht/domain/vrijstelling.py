"""Exemptions: kennisgeving (van rechtswege) against aanvraag with a decision."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require_for
from casework.domain.plaats import gemeente_on
from casework.errors import DomainError
from casework.gronden import GRONDEN
from casework.leeftijd import age_on
from casework.models import Inschrijving, Jongere
from casework.schooljaar import Schooljaar
from leerplicht.codes import GELDIG, Besluit, Grond
from leerplicht.models import Vrijstelling

from .bijzonder import is_special
from .dossierfeiten import feiten_of
from .status import Statuscode, leerplichtstatus

# By law when the notice is valid; nobody grants or refuses (Lpw 5, 5a, 6).
VAN_RECHTSWEGE: Final = frozenset({Grond.G5A, Grond.G5B, Grond.G5C, Grond.G5A_TREKKEND})
BESLUITEN_KENNISGEVING: Final = (
    Besluit.IN_BEHANDELING,
    Besluit.VAN_RECHTSWEGE,
    Besluit.ONGELDIG,
    Besluit.INGETROKKEN,
)
BESLUITEN_AANVRAAG: Final = (
    Besluit.IN_BEHANDELING,
    Besluit.VERLEEND,
    Besluit.GEWEIGERD,
    Besluit.INGETROKKEN,
)
LEEFTIJD_3A: Final = 14  # Lpw 3a lid 1
ONBEPAALD: Final = frozenset({Grond.G5A, Grond.G5A_TREKKEND})  # may last longer than a schooljaar


def besluiten_for(grond: str) -> tuple[Besluit, ...]:
    return BESLUITEN_KENNISGEVING if grond in VAN_RECHTSWEGE else BESLUITEN_AANVRAAG


@dataclass(frozen=True, slots=True)
class Vrijstellinginvoer:
    grond: str
    aanvraagdatum: date
    begindatum: date
    einddatum: date | None = None
    besluit: str = Besluit.IN_BEHANDELING
    besluitdatum: date | None = None
    voorziening: str = ""
    tot_einde_leerplicht: bool | None = None


def check_besluit(grond: str, besluit: str, besluitdatum: date | None) -> None:
    """Raises DomainError when the decision does not fit the ground or lacks its date."""
    if besluit not in besluiten_for(grond):
        soort = "een kennisgeving" if grond in VAN_RECHTSWEGE else "een aanvraag"
        raise DomainError(
            f"'{Besluit(besluit).label}' past niet: {GRONDEN[grond].artikel} is {soort}."
        )
    if besluit != Besluit.IN_BEHANDELING and besluitdatum is None:
        raise DomainError("Vul de datum van het besluit of van de beoordeling in.")


def _check_ground(jongere: Jongere, invoer: Vrijstellinginvoer) -> None:
    day = invoer.begindatum
    if invoer.grond == Grond.G3A and age_on(jongere.geboortedatum, day) < LEEFTIJD_3A:
        raise DomainError("Artikel 3a kan pas vanaf 14 jaar.")
    if invoer.grond == Grond.G15:
        code = leerplichtstatus(feiten_of(jongere, day), day).code
        if code not in (Statuscode.KWALIFICATIEPLICHTIG, Statuscode.VRIJGESTELD):
            raise DomainError("Artikel 15 is er alleen voor wie kwalificatieplichtig is.")
    if invoer.einddatum is None and invoer.grond not in ONBEPAALD:
        raise DomainError("Vul de laatste dag in: deze vrijstelling geldt voor een schooljaar.")
    if (
        invoer.einddatum
        and invoer.grond not in ONBEPAALD
        and Schooljaar.of(invoer.einddatum) != Schooljaar.of(day)
    ):
        raise DomainError("Deze vrijstelling loopt niet langer dan een schooljaar.")


@transaction.atomic
def register_vrijstelling(
    jongere: Jongere, *, by: Gebruiker, invoer: Vrijstellinginvoer
) -> Vrijstelling:
    """Write a notice or request, with its decision when there is one.

    The gemeente is frozen on begindatum and on aanvraagdatum. Raises NotAuthorised, DomainError.
    """
    gemeente = gemeente_on(jongere, invoer.begindatum)
    require_for(by, Taak.LEERPLICHT, jongere, gemeente.pk if gemeente else None)
    if invoer.einddatum and invoer.einddatum < invoer.begindatum:
        raise DomainError("De vrijstelling eindigt voor zij begint.")
    check_besluit(invoer.grond, invoer.besluit, invoer.besluitdatum)
    _check_ground(jongere, invoer)
    eerder = jongere.vrijstellingen.filter(grond=invoer.grond).exists()
    vrijstelling = Vrijstelling.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        gemeente_aanvraag=gemeente_on(jongere, invoer.aanvraagdatum),
        nieuw=not eerder,
        **{naam: getattr(invoer, naam) for naam in Vrijstellinginvoer.__slots__},
    )
    _record("vrijstelling.geregistreerd", vrijstelling, by)
    return vrijstelling


@transaction.atomic
def decide_vrijstelling(
    vrijstelling: Vrijstelling, *, besluit: str, besluitdatum: date | None, by: Gebruiker
) -> Vrijstelling:
    """Decide on a request, or judge a notice. Raises NotAuthorised, DomainError."""
    vrijstelling = _lock(vrijstelling, by)
    if vrijstelling.werkproces and vrijstelling.werkproces.is_open:
        raise DomainError("Neem dit besluit in het werkproces van de vrijstelling.")
    check_besluit(vrijstelling.grond, besluit, besluitdatum)
    if besluitdatum and besluitdatum < vrijstelling.aanvraagdatum:
        raise DomainError("De datum van het besluit ligt voor de aanvraag.")
    vrijstelling.besluit, vrijstelling.besluitdatum = besluit, besluitdatum
    vrijstelling.save(update_fields=["besluit", "besluitdatum"])
    _record("vrijstelling.besloten", vrijstelling, by)
    return vrijstelling


@transaction.atomic
def return_to_school(vrijstelling: Vrijstelling, *, day: date, by: Gebruiker) -> Vrijstelling:
    """The jongere goes (back) to school: the exemption ends the day before."""
    vrijstelling = _lock(vrijstelling, by)
    if vrijstelling.besluit not in GELDIG:
        raise DomainError("Deze vrijstelling geldt niet, dus zij kan ook niet eindigen.")
    if day <= vrijstelling.begindatum:
        raise DomainError("De jongere kan pas na het begin van de vrijstelling terug naar school.")
    vrijstelling.terug_naar_school_op = day
    vrijstelling.gemeente_terug = gemeente_on(vrijstelling.jongere, day)
    if vrijstelling.einddatum is None or vrijstelling.einddatum >= day:
        vrijstelling.einddatum = day - timedelta(days=1)
    vrijstelling.save(update_fields=["terug_naar_school_op", "gemeente_terug", "einddatum"])
    _record("vrijstelling.terug_naar_school", vrijstelling, by)
    return vrijstelling


def _lock(vrijstelling: Vrijstelling, by: Gebruiker) -> Vrijstelling:
    rows = Vrijstelling.objects.select_for_update(of=("self",)).select_related("jongere")
    vrijstelling = rows.get(pk=vrijstelling.pk)
    require_for(by, Taak.LEERPLICHT, vrijstelling.jongere, vrijstelling.gemeente_id)
    return vrijstelling


def _record(actie: str, vrijstelling: Vrijstelling, by: Gebruiker) -> None:
    record(
        actie,
        vrijstelling,
        by=by,
        taak=Taak.LEERPLICHT,
        # The log has other readers: health or belief is not told there.
        grond="bijzonder" if is_special(vrijstelling) else vrijstelling.grond,
        besluit=vrijstelling.besluit,
    )


def points_to_check(vrijstelling: Vrijstelling) -> list[str]:
    """What a person should look at; the computer refuses nothing here."""
    points = []
    jongere, begin = vrijstelling.jongere, vrijstelling.begindatum
    if vrijstelling.grond in VAN_RECHTSWEGE and vrijstelling.nieuw is False:
        grens = date(begin.year, 7, 1)
        if begin >= date(begin.year, 8, 1) and vrijstelling.aanvraagdatum >= grens:
            points.append("De kennisgeving kwam op of na 1 juli (artikel 6).")
    if vrijstelling.grond == Grond.G5B and _was_placed(jongere, vrijstelling.aanvraagdatum):
        points.append(
            "De jongere stond in het jaar voor de kennisgeving op een school. Vergelijk de"
            " richting: het beroep is dan in beginsel ongeldig (artikel 8 lid 2)."
        )
    if vrijstelling.grond == Grond.G5A:
        points.append("Is de verklaring niet ouder dan 3 maanden, en niet van de behandelaar zelf?")
    if vrijstelling.grond == Grond.G5C:
        points.append("Is er een verklaring dat de jongere geregeld naar deze school gaat?")
    return points


def _was_placed(jongere: Jongere, day: date) -> bool:
    year_before = day - timedelta(days=365)
    rows = Inschrijving.objects.filter(jongere=jongere, begindatum__lt=day)
    return rows.exclude(einddatum__lt=year_before).exists()
