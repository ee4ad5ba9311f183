"""The spreekuur at a school (BAS-gesprek): preventive talks, no case and no melding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import ContactMet
from casework.domain.contact import Contactinvoer, add_contact
from casework.models import Inschrijving, Jongere, School, Verzuimmelding
from casework.namen import normalise
from casework.schooljaar import AMSTERDAM, Schooljaar

OP_HET_BLAD: Final = 20
ERBIJ: Final = 10


@dataclass(frozen=True, slots=True)
class Gesprek:
    jongere: Jongere
    uitkomst: str
    verslag: str


def pupils(school: School, user: Gebruiker, day: date) -> QuerySet[Any]:
    """Who is at this school on this day, in sight, with the reports of this schooljaar."""
    here = Inschrijving.objects.on(day).filter(school=school, jongere=OuterRef("pk"))
    year = Schooljaar.of(day)
    counted = Q(verzuimmeldingen__in=Verzuimmelding.objects.visible_to(user).in_schooljaar(year))
    rows = Jongere.objects.visible_to(user).filter(Exists(here))
    return rows.annotate(meldingen=Count("verzuimmeldingen", filter=counted, distinct=True))


def sheet(school: School, user: Gebruiker, day: date, uuids: Collection[UUID]) -> list[Jongere]:
    """The pupils with most reports, or those that stood on the sheet already, in that order."""
    rows = pupils(school, user, day)
    if not uuids:
        busy = rows.filter(meldingen__gt=0).order_by("-meldingen", "sorteernaam", "pk")
        return list(busy[:OP_HET_BLAD])
    found = {row.uuid: row for row in rows.filter(uuid__in=uuids)}
    return [found[uuid] for uuid in uuids if uuid in found]


def named(school: School, user: Gebruiker, day: date, naam: str) -> list[Jongere]:
    """Pupils of this school whose name holds these words."""
    words = normalise(naam).split()
    if not words:
        return []
    rows = pupils(school, user, day)
    for word in words:
        rows = rows.filter(zoeknaam__contains=word)
    return list(rows.order_by("sorteernaam", "pk")[:ERBIJ])


@transaction.atomic
def keep(gesprekken: Sequence[Gesprek], datum: date, *, by: Gebruiker) -> int:
    """One preventive contact for each talk; all of them or none. Raises NotAuthorised."""
    moment = datetime.combine(datum, time(12), AMSTERDAM)
    for gesprek in gesprekken:
        invoer = Contactinvoer(
            datum=moment,
            kanaal="SPREEKUUR",
            met=ContactMet.JONGERE,
            preventief=True,
            uitkomst=gesprek.uitkomst,
            verslag=gesprek.verslag,
        )
        add_contact(gesprek.jongere, by=by, taak=Taak.LEERPLICHT, invoer=invoer)
    return len(gesprekken)
