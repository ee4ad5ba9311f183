"""The parameters of the law that the status needs, frozen for one date."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from casework import parameters
from casework.leeftijd import age_on, reach_age


@dataclass(frozen=True)
class Regels:
    """Field names are the parameter names of casework/parameters.py."""

    leeftijd_begin_leerplicht: int
    leeftijd_einde_leerplicht: int
    schooljaren_einde_leerplicht: int
    leeftijd_einde_kwalificatieplicht: int
    leeftijd_medeverantwoordelijk: int
    schrikkeldag: str
    vso_lezing: str
    feestdagen_schoolvrij: bool
    trekkend_eerste_maand: int
    trekkend_laatste_maand: int
    trekkend_ook_kwalificatieplicht: bool
    startkwalificatie_soorten: frozenset[str]
    leeftijdsgrens_dsp: int
    dsp_weken_afwezig: int
    dsp_open_vrijstelling_telt: bool

    @classmethod
    def on(cls, day: date) -> Self:
        """The law, and the settings of this installation, as on a date."""
        return cls(**parameters.waarden(cls.__dataclass_fields__, day))

    @cached_property
    def vso_ruim(self) -> bool:
        return self.vso_lezing == "ruim"

    def reach(self, geboortedatum: date, jaren: int) -> date:
        return reach_age(geboortedatum, jaren, self.schrikkeldag)

    def age(self, geboortedatum: date, day: date) -> int:
        return age_on(geboortedatum, day, self.schrikkeldag)

    def in_seizoen(self, day: date) -> bool:
        """Months in which a trekkend bestaan exempts (art. 5a: March up to and with October)."""
        return self.trekkend_eerste_maand <= day.month <= self.trekkend_laatste_maand
