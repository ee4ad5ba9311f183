"""A chart from the same settings as a table, and always with that table beside it."""

import re
from collections.abc import Sequence

from reporting import charts
from reporting.verslag.namen import indicator_naam
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.tabellen import Instellingen, Rij, Tabel, TabelFout, build_table


def build_chart(
    instellingen: Instellingen, kader: Kader, *, titel: str, id: str
) -> tuple[str, Tabel]:
    """SVG ("" when no figure is known yet) and the table of its figures."""
    soort = instellingen.get("grafiek", "staaf")
    if soort not in charts.SOORTEN:
        raise TabelFout(f"Er is geen grafiek '{soort}'. Kies uit {', '.join(charts.SOORTEN)}.")
    tabel = build_table(instellingen, kader)
    if len({rij.telt for rij in tabel.rijen}) > 1:
        raise TabelFout("Een grafiek telt één soort: meldingen en jongeren gaan niet samen.")
    punten = _points(soort, tabel)
    if not any(punt.waarde is not None for punt in punten):
        return "", tabel
    grafiek = charts.Grafiek(
        soort,
        punten,
        titel,
        "",
        "%" if tabel.rijen[0].indicator.endswith("_pct") else "n",
        reeks_is_jaar=soort == "gegroepeerd" and _columns_are_years(tabel),
    )
    return charts.draw(charts.described(grafiek), id=id), tabel


def _columns_are_years(tabel: Tabel) -> bool:
    return [k.koppen[-1] for k in tabel.kolommen] == [k.schooljaar for k in tabel.kolommen]


def _drawn(tabel: Tabel) -> list[Rij]:
    """Parts without their total: a total bar would dwarf the rest."""
    parts = [rij for rij in tabel.rijen if rij.soort != "totaal"]
    return parts or list(tabel.rijen)


def short_names(labels: Sequence[str]) -> list[str]:
    """What fits beside the bars; the table has the whole names. Two never become the same."""
    cut = [re.split(r": | \(", label)[0] if len(label) > 34 else label for label in labels]
    return [c if cut.count(c) == 1 else label for c, label in zip(cut, labels, strict=True)]


def _points(soort: str, tabel: Tabel) -> list[charts.Punt]:
    last = len(tabel.kolommen) - 1
    points = []
    rows = _drawn(tabel)
    names = short_names([rij.label or indicator_naam(rij.indicator) for rij in rows])
    for rij, name in zip(rows, names, strict=True):
        for number, (kolom, cel) in enumerate(zip(tabel.kolommen, rij.cellen, strict=False)):
            column = " ".join(kolom.koppen)
            value = cel.cijfer.waarde if cel.cijfer else None
            if soort == "staaf" and number == last:
                points.append(charts.Punt(name, "", value))
            elif soort == "gegroepeerd":
                points.append(charts.Punt(name, column, value))
            elif soort in ("gestapeld", "lijn"):
                points.append(charts.Punt(column, name, value))
    return points
