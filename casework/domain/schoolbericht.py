"""What the school hears of a report outside DUO: that it came in, and how it ended.

By letter; of the dossier only the result goes along (BRO 21 asks no more of a report by DUO).
"""

from dataclasses import dataclass
from typing import Final

from casework.briefsoorten import Berichtmoment, Briefsoort
from casework.codes import DuoStatus
from casework.models import Brief, Verzuimmelding

WEG: Final = (Brief.Status.GEMAAKT, Brief.Status.VERSTUURD)


@dataclass(frozen=True, slots=True)
class Schoolbericht:
    """One message that is due, with the letters that were made for it."""

    moment: Berichtmoment
    brieven: list[Brief]

    @property
    def open(self) -> bool:
        return not any(brief.status in WEG for brief in self.brieven)


def moments(melding: Verzuimmelding) -> list[Berichtmoment]:
    """Which messages a report asks; one by DUO, without school or withdrawn asks none."""
    if melding.duo_meldingnummer or not melding.school_id or melding.status == DuoStatus.I:
        return []
    due = [Berichtmoment.ONTVANGST]
    return [*due, Berichtmoment.UITKOMST] if melding.afgesloten_op else due


def messages_of(melding: Verzuimmelding, brieven: list[Brief]) -> list[Schoolbericht]:
    return [
        Schoolbericht(moment, [brief for brief in brieven if brief.moment == moment])
        for moment in moments(melding)
    ]


def proposal(melding: Verzuimmelding, moment: str) -> str:
    """The sentence to begin with; the ambtenaar may change it."""
    gemeld = f"{melding.melddatum:%d-%m-%Y}"
    if moment == Berichtmoment.ONTVANGST:
        return f"Wij hebben uw melding van {gemeld} ontvangen en bekijken wat er nodig is."
    return f"Uw melding van {gemeld} is afgesloten: {melding.get_resultaat_display().lower()}."


SOORT: Final = Briefsoort.TERUGKOPPELING
