"""The facts from which the law computes a status; no model, no database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casework.gronden import Grond
from casework.perioden import Periode
from casework.schoolvakanties import Regio


class Profiel(StrEnum):
    """Uitstroomprofiel of vso (WEC 14 lid 1 onder a, b, c)."""

    VERVOLGONDERWIJS = "vervolgonderwijs"
    ARBEIDSMARKTGERICHT = "arbeidsmarktgericht"
    DAGBESTEDING = "dagbesteding"


@dataclass(frozen=True, slots=True)
class Vrijstelling:
    grond: Grond
    periode: Periode


@dataclass(frozen=True, slots=True)
class Feiten:
    """What is known of one jongere. Ages are never facts; dates are."""

    geboortedatum: date
    # Residence in the Netherlands, with or without BRP entry; empty: always.
    verblijf: tuple[Periode, ...] = ()
    onderwijssoort: str = ""
    uitstroomprofiel: Profiel | None = None
    # Schooldiploma or verklaring praktijkonderwijs, or leaving vso with a profile.
    uitstroom_bewijs_datum: date | None = None
    startkwalificatie_datum: date | None = None
    # Full school years completed, as counted by a person on a day (None: on the peildatum).
    schooljaren_voltooid: int | None = None
    schooljaren_geteld_op: date | None = None
    vrijstellingen: tuple[Vrijstelling, ...] = ()
    ingeschreven: bool | None = None
    afwezig_weken: Decimal = Decimal(0)
    # WEB 9.2.1 onder c: the school board may set a shorter period than the law.
    afwezig_weken_grens: Decimal | None = None
    # Days without school: the holidays of this school, or the region of the calendar.
    schoolvrij: tuple[Periode, ...] = ()
    regio: Regio | None = None

    @property
    def ingeschreven_in_nederland(self) -> bool | None:
        """Enrolled at a Dutch school or instelling; None when it is not known."""
        if self.ingeschreven is None and self.onderwijssoort == "geen":
            return False
        return False if self.onderwijssoort == "buitenland" else self.ingeschreven
