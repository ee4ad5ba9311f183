"""What a row of the table of a traject is; the rows themselves stand in stappen.py.

The engine of casework is for werkprocessen; a traject has its own rows, terms and outcome, but
the same fields, states and rules of refusal.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Gebruiker
from casework.domain.proces import Gegevens, Toestand, Veld
from doorstroompunt.models import Traject

SCHRIJVEN = "doorstroompunt.schrijven"
# What must be there on the day of the step; a Dutch sentence tells what is missing.
Voorwaarde = Callable[[Traject, date], str | None]
# What is wrong with the answers given to the step.
Controle = Callable[[Traject, Gegevens, date], str | None]
# Changes the traject before it is saved; `by` is None for scheduled work.
Effect = Callable[[Traject, Gegevens, Gebruiker | None, date], None]


@dataclass(frozen=True, slots=True)
class Stap:
    """One row of the table: from which states to which, by whom, with what."""

    naam: str
    label: str
    van: frozenset[str]
    naar: str
    permissie: str = SCHRIJVEN
    velden: tuple[Veld, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    controles: tuple[Controle, ...] = ()
    effect: Effect | None = None
    uitleg: str = ""
    artikel: str = ""
    knop: bool = True  # False: follows from something else, such as the first attempt
    nachtelijk: bool = False  # scheduled work may do it too
    bijzonder: bool = False  # always there and seldom wanted; shown apart
    soorten: frozenset[str] | None = None  # only for these kinds of traject

    def possible_from(self, traject: Traject) -> bool:
        soort_past = self.soorten is None or traject.soort in self.soorten
        return traject.toestand in self.van and soort_past


@dataclass(frozen=True, slots=True)
class Tabel:
    begin: str
    toestanden: Mapping[str, Toestand]
    stappen: Mapping[str, Stap] = field(default_factory=dict)

    def from_state(self, toestand: str) -> Iterator[Stap]:
        return (stap for stap in self.stappen.values() if toestand in stap.van)
