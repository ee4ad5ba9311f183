"""The law of leave: who decides, and what to look at (Lpw 11 e, f, g, 13, 13a, 14)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from casework.kalender import Regio, end_of_lesweken, first_schooldag, schooldagen
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from leerplicht.codes import Beslisser, Omstandigheid, Verlofsoort
from leerplicht.models.verlof import Opgenomen

DAG: Final = timedelta(days=1)
# Beleidsregel gewichtige omstandigheden 2012, in school days; guidance for the hoofd.
RICHTLIJN: Final[Mapping[str, int]] = {
    Omstandigheid.VERHUIZING: 1,
    Omstandigheid.WETTELIJK: 10,
    Omstandigheid.HUWELIJK: 5,
    Omstandigheid.ZIEKTE: 10,
    Omstandigheid.OVERLIJDEN: 5,
    Omstandigheid.JUBILEUM: 1,
    Omstandigheid.OVERIG: 10,
    Omstandigheid.GEEN: 0,
}


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """What is asked; `dagen` None: the school days of the calendar."""

    soort: str
    van: date
    tot: date
    ingediend_op: date
    dagen: Decimal | None = None
    omstandigheid: str = ""
    plichtdagen: int = 5
    aard_beroep: bool | None = None
    regio: Regio | None = None


def per_schooljaar(
    van: date, tot: date, dagen: Decimal | None, regio: Regio | None
) -> dict[Schooljaar, Decimal]:
    """School days of a leave in each schooljaar; days that were counted by hand win."""
    found = Counter(Schooljaar.of(day) for day in schooldagen(van, tot + DAG, regio))
    total = sum(found.values())
    if dagen is None or total == 0:
        return {jaar: Decimal(n) for jaar, n in found.items()} or {
            Schooljaar.of(van): dagen or Decimal(0)
        }
    return {jaar: dagen * n / total for jaar, n in found.items()}


def room(jaar: Schooljaar, plichtdagen: int) -> Decimal:
    """Days a schooljaar on which the hoofd decides; less for who has fewer days under the duty."""
    dagen = Decimal(waarde("verlof_dagen", jaar.start))
    return dagen * plichtdagen / 5 if waarde("verlof_naar_rato", jaar.start) else dagen


def taken(
    eerder: Iterable[Opgenomen], soort: str, regio: Regio | None
) -> dict[Schooljaar, Decimal]:
    """Leave of this kind that was granted, over all schools."""
    found: dict[Schooljaar, Decimal] = {}
    for row in eerder:
        if row.soort == soort:
            for jaar, dagen in per_schooljaar(row.van, row.tot, row.dagen, regio).items():
                found[jaar] = found.get(jaar, Decimal(0)) + dagen
    return found


def who_decides(aanvraag: Aanvraag, eerder: Iterable[Opgenomen]) -> tuple[str, Decimal]:
    """Who, and on how many days; nobody when telling it is enough (11 e)."""
    asked = per_schooljaar(aanvraag.van, aanvraag.tot, aanvraag.dagen, aanvraag.regio)
    alles = sum(asked.values(), Decimal(0))
    if aanvraag.soort == Verlofsoort.VAKANTIE_BEROEP:
        return Beslisser.SCHOOL, alles
    if aanvraag.soort != Verlofsoort.GEWICHTIG:
        return "", Decimal(0)
    had = taken(eerder, Verlofsoort.GEWICHTIG, aanvraag.regio)
    over = Decimal(0)
    for jaar, dagen in asked.items():
        ruimte = room(jaar, aanvraag.plichtdagen) - had.get(jaar, Decimal(0))
        over += max(dagen - max(ruimte, Decimal(0)), Decimal(0))
    if not over:
        return Beslisser.SCHOOL, alles
    heel = waarde("verlof_hele_aanvraag", aanvraag.ingediend_op)
    return Beslisser.LEERPLICHT, alles if heel else over


def points(aanvraag: Aanvraag, eerder: Iterable[Opgenomen]) -> Iterator[str]:
    """What a person should look at; the computer refuses nothing here."""
    eerder = list(eerder)
    if aanvraag.soort == Verlofsoort.RELIGIE:
        dagen = waarde("verlof_religie_dagen", aanvraag.ingediend_op)
        if aanvraag.van - aanvraag.ingediend_op < timedelta(days=dagen):
            yield f"Dit is niet ten minste {dagen} dagen tevoren gemeld (artikel 13)."
    elif aanvraag.soort == Verlofsoort.VAKANTIE_BEROEP:
        yield from _profession(aanvraag, eerder)
    elif aanvraag.soort == Verlofsoort.GEWICHTIG:
        yield from _circumstance(aanvraag)


def _profession(aanvraag: Aanvraag, eerder: list[Opgenomen]) -> Iterator[str]:
    if not aanvraag.aard_beroep:
        yield (
            "Is aangetoond dat het gezin door de specifieke aard van het beroep in geen enkele"
            " schoolvakantie weg kan (artikel 11 onder f)?"
        )
    if aanvraag.ingediend_op >= aanvraag.van:
        yield "Deze aanvraag moet voor de vakantie komen (artikel 13a)."
    jaren = per_schooljaar(aanvraag.van, aanvraag.tot, aanvraag.dagen, aanvraag.regio)
    had = taken(eerder, Verlofsoort.VAKANTIE_BEROEP, aanvraag.regio)
    if any(jaar in had for jaar in jaren):
        yield "Dit verlof kan een keer per schooljaar, en is dit schooljaar al gegeven."
    if any(dagen > room(jaar, aanvraag.plichtdagen) for jaar, dagen in jaren.items()):
        yield "Dit zijn meer dan 10 schooldagen (artikel 13a)."
    if aanvraag.van < end_of_first_lesweken(Schooljaar.of(aanvraag.van), aanvraag.regio):
        yield "Dit valt in de eerste twee lesweken van het schooljaar (artikel 13a)."


def _circumstance(aanvraag: Aanvraag) -> Iterator[str]:
    asked = per_schooljaar(aanvraag.van, aanvraag.tot, aanvraag.dagen, aanvraag.regio)
    richtlijn = RICHTLIJN.get(aanvraag.omstandigheid)
    if richtlijn == 0:
        yield "Dit is nooit een gewichtige omstandigheid (beleidsregel 2012)."
    elif richtlijn and sum(asked.values(), Decimal(0)) > richtlijn:
        dagen = "1 schooldag" if richtlijn == 1 else f"{richtlijn} schooldagen"
        yield f"De beleidsregel noemt hiervoor ten hoogste {dagen}."
    laat = timedelta(days=waarde("verlof_achteraf_dagen", aanvraag.ingediend_op))
    if aanvraag.ingediend_op > aanvraag.van + laat:
        yield "De reden is niet binnen twee dagen na het begin gemeld (artikel 14 lid 2)."


def end_of_first_lesweken(jaar: Schooljaar, regio: Regio | None) -> date:
    first = first_schooldag(jaar.start, regio)
    monday = first - first.weekday() * DAG
    return end_of_lesweken(monday, waarde("verlof_eerste_lesweken", jaar.start), regio)
