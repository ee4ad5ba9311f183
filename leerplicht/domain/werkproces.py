"""The werkproces as a list of things done, now and later, and what may come next."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from accounts.models import Gebruiker
from casework.domain import proces
from casework.domain.proces import Mogelijk, Procestabel
from casework.models import Werkproces, WerkprocesStap

from .mas import MAS, OPEN_ROUTES
from .mas_voorwaarden import steps_of_round
from .tabellen import tabel_of

Staat = Literal["klaar", "nu", "later"]
HOOFDROUTE: Final = ("ontvangen", "beoordeling", "onderzoek", "weging", "", "volgen", "afgesloten")
HOOFDLIJN: Final = 2  # row of the straight way in the drawing of a table
ZIJSPOREN: Final = frozenset({"ter_kennisgeving", "terug_naar_school"})


@dataclass(frozen=True, slots=True)
class Punt:
    """One line of the route."""

    titel: str
    staat: Staat
    uitleg: str = ""
    klaar_op: date | None = None
    termijn: date | None = None


def possible_steps(
    werkproces: Werkproces, user: Gebruiker, day: date
) -> tuple[list[Mogelijk[Werkproces]], list[Mogelijk[Werkproces]]]:
    """The usual steps and the special ones; what was done inside this state comes later."""
    tabel = tabel_of(werkproces)
    usual, special = proces.possible_steps(werkproces, user, tabel=tabel, day=day)
    done = _done_inside(werkproces)
    usual = [replace(row, gedaan_op=done.get(row.stap.naam)) for row in usual]
    return sorted(usual, key=lambda row: (not row.kan, row.gedaan_op is not None)), special


def _done_inside(werkproces: Werkproces) -> dict[str, date | None]:
    """Steps done since the werkproces came into its present state, with their last day."""
    done: dict[str, date | None] = {}
    for row in steps_of_round(werkproces):
        if row.van_toestand != row.naar_toestand:
            done = {}
        else:
            done[row.stap] = _day_of(row)
    return done


def _day_of(row: WerkprocesStap) -> date | None:
    """The day that was typed, when it was not ahead; else the day it was written."""
    typed = row.gegevens.get("datum")
    if not typed or row.uitgevoerd_op is None:
        return row.uitgevoerd_op
    return min(date.fromisoformat(typed), row.uitgevoerd_op)


def route_of(werkproces: Werkproces, stappen: list[WerkprocesStap]) -> list[Punt]:
    """Done, now and later, along the main route or the side track the werkproces took."""
    tabel = tabel_of(werkproces)
    left = {s.van_toestand: s.uitgevoerd_op for s in stappen if s.van_toestand != s.naar_toestand}
    names = _names(tabel, werkproces.toestand, left)
    current = names.index(werkproces.toestand)
    term = _term(werkproces)
    return [_point(tabel, naam, n, current, left=left, term=term) for n, naam in enumerate(names)]


def _names(
    tabel: Procestabel[Werkproces], toestand: str, left: dict[str, date | None]
) -> list[str]:
    if tabel is not MAS:
        return _along(tabel, toestand, left)
    if toestand in ZIJSPOREN or (toestand == "afgesloten" and ZIJSPOREN & left.keys()):
        zij = toestand if toestand in ZIJSPOREN else min(ZIJSPOREN & left.keys())
        return ["ontvangen", "beoordeling", zij, "afgesloten"]
    routes = [naam for naam in left if naam in OPEN_ROUTES]
    route = toestand if toestand in OPEN_ROUTES else routes[-1] if routes else ""
    names = [naam or route for naam in HOOFDROUTE]
    if toestand == "afgesloten":  # only what was really passed
        names = [naam for naam in names if naam in left or naam == "afgesloten"]
    return names


def _along(
    tabel: Procestabel[Werkproces], toestand: str, left: dict[str, date | None]
) -> list[str]:
    """What was passed, the present state, and the straight way that is left."""
    passed = [naam for naam in left if naam in tabel.toestanden and naam != toestand]
    rest = [t.naam for t in tabel.toestanden.values() if t.plaats[1] == HOOFDLIJN]
    here = tabel.toestanden[toestand]
    ahead = [n for n in rest if tabel.toestanden[n].plaats[0] > here.plaats[0] and n not in passed]
    return [*passed, toestand, *([] if here.final else ahead)]


def _point(
    tabel: Procestabel[Werkproces],
    naam: str,
    n: int,
    current: int,
    *,
    left: dict[str, date | None],
    term: date | None,
) -> Punt:
    if naam == "":
        return Punt("Route kiezen: afspraken, hulp, Halt, verplicht kader of strafrecht", "later")
    toestand = tabel.toestanden[naam]
    if n < current:
        return Punt(toestand.label, "klaar", klaar_op=left.get(naam))
    if n == current:
        staat: Staat = "klaar" if toestand.final else "nu"
        return Punt(toestand.label, staat, toestand.uitleg, termijn=term)
    return Punt(toestand.label, "later")


def _term(werkproces: Werkproces) -> date | None:
    rows = werkproces.acties.open().filter(grondslag__startswith="termijn:")
    actie = rows.order_by("vervalt_op").first()
    return actie.vervalt_op if actie else None
