"""The process engine: a table of steps and one function that performs a step.

A table lives with its law (leerplicht/domain/mas.py, doorstroompunt/domain/stappen.py). `perform`
locks, checks the step and the person, moves the case, runs the effect and lets the table write
the history, all in one transaction.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from django.db import transaction

from accounts.models import Gebruiker
from casework.errors import DomainError, NotAuthorised, TransitionNotAllowed
from casework.models import Zaak
from casework.schoolvakanties import Regio

Z = TypeVar("Z", bound=Zaak)
Gegevens = Mapping[str, Any]
# What must be there on the day of the step; a Dutch sentence tells what is missing.
Voorwaarde = Callable[[Z, date], str | None]
# What is wrong with the answers given to the step.
Controle = Callable[[Z, Gegevens, date], str | None]
# What a step does besides moving the case, before it is saved. `by` is a Gebruiker; None only in
# a step that scheduled work may do, which a type cannot say.
Effect = Callable[[Z, Gegevens, Any, date], None]
# The answer that says why a step departs from a guideline: a code of a list, so it can be counted.
AFWIJKING: Final = "afwijking"
NIET_AFGEWEKEN: Final = "U wijkt niet af van de richtlijn. Kies daarom geen reden om af te wijken."


@dataclass(frozen=True, slots=True)
class Veld:
    """Something a step must or may be given: `soort` picks the form field."""

    naam: str
    label: str
    soort: str = "tekst"  # tekst, lange_tekst, getal, datum, keuze, meerkeuze, ja_nee, vink
    verplicht: bool = True
    keuzes: tuple[tuple[str, str], ...] = ()
    hulp: str = ""
    groep: str = ""  # heading above this field and those after it
    gebeurd: bool = False  # a day of what was done, so not after the day of the step


@dataclass(frozen=True, slots=True)
class Toestand:
    """A state, its term to leave it (`due` gives the date) and the article it rests on.

    `due_at_school`: a term in days or weeks of school, so by the holidays of a region.
    `plaats`: column and row in the drawing of the help page.
    """

    naam: str
    label: str
    uitleg: str = ""
    due: Callable[[date], date] | None = None
    termijn: str = ""
    grondslag: str = ""
    final: bool = False
    plaats: tuple[int, int] = (0, 0)
    due_at_school: Callable[[date, Regio | None], date] | None = None

    def term(self, day: date, regio: Regio | None) -> date | None:
        """Last day to leave this state, for who came into it on this day."""
        if self.due_at_school:
            return self.due_at_school(day, regio)
        return self.due(day) if self.due else None


@dataclass(frozen=True)  # no slots: Stap[Werkproces](...) could not note its type then
class Stap(Generic[Z]):
    """One row of the table: from which states to which, by whom, with what."""

    naam: str
    label: str
    van: frozenset[str]
    naar: str  # empty: stays in the state it is in
    soort: str = ""  # kind of the history row, where that has kinds
    _: KW_ONLY
    permissie: str
    velden: tuple[Veld, ...] = ()
    voorwaarden: tuple[Voorwaarde[Z], ...] = ()
    controles: tuple[Controle[Z], ...] = ()
    # Of a guideline, no law: who departs from it says why (pas toe of leg uit). A check that needs
    # an answer gives None without it, so that the page can tell the others beforehand.
    richtlijnen: tuple[Controle[Z], ...] = ()
    effect: Effect[Z] | None = None
    uitleg: str = ""
    artikel: str = ""
    document: str = ""  # what is written or sent with it
    brief: str = ""  # kind of letter, when the program makes that
    knop: bool = True  # False: follows from something else, such as a new melding
    nachtelijk: bool = False  # scheduled work may do it too
    bijzonder: bool = False  # always there and seldom wanted; shown apart
    soorten: frozenset[str] | None = None  # only for these kinds of case

    def possible_from(self, zaak: Z) -> bool:
        return zaak.toestand in self.van and (self.soorten is None or zaak.soort in self.soorten)


@dataclass(frozen=True, slots=True)
class Verricht(Generic[Z]):
    """A step that was performed, for the history."""

    stap: Stap[Z]
    van: str
    toestand: Toestand  # the case stands there now
    by: Gebruiker | None
    day: date
    gegevens: Mapping[str, Any]  # the answers that were given, as JSON can hold them
    verslag: str


@dataclass(frozen=True, slots=True)
class Procestabel(Generic[Z]):
    """`open`: the states in which there is work; `lock`: the row as it is now, held to the end
    of the transaction; `write`: saves the case, its history, terms and event.
    """

    naam: str
    titel: str
    onderwerp: str  # as a sentence begins: "het werkproces"
    begin: str
    toestanden: Mapping[str, Toestand]
    open: frozenset[str]
    stappen: Mapping[str, Stap[Z]]
    lock: Callable[[Z], Z]
    write: Callable[[Z, Verricht[Z]], None]

    def from_state(self, toestand: str) -> Iterator[Stap[Z]]:
        return (stap for stap in self.stappen.values() if toestand in stap.van)


def may_perform(zaak: Zaak, permissie: str, by: Gebruiker) -> bool:
    """In the gemeente of the case; of the jongere while that is not known."""
    return by.may(permissie, zaak.gemeente_id or zaak.jongere.gemeente_id)


def missing(stap: Stap[Z], zaak: Z, gegevens: Gegevens, day: date) -> list[str]:
    """Dutch sentences of everything that stands in the way of this step."""
    leeg = [
        f"Vul in: {veld.label.lower()}."
        for veld in stap.velden
        if veld.verplicht and gegevens.get(veld.naam) in (None, "", [], ())
    ]
    leeg += [
        f"{veld.label}: deze dag is nog niet geweest."
        for veld in stap.velden
        if veld.gebeurd and (gegevens.get(veld.naam) or day) > day
    ]
    facts = [text for check in stap.voorwaarden if (text := check(zaak, day))]
    answers = [text for check in stap.controles if (text := check(zaak, gegevens, day))]
    return leeg + facts + answers + _explained(stap, zaak, gegevens, day)


def departures(stap: Stap[Z], zaak: Z, gegevens: Gegevens, day: date) -> list[str]:
    """Where this step departs from the guideline."""
    return [text for check in stap.richtlijnen if (text := check(zaak, gegevens, day))]


def _explained(stap: Stap[Z], zaak: Z, gegevens: Gegevens, day: date) -> list[str]:
    """Pas toe of leg uit; a reason without a departure would count for nothing."""
    texts, reden = departures(stap, zaak, gegevens, day), gegevens.get(AFWIJKING)
    if texts and not reden:
        return [*texts, "Wijkt u af van de richtlijn? Kies dan waarom."]
    if reden and stap.richtlijnen and not texts:
        return [NIET_AFGEWEKEN]
    return []


@transaction.atomic
def perform(
    zaak: Z,
    naam: str,
    *,
    tabel: Procestabel[Z],
    by: Gebruiker | None,
    day: date,
    gegevens: Gegevens | None = None,
    verslag: str = "",
) -> Z:
    """Perform one step of the table on this case; `by` is None for scheduled work.

    Raises NotAuthorised, TransitionNotAllowed, or DomainError when something is missing.
    """
    gegevens = gegevens or {}
    zaak = tabel.lock(zaak)
    stap, van = tabel.stappen.get(naam), zaak.toestand
    if stap is None or not stap.possible_from(zaak):
        label, nu = (stap.label if stap else naam), tabel.toestanden[van].label
        raise TransitionNotAllowed(f"'{label}' kan niet: {tabel.onderwerp} staat op '{nu}'.")
    if not (stap.nachtelijk if by is None else may_perform(zaak, stap.permissie, by)):
        raise NotAuthorised("U bent niet bevoegd voor deze stap in deze gemeente.")
    if redenen := missing(stap, zaak, gegevens, day):
        raise DomainError(" ".join(redenen))
    naar = stap.naar or van
    if naar != van:  # a step inside a state does not restart its term
        zaak.toestand, zaak.toestand_sinds = naar, day
    if stap.effect:
        stap.effect(zaak, gegevens, by, day)
    answers = {k: _plain(v) for k, v in gegevens.items() if v not in (None, "")}
    tabel.write(zaak, Verricht(stap, van, tabel.toestanden[naar], by, day, answers, verslag))
    return zaak


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Mogelijk(Generic[Z]):
    """A step from the present state: what is missing, and whether this user may do it."""

    stap: Stap[Z]
    mag: bool
    nodig: list[str] = field(default_factory=list)
    gedaan_op: date | None = None  # a step inside this state that was done before

    @property
    def kan(self) -> bool:
        return self.mag and not self.nodig


def possible_steps(
    zaak: Z, user: Gebruiker, *, tabel: Procestabel[Z], day: date
) -> tuple[list[Mogelijk[Z]], list[Mogelijk[Z]]]:
    """Steps of the present state: the usual ones (possible first) and the special ones."""
    usual: list[Mogelijk[Z]] = []
    special: list[Mogelijk[Z]] = []
    for stap in tabel.from_state(zaak.toestand):
        if not stap.knop or not stap.possible_from(zaak):
            continue
        mag = may_perform(zaak, stap.permissie, user)
        # What stands in the way of a step of another may be police data.
        nodig = [text for check in stap.voorwaarden if mag and (text := check(zaak, day))]
        row = Mogelijk(stap, mag, nodig)
        (special if stap.bijzonder else usual).append(row)
    return sorted(usual, key=lambda row: not row.kan), special


def hindrance(
    zaak: Z, stap: Stap[Z], user: Gebruiker, *, tabel: Procestabel[Z], day: date
) -> list[str]:
    """Why the page of this step cannot be sent in now; empty when it can."""
    if not stap.possible_from(zaak):
        return [f"Deze stap kan niet vanuit '{tabel.toestanden[zaak.toestand].label}'."]
    if not may_perform(zaak, stap.permissie, user):
        return ["U mag deze stap niet doen in deze gemeente."]
    return [text for check in stap.voorwaarden if (text := check(zaak, day))]


def answers_of(stap: Stap[Z] | None, gegevens: Gegevens) -> list[str]:
    """The answers given at a step, as lines to read. What was said in a talk is left out where
    the step makes a contact of it: it stands there."""
    lines = []
    for veld in stap.velden if stap else ():
        value = gegevens.get(veld.naam)
        told = stap is not None and stap.effect and veld.naam == "samenvatting"
        if value in (None, "", []) or told:
            continue
        parts = value if isinstance(value, list) else [value]
        lines.append(f"{veld.label}: {', '.join(_shown(veld, part) for part in parts)}")
    return lines


def _shown(veld: Veld, value: Any) -> str:
    if veld.soort == "datum":
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if veld.soort == "getal":
        return str(value).replace(".", ",")
    return dict(veld.keuzes).get(str(value), str(value))
