"""Which chart goes with a table: lines over the years, or bars beside each other."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from reporting.charts import COLOURS, Grafiek, Punt, described
from reporting.domain.cijfertabel import Rij, Tabel
from reporting.indicatoren.vraag import TOTAAL
from reporting.verslag.namen import DIMENSIES
from reporting.verslag.opmaak import NOG_NIET

REEKSEN: Final = len(COLOURS)  # more lines or bars beside each other cannot be told apart
GROEPEN: Final = 30


def chart_of(tabel: Tabel, titel: str) -> Grafiek | None:
    """None when there is nothing to draw."""
    if tabel.is_leeg:
        return None
    grafiek = _per_code(tabel, titel) if tabel.keuze.per else _per_gebied(tabel, titel)
    return described(grafiek) if grafiek.punten else None


def _grafiek(soort: str, punten: list[Punt], titel: str, tabel: Tabel, jaar: bool) -> Grafiek:
    eenheid = tabel.keuze.indicator.eenheid
    return Grafiek(soort, punten, titel, "", eenheid=eenheid, reeks_is_jaar=jaar)


def _per_gebied(tabel: Tabel, titel: str) -> Grafiek:
    """Lines over the years; with one year, or many areas, bars of the last year."""
    rijen = _areas(tabel)
    if len(tabel.keuze.jaren) > 1 and len(rijen) <= REEKSEN:
        punten = [
            Punt(str(cel.jaar), rij.gebied_naam, cel.waarde) for rij in rijen for cel in rij.cellen
        ]
        return _grafiek("lijn", punten, titel, tabel, jaar=False)
    jaar = str(tabel.keuze.jaren[-1])
    punten = [Punt(rij.gebied_naam, jaar, rij.cellen[-1].waarde) for rij in rijen[:GROEPEN]]
    return _grafiek("staaf", punten, f"{titel}, {jaar}", tabel, jaar=True)


def _areas(tabel: Tabel) -> list[Rij]:
    """A count of the country or of all together would push the gemeenten into one line."""
    if tabel.keuze.indicator.is_share:
        return list(tabel.rijen)
    return [rij for rij in tabel.rijen if rij.gebied in tabel.keuze.codes]


def _per_code(tabel: Tabel, titel: str) -> Grafiek:
    """Bars per code, beside each other by year; by gemeente when one year was asked."""
    rijen = [rij for rij in tabel.rijen if rij.codes]
    gebieden = list(dict.fromkeys(rij.gebied for rij in rijen if rij.gebied != TOTAAL))
    if len(tabel.keuze.jaren) == 1 and 1 < len(gebieden) <= REEKSEN:
        own = [rij for rij in rijen if rij.gebied in gebieden]
        punten = [Punt(r.label, r.gebied_naam, r.cellen[-1].waarde) for r in _busiest(own)]
        return _grafiek("gegroepeerd", punten, titel, tabel, jaar=False)
    gebied = TOTAAL if len(gebieden) > 1 else gebieden[0] if gebieden else ""
    own = _busiest([rij for rij in rijen if rij.gebied == gebied])
    punten = [Punt(r.label, str(cel.jaar), cel.waarde) for r in own for cel in r.cellen]
    where = f", {own[0].gebied_naam.lower()}" if gebied == TOTAAL and own else ""
    return _grafiek("gegroepeerd", punten, f"{titel}{where}", tabel, jaar=True)


def _busiest(rijen: Sequence[Rij]) -> list[Rij]:
    """The codes with the highest figures, in the order of the table."""
    size: dict[str, float] = {}
    for rij in rijen:
        top = max((float(cel.waarde or 0) for cel in rij.cellen), default=0)
        size[rij.label] = max(size.get(rij.label, 0), top)
    kept = sorted(size, key=lambda label: -size[label])[:GROEPEN]
    return [rij for rij in rijen if rij.label in kept]


def values_of(grafiek: Grafiek, tabel: Tabel) -> dict[str, Any]:
    """What was drawn, as a table: title, head and rows."""
    if grafiek.soort == "gegroepeerd":
        first = ", ".join(DIMENSIES[name] for name in tabel.keuze.per)
    else:
        first = "Schooljaar" if grafiek.soort == "lijn" else "Gemeente"
    known = {(p.groep, p.reeks): p.waarde for p in grafiek.punten}
    rows = [
        [groep, *(_text(grafiek, known.get((groep, reeks))) for reeks in grafiek.reeksen)]
        for groep in grafiek.groepen
    ]
    return {"titel": grafiek.titel, "kolommen": [first, *grafiek.reeksen], "rijen": rows}


def _text(grafiek: Grafiek, waarde: Decimal | int | None) -> str:
    return NOG_NIET if waarde is None else grafiek.text(waarde)
