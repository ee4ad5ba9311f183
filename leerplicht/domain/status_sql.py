"""The status on one day as an SQL expression, for populations and bulk work.

    Jongere.objects.annotate(leerplichtstatus=status_on(day))
    Jongere.objects.filter(under_duty_on(day))    # cheaper: exempted or not, no exemptions read

On a fixed day every age rule compares `geboortedatum` with a constant (grenzen.py), so
PostgreSQL reads the birth date and, only where it matters, probes diplomas, enrolments and
exemptions by their index on jongere. Equal to status.py by test. For a melding, whose day differs
per row, use `grenzen(day)` with `under_duty` in Python: a microsecond a row.
"""

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from casework.codes import Onderwijssoort
from casework.gronden import GRONDEN, Plicht
from casework.models import Diploma, Inschrijving
from casework.schoolvakanties import Regio
from leerplicht.models import Vrijstelling

from .dossierfeiten import PRO_PATTERN, PRO_SOORTEN, VSO_UITGEZONDERD
from .grenzen import Grenzen
from .regels import Regels
from .status import Statuscode

UNDER_DUTY = tuple(code.value for code in Statuscode if code.under_duty)


def status_on(
    day: date, *, regio: Regio | None = None, regels: Regels | None = None, prefix: str = ""
) -> Case:
    """Statuscode of each jongere on the day; `prefix` reaches the jongere ("jongere__").

    Without `regio` only weekends and public holidays shift the start of leerplicht; on a
    reference day in term time a region gives the same.
    """
    regels = regels or Regels.on(day)
    op = Grenzen.on(day, regels, regio)
    born = f"{prefix}geboortedatum"
    leer, kwal = _leerplicht(op, regels, prefix), _kwalificatieplicht(op, regels, prefix)
    dsp = Q(**{f"{born}__gte": op.doorstroompunt}) & ~startkwalificatie_on(day, prefix)
    if not regels.dsp_open_vrijstelling_telt:
        dsp &= ~_open_vrijstelling_on(day, prefix)
    rows: list[tuple[Q, Statuscode]] = [
        (~resident_on(day, prefix), Statuscode.BUITEN_DOELGROEP),
        (Q(**{f"{born}__gte": op.begin}), Statuscode.GEEN),
        (leer & vrijgesteld_on(day, Plicht.LEERPLICHT, regels, prefix), Statuscode.VRIJGESTELD),
        (leer, Statuscode.LEERPLICHTIG),
        (
            kwal & vrijgesteld_on(day, Plicht.KWALIFICATIEPLICHT, regels, prefix),
            Statuscode.VRIJGESTELD,
        ),
        (kwal, Statuscode.KWALIFICATIEPLICHTIG),
        (dsp, Statuscode.DOORSTROOMPUNT),
    ]
    return Case(
        *(When(condition, then=Value(code.value)) for condition, code in rows),
        default=Value(Statuscode.BUITEN_DOELGROEP.value),
        output_field=CharField(),
    )


def under_duty_on(
    day: date, *, regio: Regio | None = None, regels: Regels | None = None, prefix: str = ""
) -> Q:
    """Residents under leerplicht or kwalificatieplicht on the day, exempted or not."""
    regels = regels or Regels.on(day)
    op = Grenzen.on(day, regels, regio)
    oldest, youngest = f"{prefix}geboortedatum__gte", f"{prefix}geboortedatum__lt"
    # First the plain range, so that an index on the birth date can serve.
    born = Q(**{oldest: min(op.achttien, op.einde), youngest: op.begin})
    plicht = _leerplicht(op, regels, prefix) | _kwalificatieplicht(op, regels, prefix)
    return born & resident_on(day, prefix) & plicht


def under_leerplicht_on(day: date, *, regels: Regels | None = None, prefix: str = "") -> Q:
    """Whose leerplicht is not over; narrower than `under_duty_on`, for who is under a duty."""
    regels = regels or Regels.on(day)
    return _leerplicht(Grenzen.on(day, regels), regels, prefix)


def _leerplicht(op: Grenzen, regels: Regels, prefix: str) -> Q:
    """Not over yet, for who was born before op.begin."""
    return Q(**{f"{prefix}geboortedatum__gte": op.einde}) & ~_twaalf_schooljaren(
        op.datum, regels, prefix
    )


def _kwalificatieplicht(op: Grenzen, regels: Regels, prefix: str) -> Q:
    """Not over yet, for whose leerplicht is."""
    return (
        Q(**{f"{prefix}geboortedatum__gte": op.achttien})
        & ~startkwalificatie_on(op.datum, prefix)
        & ~uitgezonderd_on(op.datum, regels, prefix)
    )


def resident_on(day: date, prefix: str = "") -> Q:
    """Not deceased, departed or still to arrive; a return after a departure counts again."""
    aankomst, vertrek = f"{prefix}datum_vestiging_nl", f"{prefix}datum_vertrek"
    arrived = Q(**{f"{aankomst}__isnull": True}) | Q(**{f"{aankomst}__lte": day})
    staying = Q(**{f"{vertrek}__isnull": True}) | Q(**{f"{vertrek}__gt": day})
    returned = Q(**{f"{aankomst}__gt": F(vertrek)})
    alive = Q(**{f"{prefix}datum_overlijden__isnull": True}) | Q(
        **{f"{prefix}datum_overlijden__gt": day}
    )
    back = Q(**{f"{aankomst}__lte": day}) | Q(**{f"{vertrek}__gt": day})
    return alive & ((returned & back) | (~_true(returned) & arrived & staying))


def _true(condition: Q) -> Q:
    """The condition with NULL taken as false, so that its negation holds for NULL."""
    return Q(Case(When(condition, then=Value(True)), default=Value(False)))


def startkwalificatie_on(day: date, prefix: str = "") -> Q:
    rows = Diploma.objects.filter(
        jongere=OuterRef(f"{prefix}pk"), startkwalificatie=True, datum__lte=day
    )
    return Q(Exists(rows))


def uitgezonderd_on(day: date, regels: Regels, prefix: str = "") -> Q:
    """R9, R10: praktijkonderwijs bewijs held, or vso with an excepted profile followed."""
    pro = Diploma.objects.filter(
        Q(naam__iregex=PRO_PATTERN) | Q(niveau__iregex=PRO_PATTERN),
        jongere=OuterRef(f"{prefix}pk"),
        soort__in=sorted(PRO_SOORTEN),
        startkwalificatie=False,
        datum__lte=day,
    )
    vso = Inschrijving.objects.filter(
        jongere=OuterRef(f"{prefix}pk"),
        onderwijssoort=Onderwijssoort.VSO,
        uitstroomprofiel__in=sorted(VSO_UITGEZONDERD),
        begindatum__lte=day,
    )
    if regels.vso_ruim:
        return Q(Exists(pro)) | Q(Exists(vso))
    still = vso.filter(Q(einddatum__isnull=True) | Q(einddatum__gt=day))
    return Q(Exists(pro)) | (Q(Exists(vso)) & ~Q(Exists(still)))


def vrijgesteld_on(day: date, plicht: Plicht, regels: Regels, prefix: str = "") -> Q:
    gronden = [
        grond.code
        for grond in GRONDEN.values()
        if (plicht in grond.heft_op or (grond.seizoen and regels.trekkend_ook_kwalificatieplicht))
        and (not grond.seizoen or regels.in_seizoen(day))
    ]
    rows = Vrijstelling.objects.valid_on(day).filter(
        jongere=OuterRef(f"{prefix}pk"), grond__in=gronden
    )
    return Q(Exists(rows))


def _open_vrijstelling_on(day: date, prefix: str) -> Q:
    rows = Vrijstelling.objects.valid_on(day).filter(
        jongere=OuterRef(f"{prefix}pk"), grond="5a", einddatum__isnull=True
    )
    return Q(Exists(rows))


def _twaalf_schooljaren(day: date, regels: Regels, prefix: str) -> Q:
    """R4: enough school years, counted on the day; a year that ends today ends at midnight."""
    genoeg = regels.schooljaren_einde_leerplicht
    if (day.month, day.day) == (7, 31):
        genoeg += 1
    return _true(Q(**{f"{prefix}schooljaren_voltooid__gte": genoeg}))
