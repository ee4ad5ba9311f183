"""The law of exemptions as small functions: each term and each check, with its article."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from casework.domain.plaats import gemeente_on
from casework.gronden import GRONDEN, VERVANGEND, Plicht
from casework.kalender import next_werkdag
from casework.leeftijd import age_on
from casework.models import Inschrijving
from casework.parameters import waarde
from casework.perioden import Periode
from casework.schooljaar import Schooljaar
from leerplicht.codes import GELDIG, Grond
from leerplicht.models import Vrijstelling

from . import plicht
from .dossierfeiten import feiten_of
from .regels import Regels

VERRE_TOEKOMST: Final = date(9999, 12, 31)


def months_before(day: date, maanden: int) -> date:
    """The same day of the month so many months earlier; in a shorter month its last day."""
    number = day.year * 12 + day.month - 1 - maanden
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_notice(*, begin: date, leerplicht_start: date, eerste: bool) -> date:
    """Until when a kennisgeving is in time (Lpw 6); counted back, so no weekend is skipped."""
    if eerste and leerplicht_start >= begin:
        return months_before(leerplicht_start, waarde("kennisgeving_eerste_maanden", begin))
    laatste = date.fromisoformat(
        f"{Schooljaar.of(begin).start.year}-{waarde('kennisgeving_uiterlijk', begin)}"
    )
    return laatste


def is_statement_too_old(verklaring: date, kennisgeving: date) -> bool:
    """Art. 7: not older than three months on the day of the kennisgeving."""
    return verklaring < months_before(kennisgeving, waarde("verklaring_maanden", kennisgeving))


def decide_before(grond: str, ontvangen: date) -> date:
    """Last day to decide: six weeks for 3a and 3b, eight by Awb 4:13 for the others."""
    naam = "beslissen_3a_3b_weken" if grond in VERVANGEND else "beslissen_weken"
    return next_werkdag(ontvangen + timedelta(weeks=waarde(naam, ontvangen)))


def complete_before(gevraagd: date) -> date:
    """Last day to complete a request (Awb 4:5)."""
    return next_werkdag(gevraagd + timedelta(weeks=waarde("aanvullen_weken", gevraagd)))


def days_suspended(gevraagd: date, ontvangen: date) -> int:
    """From the day after the question until the day it was completed, and never longer than the
    term that was given (Awb 4:15).
    """
    until = min(ontvangen, complete_before(gevraagd) + timedelta(days=1))
    return max((until - gevraagd).days - 1, 0)


def decide_on_objection_before(
    laatste: date, *, commissie: bool = False, verdaagd: bool = False
) -> date:
    """Weeks from the day after the term for bezwaar, not after the bezwaar (Awb 7:10)."""
    naam = "beslissen_bezwaar_commissie_weken" if commissie else "beslissen_bezwaar_weken"
    weken = waarde(naam, laatste)
    if verdaagd:
        weken += waarde("verdagen_bezwaar_weken", laatste)
    return next_werkdag(laatste + timedelta(weeks=weken))


def objection_before(bekend: date) -> date:
    """Last day for bezwaar: six weeks from the day after the announcement (Awb 6:7, 6:8)."""
    return next_werkdag(bekend + timedelta(weeks=waarde("bezwaar_weken", bekend)))


def extend_3a_before(einde: date) -> date:
    """Last day to ask for another year of 3a; counted back, so no weekend is skipped."""
    return einde - timedelta(weeks=waarde("verlengen_3a_weken", einde))


def end_by_law(vrijstelling: Vrijstelling) -> date:
    """The last day that the duty it lifts can run: before the birthday, or the diploma."""
    begin = vrijstelling.begindatum
    regels = Regels.on(begin)
    feiten = feiten_of(vrijstelling.jongere, begin)
    einden = [birthday_of_eighteen(vrijstelling)]
    if feiten.startkwalificatie_datum:
        leer = plicht.leerplicht(feiten, begin, regels)
        einden.append(max(feiten.startkwalificatie_datum, leer.tot or date.min))
    return min(einden) - timedelta(days=1)


def birthday_of_eighteen(vrijstelling: Vrijstelling) -> date:
    regels = Regels.on(vrijstelling.begindatum)
    geboren = vrijstelling.jongere.geboortedatum
    return regels.reach(geboren, regels.leeftijd_einde_kwalificatieplicht)


def hindrances(vrijstelling: Vrijstelling) -> list[str]:
    """What the law does not allow; a kennisgeving is then invalid, a request refused."""
    begin, grond = vrijstelling.begindatum, vrijstelling.grond
    checks = [
        *_about_duty(vrijstelling),
        *_about_age(vrijstelling),
        *_about_period(vrijstelling),
    ]
    if gemeente_on(vrijstelling.jongere, begin) is None:
        checks.append("De jongere woont op de begindatum niet in een gemeente die bekend is.")
    if grond == Grond.G5A:
        checks += _about_statement(vrijstelling)
    if overlapping(vrijstelling):
        checks.append("Er loopt in deze periode al een andere vrijstelling.")
    return checks


def _about_duty(vrijstelling: Vrijstelling) -> Iterable[str]:
    begin, einde = vrijstelling.begindatum, vrijstelling.einddatum or VERRE_TOEKOMST
    feiten = feiten_of(vrijstelling.jongere, begin)
    regels = Regels.on(begin)
    leer = plicht.leerplicht(feiten, begin, regels)
    assert leer.tot
    kwal = plicht.kwalificatieplicht(feiten, leer.tot, regels)
    periode = Periode.through(begin, einde if einde != VERRE_TOEKOMST else None)
    lifts = GRONDEN[vrijstelling.grond].heft_op or frozenset({Plicht.LEERPLICHT})
    runs = [
        duty
        for soort, duty in ((Plicht.LEERPLICHT, leer), (Plicht.KWALIFICATIEPLICHT, kwal))
        if soort in lifts and duty and duty.overlap(periode)
    ]
    if vrijstelling.grond == Grond.G15 and begin < leer.tot:
        yield "Artikel 15 kan pas na het einde van de leerplicht."
    elif not runs:
        yield "In deze periode is er geen plicht waarvoor deze grond vrijstelling geeft."
    if vrijstelling.grond == Grond.G3B and Schooljaar.of(leer.tot - timedelta(days=1)) != (
        Schooljaar.of(begin)
    ):
        yield "Artikel 3b kan alleen in het laatste schooljaar van de leerplicht."


def _about_age(vrijstelling: Vrijstelling) -> Iterable[str]:
    begin = vrijstelling.begindatum
    vanaf = waarde("leeftijd_3a", begin)
    if vrijstelling.grond == Grond.G3A and age_on(vrijstelling.jongere.geboortedatum, begin) < (
        vanaf
    ):
        yield f"Artikel 3a kan pas vanaf {vanaf} jaar."


def _about_period(vrijstelling: Vrijstelling) -> Iterable[str]:
    begin, einde = vrijstelling.begindatum, vrijstelling.einddatum
    nooit = vrijstelling.grond == Grond.G5A and vrijstelling.nooit_geschikt
    if einde is None and not nooit:
        yield "Zonder einddatum kan alleen bij 5 onder a, als de verklaring 'nooit' zegt."
    elif einde and not nooit and Schooljaar.of(einde) != Schooljaar.of(begin):
        yield "De periode loopt over meer dan een schooljaar."


def _about_statement(vrijstelling: Vrijstelling) -> Iterable[str]:
    if vrijstelling.verklaring_datum is None:
        yield "De datum van de verklaring van de arts, pedagoog of psycholoog ontbreekt."
    elif is_statement_too_old(vrijstelling.verklaring_datum, vrijstelling.aanvraagdatum):
        yield "De verklaring was ouder dan drie maanden op de dag van de kennisgeving."


def overlapping(vrijstelling: Vrijstelling) -> bool:
    """Another exemption of the same youth that holds in this period."""
    rows = Vrijstelling.objects.filter(jongere=vrijstelling.jongere_id, besluit__in=GELDIG)
    rows = rows.exclude(pk=vrijstelling.pk).exclude(einddatum__lt=vrijstelling.begindatum)
    return rows.filter(begindatum__lte=vrijstelling.einddatum or VERRE_TOEKOMST).exists()


def is_late(vrijstelling: Vrijstelling) -> bool:
    """A flag, no refusal: until a late notice is there the youth is without exemption."""
    begin = vrijstelling.begindatum
    feiten = feiten_of(vrijstelling.jongere, begin)
    start = plicht.leerplicht_start(feiten, Regels.on(begin))
    laatste = last_day_of_notice(
        begin=begin, leerplicht_start=start, eerste=vrijstelling.nieuw is not False
    )
    return vrijstelling.aanvraagdatum > laatste


def was_placed(vrijstelling: Vrijstelling) -> bool:
    """Art. 8 lid 2: on a school in the year before the kennisgeving; compare the richting."""
    day = vrijstelling.aanvraagdatum
    van = months_before(day, 12 * waarde("richting_jaar_terug", day))
    rows = Inschrijving.objects.filter(jongere=vrijstelling.jongere_id, begindatum__lt=day)
    return rows.exclude(einddatum__lt=van).exists()


def began_after_start(vrijstelling: Vrijstelling) -> bool:
    """A first appeal on 5 onder b when leerplicht ran already (HR 2012): only exceptions."""
    feiten = feiten_of(vrijstelling.jongere, vrijstelling.aanvraagdatum)
    start = plicht.leerplicht_start(feiten, Regels.on(vrijstelling.aanvraagdatum))
    return vrijstelling.nieuw is not False and vrijstelling.aanvraagdatum >= start
