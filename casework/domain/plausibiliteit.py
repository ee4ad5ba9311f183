"""What looks odd in a melding: a hint for the talk with school, never a reason to refuse.

The school counts the hours (Lpw art. 21a); the gemeente only looks along.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.codes import DuoStatus, Meldingsoort
from casework.kalender import end_of_lesweken, is_schooldag, vakantie_on, werkdagen_between
from casework.models import Verzuimdag, Verzuimmelding
from casework.parameters import waarden
from casework.perioden import Periode
from casework.schoolvakanties import Regio

ZESTIEN_UUR = frozenset({Meldingsoort.V3, Meldingsoort.V4})
DOORLOPEND = ZESTIEN_UUR | {Meldingsoort.LRV, Meldingsoort.RMC}
NAMEN = (
    "verzuim_uren", "verzuim_lesweken", "langdurig_dagen", "melding_school_werkdagen",
    "melding_interval_dagen", "melding_herhaald_lrv",
)  # fmt: skip  # read as a table


def plausibility(
    melding: Verzuimmelding, others: list[Verzuimmelding], dagen: Iterable[Verzuimdag] = ()
) -> list[str]:
    regel = waarden(NAMEN, melding.melddatum)
    regio = Regio(melding.gemeente.vakantieregio) if melding.gemeente else None
    rest = [m for m in others if m.pk != melding.pk and m.status != DuoStatus.I]
    return [
        *_period(melding, regio),
        *_sixteen_hours(melding, list(dagen), regio, regel),
        *_long(melding, regel),
        *_beside(melding, rest, regel),
        *_late(melding, regel),
    ]


def _period(melding: Verzuimmelding, regio: Regio | None) -> Iterator[str]:
    begin, einde = melding.begindatum, melding.einddatum
    for day, welke in ((begin, "eerste"), (einde, "laatste")):
        if day is None or (welke == "laatste" and day == begin):
            continue
        if regio and (vakantie := vakantie_on(day, regio)):
            yield f"De {welke} verzuimdag valt in de {vakantie.naam.lower()}."
        elif not is_schooldag(day, None):
            yield f"De {welke} verzuimdag is een vrije dag."
    if einde is None and melding.soort in DOORLOPEND:
        yield "De laatste verzuimdag staat er niet bij."


def _sixteen_hours(
    melding: Verzuimmelding, dagen: list[Verzuimdag], regio: Regio | None, regel: Mapping[str, Any]
) -> Iterator[str]:
    if melding.soort not in ZESTIEN_UUR:
        return
    norm, weken = Decimal(regel["verzuim_uren"]), regel["verzuim_lesweken"]
    begin, einde = melding.begindatum, melding.einddatum
    if begin and einde and einde >= end_of_lesweken(begin, weken, regio):
        yield f"De periode is langer dan {weken} lesweken."
    if melding.uren is not None and melding.uren < norm:
        yield f"Er staan minder dan {norm} uren."
    uren = sorted((dag.datum, hours) for dag in dagen if (hours := hours_of(dag)) is not None)
    if not uren or len(uren) < len(dagen):
        return  # without hours for every day nothing can be added up
    reached = day_of_hour(uren, norm, weken, regio)
    if reached is None:
        yield f"Er is geen periode van {weken} lesweken met {norm} uren in de opgegeven dagen."
    elif einde and reached != einde:
        yield f"Uur {norm} valt op {reached:%d-%m-%Y}; de melding eindigt op {einde:%d-%m-%Y}."


def day_of_hour(
    uren: list[tuple[date, Decimal]], norm: Decimal, weken: int, regio: Regio | None
) -> date | None:
    """First day on which the norm is reached inside some window; each day may start one."""
    found = []
    for start, _ in uren:
        end, total = end_of_lesweken(start, weken, regio), Decimal(0)
        for day, hours in uren:
            if start <= day < end:
                total += hours
                if total >= norm:
                    found.append(day)
                    break
    return min(found, default=None)


def hours_of(dag: Verzuimdag) -> Decimal | None:
    """Clock hours, else one for each lesson; None when the row says neither."""
    if dag.klokuren is not None:
        return dag.klokuren
    lessen = [deel for deel in dag.lesuren.split(",") if deel.strip()]
    return Decimal(len(lessen)) if lessen else None


def _long(melding: Verzuimmelding, regel: Mapping[str, Any]) -> Iterator[str]:
    begin, einde = melding.begindatum, melding.einddatum
    if melding.soort == Meldingsoort.LRV and begin:
        days = ((einde or melding.melddatum) - begin).days + 1
        if days <= regel["langdurig_dagen"]:
            yield "Langdurig verzuim duurt langer dan 4 weken; deze periode is korter."


def _beside(
    melding: Verzuimmelding, others: list[Verzuimmelding], regel: Mapping[str, Any]
) -> Iterator[str]:
    begin = melding.begindatum
    for other in others:
        if begin and other.begindatum and _days(melding).overlap(_days(other)):
            yield f"De dagen overlappen met de melding van {other.melddatum:%d-%m-%Y}."
    if melding.soort not in ZESTIEN_UUR:
        return
    earlier = [m for m in others if m.soort == melding.soort and m.melddatum <= melding.melddatum]
    gap = timedelta(days=regel["melding_interval_dagen"])
    if any(melding.melddatum - m.melddatum < gap for m in earlier):
        yield f"Er is een melding van dezelfde soort binnen {gap.days} dagen."
    often = regel["melding_herhaald_lrv"]
    recent = [m for m in earlier if melding.melddatum - m.melddatum <= often * gap]
    if len(recent) + 1 >= often:
        yield f"Dit is melding {len(recent) + 1} in korte tijd. Moet school langdurig melden?"


def _late(melding: Verzuimmelding, regel: Mapping[str, Any]) -> Iterator[str]:
    """Within 5 working days after hour 16; for the other kinds no term is known."""
    if melding.soort in ZESTIEN_UUR and melding.einddatum:
        term = regel["melding_school_werkdagen"]
        after = melding.einddatum + timedelta(days=1)
        if werkdagen_between(after, melding.melddatum + timedelta(days=1)) > term:
            yield f"School meldde later dan {term} werkdagen na de laatste verzuimdag."
    if melding.begindatum and (melding.melddatum - melding.begindatum).days > 60:
        yield "De melding kwam meer dan 60 dagen na de eerste verzuimdag."


def _days(melding: Verzuimmelding) -> Periode:
    return Periode.through(melding.begindatum, melding.einddatum or melding.begindatum)
