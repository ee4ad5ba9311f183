"""Where the apps above casework add to the shared pages of a dossier.

casework may not import leerplicht or doorstroompunt, but its dossier shows their status, events
and links. They register here in `AppConfig.ready`; nothing is called before a page is made.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import Gebruiker
from casework.models import Afspraak, Jongere, Politiegegeven, School, Werkproces
from casework.schooljaar import Schooljaar


@dataclass(frozen=True, slots=True)
class Statusregel:
    """Status of a jongere under the law on a day, and the next change."""

    label: str
    soort: str = "info"  # kind of badge
    wijziging: str = ""
    wijziging_op: date | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the timeline; a date counts as the start of that day."""

    moment: date | datetime
    titel: str
    tekst: str = ""
    actor: str = ""
    bron: str = ""
    url: str = ""
    soort: str = ""
    # The row behind it, when that can be police data.
    gegeven: Politiegegeven | None = None


@dataclass(frozen=True, slots=True)
class Koppeling:
    """A link on the dossier page, shown to who has the permission."""

    label: str
    url_name: str  # with the uuid of the jongere as its argument
    permission: str


# Lines before a moment (None: the newest), at most `limit`, newest first.
Bron = Callable[[Jongere, Gebruiker, datetime | None, int], Iterable[Regel]]
Waarschuwer = Callable[[Jongere, Gebruiker], Iterable[str]]
# Numbers of work at a school: a label with a number for each of these schooljaren.
Schoolcijfers = Callable[[School, Gebruiker, Sequence[Schooljaar]], Iterable[tuple[str, list[int]]]]
# Gemeente codes, schooljaren ("2022-2023"), indicators: figures as their contract writes them.
Cijfers = Callable[[list[str], list[str], list[str]], Iterable[Mapping[str, Any]]]


@dataclass(slots=True)
class Vernietigd:
    """Rows that go: keys by label of the model, and numbers by which copies are found."""

    gemeente: str  # code
    sleutels: dict[str, set[int]] = field(default_factory=dict)
    nummers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Afspraakfeiten:
    """What an appointment is for its werkproces: planned it is a step, its outcome a fact."""

    telt_mee: Callable[[Afspraak], bool]
    gepland: Callable[[Afspraak, Gebruiker, date], None]
    # With who came, of those invited, and what was said.
    uitkomst: Callable[[Afspraak, Collection[str], str, Gebruiker, date], None]
    vastgelegd: Callable[[Afspraak], bool]


@dataclass(slots=True)
class Uitbreidingen:
    status: Callable[[Jongere, Gebruiker, date], Statusregel] | None = None
    bronnen: list[Bron] = field(default_factory=list)
    waarschuwers: list[Waarschuwer] = field(default_factory=list)
    schoolcijfers: list[Schoolcijfers] = field(default_factory=list)
    koppelingen: list[Koppeling] = field(default_factory=list)
    staplabels: dict[str, str] = field(default_factory=dict)
    toestandlabels: dict[str, str] = field(default_factory=dict)
    cijfers: Cijfers | None = None
    # What the steps of a werkproces tell for the fields of a letter about it.
    briefwaarden: Callable[[Werkproces, str, Gebruiker], dict[str, str]] | None = None
    afspraken: Afspraakfeiten | None = None
    # A whole HTML document as an accessible PDF.
    pdf: Callable[[str], bytes] | None = None
    # Keeps the figures of these schooljaren of a gemeente (code) before rows are destroyed.
    bewaar_cijfers: Callable[[str, list[int], date], list[dict[str, Any]]] | None = None
    # Called with what is destroyed, for copies that no foreign key leads to.
    opruimers: list[Callable[["Vernietigd"], None]] = field(default_factory=list)
    # Police processes of an app: the model, which rows are open, and the field of whose work it is.
    politiewerk: list[tuple[type[Politiegegeven], Q, str]] = field(default_factory=list)
    # Text on the timeline for an event that has no row of its own.
    gebeurtenissen: dict[str, str] = field(default_factory=dict)


UITBREIDINGEN = Uitbreidingen()
