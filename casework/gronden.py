"""Grounds of vrijstelling and vervangende leerplicht: the one table that maps their spellings.

Stored, exchanged and counted is the code of the package: `5a` is artikel 5 onder a and
`5a_trekkend` is artikel 5a. Texts of the law and the status table write `5_a` and `5a` for the
same two, so `5a` means two things. Nothing outside this module may translate between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .errors import DomainError


class Plicht(StrEnum):
    LEERPLICHT = "leerplicht"
    KWALIFICATIEPLICHT = "kwalificatieplicht"


@dataclass(frozen=True, slots=True)
class Grond:
    """One ground: package code, spelling in status tables, and the duties it lifts."""

    code: str
    statuscode: str
    artikel: str
    label: str
    heft_op: frozenset[Plicht] = frozenset()
    seizoen: bool = False  # holds only in the months of the season (trekkend bestaan)


_BEIDE = frozenset(Plicht)
_LEERPLICHT = frozenset({Plicht.LEERPLICHT})
_KWALIFICATIE = frozenset({Plicht.KWALIFICATIEPLICHT})

_ROWS: Final = (
    Grond("5a", "5_a", "Lpw 5 onder a", "Niet geschikt voor een school", _BEIDE),
    Grond("5b", "5_b", "Lpw 5 onder b", "Bedenkingen tegen de richting", _BEIDE),
    Grond("5c", "5_c", "Lpw 5 onder c", "School in het buitenland", _BEIDE),
    Grond("5a_trekkend", "5a", "Lpw 5a", "Trekkend bestaan", _LEERPLICHT, seizoen=True),
    Grond("15", "15", "Lpw 15", "Ander onderwijs", _KWALIFICATIE),
    Grond("3a", "3a", "Lpw 3a", "Aangepast programma op school"),
    Grond("3b", "3b", "Lpw 3b", "Laatste jaar op een instelling"),
    Grond("11a", "11a", "Lpw 11a", "Uren vrij voor vijfjarigen"),
    *(
        Grond(f"11_{letter}", f"11_{letter}", f"Lpw 11 onder {letter}", label)
        for letter, label in (
            ("a", "School gesloten"),
            ("b", "Toegang verboden door regels"),
            ("c", "Tijdelijk geschorst"),
            ("d", "Ziekte"),
            ("e", "Godsdienst of levensovertuiging"),
            ("f", "Vakantie door het beroep van een ouder"),
            ("g", "Andere gewichtige omstandigheden"),
        )
    ),
)

GRONDEN: Final[Mapping[str, Grond]] = {row.code: row for row in _ROWS}
_BY_STATUSCODE: Final[Mapping[str, Grond]] = {row.statuscode: row for row in _ROWS}

# Grounds of the package: exemptions from enrolment, and vervangende leerplicht.
VRIJSTELLING: Final = frozenset({"5a", "5b", "5c", "5a_trekkend", "15"})
VERVANGEND: Final = frozenset({"3a", "3b"})


def from_statuscode(text: str) -> Grond:
    """The ground as status tables spell it (`5_a`, `5a` = artikel 5a); DomainError if unknown."""
    try:
        return _BY_STATUSCODE[text.strip().lower()]
    except KeyError:
        raise DomainError(
            f"'{text}' is geen grond. Kies uit {', '.join(_BY_STATUSCODE)}."
        ) from None


def from_pakket(text: str) -> Grond:
    """The ground as the package spells it (`5a` = artikel 5 onder a); DomainError if unknown."""
    try:
        return GRONDEN[text.strip().lower()]
    except KeyError:
        raise DomainError(f"'{text}' is geen grond. Kies uit {', '.join(GRONDEN)}.") from None
