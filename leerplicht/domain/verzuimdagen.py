"""The days of absence of a werkproces: which there are, under which duty, with how many hours.

There is only an offence on a day with a running duty: an exemption lifts it (Lpw 5, 15), and so do
18 years and a startkwalificatie. A youth answers from his 12th birthday (Lpw 2 lid 3), and never
for enrolment (Lpw 2 lid 1).
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from casework.codes import Onderwijssoort, Werkprocessoort
from casework.domain.plausibiliteit import hours_of
from casework.leeftijd import age_on
from casework.models import Jongere, Verzuimdag, Verzuimmelding, Werkproces
from casework.parameters import waarde

from .dossierfeiten import feiten_of
from .status import Statuscode, leerplichtstatus

PLICHT: Final = frozenset({Statuscode.LEERPLICHTIG, Statuscode.KWALIFICATIEPLICHTIG})
# Absence of these is not being enrolled: it goes on, and the adults alone answer for it.
NIET_INGESCHREVEN: Final = frozenset({Werkprocessoort.ABSOLUUT, Werkprocessoort.VRIJSTELLING})
LANGSTE: Final = 200  # days of a melding without rows of its own
DAY: Final = timedelta(days=1)


def days_of(werkproces: Werkproces) -> list[Verzuimdag]:
    """The days of absence of all meldingen of this werkproces, as school reported them."""
    rows = Verzuimdag.objects.filter(melding__werkproces=werkproces).select_related("melding")
    return list(rows.order_by("datum", "pk"))


def absence_of(werkproces: Werkproces) -> tuple[date, date]:
    """First and last day of the absence as it was reported; else the start of the werkproces."""
    days = [
        day
        for row in werkproces.meldingen.values_list("begindatum", "einddatum", "melddatum")
        for day in (row[0] or row[2], row[1] or row[0] or row[2])
    ]
    return (min(days), max(days)) if days else (werkproces.gestart_op, werkproces.gestart_op)


def known_days(meldingen: Iterable[Verzuimmelding], rows: Iterable[Verzuimdag]) -> tuple[date, ...]:
    """Per melding its days, else the weekdays of its period; empty when nothing is known."""
    rows, found = list(rows), set()
    for melding in meldingen:
        own = {row.datum for row in rows if row.melding_id == melding.pk}
        found |= own or _period(melding)
    return tuple(sorted(found))


def _period(melding: Verzuimmelding) -> set[date]:
    if not melding.begindatum:
        return set()
    last = melding.einddatum or melding.melddatum
    length = min(max((last - melding.begindatum).days, 0), LANGSTE)
    return _weekdays(melding.begindatum, melding.begindatum + length * DAY)


def _weekdays(first: date, last: date) -> set[date]:
    days = (first + n * DAY for n in range((last - first).days + 1))
    return {day for day in days if day.weekday() < 5}


def absence_days(werkproces: Werkproces, day: date) -> tuple[date, ...]:
    """Every day of the absence, as far as it is there on this day; never empty."""
    first, last = absence_of(werkproces)
    if werkproces.soort in NIET_INGESCHREVEN:
        return _not_enrolled(werkproces, first, day)
    rows = werkproces.meldingen.order_by("melddatum", "pk")
    return known_days(rows, days_of(werkproces)) or tuple(sorted({first, last}))


def _not_enrolled(werkproces: Werkproces, first: date, day: date) -> tuple[date, ...]:
    begun = werkproces.jongere.inschrijvingen.filter(begindatum__gt=first, begindatum__lte=day)
    enrolled = begun.exclude(onderwijssoort=Onderwijssoort.BUITENLAND).order_by("begindatum")
    found = enrolled.values_list("begindatum", flat=True).first()
    return tuple(sorted(_weekdays(first, found - DAY if found else day))) or (first,)


def under_duty(jongere: Jongere, days: Iterable[date]) -> tuple[date, ...]:
    """Those of the days on which a duty ran that no exemption lifted."""
    known = Jongere.objects.prefetch_related("inschrijvingen", "diplomas", "vrijstellingen")
    facts = known.select_related("gemeente").get(pk=jongere.pk)
    return tuple(d for d in days if leerplichtstatus(feiten_of(facts, d), d).code in PLICHT)


def offence_days(werkproces: Werkproces, day: date, *, youth: bool = False) -> tuple[date, ...]:
    """Days on which the absence is an offence, of the adults or of the youth himself."""
    days = under_duty(werkproces.jongere, absence_days(werkproces, day))
    if not youth:
        return days
    if werkproces.soort in NIET_INGESCHREVEN:
        return ()
    born, border = werkproces.jongere.geboortedatum, waarde("strafbaar_vanaf", day)
    return tuple(d for d in days if age_on(born, d) >= border)


def hours(
    meldingen: Iterable[Verzuimmelding],
    rows: Iterable[Verzuimdag],
    only: Collection[date] | None = None,
) -> Decimal | None:
    """Clock hours of the days, else lessons; when a day has neither, what the melding says.

    With `only` those days alone count; None when they cannot be told apart.
    """
    rows, total = list(rows), Decimal(0)
    for melding in meldingen:
        own = [(row.datum, hours_of(row)) for row in rows if row.melding_id == melding.pk]
        known = [(day, found) for day, found in own if found is not None]
        if melding.uren is not None and len(known) < max(len(own), 1):
            inside = only is None or set(known_days([melding], rows)) <= set(only)
            if not inside:
                return None
            total += melding.uren
        else:
            total += sum((h for day, h in known if only is None or day in only), Decimal(0))
    return total
