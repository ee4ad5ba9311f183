"""What other bodies must be told: kinderbijslag (SVB) and work (Arbeidsinspectie).

By night a rule makes something to do; a person does it, or says why not. Found in a few queries
for all youths, under a lock: a second run, or two at a time, makes nothing twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.gebeurtenissen import build, record, record_many
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Onderwijssoort, Reden, Regime, Werkprocessoort
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require_for
from casework.errors import DomainError
from casework.kalender import add_werkdagen, next_werkdag
from casework.models import Actie, Inschrijving, Jongere, Werkproces, WerkprocesStap
from casework.parameters import waarde
from casework.schooljaar import AMSTERDAM, amsterdam_date
from leerplicht.codes import GELDIG, Grond, Thuiszitreden
from leerplicht.models import Thuiszitter, Vrijstelling

from .status_sql import status_on
from .vrijstelling_regels import months_before

SLOT: Final = 7_201_971  # of the lock: one run at a time
SVB_MELDEN, SVB_INTREKKEN, SVB_NIET = "svb:melden", "svb:intrekken", "svb:niet nodig"
ARBEID_3B, ARBEID_16, ARBEID_WERK = "arbeid:3b:", "arbeid:16:", "arbeid:werk:"
SOORTEN: Final = (("svb", "SVB, kinderbijslag"), ("arbeid", "Nederlandse Arbeidsinspectie"))
# States in which it is sure that there is no school, and that a place is not what lacks.
VAST: Final = ("brief_2", "horen_ouders", "strafrecht")
PER_KEER: Final = 500


def all_notices() -> Q:
    return Q(grondslag__startswith="svb:") | Q(grondslag__startswith="arbeid:")


def follow(day: date) -> dict[str, int]:
    """Each night: what must be told, and what need not be told any more."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        made, fallen = _kinderbijslag(day)
        made += [*_about_3b(day), *_about_sixteen(day), *_about_work(day)]
        Actie.objects.bulk_create(made, batch_size=PER_KEER)
        record_many([build("meldplicht.nodig", actie, by=None) for actie in made])
        record_many([build("meldplicht.vervallen", actie, by=None) for actie in fallen])
        Actie.objects.filter(pk__in=[actie.pk for actie in fallen]).delete()
    return {"nodig": len(made), "vervallen": len(fallen)}


# Kinderbijslag (AKW 7): 16 or 17, no startkwalificatie, and the duty is not met


@dataclass(frozen=True, slots=True)
class Bron:
    """Since when the duty is not met, and the row that says so."""

    sinds: date
    rij: Any
    werkproces: Werkproces | None


def _not_met(day: date) -> dict[int, Bron]:
    """Youths of 16 and 17 under kwalificatieplicht who have no school or do not go there."""
    duty = Jongere.objects.annotate(code=status_on(day)).filter(
        geboortedatum__lte=months_before(day, 16 * 12), code="kwalificatieplichtig"
    )
    found: dict[int, Bron] = {}
    home = Thuiszitter.objects.open().filter(geoorloofd=False, jongere__in=duty)
    for stay in home.select_related("werkproces"):
        found[stay.jongere_id] = Bron(stay.sinds, stay, stay.werkproces)
    # Of the MAS: who is blamed and does not come, so that a statement followed.
    sure = Q(soort=Werkprocessoort.ABSOLUUT, toestand__in=VAST) | Q(
        soort__in=(Werkprocessoort.RELATIEF, Werkprocessoort.TELAAT), toestand="strafrecht"
    )
    rows = Werkproces.objects.open().filter(sure, regime=Regime.AVG, jongere__in=duty)
    for row in rows.order_by("gestart_op", "pk"):
        found.setdefault(row.jongere_id, Bron(row.gestart_op, row, row))
    return found


def _kinderbijslag(day: date) -> tuple[list[Actie], list[Actie]]:
    """To report who does not meet the duty, to revoke for whom it is met again; and what falls
    away because it was not reported yet."""
    not_met = _not_met(day)
    told = Actie.objects.filter(grondslag__in=(SVB_MELDEN, SVB_INTREKKEN, SVB_NIET))
    rows = told.order_by("aangemaakt_op", "pk")
    last = {actie.jongere_id: actie for actie in rows if actie.jongere_id}
    made: list[Actie] = []
    fallen: list[Actie] = []
    for jongere, bron in not_met.items():
        actie = last.get(jongere)
        if actie and actie.grondslag == SVB_INTREKKEN and actie.gedaan_op is None:
            fallen.append(actie)  # the report stands after all
        elif actie is None or _is_over(actie, bron):
            made.append(_svb(bron, day))
    met = Jongere.objects.filter(pk__in=last.keys() - not_met.keys())
    schooled = _meets(met, day)
    for jongere, actie in last.items():
        if jongere in not_met or actie.grondslag != SVB_MELDEN:
            continue
        if actie.gedaan_op is None:
            fallen.append(actie)
        elif jongere in schooled:
            made.append(_revoke(actie, day))
    return made, fallen


def _is_over(actie: Actie, bron: Bron) -> bool:
    """What was told, or not, is about an earlier time."""
    if actie.grondslag == SVB_INTREKKEN:
        return actie.gedaan_op is not None
    return actie.grondslag == SVB_NIET and amsterdam_date(actie.aangemaakt_op) < bron.sinds


def _meets(jongeren: "Iterable[Jongere]", day: date) -> set[int]:
    """Enrolled again before 18: only then there is something to revoke."""
    rows = Inschrijving.objects.filter(
        Q(einddatum=None) | Q(einddatum__gte=day),
        jongere__in=jongeren,
        jongere__geboortedatum__gt=months_before(day, 18 * 12),
        begindatum__lte=day,
    ).exclude(onderwijssoort=Onderwijssoort.BUITENLAND)
    return set(rows.values_list("jongere_id", flat=True))


def _svb(bron: Bron, day: date) -> Actie:
    return make_actie(
        bron.rij,
        "Meld aan de SVB: voldoet niet aan de kwalificatieplicht (kinderbijslag)",
        add_werkdagen(day, waarde("svb_melden_werkdagen", day)),
        taak=Taak.LEERPLICHT,
        grondslag=SVB_MELDEN,
        werkproces=bron.werkproces,
        toegewezen_aan_id=bron.werkproces.behandelaar_id if bron.werkproces else None,
    )


def _revoke(actie: Actie, day: date) -> Actie:
    return make_actie(
        actie,
        "Trek de melding bij de SVB in: voldoet weer aan de kwalificatieplicht",
        add_werkdagen(day, waarde("svb_melden_werkdagen", day)),
        taak=Taak.LEERPLICHT,
        grondslag=SVB_INTREKKEN,
        toegewezen_aan_id=actie.toegewezen_aan_id,
    )


# Arbeidsinspectie


def _new(prefix: str, keys: Iterable[int]) -> set[int]:
    """Keys that have no notice with this prefix yet."""
    wanted = {f"{prefix}{key}": key for key in keys}
    known = Actie.objects.filter(grondslag__in=wanted).values_list("grondslag", flat=True)
    return {wanted[grond] for grond in wanted.keys() - set(known)}


def _since(day: date) -> date:
    """Older facts came in with a package; nobody tells those anew."""
    return day - timedelta(weeks=waarde("arbeid_terugkijken_weken", day))


def _exemptions(day: date) -> Any:
    rows = Vrijstelling.objects.filter(besluit__in=sorted(GELDIG)).exclude(einddatum__lt=day)
    return rows.select_related("werkproces").order_by("pk")


def _about_3b(day: date) -> Iterator[Actie]:
    """Within two weeks of the decision."""
    rows = {
        row.pk: row
        for row in _exemptions(day).filter(grond=Grond.G3B, besluitdatum__gte=_since(day))
    }
    for pk in sorted(_new(ARBEID_3B, rows)):
        row = rows[pk]
        term = row.besluitdatum + timedelta(weeks=waarde("arbeid_melden_weken", day))
        yield _arbeid(row, "Meld de vervangende leerplicht (3b)", term, f"{ARBEID_3B}{pk}")


def _about_sixteen(day: date) -> Iterator[Actie]:
    """5 onder a or b of somebody of 16 or older; the text does not say which."""
    sixteen = months_before(day, 16 * 12)
    since = _since(day)
    young = months_before(since, 16 * 12)
    rows = {
        row.pk: row
        for row in _exemptions(day).filter(
            Q(besluitdatum__gte=since) | Q(jongere__geboortedatum__gte=young),
            grond__in=(Grond.G5A, Grond.G5B),
            begindatum__lte=day,
            jongere__geboortedatum__lte=sixteen,
        )
    }
    for pk in sorted(_new(ARBEID_16, rows)):
        term = day + timedelta(weeks=waarde("arbeid_melden_weken", day))
        text = "Meld de vrijstelling van wie 16 jaar of ouder is"
        yield _arbeid(rows[pk], text, next_werkdag(term), f"{ARBEID_16}{pk}")


def _about_work(day: date) -> Iterator[Actie]:
    """Work was found to be the cause: forbidden work is told at once (Lpw 23)."""
    since = _since(day)
    steps = WerkprocesStap.objects.filter(
        stap="weging_vastleggen", gegevens__oorzaak=Reden.WERK, uitgevoerd_op__gte=since
    )
    cases = {row.pk: row for row in Werkproces.objects.filter(stappen__in=steps).distinct()}
    home = Thuiszitter.objects.open().filter(reden=Thuiszitreden.WERK, label_op__gte=since)
    stays = {row.pk: row for row in home.select_related("werkproces")}
    for pk in sorted(_new(ARBEID_WERK, cases)):
        yield _arbeid(cases[pk], WERK, add_werkdagen(day, 1), f"{ARBEID_WERK}{pk}")
    for pk in sorted(_new(f"{ARBEID_WERK}thuis:", stays)):
        if stays[pk].werkproces_id in cases:
            continue
        yield _arbeid(stays[pk], WERK, add_werkdagen(day, 1), f"{ARBEID_WERK}thuis:{pk}")


WERK: Final = "Is het werk verboden? Meld het dan direct (Lpw 23)"


def _arbeid(over: Any, wat: str, uiterlijk: date, grond: str) -> Actie:
    werkproces = over if isinstance(over, Werkproces) else over.werkproces
    return make_actie(
        over,
        f"Arbeidsinspectie: {wat[:1].lower()}{wat[1:]}",
        uiterlijk,
        taak=Taak.LEERPLICHT,
        grondslag=grond,
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id if werkproces else None,
    )


# What a person does with it


def _lock(actie: Actie, by: Gebruiker) -> Actie:
    rows = Actie.objects.select_for_update(of=("self",)).select_related("jongere")
    actie = rows.get(all_notices(), pk=actie.pk)
    require_for(by, actie.taak, cast(Jongere, actie.jongere), actie.gemeente_id)
    return actie


@transaction.atomic
def tell(actie: Actie, *, by: Gebruiker, datum: date, day: date) -> Actie:
    """It was told on this day. Raises NotAuthorised, DomainError."""
    actie = _lock(actie, by)
    if actie.gedaan_op:
        raise DomainError("Deze melding is al gedaan.")
    if not amsterdam_date(actie.aangemaakt_op) <= datum <= day:
        raise DomainError("De datum ligt voor de opdracht, of in de toekomst.")
    actie.gedaan_op, actie.gedaan_door = datetime.combine(datum, time(12), AMSTERDAM), by
    actie.save(update_fields=["gedaan_op", "gedaan_door"])
    record("meldplicht.gedaan", actie, by=by)
    return actie


@transaction.atomic
def skip(actie: Actie, *, by: Gebruiker, reden: str) -> Actie:
    """Not needed, with a reason. Raises NotAuthorised, DomainError."""
    actie = _lock(actie, by)
    if actie.gedaan_op:
        raise DomainError("Deze melding is al gedaan.")
    if not reden.strip():
        raise DomainError("Schrijf op waarom het niet nodig is.")
    if actie.grondslag == SVB_MELDEN:
        actie.grondslag = SVB_NIET
    actie.omschrijving = f"Niet nodig: {reden.strip()}"[:200]
    actie.gedaan_op, actie.gedaan_door = timezone.now(), by
    actie.save(update_fields=["grondslag", "omschrijving", "gedaan_op", "gedaan_door"])
    record("meldplicht.niet_nodig", actie, by=by)
    return actie


@transaction.atomic
def undo(actie: Actie, *, by: Gebruiker) -> Actie:
    """It was ticked off by mistake. Raises NotAuthorised, DomainError."""
    actie = _lock(actie, by)
    if actie.gedaan_op is None or actie.grondslag == SVB_NIET:
        raise DomainError("Dit kan niet terug: het is nog open, of niet nodig genoemd.")
    actie.gedaan_op = actie.gedaan_door = None
    actie.save(update_fields=["gedaan_op", "gedaan_door"])
    record("meldplicht.terug", actie, by=by)
    return actie
