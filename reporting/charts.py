"""Charts as SVG, the same string in the page and in the PDF.

A Vega-Lite spec is drawn on the server by vl-convert with the font of the project. Text stays
text; there are no style attributes (strict CSP). Colour is never alone: every bar carries its
number, years and areas are written beside their bars, parts of a stack have a letter, and lines
have their own dash, point and name. The caller always prints the figures in a table beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from reporting.svg import FONT, FONTS, finish

WIDTH = 640  # pixels of the drawing area and its labels together, about
INK = "#1b1b1b"
GRID = "#d0d4da"
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
LOCALE = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["€ ", ""],
    "percent": "%",
    "minus": "-",
}


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


def draw(grafiek: Grafiek, *, id: str) -> str:
    """The chart as one <svg role="img">; `id` is unique in the page."""
    spec = _SOORTEN[grafiek.soort](grafiek)
    return finish(_to_svg(_with_config(spec)), grafiek.titel, grafiek.omschrijving, id)


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def _to_svg(spec: dict[str, Any]) -> str:
    import vl_convert

    _register_fonts()
    return str(
        vl_convert.vegalite_to_svg(
            spec, vl_version="v5.20", format_locale=LOCALE, allowed_base_urls=[]
        )
    )


def _with_config(spec: dict[str, Any]) -> dict[str, Any]:
    text = {"font": FONT, "fontSize": 12, "fill": INK}
    label = {
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelColor": INK,
        "labelLimit": 270,
    }
    return spec | {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "padding": 4,
        "config": {
            "aria": False,
            "view": {"stroke": None},
            "text": text,
            "axis": label | {"domainColor": INK, "tickColor": INK, "gridColor": GRID},
            "header": label | {"title": None},
            "legend": label | {"orient": "top", "title": None, "symbolStrokeWidth": 2},
        },
    }


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
        axis["tickMinStep"] = 1
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
        "spacing": 8,
        "resolve": {"scale": {"y": "shared"}},
        "spec": {
            "width": WIDTH - 300,
            "height": {"step": 17},
            "layer": _bars(grafiek, y, colour),
        },
    }


def _gestapeld(grafiek: Grafiek) -> dict[str, Any]:
    """Per category one bar of parts; a letter in each part is explained in the legend."""
    letter = dict(zip(grafiek.reeksen, LETTERS, strict=False))
    names = {reeks: f"{letter[reeks]}  {reeks}" for reeks in grafiek.reeksen}
    sums = [
        sum(float(p.waarde or 0) for p in grafiek.punten if p.groep == g) for g in grafiek.groepen
    ]
    top = max([*sums, 1.0])
    x = _value_axis(grafiek)
    x["scale"]["domain"] = [0, top * 1.02]
    y = _named("groep", grafiek.groepen) | {
        "axis": {"title": None, "ticks": False, "labelPadding": 6}
    }
    stack = {
        "order": {"field": "volgorde", "type": "quantitative"},
        "x": x | {"stack": "zero"},
        "y": y,
    }
    colour = _named("naam", names.values()) | {
        "scale": {"domain": list(names.values()), "range": list(COLOURS)},
        "legend": {"columns": 3, "symbolType": "square", "symbolSize": 120},
    }
    data = _rows(
        grafiek,
        naam=lambda p: names[p.reeks],
        volgorde=lambda p: grafiek.reeksen.index(p.reeks),
        letter=lambda p: _part_label(p, letter[p.reeks], top, grafiek),
    )
    return {
        "width": WIDTH - 170,
        "height": {"step": 40},
        "data": data,
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "stroke": "#ffffff",
                    "strokeWidth": 2,
                    "height": {"band": 0.75},
                },
                "encoding": stack | {"color": colour},
            },
            {
                "mark": {
                    "type": "text",
                    "fill": "#ffffff",
                    "fontWeight": "bold",
                    "fontSize": 11,
                },
                "encoding": stack
                | {
                    "x": x | {"stack": "zero", "bandPosition": 0.5},
                    "text": {"field": "letter"},
                },
            },
        ],
    }


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
    x = _named("groep", grafiek.groepen) | {
        # Lower than the zero line, so that a number below a point stays clear of the years.
        "axis": {"title": None, "labelAngle": 0, "labelPadding": 6, "offset": 14},
        "scale": {"domain": grafiek.groepen, "type": "point", "padding": 0.3},
    }
    ranges = {
        "color": grafiek.kleuren,
        "strokeDash": [list(dash) for dash in DASHES],
        "shape": list(SHAPES),
    }
    looks = {
        channel: _named("reeks", grafiek.reeksen)
        | {"scale": {"domain": grafiek.reeksen, "range": values}, "legend": None}
        for channel, values in ranges.items()
    }
    where = {"x": x, "y": y}
    number = {"text": {"field": "cijfer"}}
    return {
        "width": WIDTH - 220,
        "height": LIJNHOOGTE,
        "data": data,
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": where | {c: looks[c] for c in ("color", "strokeDash")},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": where | {c: looks[c] for c in ("color", "shape")},
            },
            {
                "transform": [{"filter": "!datum.onder"}],
                "mark": {"type": "text", "dy": -13},
                "encoding": where | number,
            },
            {
                "transform": [{"filter": "datum.onder"}],
                "mark": {"type": "text", "dy": 15},
                "encoding": where | number,
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 26, "fontWeight": "bold"},
                "encoding": {
                    "x": x,
                    "y": y | {"field": "naamhoogte"},
                    "text": {"field": "naam"},
                },
            },
        ],
    }


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


_SOORTEN: dict[str, Callable[[Grafiek], dict[str, Any]]] = {
    "staaf": _staaf,
    "gegroepeerd": _gegroepeerd,
    "gestapeld": _gestapeld,
    "lijn": _lijn,
}
SOORTEN = tuple(_SOORTEN)


def described(grafiek: Grafiek) -> Grafiek:
    """The same chart with every value in words, for who cannot see it."""
    parts = []
    for reeks in grafiek.reeksen:
        values = [
            f"{p.groep} {grafiek.text(p.waarde)}"
            for p in grafiek.punten
            if p.reeks == reeks and p.waarde is not None
        ]
        parts.append((f"{reeks}: " if reeks else "") + ", ".join(values) + ".")
    return replace(grafiek, omschrijving=" ".join(parts))
