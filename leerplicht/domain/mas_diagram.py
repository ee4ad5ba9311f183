"""The state diagram of the MAS, drawn from the table: SVG for the help page, text beside it."""

from collections.abc import Mapping
from typing import Final

from casework.domain import diagram
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
    "afgesloten": (6, 5),
    "terug_naar_school": (1, 6),
    "ter_kennisgeving": (2, 5),
}


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
    """Steps possible in every open state and steps in place are not drawn."""
    return diagram.draw(
        diagram.Tekening(
            "mas",
            "Toestanden van een werkproces in de MAS",
            PLAATS,
            {naam: t.label for naam, t in tabel.toestanden.items()},
            {pijl: [stap.label for stap in steps] for pijl, steps in edges(tabel).items()},
        )
    )


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
