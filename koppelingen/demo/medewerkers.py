"""The colleagues of the demo region: what each may do where, and who takes which work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accounts.rechten import Rol, Taak
from koppelingen.demo.kans import Kans

DOMEIN: Final = "demo.example"
# Known to everybody: the command refuses to make these accounts outside demo and debug.
DEMO_WACHTWOORD: Final = "Leren-in-de-demo-1"  # printed on purpose
ALLE: Final = ("9901", "9902", "9903")


@dataclass(frozen=True, slots=True)
class Medewerker:
    sleutel: str
    naam: str
    functie: str
    rechten: tuple[tuple[Taak, Rol, tuple[str, ...]], ...]
    uitleg: str

    @property
    def email(self) -> str:
        return f"{self.sleutel}@{DOMEIN}"

    @property
    def bron_id(self) -> str:
        return f"u-{self.sleutel}"


def _one(taak: Taak, rol: Rol, gemeenten: tuple[str, ...]) -> tuple[Taak, Rol, tuple[str, ...]]:
    return taak, rol, gemeenten


MEDEWERKERS: Final = (
    Medewerker(
        "lpa",
        "Hanneke Lindeboom",
        "Leerplichtambtenaar",
        (_one(Taak.LEERPLICHT, Rol.BEHANDELAAR, ("9901", "9902")),),
        "leerplicht in Waterhoven en Lindemeer",
    ),
    Medewerker(
        "lpa2",
        "Bilal Ouchan",
        "Leerplichtambtenaar",
        (_one(Taak.LEERPLICHT, Rol.BEHANDELAAR, ("9902", "9903")),),
        "leerplicht in Lindemeer en Oostervaart",
    ),
    Medewerker(
        "teamleider",
        "Marja van der Plas",
        "Teamleider",
        (
            _one(Taak.LEERPLICHT, Rol.LEIDINGGEVENDE, ALLE),
            _one(Taak.DOORSTROOMPUNT, Rol.LEIDINGGEVENDE, ALLE),
        ),
        "leerplicht en Doorstroompunt in de hele regio",
    ),
    Medewerker(
        "boa",
        "Ruud Kerkdijk",
        "Leerplichtambtenaar en boa",
        (_one(Taak.LEERPLICHT, Rol.BEHANDELAAR, ALLE), _one(Taak.OPSPORING, Rol.BEHANDELAAR, ALLE)),
        "leerplicht en opsporing in de hele regio",
    ),
    Medewerker(
        "coach",
        "Shanaya Wijntuin",
        "Doorstroomcoach",
        (_one(Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR, ALLE),),
        "Doorstroompunt in de hele regio",
    ),
    Medewerker(
        "coach2",
        "Thijs Hoekema",
        "Doorstroomcoach",
        (_one(Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR, ALLE),),
        "Doorstroompunt in de hele regio",
    ),
    Medewerker(
        "beleid",
        "Esmée Roosenburg",
        "Beleidsadviseur",
        (_one(Taak.BELEID, Rol.LEIDINGGEVENDE, ALLE),),
        "cijfers en jaarverslag van de hele regio",
    ),
    Medewerker(
        "beheer",
        "Kees Timmerhuis",
        "Functioneel beheerder",
        (_one(Taak.BEHEER, Rol.LEIDINGGEVENDE, ALLE),),
        "gebruikers en pakketten",
    ),
    Medewerker(
        "beheer2",
        "Ineke Brouwer",
        "Applicatiebeheerder",
        (_one(Taak.BEHEER, Rol.LEIDINGGEVENDE, ALLE),),
        "de tweede beheerder, die goedkeurt wat de eerste vraagt",
    ),
    Medewerker(
        "privacy",
        "Ayşe Çelikbaş",
        "Functionaris gegevensbescherming",
        (_one(Taak.PRIVACY, Rol.LEIDINGGEVENDE, ALLE),),
        "logboek van de hele regio",
    ),
)
BY_SLEUTEL: Final = {m.sleutel: m for m in MEDEWERKERS}
VERDELING: Final[Mapping[tuple[str, str], Mapping[str, float]]] = {
    ("leerplicht", "9901"): {"lpa": 70.0, "boa": 30.0},
    ("leerplicht", "9902"): {"lpa": 40.0, "lpa2": 45.0, "boa": 15.0},
    ("leerplicht", "9903"): {"lpa2": 85.0, "boa": 15.0},
    ("doorstroompunt", "9901"): {"coach": 65.0, "coach2": 35.0},
    ("doorstroompunt", "9902"): {"coach": 40.0, "coach2": 60.0},
    ("doorstroompunt", "9903"): {"coach": 50.0, "coach2": 50.0},
}


def behandelaar_for(kans: Kans, taak: str, gemeente: str) -> str:
    """bron_id of the colleague who gets this work."""
    return f"u-{kans.weighted(VERDELING[taak, gemeente or '9901'])}"
