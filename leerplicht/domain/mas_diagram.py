"""The state diagram of the MAS, drawn from the table: SVG for the help page, text beside it."""

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from casework.domain.proces import Procestabel, Stap

# Place of each state in the drawing: column and row. The walk test fails on a state without one.
PLAATS: Final[Mapping[str, tuple[int, int]]] = {
    "ontvangen": (0, 2),
    "beoordeling": (1, 2),
    "onderzoek": (2, 2),
    "weging": (3, 2),
    "afspraken": (4, 0),
    "hulp": (4, 1),
    "halt": (4, 2),
    "verplicht_kader": (4, 3),
    "strafrecht": (4, 4),
    "volgen": (5, 2),
    "afgesloten": (6, 2),
    "terug_naar_school": (1, 4),
    "ter_kennisgeving": (2, 4),
}
BREED, HOOG, STAP_X, STAP_Y, RAND = 150, 46, 190, 90, 12


def edges(tabel: Procestabel) -> dict[tuple[str, str], list[Stap]]:
    """Steps by (from, to); steps possible in every open state and steps in place are left out."""
    openstaand = {naam for naam, t in tabel.toestanden.items() if not t.final}
    found: dict[tuple[str, str], list[Stap]] = {}
    for stap in tabel.stappen.values():
        if stap.van >= openstaand:
            continue
        for van in sorted(stap.van - {stap.naar}):
            found.setdefault((van, stap.naar), []).append(stap)
    return found


def draw(tabel: Procestabel) -> str:
    """SVG without style attributes; every arrow carries its steps as a title."""
    width = max(x for x, _ in PLAATS.values()) * STAP_X + BREED + 2 * RAND
    height = max(y for _, y in PLAATS.values()) * STAP_Y + HOOG + 2 * RAND + 40
    body = [_arrow(van, naar, steps) for (van, naar), steps in sorted(edges(tabel).items())]
    body += [_box(naam, tabel.toestanden[naam].label) for naam in tabel.toestanden]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            ' aria-labelledby="mas-titel mas-uitleg">',
            '<title id="mas-titel">Toestanden van een werkproces in de MAS</title>',
            '<desc id="mas-uitleg">Dezelfde stappen staan in de tabel onder de tekening.</desc>',
            '<defs><marker id="mas-punt" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
            ' markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"'
            ' fill="#3d4f58"/></marker></defs>',
            *body,
            "</svg>",
            "",
        ]
    )


def _corner(naam: str) -> tuple[int, int]:
    x, y = PLAATS[naam]
    return RAND + x * STAP_X, RAND + y * STAP_Y + 20


def _box(naam: str, label: str) -> str:
    x, y = _corner(naam)
    lines = _wrap(label)
    first = y + HOOG // 2 + 5 - 8 * (len(lines) - 1)
    texts = "".join(
        f'<tspan x="{x + BREED // 2}" y="{first + 16 * n}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<g data-toestand="{naam}"><rect x="{x}" y="{y}" width="{BREED}" height="{HOOG}" rx="6"'
        f' fill="#ffffff" stroke="#0b3440" stroke-width="1.5"/><text text-anchor="middle"'
        f' font-size="13" fill="#0b3440">{texts}</text></g>'
    )


def _wrap(label: str, breedte: int = 20) -> list[str]:
    lines = [""]
    for word in label.split():
        if len(lines[-1]) + len(word) >= breedte and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _arrow(van: str, naar: str, steps: list[Stap]) -> str:
    (x1, y1), (x2, y2) = _corner(van), _corner(naar)
    title = "; ".join(stap.label for stap in steps)
    return (
        f'<path data-van="{van}" data-naar="{naar}" d="{_curve(x1, y1, x2, y2)}" fill="none"'
        f' stroke="#3d4f58" stroke-width="1.2" marker-end="url(#mas-punt)">'
        f"<title>{escape(title)}</title></path>"
    )


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    """Forward from right to left side; back over the top; up or down in the same column."""
    half = HOOG // 2
    if x2 > x1:
        start, end = (x1 + BREED, y1 + half), (x2, y2 + half)
        bend = (end[0] - start[0]) // 2
        first, second = f"{start[0] + bend} {start[1]}", f"{end[0] - bend} {end[1]}"
        return f"M{start[0]} {start[1]}C{first} {second} {end[0]} {end[1]}"
    if x2 == x1:
        down = y2 > y1
        shift = 12 if down else -12
        a, b = (y1 + HOOG, y2) if down else (y1, y2 + HOOG)
        return f"M{x1 + BREED // 2 + shift} {a}L{x1 + BREED // 2 + shift} {b}"
    up = min(y1, y2) - 34
    a, b = x1 + BREED // 2, x2 + BREED // 2
    return f"M{a} {y1}C{a} {up} {b} {up} {b} {y2}"


def rows(tabel: Procestabel) -> list[dict[str, str]]:
    """The same as text: one row per step."""
    labels = {naam: t.label for naam, t in tabel.toestanden.items()}
    openstaand = {naam for naam, t in tabel.toestanden.items() if not t.final}
    return [
        {
            "stap": stap.label,
            "van": "elke open toestand"
            if stap.van >= openstaand
            else ", ".join(labels[naam] for naam in tabel.toestanden if naam in stap.van),
            "naar": labels[stap.naar],
            "artikel": stap.artikel or "-",
            "wie": "boa" if stap.permissie.startswith("opsporing") else "leerplichtambtenaar",
        }
        for stap in tabel.stappen.values()
    ]
