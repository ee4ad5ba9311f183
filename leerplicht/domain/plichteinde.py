"""By night: the duty of a youth is over, or the youth moved, while work on it is still open.

A person decides what then happens, so it gives something to do, once for each werkproces; it goes
when the reason went or the work was closed. A stay at home ends with the duty by itself.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.gebeurtenissen import build, record_many
from accounts.models import Gebeurtenis
from accounts.rechten import Taak
from casework.codes import Regime, Werkprocessoort
from casework.domain.acties import make_actie
from casework.kalender import add_werkdagen
from casework.models import Actie, Jongere, Werkproces
from casework.parameters import waarde
from leerplicht.codes import Thuiszitresultaat
from leerplicht.models import Thuiszitter

from .dossierfeiten import feiten_of, stays
from .status import leerplichtstatus
from .status_sql import under_duty_on

SLOT: Final = 7_201_973  # of the lock: one run at a time
PER_KEER: Final = 500
EINDE, VERHUISD, THUIS_VERHUISD = "plicht:einde", "plicht:verhuisd", "thuiszitter:verhuisd"
# Exemptions end by their own calendar, leave by its decision.
SOORTEN: Final = (
    Werkprocessoort.RELATIEF,
    Werkprocessoort.TELAAT,
    Werkprocessoort.LUXE,
    Werkprocessoort.ABSOLUUT,
    Werkprocessoort.ZORG,
    Werkprocessoort.THUISZITTER,
)
TEKST: Final = {
    EINDE: "Valt niet meer onder de plicht. Draag over aan het Doorstroompunt of sluit af",
    VERHUISD: "Woont in een andere gemeente. Sluit af en draag het dossier over",
    THUIS_VERHUISD: "Deze thuiszitter woont in een andere gemeente. Draag over of sluit af",
}


def follow(day: date) -> dict[str, int]:
    """Each night; a second run, or two at a time, makes nothing twice."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        ended = _end_stays(day)
        over = _werkprocessen().filter(~_under_duty(day))
        # Longer ago it came with a package; nobody tells those anew.
        since = day - timedelta(weeks=waarde("plicht_terugkijken_weken", day))
        recent = over.filter(_under_duty(since))
        moved, home = _elsewhere(_werkprocessen()), _elsewhere(Thuiszitter.objects.open())
        made = [
            *(_signal(row, EINDE, day) for row in recent.exclude(_told(EINDE))),
            *(_signal(row, VERHUISD, day) for row in moved.exclude(_told(VERHUISD))),
            *(_signal(row, THUIS_VERHUISD, day) for row in home.exclude(_told_of_stay())),
        ]
        Actie.objects.bulk_create(made, batch_size=PER_KEER)
        record_many([build("plicht.signaal", actie, by=None) for actie in made])
        gone = Actie.objects.open().filter(
            Q(grondslag=EINDE) & ~Q(werkproces__in=over)
            | Q(grondslag=VERHUISD) & ~Q(werkproces__in=moved)
            | Q(grondslag=THUIS_VERHUISD) & ~Q(jongere__in=home.values("jongere")),
            regime=Regime.AVG,
        )
        return {"beeindigd": ended, "signalen": len(made), "vervallen": gone.delete()[0]}


def _werkprocessen() -> "QuerySet[Werkproces]":
    """Without police data, which have their own calendar; a strafzaak goes on after the duty."""
    rows = Werkproces.objects.open().filter(
        taak=Taak.LEERPLICHT, soort__in=SOORTEN, regime=Regime.AVG
    )
    return rows.exclude(toestand="strafrecht")


def _under_duty(day: date) -> Exists:
    """Never unknown, so that its negation holds for who has no date of departure."""
    return Exists(Jongere.objects.filter(under_duty_on(day), pk=OuterRef("jongere")))


def _elsewhere(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of youths who live in another gemeente now than where the work is."""
    known = rows.filter(gemeente__isnull=False, jongere__gemeente__isnull=False)
    return known.exclude(gemeente=F("jongere__gemeente"))


def _told(grond: str) -> Exists:
    return Exists(Actie.objects.filter(werkproces=OuterRef("pk"), grondslag=grond))


def _told_of_stay() -> Exists:
    rows = Actie.objects.filter(jongere=OuterRef("jongere"), grondslag=THUIS_VERHUISD)
    return Exists(rows.filter(aangemaakt_op__date__gte=OuterRef("label_op")))


def _signal(over: Werkproces | Thuiszitter, grond: str, day: date) -> Actie:
    werkproces = over if isinstance(over, Werkproces) else None
    wie = over.behandelaar_id if isinstance(over, Werkproces) else over.regisseur_id
    return make_actie(
        over,
        TEKST[grond],
        add_werkdagen(day, waarde("plicht_signaal_werkdagen", day)),
        taak=Taak.LEERPLICHT,
        grondslag=grond,
        werkproces=werkproces,
        toegewezen_aan_id=wie,
    )


def _end_stays(day: date) -> int:
    """Label and steps up end with the duty, on its last day."""
    rows = Thuiszitter.objects.open().filter(~_under_duty(day))
    rows = rows.select_for_update(of=("self",)).select_related("jongere__gemeente")
    found = list(
        rows.prefetch_related(
            "jongere__diplomas", "jongere__inschrijvingen", "jongere__vrijstellingen"
        )
    )
    for row in found:
        row.resultaat, last = _last_day(row.jongere, day)
        row.einde_op = max(row.sinds, last)
    Thuiszitter.objects.bulk_update(found, ["einde_op", "resultaat"], batch_size=PER_KEER)
    record_many([_closed(row) for row in found])
    acties = Actie.objects.open().filter(jongere__in=[row.jongere_id for row in found])
    acties.filter(grondslag__startswith="thuiszitter:").delete()
    return len(found)


def _closed(row: Thuiszitter) -> Gebeurtenis:
    return build(
        "thuiszitter.afgesloten", row, by=None, taak=Taak.LEERPLICHT, resultaat=row.resultaat
    )


def _last_day(jongere: Jongere, day: date) -> tuple[str, date]:
    """Of the duty, by age or diploma, or of living here; and which of the two it was."""
    status = leerplichtstatus(feiten_of(jongere, day), day)
    ends = [
        duty.tot
        for duty in (status.leerplicht, status.kwalificatieplicht)
        if duty and duty.tot and duty.tot <= day
    ]
    last = max(ends, default=day) - timedelta(days=1)
    left = not jongere.datum_overlijden and not any(day in stay for stay in stays(jongere))
    return Thuiszitresultaat.VERHUISD if left else Thuiszitresultaat.EINDE_PLICHT, last
