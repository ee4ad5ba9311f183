"""By night: who gets the label of thuiszitter, and since which day.

It follows from absence that lasts (Thuiszitterspact 2016): langdurig relatief verzuim, or absoluut
verzuim, longer than four weeks.
"""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.fields import DurationField

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.codes import DuoStatus, Onderwijssoort, Regime, Werkprocessoort
from casework.models import Jongere, Verzuimmelding, Werkproces
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from leerplicht.codes import GELDIG, Thuiszitbron, Thuiszitresultaat
from leerplicht.models import Thuiszitter, Vrijstelling

from . import plicht
from .dossierfeiten import feiten_of
from .regels import Regels
from .status_sql import under_duty_on
from .thuiszitters import ask_for_table

# A signal nobody looked into yet, or it is not sure that the youth lives here.
RUIS: Final = ("gesignaleerd", "controle", "adresonderzoek")


def label_due(day: date) -> int:
    """Every night: give the label to who is at home long enough; number of new labels."""
    weken = timedelta(days=waarde("thuiszitter_dagen", day))
    done = sum(_label(m, m.begindatum, day) for m in _meldingen(weken, day) if m.begindatum)
    for proces in _processen(day):
        begin = without_school_since(proces)
        if begin <= day - weken:
            done += _label(proces, begin, day)
    return done


def _free(day: date) -> Q:
    """Rows of youths under the duty who have no label yet, and no exemption."""
    labels = Thuiszitter.objects.open().filter(jongere=OuterRef("jongere"))
    exempt = Vrijstelling.objects.valid_on(day).filter(jongere=OuterRef("jongere"))
    return under_duty_on(day, prefix="jongere__") & ~Q(Exists(labels)) & ~Q(Exists(exempt))


def _meldingen(weken: timedelta, day: date) -> list[Verzuimmelding]:
    """Open ones that lasted long enough. DUO asks for an end date, so that it lies in the past is
    no sign that the youth is back; reports from before the last schooljaar are old papers.
    """
    lrv = Q(vastgestelde_soort="LRV") | Q(vastgestelde_soort="", soort="LRV")
    lang = ExpressionWrapper(
        F("begindatum") + Value(weken, output_field=DurationField()), output_field=DateField()
    )
    lasts = Q(einddatum=None) | Q(einddatum__gte=day) | Q(einddatum__gte=lang)
    judged = Thuiszitter.objects.filter(
        Q(melding=OuterRef("pk")) | Q(einde_op__gte=OuterRef("einddatum")),
        jongere=OuterRef("jongere"),
        einde_op__isnull=False,
    )
    rows = Verzuimmelding.objects.filter(
        _free(day),
        lrv,
        lasts,
        ~Exists(judged),
        taak=Taak.LEERPLICHT,
        afgesloten_op=None,
        begindatum__lte=day - weken,
        melddatum__gte=Schooljaar.of(day).vorige.start,
    ).exclude(status__in=(DuoStatus.I, DuoStatus.K, DuoStatus.G))
    return list(rows.select_related("werkproces").order_by("begindatum", "pk"))


def _processen(day: date) -> list[Werkproces]:
    judged = Thuiszitter.objects.filter(werkproces=OuterRef("pk"), einde_op__isnull=False)
    rows = Werkproces.objects.open().filter(
        _free(day), ~Exists(judged), soort=Werkprocessoort.ABSOLUUT, regime=Regime.AVG
    )
    rows = rows.exclude(toestand__in=RUIS).select_related("jongere__gemeente")
    rows = rows.prefetch_related(
        "jongere__diplomas", "jongere__inschrijvingen", "jongere__vrijstellingen"
    )
    return list(rows.order_by("gestart_op", "pk"))


def without_school_since(proces: Werkproces) -> date:
    """First day under the duty without enrolment or exemption, up to the signal.

    Where no school is known and the duty began before the last schooljaar the registers do not
    reach back far enough: then the day of the signal, which a person can correct.
    """
    jongere, signaal = proces.jongere, proces.gestart_op
    start = plicht.leerplicht_start(feiten_of(jongere, signaal), Regels.on(signaal))
    last_days = [
        i.einddatum
        for i in jongere.inschrijvingen.all()
        if i.onderwijssoort != Onderwijssoort.BUITENLAND and i.einddatum
    ]
    last_days += [
        v.einddatum for v in jongere.vrijstellingen.all() if v.einddatum and v.besluit in GELDIG
    ]
    days = [day + timedelta(days=1) for day in last_days]
    days += [jongere.datum_vestiging_nl] if jongere.datum_vestiging_nl else []
    if not days and start < Schooljaar.of(signaal).vorige.start:
        return signaal
    return max((day for day in [start, *days] if day <= signaal), default=signaal)


@transaction.atomic
def _label(source: Verzuimmelding | Werkproces, begin: date, day: date) -> bool:
    """One youth in one transaction, held meanwhile: a second run at the same time does nothing."""
    jongere = Jongere.objects.select_for_update().get(pk=source.jongere_id)
    if Thuiszitter.objects.open().filter(jongere=jongere).exists():
        return False
    melding = source if isinstance(source, Verzuimmelding) else None
    werkproces = source.werkproces if isinstance(source, Verzuimmelding) else source
    if werkproces and werkproces.is_wpg:
        werkproces = None  # that it exists is police data, and a thuiszitter is not
    row = _again(jongere.pk, begin, day) or Thuiszitter(
        jongere=jongere, gemeente_id=source.gemeente_id, sinds=begin, label_op=day
    )
    row.bron = Thuiszitbron.LRV if melding else Thuiszitbron.ABSOLUUT
    row.einde_op, row.resultaat, row.melding, row.werkproces = None, "", melding, werkproces
    if row.regisseur is None and werkproces:
        row.regisseur = werkproces.behandelaar
    row.save()
    record("thuiszitter.label", row, by=None, taak=Taak.LEERPLICHT, bron=row.bron)
    ask_for_table(row, day)
    return True


def _again(jongere_id: int, begin: date, day: date) -> Thuiszitter | None:
    """Back at home before four weeks of regular school: the old clock runs on."""
    weken = timedelta(days=waarde("thuiszitter_herstel_dagen", day))
    rows = Thuiszitter.objects.filter(jongere=jongere_id, einde_op__gt=begin - weken)
    return rows.filter(resultaat=Thuiszitresultaat.SCHOOL).order_by("-einde_op").first()
