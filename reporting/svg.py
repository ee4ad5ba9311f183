"""What a chart of Vega needs before it may stand in a page and in a PDF/A."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

FONT = "Noto Sans"
FONTS = Path(__file__).resolve().parent.parent / "static" / "pdf" / "fonts"
NAMESPACE = "http://www.w3.org/2000/svg"
# Of use in a browser only, or not allowed by the content security policy.
DROPPED = (
    "style",
    "class",
    "role",
    "pointer-events",
    "aria-hidden",
    "aria-roledescription",
)


def finish(svg: str, title: str, description: str, id: str) -> str:
    """Name and describe the chart, give it ids of its own, leave out what is not needed."""
    root = ElementTree.fromstring(svg)  # noqa: S314  # drawn by ourselves a moment ago
    prefix = f"{id}-{hashlib.sha256(svg.encode()).hexdigest()[:6]}"
    for element in root.iter():
        _clean(element)
        _own_ids(element, prefix)
        if element.tag == f"{{{NAMESPACE}}}text":
            _anchor_at_start(element)
    _remove_hidden(root)
    root.attrib |= {
        "role": "img",
        "class": "grafiek",
        "aria-labelledby": f"{prefix}-titel {prefix}-oms",
        "focusable": "false",
    }
    for tag, suffix, text in (("desc", "oms", description), ("title", "titel", title)):
        element = ElementTree.Element(f"{{{NAMESPACE}}}{tag}", {"id": f"{prefix}-{suffix}"})
        element.text = text
        root.insert(0, element)
    # Here and not once: other libraries (openpyxl) claim the empty prefix when they are imported.
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    for name in DROPPED:
        element.attrib.pop(name, None)
    if element.get("opacity") == "1":
        del element.attrib["opacity"]
    for name, value in element.attrib.items():
        if name in ("d", "transform", "x", "y", "x2", "y2"):
            element.set(name, re.sub(r"\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}", value))


def _remove_hidden(parent: ElementTree.Element) -> None:
    for child in list(parent):
        _remove_hidden(child)
        empty_group = child.tag.endswith("}g") and not len(child)
        if child.get("display") == "none" or child.get("d") == "M0,0h0v0h0Z" or empty_group:
            parent.remove(child)


def _own_ids(element: ElementTree.Element, prefix: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}-"))


def _anchor_at_start(text: ElementTree.Element) -> None:
    """Replace text-anchor middle and end by a measured shift.

    WeasyPrint draws anchored text in a transparency group, which PDF/A-1 forbids.
    """
    share = {"middle": 0.5, "end": 1.0}.get(text.attrib.pop("text-anchor", "start"), 0.0)
    match = re.fullmatch(r"translate\(([-\d.]+),\s*([-\d.]+)\)", text.get("transform", ""))
    if not share or not match:
        return
    size = float(text.get("font-size", "12px").removesuffix("px"))
    width = measure("".join(text.itertext()), size, bold=text.get("font-weight") == "bold")
    text.set("transform", f"translate({float(match[1]) - share * width:.2f},{match[2]})")


@cache
def _font(bold: bool) -> Any:
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf")
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels of a text in the font of the project."""
    glyphs, metrics, units = _font(bold)
    return float(sum(metrics[glyphs.get(ord(c), ".notdef")][0] for c in text) * size / units)
