"""The states of a traject for the help page, drawn and written from the table."""

from collections.abc import Mapping
from typing import Final

from casework.domain import diagram

from .tabel import Stap, Tabel
from .toestanden import OPEN

# Place of each state in the drawing: column and row. The walk test fails on a state without one.
PLAATS: Final[Mapping[str, tuple[int, int]]] = {
    "ontvangen": (0, 1),
    "gescreend": (1, 1),
    "in_beeld_elders": (2, 0),
    "te_benaderen": (2, 1),
    "in_benadering": (3, 1),
    "intake": (4, 1),
    "in_begeleiding": (5, 1),
    "in_overdracht": (6, 0),
    "afgesloten": (7, 1),
    "nazorg": (7, 2),
    "zelfredzaam": (5, 2),
    "geen_behoefte": (5, 3),
    "niet_traceerbaar": (5, 4),
    "herbenaderen": (6, 5),
    "buiten_doelgroep": (0, 3),
}


def edges(tabel: Tabel) -> dict[tuple[str, str], list[Stap]]:
    """Steps by (from, to); steps possible in every open state are left out."""
    found: dict[tuple[str, str], list[Stap]] = {}
    for stap in tabel.stappen.values():
        if stap.van >= OPEN:
            continue
        for van in sorted(stap.van):
            found.setdefault((van, stap.naar), []).append(stap)
    return found


def draw(tabel: Tabel) -> str:
    return diagram.draw(
        diagram.Tekening(
            "traject",
            "Toestanden van een traject",
            PLAATS,
            {naam: t.label for naam, t in tabel.toestanden.items()},
            {pijl: [stap.label for stap in steps] for pijl, steps in edges(tabel).items()},
        )
    )


def rows(tabel: Tabel) -> list[dict[str, str]]:
    """The same as text: one row per step."""
    labels = {naam: t.label for naam, t in tabel.toestanden.items()}
    return [
        {
            "stap": stap.label,
            "van": "elke toestand die open is"
            if stap.van >= OPEN
            else ", ".join(labels[naam] for naam in tabel.toestanden if naam in stap.van),
            "naar": labels[stap.naar],
            "artikel": stap.artikel or "-",
            "wie": _who(stap),
        }
        for stap in tabel.stappen.values()
    ]


def _who(stap: Stap) -> str:
    if not stap.knop:
        return "vanzelf"
    return "doorstroomcoach, of 's nachts vanzelf" if stap.nachtelijk else "doorstroomcoach"
