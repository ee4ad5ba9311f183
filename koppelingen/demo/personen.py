"""Families and youths: who they are and where they lived."""

from dataclasses import dataclass, field
from datetime import date

from casework.leeftijd import age_on
from koppelingen.demo import namen
from koppelingen.demo.gebied import GEMEENTEN, Demogemeente
from koppelingen.demo.kans import Kans

AANDELEN = {g.code: g.aandeel for g in GEMEENTEN}
KINDEREN = {1: 30.0, 2: 46.0, 3: 18.0, 4: 6.0}
ELDERS = ("Verderop", "Buitenstad", "Overzee")  # places outside the region: no gemeentecode
JONGST, OUDST = 5, 27


@dataclass(slots=True)
class Woning:
    """One address with its first day."""

    van: date
    gemeente: str  # "" : outside the region
    straat: str
    huisnummer: int
    postcode: str
    woonplaats: str


@dataclass(slots=True)
class Ouder:
    geslacht: str
    voornaam: str
    voorvoegsel: str
    achternaam: str
    bsn: str
    geboren: date
    gezag: str = "J"
    elders: Woning | None = None  # lives apart
    soort: str = "OUDER"


@dataclass(slots=True)
class Gezin:
    nummer: int
    achtergrond: namen.Achtergrond
    voorvoegsel: str
    achternaam: str
    woningen: list[Woning]
    ouders: list[Ouder]
    aankomst: date | None = None  # came from abroad
    geheim: bool = False

    @property
    def id(self) -> str:
        return f"g{self.nummer:05}"


@dataclass(slots=True)
class Jongere:
    bron_id: str
    gezin: Gezin
    bsn: str
    voornaam: str
    tweede: str
    geslacht: str
    geboren: date
    woningen: list[Woning]
    overleden: date | None = None
    vertrokken: date | None = None
    # Filled by the other parts.
    plekken: list["Plek"] = field(default_factory=list)
    diplomas: list["Diploma"] = field(default_factory=list)
    uitval: list["Uitval"] = field(default_factory=list)
    thuis: dict[int, str] = field(default_factory=dict)  # beginjaar -> ground of exemption

    def leeftijd(self, day: date) -> int:
        return age_on(self.geboren, day)

    def woning_op(self, day: date) -> Woning | None:
        if self.vertrokken and day >= self.vertrokken:
            return None
        latest = None
        for woning in self.woningen:
            if woning.van <= day:
                latest = woning
        return latest

    def gemeente_op(self, day: date) -> str:
        """Code of the gemeente where the youth lived, "" outside the region."""
        if self.overleden and day >= self.overleden:
            return ""
        woning = self.woning_op(day)
        return woning.gemeente if woning else ""

    def plek_op(self, day: date) -> "Plek | None":
        found = None
        for plek in self.plekken:
            if plek.van <= day and (plek.tot is None or day <= plek.tot):
                found = plek
        return found

    def startkwalificatie_voor(self, day: date) -> bool:
        return any(d.startkwalificatie and d.datum <= day for d in self.diplomas)

    def naam(self) -> str:
        delen = (self.voornaam, self.gezin.voorvoegsel, self.gezin.achternaam)
        return " ".join(deel for deel in delen if deel)


@dataclass(slots=True)
class Plek:
    """An enrolment; `tot` is the last day."""

    soort: str
    school: str
    van: date
    tot: date | None
    leerjaar: int | None = None
    leerweg: str = ""
    opleiding: str = ""
    profiel: str = ""
    reden: str = ""


@dataclass(slots=True)
class Diploma:
    soort: str
    naam: str
    niveau: str
    datum: date
    startkwalificatie: bool


@dataclass(slots=True)
class Uitval:
    """Left school without a startkwalificatie."""

    datum: date
    soort: str
    terug: bool  # enrolled again the next schooljaar


def make_woning(kans: Kans, gemeente: Demogemeente | None, van: date) -> Woning:
    letters = "".join(kans.pick("ABCDEGHJKLMNPRTVWXZ") for _ in range(2))
    nummer = kans.between(1, 180)
    straat = kans.pick(namen.STRATEN)
    if gemeente is None:
        return Woning(
            van, "", straat, nummer, f"{kans.between(4945, 4949)}{letters}", kans.pick(ELDERS)
        )
    postcode = f"{gemeente.postcode + kans.between(0, 6)}{letters}"
    return Woning(van, gemeente.code, straat, nummer, postcode, kans.pick(gemeente.woonplaatsen))
