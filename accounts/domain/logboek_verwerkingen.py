"""The verwerkingsactiviteiten of this program, as the register of the gemeente names them.

Another purpose, ground or secrecy is a next version from a day on: old lines keep the old one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from accounts.rechten import Taak


@dataclass(frozen=True, slots=True)
class Activiteit:
    code: str
    versie: int
    van: date
    naam: str
    grondslag: str
    vertrouwelijk: bool = False  # never in what a betrokkene gets to see

    @property
    def uri(self) -> str:
        return f"{settings.LDV_REGISTER}/{self.code}/{self.versie}"


BEGIN = date(2026, 1, 1)
ACTIVITEITEN: Sequence[Activiteit] = (
    Activiteit("leerplicht", 1, BEGIN, "Toezicht op de leerplicht", "Lpw art. 16, 21 en 22"),
    Activiteit("doorstroompunt", 1, BEGIN, "Begeleiding naar school of werk", "WEB art. 8.3.2"),
    Activiteit("opsporing", 1, BEGIN, "Opsporing door de boa", "Wpg art. 8 en 9", True),
    Activiteit("cijfers", 1, BEGIN, "Cijfers en jaarverslag", "Lpw art. 25"),
    Activiteit("beheer", 1, BEGIN, "Beheer van gebruikers en rechten", "AVG art. 32"),
    Activiteit("controle", 1, BEGIN, "Toezicht op het gebruik", "AVG art. 32 en Wpg art. 32a"),
    Activiteit("registratie", 1, BEGIN, "Registratie van jongeren", "Lpw art. 19, WEB art. 8.3.2"),
    Activiteit("uitwisseling", 1, BEGIN, "Gegevens overnemen en overdragen", "AVG art. 6 lid 1 e"),
)
VAN_TAAK = {
    Taak.LEERPLICHT: "leerplicht",
    Taak.DOORSTROOMPUNT: "doorstroompunt",
    Taak.OPSPORING: "opsporing",
    Taak.BELEID: "cijfers",
    Taak.BEHEER: "beheer",
    Taak.PRIVACY: "controle",
    "": "registratie",
}
VAN_SOORT = {
    "pakket": "uitwisseling",
    "quarantaine": "uitwisseling",
    "persoonsvraag": "uitwisseling",
}


def activiteit_of(
    actie: str, taak: str, day: date, *, register: Sequence[Activiteit] = ACTIVITEITEN
) -> Activiteit:
    """The version that held on this day. Raises KeyError for a taak that has no activity."""
    code = VAN_SOORT.get(actie.partition(".")[0]) or VAN_TAAK[taak]
    versions = sorted((a for a in register if a.code == code), key=lambda a: a.versie)
    if not versions:
        raise KeyError(code)
    return next((a for a in reversed(versions) if a.van <= day), versions[0])
