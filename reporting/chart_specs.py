"""The Vega-Lite specs of the kinds of chart; how they become SVG stands in `charts`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

WIDTH = 640  # pixels of the drawing area and its labels together, about
# Each at least 4.5:1 against white; light and dark alternate so that neighbours differ in grey.
COLOURS = ("#154273", "#c2410c", "#0f766e", "#7c3aad", "#4b5563", "#a16207", "#be185d")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 3], [4, 1])
# Years go from light to dark; the lightest still has 3:1 against white.
JAARKLEUREN = ("#7b8aa3", "#5c7196", "#41598a", "#2a4a7d", "#154273")
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "stroke",
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Punt:
    """One value: in category `groep` (a kind, a year), of series `reeks` (a year, an area)."""

    groep: str
    reeks: str
    waarde: Decimal | int | None


@dataclass(frozen=True, slots=True)
class Grafiek:
    soort: str
    punten: Sequence[Punt]
    titel: str
    omschrijving: str
    eenheid: str = "n"
    reeks_is_jaar: bool = False

    @property
    def kleuren(self) -> list[str]:
        if not self.reeks_is_jaar:
            return list(COLOURS)
        steps = max(len(self.reeksen) - 1, 1)
        spread = [JAARKLEUREN[round(i * 4 / steps)] for i in range(steps)]
        return [*spread, JAARKLEUREN[-1]] if len(self.reeksen) > 1 else [JAARKLEUREN[-1]]

    @property
    def groepen(self) -> list[str]:
        return list(dict.fromkeys(p.groep for p in self.punten))

    @property
    def reeksen(self) -> list[str]:
        return list(dict.fromkeys(p.reeks for p in self.punten))

    @property
    def label_expression(self) -> str:
        """How Vega writes the numbers along the axis."""
        return (
            "format(datum.value, ',.1~f') + '%'"
            if self.eenheid == "%"
            else "format(datum.value, ',d')"
        )

    def text(self, value: Decimal | int) -> str:
        """The number as it is printed at its bar or point."""
        if self.eenheid == "%":
            return f"{value:.2f}".replace(".", ",") + "%"
        return f"{int(value):,}".replace(",", ".")


def _rows(grafiek: Grafiek, **extra: Callable[[Punt], Any]) -> dict[str, Any]:
    return {
        "values": [
            {
                "groep": p.groep,
                "reeks": p.reeks,
                # An unknown value stays in as null: it breaks a line, it is never 0.
                "waarde": None if p.waarde is None else float(p.waarde),
                "tekst": "" if p.waarde is None else grafiek.text(p.waarde),
            }
            | {name: make(p) for name, make in extra.items()}
            for p in grafiek.punten
        ]
    }


def _value_axis(grafiek: Grafiek, room: float = 1.15) -> dict[str, Any]:
    """Quantitative axis from 0, with room for the number behind the longest bar."""
    known = [float(p.waarde) for p in grafiek.punten if p.waarde is not None]
    top = max([*known, 1.0]) * room
    axis = {
        "labelExpr": grafiek.label_expression,
        "tickCount": 5,
        "title": None,
        "domain": False,
    }
    if grafiek.eenheid == "n":
        axis["tickCount"] = min(5, int(top))  # whole numbers only (tickMinStep is lost in layers)
    return {
        "field": "waarde",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": axis,
    }


def _named(field: str, order: Iterable[str]) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": list(order)}


def _bars(grafiek: Grafiek, y: dict[str, Any], colour: dict[str, Any]) -> list[dict[str, Any]]:
    """Horizontal bars with their number written at the end."""
    x = _value_axis(grafiek)
    return [
        {
            "mark": {"type": "bar", "height": {"band": 0.72}},
            "encoding": {"x": x, "y": y, "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 5, "baseline": "middle"},
            "encoding": {"x": x, "y": y, "text": {"field": "tekst"}},
        },
    ]


def _staaf(grafiek: Grafiek) -> dict[str, Any]:
    y = _named("groep", grafiek.groepen) | {
        "axis": {"title": None, "ticks": False, "labelPadding": 6, "domain": True}
    }
    return {
        "width": WIDTH - 200,
        "height": {"step": 26},
        "data": _rows(grafiek),
        "layer": _bars(grafiek, y, {"value": COLOURS[0]}),
    }


def _gegroepeerd(grafiek: Grafiek) -> dict[str, Any]:
    """Per category one block of bars; the name of each series stands at its own bar."""
    y = _named("reeks", grafiek.reeksen) | {
        "axis": {"title": None, "ticks": False, "labelPadding": 6}
    }
    colour = _named("reeks", grafiek.reeksen) | {
        "scale": {"domain": grafiek.reeksen, "range": grafiek.kleuren},
        "legend": None,
    }
    return {
        "data": _rows(grafiek),
        "facet": {
            "row": _named("groep", grafiek.groepen)
            | {"header": {"labelAngle": 0, "labelAlign": "left", "labelPadding": 8}}
        },
        "spacing": 7,
        "resolve": {"scale": {"y": "shared"}},
        "spec": {
            "width": WIDTH - 300,
            "height": {"step": 15},
            "layer": _bars(grafiek, y, colour),
        },
    }


# The white edge keeps two parts apart whatever their colours.
STACK_PART = {"type": "bar", "stroke": "#ffffff", "strokeWidth": 2, "height": {"band": 0.75}}
STACK_TEXT = {"type": "text", "fill": "#ffffff", "fontWeight": "bold", "fontSize": 11}


def _gestapeld(grafiek: Grafiek) -> dict[str, Any]:
    """Per category one bar of parts; a letter in each part is explained in the legend."""
    letters = {r: _letter(number) for number, r in enumerate(grafiek.reeksen)}
    names = {reeks: f"{letters[reeks]}  {reeks}" for reeks in grafiek.reeksen}
    top = max([1.0, *(_sum_of(groep, grafiek) for groep in grafiek.groepen)])
    x = _value_axis(grafiek)
    x["scale"]["domain"] = [0, top * 1.02]
    y = _named("groep", grafiek.groepen) | {
        "axis": {"title": None, "ticks": False, "labelPadding": 6}
    }
    order = {"field": "volgorde", "type": "quantitative"}
    stack = {"order": order, "x": x | {"stack": "zero"}, "y": y}
    middle = x | {"stack": "zero", "bandPosition": 0.5}
    colour = _named("naam", names.values()) | {
        "scale": {"domain": list(names.values()), "range": list(COLOURS)},
        "legend": {"columns": 3, "symbolType": "square", "symbolSize": 120},
    }
    data = _rows(
        grafiek,
        naam=lambda p: names[p.reeks],
        volgorde=lambda p: grafiek.reeksen.index(p.reeks),
        letter=lambda p: _part_label(p, letters[p.reeks], top, grafiek),
    )
    return {
        "width": WIDTH - 170,
        "height": {"step": 40},
        "data": data,
        "layer": [
            {"mark": STACK_PART, "encoding": stack | {"color": colour}},
            {"mark": STACK_TEXT, "encoding": stack | {"x": middle, "text": {"field": "letter"}}},
        ],
    }


def _letter(number: int) -> str:
    return LETTERS[number] if number < len(LETTERS) else str(number + 1)


def _sum_of(groep: str, grafiek: Grafiek) -> float:
    return sum(float(p.waarde or 0) for p in grafiek.punten if p.groep == groep)


def _part_label(punt: Punt, letter: str, top: float, grafiek: Grafiek) -> str:
    """Letter and number where they fit, else the letter, else nothing (the table has it)."""
    width = float(punt.waarde or 0) / top * (WIDTH - 170)
    long = f"{letter} {grafiek.text(punt.waarde or 0)}"
    if width > 9 * len(long):
        return long
    return letter if width > 14 else ""


LIJNHOOGTE = 240
REGEL = 17  # pixels between two names or numbers that would overlap


def _lijn(grafiek: Grafiek) -> dict[str, Any]:
    """A line per series over the years, its name behind the last point."""
    y = _value_axis(grafiek)
    per_pixel = y["scale"]["domain"][1] / LIJNHOOGTE
    names = _spread_names(grafiek, REGEL * per_pixel)
    under = _numbers_below(grafiek, REGEL * per_pixel)
    crowded = len(grafiek.reeksen) > 3  # numbers would cross lines; the table has them
    data = _rows(
        grafiek,
        naam=lambda p: p.reeks if names.get(p.reeks, ("", 0))[0] == p.groep else "",
        naamhoogte=lambda p: names.get(p.reeks, ("", 0))[1],
        onder=lambda p: (p.groep, p.reeks) in under,
        cijfer=lambda p: "" if crowded or p.waarde is None else grafiek.text(p.waarde),
    )
    return {
        "width": WIDTH - 220,
        "height": LIJNHOOGTE,
        "data": data,
        "layer": _line_layers(grafiek, y),
    }


def _line_layers(grafiek: Grafiek, y: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines, points, numbers above or below the points, and the names at the end."""
    x = _named("groep", grafiek.groepen) | {
        # Lower than the zero line, so that a number below a point stays clear of the years.
        "axis": {"title": None, "labelAngle": 0, "labelPadding": 6, "offset": 14},
        "scale": {"domain": grafiek.groepen, "type": "point", "padding": 0.3},
    }
    where = {"x": x, "y": y}
    number = where | {"text": {"field": "cijfer"}}
    name = {"x": x, "y": y | {"field": "naamhoogte"}, "text": {"field": "naam"}}
    colour = _look(grafiek, grafiek.kleuren)
    dash = _look(grafiek, [list(dash) for dash in DASHES])
    shape = _look(grafiek, list(SHAPES))
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2.5},
            "encoding": where | {"color": colour, "strokeDash": dash},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": where | {"color": colour, "shape": shape},
        },
        _text({"dy": -13}, number, "!datum.onder"),
        _text({"dy": 15}, number, "datum.onder"),
        _text({"align": "left", "dx": 26, "fontWeight": "bold"}, name, "true"),
    ]


def _text(look: dict[str, Any], encoding: dict[str, Any], where: str) -> dict[str, Any]:
    return {
        "transform": [{"filter": where}],
        "mark": {"type": "text"} | look,
        "encoding": encoding,
    }


def _look(grafiek: Grafiek, values: Sequence[Any]) -> dict[str, Any]:
    """A colour, dash or point for each series; its name stands at its line, so no legend."""
    scale = {"domain": grafiek.reeksen, "range": list(values)}
    return _named("reeks", grafiek.reeksen) | {"scale": scale, "legend": None}


def _spread_names(grafiek: Grafiek, room: float) -> dict[str, tuple[str, float]]:
    """Series -> (category of its last point, height of its name), none over another."""
    if len(grafiek.reeksen) == 1:
        return {}
    last = {p.reeks: p for p in grafiek.punten if p.waarde is not None}
    placed: dict[str, tuple[str, float]] = {}
    height = -room
    for reeks, punt in sorted(last.items(), key=lambda pair: float(pair[1].waarde or 0)):
        height = max(float(punt.waarde or 0), height + room)
        placed[reeks] = (punt.groep, height)
    return placed


def _numbers_below(grafiek: Grafiek, room: float) -> set[tuple[str, str]]:
    """Points whose number goes below them, because another point lies just above."""
    below: set[tuple[str, str]] = set()
    for groep in grafiek.groepen:
        values = sorted(
            (float(p.waarde), p.reeks)
            for p in grafiek.punten
            if p.groep == groep and p.waarde is not None
        )
        for (low, reeks), (high, _) in pairwise(values):
            if high - low < 2 * room:
                below.add((groep, reeks))
    return below


SPECS: dict[str, Callable[[Grafiek], dict[str, Any]]] = {
    "staaf": _staaf,
    "gegroepeerd": _gegroepeerd,
    "gestapeld": _gestapeld,
    "lijn": _lijn,
}
