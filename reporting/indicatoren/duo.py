"""Imported vsv figures of DUO: never counted here, only chosen, added up and divided.

Of an area and schooljaar the definitive figures go before provisional ones; of those, for each
number, the last publication that has it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from django.db.models import F, Q

from doorstroompunt.models import VsvCijfer
from reporting.cijfer import Cijfer
from reporting.indicatoren.afronden import half_up, percentage
from reporting.indicatoren.vraag import TOTAAL, Vraag

NIEUW: Final = "vsv_duo_nieuw"
STARTPOPULATIE: Final = "vsv_duo_startpopulatie"
PCT: Final = "vsv_duo_pct"
NIET_TERUG: Final = "vsv_duo_niet_terug_pct"
IDS: Final = (NIEUW, STARTPOPULATIE, PCT, NIET_TERUG)
_VELDEN: Final = ("vsv", "startpopulatie", "percentage", "niet_terug_pct")

Dim = tuple[tuple[str, str], ...]
Waarden = dict[str, int | Decimal | None]


def figures(vraag: Vraag) -> list[Cijfer]:
    found: list[Cijfer] = []
    chosen = _choose(vraag)
    areas = dict.fromkeys(gebied for _, gebied, _ in chosen)
    for jaar in vraag.schooljaren:
        for gebied in areas:
            for (begin, name, dim), values in chosen.items():
                if (begin, name) == (jaar.beginjaar, gebied):
                    found += _figures_of(str(jaar), gebied, dict(dim), values)
        if vraag.met_totaal:
            found += _totals(str(jaar), jaar.beginjaar, vraag, chosen)
    return found


def _choose(vraag: Vraag) -> dict[tuple[int, str, Dim], Waarden]:
    """(beginjaar, area, breakdown) -> its numbers, from the rows in order of preference."""
    gemeente = VsvCijfer.Gebiedsoort.GEMEENTE
    wanted = Q(gebied_soort=gemeente, gebied_code__in=list(vraag.gemeenten.values()))
    rows = VsvCijfer.objects.filter(
        wanted | ~Q(gebied_soort=gemeente),
        beginjaar__in=[jaar.beginjaar for jaar in vraag.schooljaren],
    ).order_by(F("publicatie").desc(nulls_last=True), "-pk")
    best: dict[tuple[int, str], str] = {}
    chosen: dict[tuple[int, str, Dim], Waarden] = {}
    for row in sorted(rows, key=lambda r: r.status != VsvCijfer.Status.DEFINITIEF):
        gebied = _area(row)
        if best.setdefault((row.beginjaar, gebied), row.status) != row.status:
            continue
        values = chosen.setdefault((row.beginjaar, gebied, _dim(row)), {})
        for name in _VELDEN:
            if values.get(name) is None:
                values[name] = getattr(row, name)
    order = {"land": 0, "regio": 1, "subregio": 2}
    return dict(sorted(chosen.items(), key=lambda item: _position(item[0], order)))


def _position(key: tuple[int, str, Dim], order: Mapping[str, int]) -> tuple[int, int, str, Dim]:
    beginjaar, gebied, dim = key
    return beginjaar, order.get(gebied.partition(":")[0], 3), gebied, dim


def _area(row: VsvCijfer) -> str:
    soort = VsvCijfer.Gebiedsoort
    if row.gebied_soort == soort.LAND:
        return "land"
    if row.gebied_soort == soort.GEMEENTE:
        return row.gebied_code
    name = row.gebied_naam if row.gebied_soort == soort.SUBREGIO else row.gebied_code
    return f"{row.gebied_soort}:{name or row.gebied_naam}"


def _dim(row: VsvCijfer) -> Dim:
    if row.niveau:
        return (("niveau", row.niveau),)
    if row.onderwijssoort == VsvCijfer.Onderwijs.TOTAAL:
        return ()
    return (("onderwijssoort", row.onderwijssoort),)


def _figures_of(jaar: str, gebied: str, dim: dict[str, str], values: Waarden) -> Iterator[Cijfer]:
    """Only what was imported; a share without startpopulatie is the published percentage."""
    nieuw, start = _count(values["vsv"]), _count(values["startpopulatie"])
    if nieuw is not None:
        yield Cijfer(NIEUW, jaar, gebied, dim, nieuw)
    if start is not None:
        yield Cijfer(STARTPOPULATIE, jaar, gebied, dim, start)
    if nieuw is not None and start is not None:
        yield Cijfer(PCT, jaar, gebied, dim, percentage(nieuw, start), nieuw, start)
    elif values["percentage"] is not None:
        yield Cijfer(PCT, jaar, gebied, dim, half_up(Decimal(values["percentage"])))
    if values["niet_terug_pct"] is not None and not dim:
        yield Cijfer(NIET_TERUG, jaar, gebied, dim, half_up(Decimal(values["niet_terug_pct"])))


def _count(value: int | Decimal | None) -> int | None:
    return None if value is None else int(value)


def _totals(
    jaar: str, beginjaar: int, vraag: Vraag, chosen: Mapping[tuple[int, str, Dim], Waarden]
) -> Iterator[Cijfer]:
    """Sums over the gemeenten; None as soon as one of them is unknown."""
    codes = list(vraag.gemeenten.values())
    dims = dict.fromkeys(d for (begin, g, d) in chosen if begin == beginjaar and g in codes)
    for dim in dims:
        rows = [chosen.get((beginjaar, code, dim), {}) for code in codes]
        nieuw = _sum([row.get("vsv") for row in rows])
        start = _sum([row.get("startpopulatie") for row in rows])
        pct = None if nieuw is None or start is None else percentage(nieuw, start)
        text = dict(dim)
        if any(row.get("vsv") is not None for row in rows):
            yield Cijfer(NIEUW, jaar, TOTAAL, text, nieuw)
        if any(row.get("startpopulatie") is not None for row in rows):
            yield Cijfer(STARTPOPULATIE, jaar, TOTAAL, text, start)
        if any(row.get("vsv") is not None or row.get("percentage") is not None for row in rows):
            known = pct is not None
            yield Cijfer(
                PCT, jaar, TOTAAL, text, pct, nieuw if known else None, start if known else None
            )
        if not dim and any(row.get("niet_terug_pct") is not None for row in rows):
            yield Cijfer(NIET_TERUG, jaar, TOTAAL, {}, None)


def _sum(values: list[int | Decimal | None]) -> int | None:
    known = [int(value) for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
