"""What the school hears of a report outside DUO: that it came in, and how it ended.

By letter: the end and what is agreed, never the cause (BRO 21 asks no more of a report by DUO).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.briefsoorten import Berichtmoment, Briefsoort
from casework.codes import DuoStatus, Kanaal, Resultaat
from casework.domain.brieven import long_date
from casework.models import Brief, Verzuimmelding

SOORT: Final[Mapping[str, Briefsoort]] = {
    Berichtmoment.ONTVANGST: Briefsoort.MELDING_ONTVANGEN,
    Berichtmoment.UITKOMST: Briefsoort.MELDING_AFLOOP,
}
# What a school may know of the end. A result that tells of blame, health or help is left out.
AFLOOP: Final[Mapping[str, str]] = {
    Resultaat.NAAR_SCHOOL: "De jongere gaat weer naar school.",
    Resultaat.ANDERE_SCHOOL: "De jongere gaat naar een andere school.",
    Resultaat.GEOORLOOFD: "Voor deze dagen is alsnog toestemming gegeven.",
    Resultaat.GEEN_VERZUIM: "Er was geen verzuim dat u moest melden.",
    Resultaat.NIET_OPGELOST: "Het verzuim is nog niet opgelost.",
    Resultaat.VRIJSTELLING: "Voor de jongere geldt een vrijstelling van de leerplicht.",
    Resultaat.VERHUISD: "De jongere woont niet meer in onze gemeente.",
    Resultaat.TER_KENNISNAME: "Wij namen uw melding ter kennisgeving aan. Wij doen nu niets.",
    Resultaat.DOORSTROOMPUNT: "Het Doorstroompunt neemt verder contact op met de jongere.",
}
AFSPRAAK: Final = "U houdt de aanwezigheid bij en meldt nieuw verzuim op tijd."
# Of a report by parents or police the school was no part: it hears nothing of that.
NIET_VAN_SCHOOL: Final = (Kanaal.OUDER, Kanaal.POLITIE, Kanaal.EIGEN, Kanaal.REGISTER)
WEG: Final = (Brief.Status.GEMAAKT, Brief.Status.VERSTUURD)


@dataclass(frozen=True, slots=True)
class Schoolbericht:
    """One message that is due, with the letters that were made for it."""

    moment: Berichtmoment
    brieven: list[Brief]

    @property
    def soort(self) -> str:
        return SOORT[self.moment]

    @property
    def open(self) -> bool:
        return not any(brief.status in WEG for brief in self.brieven)


def moments(melding: Verzuimmelding) -> list[Berichtmoment]:
    """Which messages a report asks; one by DUO, not by a school or withdrawn asks none."""
    if (
        melding.kanaal in NIET_VAN_SCHOOL
        or melding.duo_meldingnummer
        or not melding.school_id
        or melding.status == DuoStatus.I
    ):
        return []
    due = [Berichtmoment.ONTVANGST]
    return [*due, Berichtmoment.UITKOMST] if melding.afgesloten_op else due


def messages_of(melding: Verzuimmelding, brieven: list[Brief]) -> list[Schoolbericht]:
    return [
        Schoolbericht(moment, [brief for brief in brieven if brief.moment == moment])
        for moment in moments(melding)
    ]


def proposal(melding: Verzuimmelding, moment: str) -> dict[str, str]:
    """What the fields of the letter begin with; the ambtenaar may change it."""
    gemeld = {"gemeld_op": long_date(melding.melddatum)}
    if moment == Berichtmoment.ONTVANGST:
        return gemeld
    afloop = AFLOOP.get(melding.resultaat, "Er is voor ons nu niets meer te doen.")
    return gemeld | {"afloop": afloop, "afspraken": AFSPRAAK}
