"""Who gets new work: the dated rules, the choice on arrival, and taking from the list of the team.

The most specific rule wins whose colleague may do the work there on that day: school, then ages in
the gemeente, then the gemeente. Nobody: the list of the team.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak, gemeenten_for, valid_on
from casework.domain.bevoegd import require, require_for
from casework.errors import DomainError
from casework.models import Gemeente, School, Verzuimmelding, Werkproces
from leerplicht.models import Toewijzingsregel

REGELEN: Final = "toewijzing.regelen"
UITGESLOTEN: Final = (
    "U houdt voor de Inspectie toezicht op het hoofd van deze school (Lpw 16a). Een collega doet"
    " het leerplichtwerk voor die school."
)
_KIES: Final = """
SELECT DISTINCT ON (w.nr) w.nr, r.behandelaar_id
  FROM ({werk}) w
  JOIN casework_jongere j ON j.id = w.jongere
  JOIN leerplicht_toewijzingsregel r
    ON NOT r.nooit AND r.van <= %(dag)s AND (r.tot IS NULL OR r.tot > %(dag)s)
   AND CASE WHEN r.school_id IS NOT NULL THEN r.school_id = w.school
            ELSE r.gemeente_id = coalesce(w.gemeente, j.gemeente_id)
             AND (r.leeftijd_van IS NULL
                  OR extract(year FROM age(%(dag)s, j.geboortedatum))
                     BETWEEN r.leeftijd_van AND r.leeftijd_tot) END
 WHERE muur_toewijsbaar(r.behandelaar_id, w.jongere, w.gemeente, %(dag)s, 'leerplicht')
   AND NOT muur_uitgesloten(r.behandelaar_id, w.jongere, w.school, %(dag)s)
 ORDER BY w.nr, r.school_id IS NULL, r.gemeente_id IS DISTINCT FROM w.gemeente,
          r.leeftijd_van IS NULL, r.id
"""
_LOS: Final = """
SELECT * FROM unnest(%(nrs)s::bigint[], %(jongeren)s::bigint[], %(gemeenten)s::bigint[],
                     %(scholen)s::bigint[]) AS t(nr, jongere, gemeente, school)
"""
_MELDINGEN: Final = """
SELECT m.id AS nr, m.jongere_id AS jongere, m.gemeente_id AS gemeente, m.school_id AS school
  FROM casework_verzuimmelding m
 WHERE m.taak = 'leerplicht' AND m.behandelaar_id IS NULL AND m.beoordeeld_op IS NULL
   AND m.status IN ('R', 'LOKAAL') AND m.jongere_id IN (SELECT jongere_id FROM geraakt)
"""


_ZET: Final = """
UPDATE casework_verzuimmelding m SET behandelaar_id = k.behandelaar_id
  FROM ({kies}) k WHERE m.id = k.nr
"""


@dataclass(frozen=True, slots=True)
class Werk:
    """Work that arrives."""

    jongere_id: int
    gemeente_id: int | None
    school_id: int | None = None


def choose(rows: Sequence[Werk], day: date) -> list[int | None]:
    """For each the key of the colleague who gets it by the rules of this day, or None."""
    params: dict[str, Any] = {
        "dag": day,
        "nrs": list(range(len(rows))),
        "jongeren": [row.jongere_id for row in rows],
        "gemeenten": [row.gemeente_id for row in rows],
        "scholen": [row.school_id for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KIES.format(werk=_LOS), params)
        chosen = dict(cursor.fetchall())
    return [chosen.get(nr) for nr in range(len(rows))]


def assign(melding: Verzuimmelding, *, day: date) -> None:
    """On arrival, within the transaction of the report itself."""
    [wie] = choose([Werk(melding.jongere_id, melding.gemeente_id, melding.school_id)], day)
    if wie is None:
        return
    melding.behandelaar_id = wie
    melding.save(update_fields=["behandelaar"])
    record("melding.toegewezen", melding, by=None, behandelaar=wie)


def assign_read(cursor: Any, day: date) -> int:
    """Reports still to be judged of the youths a package touched (its table `geraakt`); those of
    long ago stay as they are. The run itself is the event."""
    cursor.execute(_ZET.format(kies=_KIES.format(werk=_MELDINGEN)), {"dag": day})
    return int(cursor.rowcount)


def candidates(by: Gebruiker, day: date) -> "QuerySet[Gebruiker]":
    """Colleagues who handle cases of leerplicht in a gemeente where this user sets the rules."""
    return colleagues_in(gemeenten_for(by, REGELEN), day)


def colleagues_in(gemeenten: Any, day: date) -> "QuerySet[Gebruiker]":
    rights = Bevoegdheid.objects.filter(
        valid_on(day), taak=Taak.LEERPLICHT, gemeente__in=sorted(gemeenten)
    ).exclude(rol=Rol.LEZER)
    rows = Gebruiker.objects.filter(pk__in=rights.values("gebruiker"), is_active=True)
    return rows.order_by("naam", "pk")


def boas_in(gemeente_id: int | None, day: date) -> list[int]:
    """Keys of who may write opsporing there."""
    rights = Bevoegdheid.objects.filter(
        valid_on(day), taak=Taak.OPSPORING, gemeente=gemeente_id, gebruiker__is_active=True
    )
    return list(rights.exclude(rol=Rol.LEZER).values_list("gebruiker", flat=True))


@dataclass(frozen=True, slots=True)
class Regelinvoer:
    gemeente: Gemeente
    behandelaar: Gebruiker
    van: date
    school: School | None = None
    leeftijd_van: int | None = None
    leeftijd_tot: int | None = None
    laatste_dag: date | None = None
    nooit: bool = False


@transaction.atomic
def add_rule(invoer: Regelinvoer, *, by: Gebruiker, day: date) -> Toewijzingsregel:
    """Raises NotAuthorised, DomainError, or ValidationError when another rule runs already."""
    require(by, REGELEN, invoer.gemeente.pk)
    if not candidates(by, day).filter(pk=invoer.behandelaar.pk).exists():
        raise DomainError("Deze collega behandelt geen leerplichtzaken in uw gemeenten.")
    laatste = invoer.laatste_dag
    rule = Toewijzingsregel(
        gemeente=invoer.gemeente,
        school=invoer.school,
        leeftijd_van=invoer.leeftijd_van,
        leeftijd_tot=invoer.leeftijd_tot,
        behandelaar=invoer.behandelaar,
        nooit=invoer.nooit,
        van=invoer.van,
        tot=laatste + timedelta(days=1) if laatste else None,
    )
    rule.validate_constraints()
    rule.save()
    record("toewijzing.gemaakt", rule, by=by, taak=Taak.LEERPLICHT, behandelaar=rule.behandelaar_id)
    return rule


@transaction.atomic
def end_rule(rule: Toewijzingsregel, laatste_dag: date, *, by: Gebruiker, day: date) -> None:
    """The last day of a rule; one that never held is gone. Raises NotAuthorised, DomainError."""
    rule = Toewijzingsregel.objects.select_for_update().get(pk=rule.pk)
    require(by, REGELEN, rule.gemeente_id)
    if rule.tot is not None and rule.tot <= day:
        raise DomainError("Deze regel is al voorbij.")
    if laatste_dag < day - timedelta(days=1):
        raise DomainError("Kies gisteren, vandaag of een latere dag.")
    record("toewijzing.gestopt", rule, by=by, taak=Taak.LEERPLICHT, behandelaar=rule.behandelaar_id)
    if laatste_dag < rule.van:
        rule.delete()
        return
    rule.tot = laatste_dag + timedelta(days=1)
    rule.validate_constraints()
    rule.save(update_fields=["tot"])


def team_meldingen(user: Gebruiker) -> "QuerySet[Verzuimmelding]":
    rows = Verzuimmelding.objects.visible_to(user).to_triage()
    return rows.filter(taak=Taak.LEERPLICHT, behandelaar__isnull=True)


def team_werkprocessen(user: Gebruiker) -> "QuerySet[Werkproces]":
    rows = Werkproces.objects.visible_to(user).open()
    return rows.filter(taak=Taak.LEERPLICHT, behandelaar__isnull=True)


@transaction.atomic
def take(row: Verzuimmelding | Werkproces, *, by: Gebruiker, day: date) -> None:
    """From the list of the team to this user. Raises NotAuthorised; DomainError when another was
    faster."""
    model: Any = type(row)
    row = model.objects.select_for_update(of=("self",)).select_related("jongere").get(pk=row.pk)
    require_for(by, Taak.LEERPLICHT, row.jongere, row.gemeente_id)
    if row.behandelaar_id == by.pk:
        return
    if row.behandelaar_id is not None:
        raise DomainError(f"{row.behandelaar} heeft dit al.")
    refuse_excluded(by, row, day)
    row.behandelaar = by
    row.save(update_fields=["behandelaar"])
    if isinstance(row, Werkproces):
        row.acties.open().filter(toegewezen_aan=None).update(toegewezen_aan=by)
        record("werkproces.genomen", row, by=by, behandelaar=by.pk)
    else:
        record("melding.genomen", row, by=by, behandelaar=by.pk)


def refuse_excluded(who: Gebruiker, row: Verzuimmelding | Werkproces, day: date) -> None:
    """Raises DomainError for who supervises the head of this school for the Inspectie."""
    school = row.school_id if isinstance(row, Verzuimmelding) else None
    with connection.cursor() as cursor:
        params = [who.pk, row.jongere_id, school, day]
        cursor.execute("SELECT muur_uitgesloten(%s, %s, %s, %s)", params)
        if cursor.fetchone()[0]:
            raise DomainError(UITGESLOTEN)


def mine_or_nobodys(wie: Sequence[int]) -> Q:
    """Reports of these colleagues, and those that wait for whoever takes them."""
    return Q(behandelaar__in=wie) | Q(behandelaar__isnull=True)
