"""MDO and signals for care: written once, agreements become things to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Actie, Jongere
from casework.parameters import waarde
from leerplicht.codes import Zorgsoort
from leerplicht.models import Overleg, Overlegdeelnemer, Zorgsignaal

SCHRIJVEN = "leerplicht.schrijven"


@dataclass(frozen=True, slots=True)
class Overleginvoer:
    datum: date
    grondslag: str
    deelnemers: Iterable[tuple[str, str]]  # organisation and function
    grondslag_uitleg: str = ""
    ouders_weten_op: date | None = None
    verslag: str = ""


def _in_time(day: date, *days: date | None) -> None:
    if any(d and d > day for d in days):
        raise DomainError("Een datum ligt in de toekomst.")


@transaction.atomic
def hold(jongere: Jongere, *, by: Gebruiker, day: date, invoer: Overleginvoer) -> Overleg:
    """Raises NotAuthorised; DomainError without a participant or for days to come."""
    require(by, SCHRIJVEN, jongere.gemeente_id)
    _in_time(day, invoer.datum, invoer.ouders_weten_op)
    deelnemers = list(invoer.deelnemers)
    if not deelnemers:
        raise DomainError("Schrijf op welke organisaties erbij waren.")
    overleg = Overleg.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        datum=invoer.datum,
        grondslag=invoer.grondslag,
        grondslag_uitleg=invoer.grondslag_uitleg,
        ouders_weten_op=invoer.ouders_weten_op,
        verslag=invoer.verslag,
        gemaakt_door=by,
    )
    Overlegdeelnemer.objects.bulk_create(
        Overlegdeelnemer(overleg=overleg, organisatie=organisatie, functie=functie)
        for organisatie, functie in deelnemers
    )
    record("overleg.vastgelegd", overleg, by=by, taak=Taak.LEERPLICHT)
    return overleg


@transaction.atomic
def agree(
    overleg: Overleg, *, by: Gebruiker, tekst: str, eigenaar: str, uiterlijk_op: date
) -> Actie:
    """What somebody does before a day; the owner may be of another organisation."""
    require(by, SCHRIJVEN, overleg.gemeente_id or overleg.jongere.gemeente_id)
    if uiterlijk_op < overleg.datum:
        raise DomainError("De datum ligt voor het overleg.")
    actie = make_actie(
        overleg,
        f"{eigenaar}: {tekst}"[:200],
        uiterlijk_op,
        taak=Taak.LEERPLICHT,
        grondslag=agreements_of(overleg),
        toegewezen_aan_id=by.pk,
    )
    actie.save()
    record("overleg.afspraak", overleg, by=by, taak=Taak.LEERPLICHT)
    return actie


def agreements_of(overleg: Overleg) -> str:
    """The basis of its agreements, by which they are found."""
    return f"overleg:{overleg.pk}"


@transaction.atomic
def signal(
    jongere: Jongere,
    *,
    by: Gebruiker,
    day: date,
    soort: str,
    datum: date,
    ouders_weten_op: date,
    toelichting: str = "",
) -> Zorgsignaal:
    """Raises NotAuthorised, DomainError; the verwijsindex only where the gemeente uses it."""
    require(by, SCHRIJVEN, jongere.gemeente_id)
    _in_time(day, datum, ouders_weten_op)
    gemeente = jongere.gemeente
    used = waarde("verwijsindex_gemeenten", datum)
    if soort == Zorgsoort.VERWIJSINDEX and (gemeente is None or gemeente.code not in used):
        raise DomainError("Deze gemeente gebruikt de verwijsindex niet.")
    row = Zorgsignaal.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        soort=soort,
        datum=datum,
        ouders_weten_op=ouders_weten_op,
        toelichting=toelichting,
        gemaakt_door=by,
    )
    record("zorgsignaal.vastgelegd", row, by=by, taak=Taak.LEERPLICHT, soort=soort)
    return row
