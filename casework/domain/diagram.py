"""State diagrams for the help pages, drawn from a table of steps: SVG without style attributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

BREED, HOOG, STAP_X, STAP_Y, RAND = 150, 46, 190, 90, 12
UITLEG: Final = "Dezelfde stappen staan in de tabel onder de tekening."


@dataclass(frozen=True, slots=True)
class Tekening:
    """`naam` keeps the ids of several drawings on one page apart."""

    naam: str
    titel: str
    plaats: Mapping[str, tuple[int, int]]  # column and row of each state
    labels: Mapping[str, str]
    pijlen: Mapping[tuple[str, str], Sequence[str]]  # (from, to) -> names of the steps


def draw(tekening: Tekening) -> str:
    """The SVG; every arrow carries its steps as a title."""
    naam = tekening.naam
    width = max(x for x, _ in tekening.plaats.values()) * STAP_X + BREED + 2 * RAND
    height = max(y for _, y in tekening.plaats.values()) * STAP_Y + HOOG + 2 * RAND + 40
    body = [_arrow(tekening, van, naar) for van, naar in sorted(tekening.pijlen)]
    body += [_box(tekening, toestand) for toestand in tekening.labels]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="{naam}-titel {naam}-uitleg">',
            f'<title id="{naam}-titel">{escape(tekening.titel)}</title>',
            f'<desc id="{naam}-uitleg">{UITLEG}</desc>',
            f'<defs><marker id="{naam}-punt" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
            ' markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"'
            ' fill="#3d4f58"/></marker></defs>',
            *body,
            "</svg>",
            "",
        ]
    )


def _corner(tekening: Tekening, toestand: str) -> tuple[int, int]:
    x, y = tekening.plaats[toestand]
    return RAND + x * STAP_X, RAND + y * STAP_Y + 20


def _box(tekening: Tekening, toestand: str) -> str:
    x, y = _corner(tekening, toestand)
    lines = _wrap(tekening.labels[toestand])
    first = y + HOOG // 2 + 5 - 8 * (len(lines) - 1)
    texts = "".join(
        f'<tspan x="{x + BREED // 2}" y="{first + 16 * n}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return (
        f'<g data-toestand="{toestand}"><rect x="{x}" y="{y}" width="{BREED}" height="{HOOG}"'
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


def _arrow(tekening: Tekening, van: str, naar: str) -> str:
    (x1, y1), (x2, y2) = _corner(tekening, van), _corner(tekening, naar)
    title = "; ".join(tekening.pijlen[van, naar])
    return (
        f'<path data-van="{van}" data-naar="{naar}" d="{_curve(x1, y1, x2, y2)}" fill="none"'
        f' stroke="#3d4f58" stroke-width="1.2" marker-end="url(#{tekening.naam}-punt)">'
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
