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
from casework.models import Inschrijving, Jongere
from casework.schooljaar import Schooljaar
from leerplicht.codes import Besluit, Grond
from leerplicht.models import Vrijstelling

from .bijzonder import is_special
from .vrijstelling_regels import hindrances

# By law when the notice is valid; nobody grants or refuses (Lpw 5, 5a, 6).
VAN_RECHTSWEGE: Final = frozenset({Grond.G5A, Grond.G5B, Grond.G5C, Grond.G5A_TREKKEND})
ONBEPAALD: Final = frozenset({Grond.G5A, Grond.G5A_TREKKEND})  # may last longer than a schooljaar


@dataclass(frozen=True, slots=True)
class Vrijstellinginvoer:
    grond: str
    aanvraagdatum: date
    begindatum: date
    einddatum: date | None = None
    voorziening: str = ""
    tot_einde_leerplicht: bool | None = None


def _check_period(invoer: Vrijstellinginvoer) -> None:
    """Days that cannot be meant. What the law does not allow is asked all the same, and is then
    found invalid or refused by the steps."""
    begin, einde = invoer.begindatum, invoer.einddatum
    if einde and einde < begin:
        raise DomainError("De vrijstelling eindigt voor zij begint.")
    if invoer.grond in ONBEPAALD:
        return
    if einde is None:
        raise DomainError("Vul de laatste dag in: deze vrijstelling geldt voor een schooljaar.")
    if Schooljaar.of(einde) != Schooljaar.of(begin):
        raise DomainError("Deze vrijstelling loopt niet langer dan een schooljaar.")


@transaction.atomic
def register_vrijstelling(
    jongere: Jongere, *, by: Gebruiker, invoer: Vrijstellinginvoer
) -> Vrijstelling:
    """Write a notice or request; what becomes of it is for the steps of its table.

    The gemeente is frozen on begindatum and on aanvraagdatum. Raises NotAuthorised, DomainError.
    """
    gemeente = gemeente_on(jongere, invoer.begindatum)
    require_for(by, Taak.LEERPLICHT, jongere, gemeente.pk if gemeente else None)
    _check_period(invoer)
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
    open_one = vrijstelling.besluit == Besluit.IN_BEHANDELING
    points = hindrances(vrijstelling) if open_one else []
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
