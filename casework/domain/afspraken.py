"""Appointments: planned, moved, how they went, and what is proposed after that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Contactkanaal as Kanaal
from casework.codes import ContactMet, Gesprekspartner
from casework.domain.bevoegd import require_for
from casework.domain.contact import Contactinvoer, add_contact
from casework.domain.ontvangers import holds_secret
from casework.domain.plaats import gemeente_on
from casework.domain.politie import follow
from casework.errors import DomainError
from casework.models import Afspraak, Jongere, School, Werkproces
from casework.schooljaar import amsterdam_date
from casework.uitbreiding import UITBREIDINGEN

Soort, Uitkomst = Afspraak.Soort, Afspraak.Uitkomst


@dataclass(frozen=True, slots=True)
class Afspraakinvoer:
    begin: datetime
    soort: str
    einde: datetime | None = None
    plaats: str = ""
    met: str = ""
    school: School | None = None
    wie: str = ""


def _check(invoer: Afspraakinvoer, jongere: Jongere) -> None:
    if invoer.einde and invoer.einde <= invoer.begin:
        raise DomainError("De afspraak eindigt voor hij begint.")
    if holds_secret(f"{invoer.plaats}\n{invoer.met}", jongere):
        raise DomainError(
            "U schreef een geheim adres op. Een agenda wordt door meer mensen gelezen. Haal het"
            " weg en schrijf bijvoorbeeld: bij de jongere thuis."
        )


@transaction.atomic
def plan_afspraak(
    jongere: Jongere,
    *,
    by: Gebruiker,
    taak: str,
    invoer: Afspraakinvoer,
    werkproces: Werkproces | None = None,
) -> Afspraak:
    """Plan an appointment in the agenda of this user. Raises NotAuthorised, DomainError."""
    require_for(by, taak, jongere, werkproces.gemeente_id if werkproces else None)
    _check(invoer, jongere)
    afspraak = Afspraak.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        taak=taak,
        gemeente=gemeente_on(jongere, amsterdam_date(invoer.begin)),
        gebruiker=by,
        begin=invoer.begin,
        einde=invoer.einde,
        soort=invoer.soort,
        plaats=invoer.plaats,
        met=invoer.met,
        school=invoer.school,
        wie=invoer.wie,
        **follow(werkproces),
    )
    record("afspraak.gepland", afspraak, by=by, soort=afspraak.soort)
    if UITBREIDINGEN.afspraken and counts(afspraak):
        UITBREIDINGEN.afspraken.gepland(afspraak, by, amsterdam_date(timezone.now()))
    return afspraak


def counts(afspraak: Afspraak) -> bool:
    """Whether the outcome is a fact in the werkproces, so that it is not typed there again."""
    return bool(UITBREIDINGEN.afspraken and UITBREIDINGEN.afspraken.telt_mee(afspraak))


def _own(afspraak: Afspraak, by: Gebruiker) -> Afspraak:
    rows = Afspraak.objects.select_for_update(of=("self",)).select_related("jongere", "werkproces")
    found = rows.get(pk=afspraak.pk)
    require_for(by, found.taak, found.jongere, found.gemeente_id)
    return found


@transaction.atomic
def move(afspraak: Afspraak, invoer: Afspraakinvoer, *, by: Gebruiker) -> Afspraak:
    """Another time or place. Raises NotAuthorised, DomainError."""
    row = _own(afspraak, by)
    if not row.is_gepland:
        raise DomainError("Van deze afspraak staat de uitkomst al vast. Maak een nieuwe afspraak.")
    _check(invoer, row.jongere)
    row.begin, row.einde, row.soort = invoer.begin, invoer.einde, invoer.soort
    row.plaats, row.met, row.wie = invoer.plaats, invoer.met, invoer.wie
    row.save(update_fields=["begin", "einde", "soort", "plaats", "met", "wie"])
    record("afspraak.verzet", row, by=by, soort=row.soort)
    return row


_GEWOON: Final = (Uitkomst.GEWEEST, Uitkomst.NIET_VERSCHENEN, Uitkomst.AFGEZEGD)
_BEZOEK: Final = (
    Uitkomst.GEWEEST,
    Uitkomst.NIEMAND_THUIS,
    Uitkomst.GEWEIGERD,
    Uitkomst.AFGEZEGD,
)
ALS_CONTACT: Final[Mapping[str, Kanaal]] = {
    Soort.HUISBEZOEK: Kanaal.HUISBEZOEK,
    Soort.TELEFOON: Kanaal.TELEFOON,
    Soort.OVERLEG: Kanaal.OVERLEG,
    Soort.MDO: Kanaal.OVERLEG,
    Soort.SPREEKUUR: Kanaal.SPREEKUUR,
}


def outcomes_of(soort: str) -> tuple[Afspraak.Uitkomst, ...]:
    return _BEZOEK if soort == Soort.HUISBEZOEK else _GEWOON


ALS_MET: Final[Mapping[str, ContactMet]] = {
    Gesprekspartner.JONGERE: ContactMet.JONGERE,
    Gesprekspartner.OUDERS: ContactMet.OUDER,
    Gesprekspartner.BEIDEN: ContactMet.OUDER,
    Gesprekspartner.SCHOOL: ContactMet.SCHOOL,
}


def persons(wie: str) -> list[str]:
    """Each person apart."""
    both = [Gesprekspartner.JONGERE.value, Gesprekspartner.OUDERS.value]
    return both if wie == Gesprekspartner.BEIDEN else [wie] if wie else []


@dataclass(frozen=True, slots=True)
class Verloop:
    """How it went. `wie`: of an appointment that did not name whom it is with; `gekomen`: of
    those invited, when not all of them came."""

    uitkomst: str
    verslag: str = ""
    wie: str = ""
    gekomen: Collection[str] = ()


@transaction.atomic
def set_outcome(afspraak: Afspraak, verloop: Verloop, *, by: Gebruiker) -> Afspraak:
    """With a note in the dossier when there is one, and as a fact in the werkproces when it counts
    there. A mistake is set right by doing it again. Raises NotAuthorised, DomainError."""
    uitkomst, verslag = verloop.uitkomst, verloop.verslag
    row = _own(afspraak, by)
    if uitkomst not in outcomes_of(row.soort):
        raise DomainError("Deze uitkomst past niet bij deze soort afspraak.")
    if uitkomst != Uitkomst.AFGEZEGD and row.begin > timezone.now():
        raise DomainError("Deze afspraak moet nog komen. U kunt hem wel afzeggen of verzetten.")
    if verslag and row.is_wpg:
        raise DomainError("Bij politiegegevens schrijft u het verslag als notitie.")
    was, row.uitkomst = row.uitkomst, uitkomst
    row.wie = row.wie or verloop.wie
    row.save(update_fields=["uitkomst", "wie"])
    record("afspraak.uitkomst", row, by=by, was=was, uitkomst=uitkomst)
    gekomen = set(verloop.gekomen) & set(persons(row.wie)) or persons(row.wie)
    if verslag:
        _note(row, gekomen, verslag, by=by)
    if UITBREIDINGEN.afspraken and row.werkproces:
        today = amsterdam_date(timezone.now())
        UITBREIDINGEN.afspraken.uitkomst(row, gekomen, verslag, by, today)
    return row


def _note(row: Afspraak, gekomen: Collection[str], verslag: str, *, by: Gebruiker) -> None:
    met = gekomen if row.uitkomst == Uitkomst.GEWEEST else persons(row.wie)
    invoer = Contactinvoer(
        row.begin,
        ALS_CONTACT.get(row.soort, Kanaal.GESPREK),
        met=ALS_MET[Gesprekspartner.BEIDEN if len(met) > 1 else min(met)] if met else "",
        uitkomst=Uitkomst(row.uitkomst).label,
        verslag=verslag,
    )
    add_contact(row.jongere, by=by, taak=row.taak, invoer=invoer, werkproces=row.werkproces)


@dataclass(frozen=True, slots=True)
class Vervolg:
    """What may come next; the person decides. `soort` is that of a next appointment."""

    label: str
    uitleg: str
    soort: str = ""
    notitie: bool = False


VERSLAG: Final = Vervolg(
    "Verslag schrijven", "Schrijf kort op wat is gezegd en afgesproken.", notitie=True
)
OPNIEUW: Final = Vervolg(
    "Nieuwe afspraak plannen", "Kies een nieuw moment en laat het weten.", Soort.GESPREK
)
_TWEEDE: Final = Vervolg(
    "Opnieuw uitnodigen", "Nodig nog een keer uit, met een brief.", Soort.GESPREK
)
_BEZOEKEN: Final = Vervolg(
    "Huisbezoek plannen", "Twee keer niet verschenen: ga langs, met een aankondiging.",
    Soort.HUISBEZOEK,
)  # fmt: skip  # read as a table
VERDER: Final = Vervolg(
    "Verder zonder gesprek",
    "Twee keer niet verschenen en op huisbezoek geweest. Het onderzoek kan verder (artikel 22).",
)
VASTGELEGD: Final = Vervolg(
    "Naar het werkproces", "Dit staat als stap in het werkproces. U hoeft het daar niet te typen."
)
# (not appeared, visits without a talk), each counted no further -> what is proposed. Two failed
# summonses and a visit is our reading of art. 22.
NA_MISLUKT: Final[Mapping[tuple[int, int], Vervolg]] = {
    (0, 0): OPNIEUW,
    (1, 0): _TWEEDE,
    (2, 0): _BEZOEKEN,
    (0, 1): _TWEEDE,
    (1, 1): _TWEEDE,
    (2, 1): VERDER,
}


def recorded(afspraak: Afspraak) -> bool:
    """Whether its outcome stands as a fact in the werkproces."""
    return bool(UITBREIDINGEN.afspraken and UITBREIDINGEN.afspraken.vastgelegd(afspraak))


def next_step(afspraak: Afspraak) -> Vervolg | None:
    """Proposed after the outcome of this appointment; None while it must still come."""
    if afspraak.is_gepland:
        return None
    if afspraak.uitkomst == Uitkomst.GEWEEST:
        return VASTGELEGD if recorded(afspraak) else VERSLAG
    if afspraak.uitkomst == Uitkomst.AFGEZEGD:
        return OPNIEUW
    rows = Afspraak.objects.filter(
        jongere=afspraak.jongere_id,
        werkproces=afspraak.werkproces_id,
        taak=afspraak.taak,
        begin__lte=afspraak.begin,
    )
    vergeefs = rows.filter(uitkomst=Uitkomst.NIET_VERSCHENEN).count()
    bezoeken = rows.filter(uitkomst__in=(Uitkomst.NIEMAND_THUIS, Uitkomst.GEWEIGERD)).count()
    step = NA_MISLUKT[min(vergeefs, 2), min(bezoeken, 1)]
    return OPNIEUW if step is VERDER and afspraak.taak != Taak.LEERPLICHT else step
