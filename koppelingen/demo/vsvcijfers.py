"""Figures as DUO would publish them: counted from the careers, beside a fixed country."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from casework.schooljaar import Schooljaar
from koppelingen.demo.gebied import GEMEENTEN, REGIO, SUBREGIOS
from koppelingen.demo.pakket import Demopakket
from koppelingen.demo.personen import Jongere, Plek

LAND: Final = (1_297_000, 2.31, 40.5)  # startpopulatie, percentage, not back after a year
VO: Final = frozenset({"BRUGJAAR", "VMBO_B", "VMBO_K", "VMBO_GT", "HAVO", "VWO"})
Telling = dict[tuple[str, str, str], list[int]]  # gemeente, onderwijs, niveau -> start, vsv


def write(
    pakket: Demopakket, jongeren: Sequence[Jongere], jaren: Sequence[Schooljaar], peildatum: date
) -> None:
    """Provisional a few days after 1 October, definitive in November of the year after."""
    for jaar in jaren:
        voorlopig = date(jaar.beginjaar + 1, 10, 8)
        definitief = date(jaar.beginjaar + 2, 11, 15)
        if voorlopig > peildatum:
            continue
        telling = _count(jongeren, jaar)
        for status, publicatie, factor in (
            ("voorlopig", voorlopig, 1.06),
            ("definitief", definitief, 1.0),
        ):
            if publicatie <= peildatum:
                for rij in _rows(telling, jaar, factor):
                    pakket.add("vsv_duo", status=status, publicatie=publicatie, **rij)


def _count(jongeren: Sequence[Jongere], jaar: Schooljaar) -> Telling:
    """Enrolled on 1 October without startkwalificatie, and of those who was out a year later."""
    telling: Telling = {}
    dag, later = jaar.peildatum, jaar.volgende.peildatum
    for j in jongeren:
        plek, gemeente = j.plek_op(dag), j.gemeente_op(dag)
        if plek is None or not gemeente or not 12 <= j.leeftijd(dag) < 23:
            continue
        onderwijs, niveau = _kind(plek)
        if not onderwijs or j.startkwalificatie_voor(dag):
            continue
        uit = (
            j.plek_op(later) is None
            and not j.startkwalificatie_voor(later)
            and not j.thuis.get(jaar.beginjaar + 1)
            and bool(j.gemeente_op(later))
        )
        for soort, trap in dict.fromkeys((("totaal", ""), (onderwijs, ""), (onderwijs, niveau))):
            cel = telling.setdefault((gemeente, soort, trap), [0, 0])
            cel[0] += 1
            cel[1] += uit
    return telling


def _kind(plek: Plek) -> tuple[str, str]:
    if plek.soort.startswith("MBO"):
        return "mbo", plek.soort[3]
    if plek.soort in ("PRO", "VSO", "ISK"):
        return "", ""
    if plek.soort == "VAVO":
        return "vavo", ""
    return ("vo", "") if plek.soort in VO else ("", "")


def _rows(telling: Telling, jaar: Schooljaar, factor: float) -> Iterator[dict[str, Any]]:
    drift = (jaar.beginjaar % 5 - 2) * 0.07
    start, pct, _ = LAND
    yield _row(
        "land",
        "",
        "Nederland",
        jaar,
        "totaal",
        "",
        start,
        round(start * (pct + drift) * factor / 100),
    )
    soorten = sorted({(soort, niveau) for _, soort, niveau in telling})
    for soort, niveau in soorten:
        cellen = {g.code: telling.get((g.code, soort, niveau), [0, 0]) for g in GEMEENTEN}
        for g in GEMEENTEN:
            yield _row(
                "gemeente", g.code, g.naam, jaar, soort, niveau, *_scaled(cellen[g.code], factor)
            )
        alle = [sum(cel[n] for cel in cellen.values()) for n in (0, 1)]
        yield _row("regio", *REGIO, jaar, soort, niveau, *_scaled(alle, factor))
        for code, naam in SUBREGIOS.items():
            deel = [sum(cellen[g.code][n] for g in GEMEENTEN if g.subregio == code) for n in (0, 1)]
            yield _row("subregio", code, naam, jaar, soort, niveau, *_scaled(deel, factor))


def _scaled(cel: list[int], factor: float) -> tuple[int, int]:
    return cel[0], min(round(cel[1] * factor), cel[0])


def _row(
    gebied_soort: str,
    code: str,
    naam: str,
    jaar: Schooljaar,
    onderwijs: str,
    niveau: str,
    start: int,
    vsv: int,
) -> dict[str, Any]:
    return {
        "gebied_soort": gebied_soort,
        "gebied_code": code,
        "gebied_naam": naam,
        "schooljaar": str(jaar),
        "onderwijssoort": onderwijs,
        "niveau": niveau,
        "startpopulatie": start,
        "vsv": vsv,
        "percentage": f"{100 * vsv / start:.2f}" if start else None,
        "niet_terug_pct": LAND[2] if onderwijs == "totaal" and not niveau else None,
    }
