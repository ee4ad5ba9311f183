"""Charts as SVG, the same string in the page and in the PDF.

A Vega-Lite spec is drawn on the server by vl-convert with the font of the project. Text stays
text; there are no style attributes (strict CSP). Colour is never alone: every bar carries its
number, years and areas are written beside their bars, parts of a stack have a letter, and lines
have their own dash, point and name. The caller always prints the figures in a table beside it.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from reporting.chart_specs import COLOURS, JAARKLEUREN, SPECS, Grafiek, Punt
from reporting.svg import FONT, FONTS, finish

__all__ = ["COLOURS", "JAARKLEUREN", "SOORTEN", "Grafiek", "Punt", "described", "draw"]

SOORTEN = tuple(SPECS)
INK = "#1b1b1b"
GRID = "#d0d4da"
LOCALE = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["€ ", ""],
    "percent": "%",
    "minus": "-",
}


def draw(grafiek: Grafiek, *, id: str) -> str:
    """The chart as one <svg role="img">; `id` is unique in the page."""
    spec = SPECS[grafiek.soort](grafiek)
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
