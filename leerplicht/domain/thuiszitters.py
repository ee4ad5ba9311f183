"""Who is at home without education: the label, its clock, and what is decided about it.

The label follows from absence that lasts (Thuiszitterspact 2016): langdurig relatief verzuim, or
absoluut verzuim, longer than four weeks. It comes by the night; it goes when somebody says how it
ended, because only a person knows whether a youth is really back.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.gebeurtenissen import build, record, record_many
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime, Werkprocessoort
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.kalender import add_months, add_werkdagen
from casework.models import Actie, Jongere, Verzuimmelding, Werkproces
from casework.parameters import waarde
from casework.schooljaar import amsterdam_date
from leerplicht.codes import Thuiszitbron, Thuiszitresultaat
from leerplicht.models import Plaatswacht, Thuiszitter, Vrijstelling

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


def label_due(day: date) -> int:
    """Every night: give the label to who is at home long enough; number of new labels."""
    first = day - timedelta(days=waarde("thuiszitter_dagen", day))
    labels = [_label(melding, day) for melding in _meldingen(first, day)]
    return sum([*labels, *(_label(proces, day) for proces in _processen(first, day))])


def _free(day: date) -> Q:
    """Rows of youths who have no label yet, and no exemption."""
    labels = Thuiszitter.objects.open().filter(jongere=OuterRef("jongere"))
    exempt = Vrijstelling.objects.valid_on(day).filter(jongere=OuterRef("jongere"))
    return ~Q(Exists(labels)) & ~Q(Exists(exempt))


def _meldingen(first: date, day: date) -> list[Verzuimmelding]:
    lrv = Q(vastgestelde_soort="LRV") | Q(vastgestelde_soort="", soort="LRV")
    goes_on = Q(einddatum=None) | Q(einddatum__gte=day)
    rows = Verzuimmelding.objects.filter(
        _free(day), lrv, goes_on, taak=Taak.LEERPLICHT, afgesloten_op=None, begindatum__lte=first
    )
    return list(rows.select_related("werkproces").order_by("begindatum", "pk"))


def _processen(first: date, day: date) -> list[Werkproces]:
    rows = Werkproces.objects.open().filter(
        _free(day), soort=Werkprocessoort.ABSOLUUT, regime=Regime.AVG, gestart_op__lte=first
    )
    return list(rows.order_by("gestart_op", "pk"))


@transaction.atomic
def _label(source: Verzuimmelding | Werkproces, day: date) -> bool:
    """One youth in one transaction, held meanwhile: a second run at the same time does nothing."""
    jongere = Jongere.objects.select_for_update().get(pk=source.jongere_id)
    if Thuiszitter.objects.open().filter(jongere=jongere).exists():
        return False
    melding = source if isinstance(source, Verzuimmelding) else None
    werkproces = source.werkproces if isinstance(source, Verzuimmelding) else source
    if werkproces and werkproces.is_wpg:
        werkproces = None  # that it exists is police data, and a thuiszitter is not
    begin = source.begindatum if isinstance(source, Verzuimmelding) else source.gestart_op
    if begin is None:
        return False
    row = _again(jongere.pk, begin, day) or Thuiszitter(
        jongere=jongere, gemeente_id=source.gemeente_id, sinds=begin, label_op=day
    )
    row.bron = Thuiszitbron.LRV if melding else Thuiszitbron.ABSOLUUT
    row.einde_op, row.resultaat, row.melding, row.werkproces = None, "", melding, werkproces
    if row.regisseur is None and werkproces:
        row.regisseur = werkproces.behandelaar
    row.save()
    record("thuiszitter.label", row, by=None, taak=Taak.LEERPLICHT, bron=row.bron)
    tafel = "Actietafel: plan van aanpak met alle betrokkenen"
    _actie(row, tafel, _table_term(day), "actietafel").save()
    return True


def _again(jongere_id: int, begin: date, day: date) -> Thuiszitter | None:
    """Back at home before four weeks of regular school: the old clock runs on."""
    weken = timedelta(days=waarde("thuiszitter_herstel_dagen", day))
    rows = Thuiszitter.objects.filter(jongere=jongere_id, einde_op__gt=begin - weken)
    return rows.filter(resultaat=Thuiszitresultaat.SCHOOL).order_by("-einde_op").first()


def _table_term(day: date) -> date:
    return add_werkdagen(day, waarde("thuiszitter_actietafel_werkdagen", day))


def _actie(row: Thuiszitter, tekst: str, uiterlijk: date, grond: str) -> Actie:
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
    open_rows = Thuiszitter.objects.open().filter(pk__gt=pk, sinds__lte=first).order_by("pk")
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
        acties.append(_actie(row, f"{fase} thuis. {wat}", _table_term(day), grond))
        events.append(
            build("thuiszitter.opgeschaald", row, by=None, taak=Taak.LEERPLICHT, fase=grond)
        )
    Actie.objects.bulk_create(acties)
    record_many(events)
    return rows[-1].pk, len(acties)


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
    row: Thuiszitter, *, by: Gebruiker, tekst: str, eigenaar: str, uiterlijk_op: date
) -> None:
    """Raises NotAuthorised, DomainError when closed already."""
    row = _writable(row, by)
    row.afspraken.create(tekst=tekst, eigenaar=eigenaar, uiterlijk_op=uiterlijk_op)
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
