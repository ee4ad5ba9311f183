"""Which routes of the MAS ran and run: several at once where that is allowed, each with its days.

Read from the history, so there is nothing to keep in step. Halt beside voluntary help, and a
proces-verbaal beside research by the Raad, are in the MAS itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.codes import Route
from casework.models import Werkproces, WerkprocesStap

from .mas_voorwaarden import steps_of_round

BEGINT: Final[Mapping[str, str]] = {
    "hulp_inzetten": Route.HULP,
    "hulp_ernaast": Route.HULP,
    "halt_verwijzen": Route.HALT,
    "verplicht_kader_vragen": Route.VERPLICHT,
    "verplicht_ernaast": Route.VERPLICHT,
    "strafrecht_inzetten": Route.STRAFRECHT,
}
EINDIGT: Final[Mapping[str, str]] = {
    "halt_geslaagd": Route.HALT,
    "halt_mislukt": Route.HALT,
    "halt_terug": Route.HALT,
}
# To follow, or to weigh anew, ends the route one was in; what runs beside it goes on.
VAN_TOESTAND: Final[Mapping[str, str]] = {
    "hulp": Route.HULP,
    "verplicht_kader": Route.VERPLICHT,
    "strafrecht": Route.STRAFRECHT,
}


@dataclass(slots=True)
class Looptijd:
    """One route, from the step that began it to the one that ended it."""

    route: str
    van: date | None
    tot: date | None = None

    @property
    def label(self) -> str:
        return str(Route(self.route).label)


def routes(stappen: Iterable[WerkprocesStap]) -> list[Looptijd]:
    """All routes of these steps in the order in which they began."""
    found: list[Looptijd] = []
    for row in stappen:
        ended = EINDIGT.get(row.stap, "")
        if row.stap == "route_afronden":
            ended = str(row.gegevens.get("route", ""))
        elif row.stap == "strafrecht_inzetten" and row.van_toestand == "halt":
            ended = Route.HALT
        elif row.stap == "volgen":
            ended = VAN_TOESTAND.get(row.van_toestand, "")
        for looptijd in found:
            if looptijd.tot is None and looptijd.route == ended:
                looptijd.tot = row.uitgevoerd_op
        begun = BEGINT.get(row.stap)
        if begun and not any(r.tot is None and r.route == begun for r in found):
            found.append(Looptijd(begun, row.uitgevoerd_op))
    return found


def halt_runs(werkproces: Werkproces) -> bool:
    return any(row.route == Route.HALT for row in running_routes(werkproces))


def running_routes(werkproces: Werkproces) -> list[Looptijd]:
    return [row for row in routes(steps_of_round(werkproces)) if row.tot is None]
