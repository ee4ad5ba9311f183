"""Preventive work: talks with one youth, actions for groups, and the no-show-actie in September."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require, require_for
from casework.domain.contact import Contactinvoer, add_contact
from casework.domain.plaats import gemeente_on
from casework.errors import DomainError
from casework.models import Contactmoment, Gemeente, Inschrijving, Jongere, School
from casework.schooljaar import AMSTERDAM, Schooljaar
from leerplicht.models import Groepsactie, Noshow, Noshowactie

SCHRIJVEN: Final = "leerplicht.schrijven"
VOORSTEL: Final = 30
Rij = TypeVar("Rij", Contactmoment, Noshow)
SPREEKUUR: Final = Q(kanaal="SPREEKUUR")


def contacts(user: Gebruiker) -> "QuerySet[Contactmoment]":
    """What lp_incidenten counts, in sight of the user; a spreekuur is a BAS-gesprek too."""
    return Contactmoment.objects.visible_to(user).filter(preventief=True)


def with_person(rows: "QuerySet[Rij]", user: Gebruiker) -> "QuerySet[Rij]":
    """Rows of which the youth himself is in sight too: one who moved counts, and is not listed."""
    return rows.filter(jongere__in=Jongere.objects.visible_to(user))


def in_schooljaar(rows: "QuerySet[Contactmoment]", jaar: Schooljaar) -> "QuerySet[Contactmoment]":
    begin, einde = (datetime.combine(day, time(0), AMSTERDAM) for day in (jaar.start, jaar.end))
    return rows.filter(datum__gte=begin, datum__lt=einde)


@dataclass(frozen=True, slots=True)
class Tellers:
    incidenten: int
    bas: int
    jongeren: int


def counters(user: Gebruiker, jaar: Schooljaar) -> Tellers:
    found = in_schooljaar(contacts(user), jaar).aggregate(
        incidenten=Count("pk"),
        bas=Count("pk", filter=SPREEKUUR),
        jongeren=Count("jongere", distinct=True),
    )
    return Tellers(**found)


@transaction.atomic
def add_incident(
    jongere: Jongere,
    *,
    by: Gebruiker,
    datum: date,
    kanaal: str,
    met: str,
    uitkomst: str,
    verslag: str,
) -> Contactmoment:
    """A preventive contact: no melding and no werkproces. Raises NotAuthorised."""
    moment = datetime.combine(datum, time(12), AMSTERDAM)
    invoer = Contactinvoer(
        datum=moment, kanaal=kanaal, met=met, preventief=True, uitkomst=uitkomst, verslag=verslag
    )
    return add_contact(jongere, by=by, taak=Taak.LEERPLICHT, invoer=invoer)


@dataclass(frozen=True, slots=True)
class Groepsinvoer:
    gemeente: Gemeente
    datum: date
    soort: str
    aantal: int
    school: School | None = None
    toelichting: str = ""


@transaction.atomic
def add_group(invoer: Groepsinvoer, *, by: Gebruiker) -> Groepsactie:
    """Raises NotAuthorised."""
    require(by, SCHRIJVEN, invoer.gemeente.pk)
    fields = {naam: getattr(invoer, naam) for naam in Groepsinvoer.__slots__}
    row = Groepsactie.objects.create(door=by, **fields)
    record("groepsactie.vastgelegd", row, by=by, taak=Taak.LEERPLICHT, soort=row.soort)
    return row


@transaction.atomic
def start_noshow(
    gemeente: Gemeente, school: School | None, gestart_op: date, *, by: Gebruiker
) -> Noshowactie:
    """Raises NotAuthorised."""
    require(by, SCHRIJVEN, gemeente.pk)
    actie = Noshowactie.objects.create(
        gemeente=gemeente, school=school, gestart_op=gestart_op, door=by
    )
    record("noshow.begonnen", actie, by=by, taak=Taak.LEERPLICHT)
    return actie


def enrolled(actie: Noshowactie, user: Gebruiker) -> "QuerySet[Jongere]":
    """Who is enrolled on the first day of the action and not on the list yet."""
    here = Inschrijving.objects.on(actie.gestart_op).filter(jongere=OuterRef("pk"))
    if actie.school_id:
        here = here.filter(school=actie.school_id)
    rows = Jongere.objects.visible_to(user).filter(Exists(here))
    if not actie.school_id:
        rows = rows.filter(gemeente=actie.gemeente_id)
    return rows.exclude(Exists(Noshow.objects.filter(actie=actie, jongere=OuterRef("pk"))))


def proposal(actie: Noshowactie, user: Gebruiker) -> list[Jongere]:
    """Whose enrolment began this schooljaar: most no-shows are new."""
    new = Inschrijving.objects.on(actie.gestart_op).filter(
        jongere=OuterRef("pk"), begindatum__gte=Schooljaar.of(actie.gestart_op).start
    )
    if actie.school_id:
        new = new.filter(school=actie.school_id)
    rows = enrolled(actie, user).filter(Exists(new))
    return list(rows.order_by("sorteernaam", "pk")[:VOORSTEL])


@transaction.atomic
def put_on_list(actie: Noshowactie, jongeren: Sequence[Jongere], *, by: Gebruiker) -> int:
    """Who stands there already stays as it was. Raises NotAuthorised."""
    require(by, SCHRIJVEN, actie.gemeente_id)
    added = 0
    for jongere in jongeren:
        gemeente = gemeente_on(jongere, actie.gestart_op)
        require_for(by, Taak.LEERPLICHT, jongere, gemeente.pk if gemeente else None)
        row, new = Noshow.objects.get_or_create(
            actie=actie, jongere=jongere, defaults={"gemeente": gemeente}
        )
        if new:
            record("noshow.op_lijst", row, by=by, taak=Taak.LEERPLICHT)
            added += 1
    return added


@transaction.atomic
def register(
    row: Noshow, *, gezien: bool | None, resultaat: str, notitie: str, by: Gebruiker, day: date
) -> None:
    """Raises NotAuthorised, DomainError for a result of who was not looked for."""
    rows = Noshow.objects.select_for_update(of=("self",)).select_related("jongere")
    row = rows.get(pk=row.pk)
    require_for(by, Taak.LEERPLICHT, row.jongere, row.gemeente_id)
    if resultaat and gezien is None:
        raise DomainError("Kies eerst of de jongere is gezien.")
    row.gezien, row.resultaat, row.notitie = gezien, resultaat, notitie
    row.bijgewerkt_op = day
    row.save(update_fields=["gezien", "resultaat", "notitie", "bijgewerkt_op"])
    record("noshow.bijgewerkt", row, by=by, taak=Taak.LEERPLICHT, resultaat=resultaat or "open")


def count_noshow(rows: "QuerySet[Noshow]") -> dict[str, int]:
    found = dict(rows.order_by().values_list("gezien").annotate(n=Count("pk")))
    return {
        "aantal": sum(found.values()),
        "gezien": found.get(True, 0),
        "niet_gezien": found.get(False, 0),
        "onbekend": found.get(None, 0),
    }


def per_result(rows: "QuerySet[Noshow]") -> list[tuple[str, int]]:
    found = dict(rows.order_by().values_list("resultaat").annotate(n=Count("pk")))
    choices = Noshow._meta.get_field("resultaat").choices or []
    return [(str(label), found[code]) for code, label in choices if found.get(code)]


def of_school(
    school: School, user: Gebruiker, jaren: Sequence[Schooljaar]
) -> list[tuple[str, list[int]]]:
    """Preventive work at a school, by schooljaar; a contact counts where the youth was enrolled
    on that day."""
    if not user.may("leerplicht.lezen"):
        return []
    here = Inschrijving.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=OuterRef("dag")),
        jongere=OuterRef("jongere"),
        school=school,
        begindatum__lte=OuterRef("dag"),
    )
    rows = contacts(user).annotate(dag=TruncDate("datum", tzinfo=AMSTERDAM)).filter(Exists(here))
    found: dict[str, list[int]] = {}
    for jaar in jaren:
        talks = in_schooljaar(rows, jaar).aggregate(
            n=Count("pk"), bas=Count("pk", filter=SPREEKUUR)
        )
        groups = Groepsactie.objects.visible_to(user).filter(
            school=school, datum__gte=jaar.start, datum__lt=jaar.end
        )
        group = groups.aggregate(n=Count("pk"), bereikt=Sum("aantal", default=0))
        lists = Noshow.objects.visible_to(user).filter(
            actie__school=school, actie__gestart_op__gte=jaar.start, actie__gestart_op__lt=jaar.end
        )
        noshow = lists.aggregate(n=Count("pk"), gezien=Count("pk", filter=Q(gezien=True)))
        for label, aantal in (
            ("Preventieve contacten", talks["n"]),
            ("waarvan BAS-gesprekken", talks["bas"]),
            ("Groepsacties", group["n"]),
            ("Bereikte leerlingen", group["bereikt"]),
            ("Op de no-show-lijst", noshow["n"]),
            ("waarvan gezien", noshow["gezien"]),
        ):
            found.setdefault(label, []).append(aantal)
    return [(label, aantallen) for label, aantallen in found.items() if any(aantallen)]
