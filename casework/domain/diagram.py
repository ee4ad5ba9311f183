"""A table of steps for the help page: as a drawing (SVG without style attributes) and as text."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from casework.domain.proces import Procestabel, Stap, Toestand

BREED, HOOG, STAP_X, STAP_Y, RAND = 150, 46, 190, 90, 12
UITLEG: Final = "Dezelfde stappen staan in de tabel onder de tekening."


# Who does a step, by the permission it asks.
WIE: Final[Mapping[str, str]] = {
    "leerplicht.schrijven": "leerplichtambtenaar",
    "opsporing.schrijven": "boa",
    "doorstroompunt.schrijven": "doorstroomcoach",
    "meldcode.werken": "leerplichtambtenaar die erbij mag",
}


def edges(tabel: Procestabel[Any]) -> dict[tuple[str, str], list[Stap[Any]]]:
    """Steps by (from, to); steps possible in every open state and steps in place are left out."""
    found: dict[tuple[str, str], list[Stap[Any]]] = {}
    for stap in tabel.stappen.values():
        if stap.van >= tabel.open or not stap.naar:
            continue
        for van in sorted(stap.van - {stap.naar}):
            found.setdefault((van, stap.naar), []).append(stap)
    return found


def rows(tabel: Procestabel[Any]) -> list[dict[str, str]]:
    """The same as text: one row per step."""
    labels = {naam: t.label for naam, t in tabel.toestanden.items()}
    return [
        {
            "stap": stap.label,
            "van": "elke open toestand"
            if stap.van >= tabel.open
            else ", ".join(labels[naam] for naam in labels if naam in stap.van),
            "naar": labels[stap.naar] if stap.naar else "blijft staan",
            "document": stap.document or "-",
            "artikel": stap.artikel or "-",
            "wie": _who(stap),
        }
        for stap in tabel.stappen.values()
    ]


def _who(stap: Stap[Any]) -> str:
    if not stap.knop:
        return "vanzelf"
    return (
        f"{WIE[stap.permissie]}, of 's nachts vanzelf" if stap.nachtelijk else WIE[stap.permissie]
    )


def draw(tabel: Procestabel[Any]) -> str:
    """The SVG; every arrow carries its steps as a title."""
    naam, pijlen = tabel.naam, edges(tabel)
    plaatsen = [toestand.plaats for toestand in tabel.toestanden.values()]
    width = max(x for x, _ in plaatsen) * STAP_X + BREED + 2 * RAND
    height = max(y for _, y in plaatsen) * STAP_Y + HOOG + 2 * RAND + 40
    body = [_arrow(tabel, van, naar, pijlen[van, naar]) for van, naar in sorted(pijlen)]
    body += [_box(toestand) for toestand in tabel.toestanden.values()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="{naam}-titel {naam}-uitleg">',
            f'<title id="{naam}-titel">{escape(tabel.titel)}</title>',
            f'<desc id="{naam}-uitleg">{UITLEG}</desc>',
            f'<defs><marker id="{naam}-punt" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
            ' markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"'
            ' fill="#3d4f58"/></marker></defs>',
            *body,
            "</svg>",
            "",
        ]
    )


def _corner(toestand: Toestand) -> tuple[int, int]:
    x, y = toestand.plaats
    return RAND + x * STAP_X, RAND + y * STAP_Y + 20


def _box(toestand: Toestand) -> str:
    x, y = _corner(toestand)
    lines = _wrap(toestand.label)
    first = y + HOOG // 2 + 5 - 8 * (len(lines) - 1)
    texts = "".join(
        f'<tspan x="{x + BREED // 2}" y="{first + 16 * n}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<g data-toestand="{toestand.naam}"><rect x="{x}" y="{y}" width="{BREED}" height="{HOOG}"'
        f' rx="6" fill="#ffffff" stroke="#0b3440" stroke-width="1.5"/><text text-anchor="middle"'
        f' font-size="13" fill="#0b3440">{texts}</text></g>'
    )


def _wrap(label: str, breedte: int = 20) -> list[str]:
    lines = [""]
    for word in label.split():
        if len(lines[-1]) + len(word) >= breedte and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _arrow(tabel: Procestabel[Any], van: str, naar: str, stappen: Sequence[Stap[Any]]) -> str:
    (x1, y1), (x2, y2) = (_corner(tabel.toestanden[naam]) for naam in (van, naar))
    title = "; ".join(stap.label for stap in stappen)
    return (
        f'<path data-van="{van}" data-naar="{naar}" d="{_curve(x1, y1, x2, y2)}" fill="none"'
        f' stroke="#3d4f58" stroke-width="1.2" marker-end="url(#{tabel.naam}-punt)">'
        f"<title>{escape(title)}</title></path>"
    )


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    """Forward from right to left side; up or down in the same column; back over the top, or
    from a lower row underneath."""
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
    if y1 > y2:
        below, corner = y1 + HOOG // 2, f"{x2 + BREED // 2} {y2 + HOOG}"
        return f"M{x1} {below}C{x2 + BREED // 2} {below} {corner} {corner}"
    up = min(y1, y2) - 34
    a, b = x1 + BREED // 2, x2 + BREED // 2
    return f"M{a} {y1}C{a} {up} {b} {up} {b} {y2}"
