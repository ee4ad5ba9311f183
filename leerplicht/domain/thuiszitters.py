"""Who is at home without education: the clock of a stay at home, and what is decided about it.

The label comes by night (thuiszitlabel.py) or by hand; it goes when somebody says how it ended,
because only a person knows whether a youth is really back.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from accounts.gebeurtenissen import build, record, record_many
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.kalender import add_months, add_werkdagen
from casework.models import Actie, Jongere
from casework.parameters import waarde
from casework.schooljaar import amsterdam_date
from leerplicht.codes import Thuiszitbron
from leerplicht.models import Plaatswacht, Thuiszitter, Thuiszitterstafel, Vrijstelling

from .status_sql import under_duty_on

SCHRIJVEN: Final = "leerplicht.schrijven"
PER_KEER: Final = 500
# Months at home after which it goes one step up: to the table, the board, the wethouder.
STAPPEN: Final = ("4 weken", "3 maanden", "6 maanden", "12 maanden")


@dataclass(frozen=True, slots=True)
class Klok:
    """How long, how far, and when the next step comes."""

    dagen: int
    fase: str
    volgende: str = ""
    volgende_op: date | None = None

    @property
    def lang(self) -> bool:
        """Longer than three months: what is counted for the whole country."""
        return self.fase in STAPPEN[1:]


def borders(sinds: date, day: date) -> list[tuple[str, date]]:
    """The first day of each phase; longer than four weeks begins on day 29."""
    weken = timedelta(days=waarde("thuiszitter_dagen", day))
    months = waarde("thuiszitter_escalatie_maanden", day)
    later = [add_months(sinds, n) for n in months]
    return list(zip(STAPPEN, [sinds + weken, *later], strict=True))


def clock(sinds: date, day: date) -> Klok:
    """On this day; `dagen` counts the first day at home as 1."""
    fase = "dreigend"
    volgende: tuple[str, date] | None = None
    for naam, begin in borders(sinds, day):
        if begin <= day:
            fase = naam
        elif volgende is None:
            volgende = (naam, begin)
    return Klok((day - sinds).days + 1, fase, *(volgende or ("", None)))


def table_term(day: date) -> date:
    return add_werkdagen(day, waarde("thuiszitter_actietafel_werkdagen", day))


def to_do(row: Thuiszitter, tekst: str, uiterlijk: date, grond: str) -> Actie:
    return make_actie(
        row,
        tekst,
        uiterlijk,
        taak=Taak.LEERPLICHT,
        grondslag=f"thuiszitter:{grond}",
        werkproces=row.werkproces,
        toegewezen_aan_id=row.regisseur_id,
    )


def escalate(day: date) -> int:
    """Every night: something to do on the day a phase begins; number of new ones.

    In chunks of one transaction and a few queries each, however many are at home.
    """
    # A month has 28 days at least; the clock says it to the day.
    first = day - timedelta(days=28 * min(waarde("thuiszitter_escalatie_maanden", day)))
    made, last = 0, 0
    while True:
        last, new = _escalate_after(last, first, day)
        made += new
        if not last:
            return made


@transaction.atomic
def _escalate_after(pk: int, first: date, day: date) -> tuple[int, int]:
    """The next chunk: its last key (0: there is none), and how many were made."""
    still = under_duty_on(day, prefix="jongere__")
    open_rows = Thuiszitter.objects.open().filter(still, pk__gt=pk, sinds__lte=first).order_by("pk")
    rows = list(open_rows.select_for_update(of=("self",)).select_related("werkproces")[:PER_KEER])
    if not rows:
        return 0, 0
    done: dict[tuple[int, str], date] = {}
    told = Actie.objects.filter(
        jongere__in=[row.jongere_id for row in rows], grondslag__startswith="thuiszitter:"
    )
    for jongere, grond, moment in told.values_list("jongere", "grondslag", "aangemaakt_op"):
        done[jongere, grond] = max(done.get((jongere, grond), date.min), amsterdam_date(moment))
    acties, events = [], []
    for row in rows:
        fase = clock(row.sinds, day).fase
        grond = fase.replace(" ", "-")
        known = done.get((row.jongere_id, f"thuiszitter:{grond}"), date.min) >= row.sinds
        if fase not in STAPPEN[1:] or known:
            continue
        wat = "Bespreek de voortgang" if row.aanbod_op else "Breng dit naar wie mag doorzetten"
        acties.append(to_do(row, f"{fase} thuis. {wat}", table_term(day), grond))
        events.append(
            build("thuiszitter.opgeschaald", row, by=None, taak=Taak.LEERPLICHT, fase=grond)
        )
    Actie.objects.bulk_create(acties)
    record_many(events)
    return rows[-1].pk, len(acties)


@transaction.atomic
def enter(
    jongere: Jongere, *, by: Gebruiker, sinds: date, day: date, reden: str = ""
) -> Thuiszitter:
    """By hand: no report says so, or it threatens to come. Raises NotAuthorised, DomainError."""
    jongere = Jongere.objects.select_for_update(of=("self",)).get(pk=jongere.pk)
    require(by, SCHRIJVEN, jongere.gemeente_id)
    if sinds > day:
        raise DomainError("De eerste dag thuis ligt in de toekomst.")
    if Thuiszitter.objects.open().filter(jongere=jongere).exists():
        raise DomainError("Deze jongere staat al in de lijst van thuiszitters.")
    if not Jongere.objects.filter(under_duty_on(day), pk=jongere.pk).exists():
        raise DomainError("De jongere valt nu niet onder de leerplicht of kwalificatieplicht.")
    if Vrijstelling.objects.valid_on(day).filter(jongere=jongere).exists():
        raise DomainError("De jongere heeft nu een vrijstelling, dus is geen thuiszitter.")
    row = Thuiszitter.objects.create(
        jongere=jongere,
        gemeente_id=jongere.gemeente_id,
        bron=Thuiszitbron.HAND,
        sinds=sinds,
        label_op=day,
        reden=reden,
    )
    record("thuiszitter.label", row, by=by, taak=Taak.LEERPLICHT, bron=row.bron)
    ask_for_table(row, day)
    return row


def ask_for_table(row: Thuiszitter, day: date) -> None:
    """Something to do: within some werkdagen of the label; not before the four weeks are over."""
    begin = max(day, borders(row.sinds, day)[0][1])
    tafel = "Actietafel: plan van aanpak met alle betrokkenen"
    to_do(row, tafel, table_term(begin), "actietafel").save()


def _writable(row: Thuiszitter, by: Gebruiker) -> Thuiszitter:
    row = Thuiszitter.objects.select_for_update().get(pk=row.pk)
    require(by, SCHRIJVEN, row.gemeente_id or row.jongere.gemeente_id)
    if row.einde_op:
        raise DomainError("Deze thuiszitter is al afgesloten.")
    return row


@transaction.atomic
def update(row: Thuiszitter, *, by: Gebruiker, day: date, **velden: object) -> Thuiszitter:
    """What the regisseur decides. Raises NotAuthorised, DomainError for days to come."""
    row = _writable(row, by)
    changed = [naam for naam, value in velden.items() if getattr(row, naam) != value]
    for naam in changed:
        setattr(row, naam, velden[naam])
    if row.sinds > day:
        raise DomainError("De eerste dag thuis ligt in de toekomst.")
    for naam in ("plan_op", "aanbod_op", "doorzetting_op"):
        value = getattr(row, naam)
        if value and not row.sinds <= value <= day:
            raise DomainError("Een datum ligt voor de eerste dag thuis, of in de toekomst.")
    if bool(row.doorzetting_op) != bool(row.doorzetting_door):
        raise DomainError("Vul in wie mag doorzetten, en op welke dag die is gevraagd.")
    row.save()
    if changed:
        record("thuiszitter.gewijzigd", row, by=by, taak=Taak.LEERPLICHT, velden=changed)
    return row


@transaction.atomic
def close(
    row: Thuiszitter, *, by: Gebruiker, einde_op: date, resultaat: str, day: date
) -> Thuiszitter:
    """Raises NotAuthorised, DomainError when closed already or the day cannot be."""
    row = _writable(row, by)
    if not row.sinds <= einde_op <= day:
        raise DomainError("De laatste dag ligt voor de eerste dag thuis, of in de toekomst.")
    row.einde_op, row.resultaat = einde_op, resultaat
    row.save(update_fields=["einde_op", "resultaat"])
    acties = Actie.objects.filter(jongere=row.jongere_id, grondslag__startswith="thuiszitter:")
    acties.filter(gedaan_op__isnull=True).delete()
    record("thuiszitter.afgesloten", row, by=by, taak=Taak.LEERPLICHT, resultaat=resultaat)
    return row


@transaction.atomic
def agree(
    row: Thuiszitter,
    *,
    by: Gebruiker,
    tekst: str,
    eigenaar: str,
    uiterlijk_op: date,
    tafel: Thuiszitterstafel | None = None,
) -> None:
    """`tafel`: where it was agreed. Raises NotAuthorised, DomainError when closed already."""
    row = _writable(row, by)
    if tafel and not row.punten.filter(tafel=tafel).exists():
        raise DomainError("Deze jongere stond niet op de agenda van deze tafel.")
    row.afspraken.create(tekst=tekst, eigenaar=eigenaar, uiterlijk_op=uiterlijk_op, tafel=tafel)
    record("thuiszitter.afspraak", row, by=by, taak=Taak.LEERPLICHT)


@transaction.atomic
def tick(row: Thuiszitter, afspraak_uuid: str, *, by: Gebruiker, day: date) -> None:
    """An agreement was kept. Raises NotAuthorised, DomainError."""
    row = _writable(row, by)
    if not row.afspraken.filter(uuid=afspraak_uuid, gedaan_op=None).update(gedaan_op=day):
        raise DomainError("Deze afspraak is al gedaan.")
    record("thuiszitter.afspraak_gedaan", row, by=by, taak=Taak.LEERPLICHT)


@transaction.atomic
def wait_for_place(
    jongere: Jongere, *, by: Gebruiker, soort: str, aangevraagd_op: date, day: date
) -> Plaatswacht:
    """Raises NotAuthorised, DomainError for a day to come or a second time."""
    require(by, SCHRIJVEN, jongere.gemeente_id)
    if aangevraagd_op > day:
        raise DomainError("De dag van de aanvraag ligt in de toekomst.")
    if Plaatswacht.objects.waiting().filter(jongere=jongere, soort=soort).exists():
        raise DomainError("Deze jongere wacht al op zo'n plaats.")
    row = Plaatswacht.objects.create(
        jongere=jongere, gemeente=jongere.gemeente, soort=soort, aangevraagd_op=aangevraagd_op
    )
    record("plaatswacht.begonnen", row, by=by, taak=Taak.LEERPLICHT, soort=soort)
    return row


@transaction.atomic
def end_waiting(
    row: Plaatswacht, *, by: Gebruiker, klaar_op: date, geplaatst: bool, day: date
) -> Plaatswacht:
    """Raises NotAuthorised, DomainError."""
    row = Plaatswacht.objects.select_for_update().get(pk=row.pk)
    require(by, SCHRIJVEN, row.gemeente_id or row.jongere.gemeente_id)
    if row.klaar_op:
        raise DomainError("Deze jongere wacht hier niet meer.")
    if not row.aangevraagd_op <= klaar_op <= day:
        raise DomainError("De dag ligt voor de aanvraag, of in de toekomst.")
    row.klaar_op, row.geplaatst = klaar_op, geplaatst
    row.save(update_fields=["klaar_op", "geplaatst"])
    record("plaatswacht.klaar", row, by=by, taak=Taak.LEERPLICHT, geplaatst=geplaatst)
    return row
