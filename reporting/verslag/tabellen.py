"""Tables as data: rows of figures against years, areas or codes.

`instellingen` of a table section (all but `rijen` optional):
  rijen     list of {indicator, label, dim, per, codes, totaal, leeg_weg}; `per` is a breakdown or
            "gebied" and gives a row for each code
  kolommen  axes from outer to inner: "gebied", "jaar" or a breakdown; default ["gebied", "jaar"]
  jaren     how many years, the last ones; default all years of the report
  gebieden  "gemeenten" (default), "totaal", "alle" (with country and region) or a list of codes
  aandeel   true: beside each count its share of the first row's total
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.errors import DomainError
from reporting.cijfer import Cijfer
from reporting.verslag import opmaak
from reporting.verslag.cijferset import TOTAAL
from reporting.verslag.namen import DIMENSIES, code_naam, indicator_naam, telt_naam
from reporting.verslag.plaatshouders import Kader

Instellingen = Mapping[str, Any]


class TabelFout(DomainError):
    """The settings of a table or chart ask for something that does not exist."""


@dataclass(frozen=True, slots=True)
class Cel:
    tekst: str
    cijfer: Cijfer | None = None


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: where its figures come from and what stands above it."""

    gebied: str
    schooljaar: str
    dim: Mapping[str, str]
    koppen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rij:
    label: str
    telt: str
    indicator: str
    cellen: tuple[Cel, ...]
    soort: str = "gewoon"  # or "totaal", "onderdeel"

    @property
    def telt_naam(self) -> str:
        return telt_naam(self.telt)


@dataclass(frozen=True, slots=True)
class Tabel:
    hoek: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[Rij, ...]
    noten: tuple[str, ...] = ()
    aandeel: bool = False
    indicatoren: tuple[str, ...] = field(default=())

    @property
    def telt(self) -> str:
        """What is counted, when all rows count the same; units are never mixed silently."""
        units = {rij.telt_naam for rij in self.rijen}
        return units.pop() if len(units) == 1 else ""

    @property
    def koprijen(self) -> list[list[tuple[str, int]]]:
        """Header rows from outer to inner, each a list of (text, width in columns)."""
        wide = 2 if self.aandeel else 1
        rows: list[list[tuple[str, int]]] = []
        for level in range(len(self.kolommen[0].koppen)):
            row: list[tuple[str, int]] = []
            before: tuple[str, ...] | None = None
            for kolom in self.kolommen:
                path = kolom.koppen[: level + 1]
                if path == before:
                    row[-1] = (row[-1][0], row[-1][1] + wide)
                else:
                    row.append((path[-1], wide))
                before = path
            rows.append(row)
        if self.aandeel:
            rows.append([(text, 1) for _ in self.kolommen for text in ("aantal", "deel")])
        return rows

    @property
    def breedte(self) -> int:
        """Number of columns with figures."""
        return len(self.kolommen) * (2 if self.aandeel else 1)


def build_table(instellingen: Instellingen, kader: Kader) -> Tabel:
    """Raises TabelFout for an unknown indicator or breakdown."""
    specs = instellingen.get("rijen") or []
    if not specs:
        raise TabelFout("Deze tabel heeft nog geen rijen.")
    kolommen = _columns(instellingen, kader, specs)
    rows: list[Rij] = []
    for spec in specs:
        rows += _rows(spec, kolommen, kader, instellingen)
    aandeel = bool(instellingen.get("aandeel"))
    if aandeel:
        rows = _with_shares(rows)
    return Tabel(
        hoek=_corner(specs),
        kolommen=tuple(kolommen),
        rijen=tuple(rows),
        noten=tuple(_notes(rows)),
        aandeel=aandeel,
        indicatoren=tuple(dict.fromkeys(spec["indicator"] for spec in specs)),
    )


def _corner(specs: Sequence[Instellingen]) -> str:
    names = {DIMENSIES.get(spec.get("per", ""), "") for spec in specs}
    return names.pop() or "Onderwerp" if len(names) == 1 else "Onderwerp"


def choose_years(instellingen: Instellingen, kader: Kader) -> list[str]:
    until = [jaar for jaar in kader.cijfers.schooljaren if jaar <= kader.schooljaar]
    return until[-int(instellingen.get("jaren") or len(until)) :]


def choose_areas(
    instellingen: Instellingen, kader: Kader, specs: Sequence[Instellingen]
) -> list[str]:
    wanted = instellingen.get("gebieden", "gemeenten")
    if wanted == "alle":
        names = [name for spec in specs for name in kader.cijfers.gebieden_of(spec["indicator"])]
        wide = [n for n in dict.fromkeys(names) if n not in kader.cijfers.gemeenten]
        return [n for n in wide if n != TOTAAL] + kader.gemeenten
    if wanted == "totaal":
        return [kader.gebied]
    if wanted == "met_totaal" and len(kader.gemeenten) > 1:
        return [*kader.gemeenten, TOTAAL]
    return list(wanted) if isinstance(wanted, list) else kader.gemeenten


def _columns(
    instellingen: Instellingen, kader: Kader, specs: Sequence[Instellingen]
) -> list[Kolom]:
    axes = list(instellingen.get("kolommen") or ["gebied", "jaar"])
    years = choose_years(instellingen, kader)
    areas = choose_areas(instellingen, kader, specs)
    if any(spec.get("per") == "gebied" for spec in specs):
        axes = [axis for axis in axes if axis != "gebied"]
    choices = {axis: _axis(axis, years, areas, specs, kader) for axis in axes}
    # An axis with one value only says what the title says already.
    shown = [axis for axis in axes if len(choices[axis]) > 1] or axes[-1:]
    columns = [Kolom(kader.gebied if len(areas) > 1 else areas[0], years[-1], {}, ())]
    for axis in axes:
        columns = [
            _extend(c, axis, value, axis in shown, kader)
            for c in columns
            for value in choices[axis]
        ]
    return columns


def _axis(
    axis: str,
    years: list[str],
    areas: list[str],
    specs: Sequence[Instellingen],
    kader: Kader,
) -> list[str]:
    if axis == "jaar":
        return years
    if axis == "gebied":
        return areas
    codes: dict[str, None] = {}
    for spec in specs:
        given = [*spec.get("dim", {}), *([spec["per"]] if spec.get("per") else [])]
        found = kader.cijfers.codes(spec["indicator"], axis, [g for g in given if g != "gebied"])
        codes |= dict.fromkeys(found)
    if not any(axis in kader.cijfers.dimensies(spec["indicator"]) for spec in specs):
        raise TabelFout(f"Er is geen uitsplitsing '{axis}' bij {specs[0]['indicator']}.")
    return [*(c for c in codes if _column_counts(specs, axis, c, years[-1], kader)), ""]


def _column_counts(
    specs: Sequence[Instellingen], axis: str, code: str, year: str, kader: Kader
) -> bool:
    """Whether anything was counted in this code, so that its column is worth the room."""
    for spec in specs:
        figure = kader.cijfers.get(
            spec["indicator"], year, kader.gebied, {**spec.get("dim", {}), axis: code}
        )
        if figure is None or figure.waarde != 0:
            return True
    return False


def _extend(kolom: Kolom, axis: str, value: str, shown: bool, kader: Kader) -> Kolom:
    gebied, schooljaar, dim = kolom.gebied, kolom.schooljaar, dict(kolom.dim)
    if axis == "jaar":
        schooljaar, kop = value, value
    elif axis == "gebied":
        gebied, kop = value, kader.cijfers.gebieden.get(value, "Totaal")
    else:
        dim |= {axis: value} if value else {}
        kop = code_naam(axis, value) if value else "Totaal"
    return Kolom(gebied, schooljaar, dim, (*kolom.koppen, kop) if shown else kolom.koppen)


def _rows(
    spec: Instellingen, kolommen: Sequence[Kolom], kader: Kader, instellingen: Instellingen
) -> list[Rij]:
    indicator = spec["indicator"]
    if indicator not in kader.cijfers.definities:
        raise TabelFout(f"Het cijfer '{indicator}' bestaat niet.")
    dim, per = dict(spec.get("dim", {})), spec.get("per")
    if not per:
        return [_row(spec, spec.get("label") or _name(indicator, dim), dim, kolommen, kader)]
    if per == "gebied":
        names = kader.cijfers.gebieden
        return [
            _row(spec, names.get(area, "Totaal"), dim, kolommen, kader, gebied=area)
            for area in choose_areas(instellingen, kader, [spec])
        ]
    return _rows_per_code(spec, dim, per, kolommen, kader)


def _rows_per_code(
    spec: Instellingen,
    dim: Mapping[str, str],
    per: str,
    kolommen: Sequence[Kolom],
    kader: Kader,
) -> list[Rij]:
    """A row for each code that was counted at least once, and their total."""
    extra = [name for kolom in kolommen[:1] for name in kolom.dim]
    codes = spec.get("codes") or kader.cijfers.codes(spec["indicator"], per, [*dim, *extra])
    rows = [
        _row(spec, code_naam(per, code), {**dim, per: code}, kolommen, kader, soort="onderdeel")
        for code in codes
    ]
    if spec.get("leeg_weg", True):
        rows = [row for row in rows if any(_counts(cel) for cel in row.cellen)] or rows[:1]
    if spec.get("totaal", True):
        label = spec.get("label") or "Totaal"
        rows.append(_row(spec, label, dim, kolommen, kader, soort="totaal"))
    return rows


def _name(indicator: str, dim: Mapping[str, str]) -> str:
    return ", ".join(code_naam(name, code) for name, code in dim.items()) or indicator_naam(
        indicator
    )


def _counts(cel: Cel) -> bool:
    figure = cel.cijfer
    return figure is not None and (figure.verborgen or figure.waarde not in (0, None))


def _row(
    spec: Instellingen,
    label: str,
    dim: Mapping[str, str],
    kolommen: Sequence[Kolom],
    kader: Kader,
    *,
    gebied: str = "",
    soort: str = "gewoon",
) -> Rij:
    indicator = spec["indicator"]
    cells = []
    for kolom in kolommen:
        figure = kader.cijfers.get(
            indicator, kolom.schooljaar, gebied or kolom.gebied, {**dim, **kolom.dim}
        )
        cells.append(Cel(opmaak.cijfer(figure, missing=opmaak.NNB), figure))
    return Rij(
        label,
        kader.cijfers.telt(indicator),
        indicator,
        tuple(cells),
        spec.get("soort", soort),
    )


def _with_shares(rows: Sequence[Rij]) -> list[Rij]:
    """Behind every count its share of the total row of the same indicator."""
    totals = {row.indicator: row for row in rows if row.soort == "totaal"}
    return [_shared(row, totals.get(row.indicator)) for row in rows]


def _shared(row: Rij, total: Rij | None) -> Rij:
    cells: list[Cel] = []
    for number, cel in enumerate(row.cellen):
        whole = total.cellen[number].cijfer if total else None
        cells += [cel, Cel(_share(cel.cijfer, whole))]
    return Rij(row.label, row.telt, row.indicator, tuple(cells), row.soort)


def _share(part: Cijfer | None, whole: Cijfer | None) -> str:
    if (part and part.verborgen) or (whole and whole.verborgen):
        return opmaak.VERBORGEN
    if part is None or whole is None or part.waarde is None or whole.waarde is None:
        return opmaak.NNB
    return opmaak.aandeel(int(part.waarde), int(whole.waarde))


def _notes(rows: Sequence[Rij]) -> list[str]:
    texts = {cel.tekst for row in rows for cel in row.cellen}
    notes = []
    if opmaak.NNB in texts:
        notes.append(f"{opmaak.NNB}: {opmaak.NOG_NIET}.")
    if opmaak.VERBORGEN in texts:
        notes.append(f"{opmaak.VERBORGEN}: verborgen, omdat het om weinig jongeren gaat.")
    if opmaak.NVT in texts:
        notes.append(f"{opmaak.NVT}: niet van toepassing, er is niets om op te delen.")
    if _overlaps(rows):
        notes.append("Een jongere kan in meer regels tellen; in het totaal telt hij één keer.")
    return notes


def _overlaps(rows: Sequence[Rij]) -> bool:
    """Whether the parts of a count of youths add up to more than its total."""
    for total in (row for row in rows if row.soort == "totaal" and row.telt in "JG"):
        parts = [r for r in rows if r.soort == "onderdeel" and r.indicator == total.indicator]
        for number, cel in enumerate(total.cellen):
            figures = [part.cellen[number].cijfer for part in parts]
            known = [int(f.waarde) for f in figures if f is not None and f.waarde is not None]
            if cel.cijfer is not None and sum(known) > int(cel.cijfer.waarde or 0):
                return True
    return False
