"""The invented region. Its codes are no CBS codes and no BRINs: those never begin with a letter,
and 99xx is given to no gemeente; so nothing here can be taken for a real place or school."""

from dataclasses import dataclass
from typing import Final

from koppelingen.demo.kans import Kans


@dataclass(frozen=True, slots=True)
class Demogemeente:
    code: str
    naam: str
    subregio: str
    aandeel: float  # share of the youths of the region
    postcode: int
    woonplaatsen: tuple[str, ...]


GEMEENTEN: Final = (
    Demogemeente("9901", "Waterhoven", "NW", 0.50, 4961, ("Waterhoven", "Hovendam", "Zandwerve")),
    Demogemeente("9902", "Lindemeer", "ZO", 0.32, 4971, ("Lindemeer", "Meerlinden")),
    Demogemeente("9903", "Oostervaart", "ZO", 0.18, 4981, ("Oostervaart", "Vaartwijk")),
)
BY_CODE: Final = {g.code: g for g in GEMEENTEN}
REGIO: Final = ("99", "Hovenland (demo)")
SUBREGIOS: Final = {"NW": "Hovenland Noordwest", "ZO": "Hovenland Zuidoost"}
PROVINCIE: Final = "Demoprovincie"


@dataclass(frozen=True, slots=True)
class Demoschool:
    bron_id: str
    naam: str
    soort: str
    plaats: str = ""
    gemeente: str = ""
    brin: str = ""
    vestiging: str = ""


PO: Final = {
    "9901": "De Zilverreiger, Het Kompasblad, De Hovenstee, De Waterlinie, Klimroos,"
    " De Vuurvlinder, Sint-Odulphus, De Tovertrap, Noorderhof, Al-Wahda, De Zandkreek",
    "9902": "De Lindeboomgaard, Het Meerrad, De Kwikstaart, Sterrenbos, De Wegwijs, Bij de Bron",
    "9903": "De Vaartuil, De Oosterpoort, Het Talentenhof, De Schuit",
}
VO: Final = {
    "9901": (("Hovenlyceum", "havo/vwo"), ("Waterhoven College", "vmbo/havo")),
    "9902": (("Scholengemeenschap Lindemeer", "vmbo/havo/vwo"),),
    "9903": (("Vaartcollege", "vmbo/havo"),),
}
BIJZONDER: Final = (
    ("SBO De Springplank", "SBO", "9901"),
    ("SO De Meerkoet", "SO", "9902"),
    ("VSO Het Keerpunt", "VSO", "9901"),
    ("VSO De Brug", "VSO", "9902"),
    ("Praktijkcollege Hovenland", "PRO", "9901"),
    ("ISK Hovenland", "ISK", "9901"),
    ("Vavo Hovenland", "VAVO", "9901"),
    ("ROC Hovenland, Techniek en ICT", "MBO", "9901"),
    ("ROC Hovenland, Zorg en Welzijn", "MBO", "9901"),
    ("ROC Hovenland, Entree en Economie", "MBO", "9902"),
    ("Hogeschool Hovenland", "HO", "9901"),
    ("Taalhuis Hovenland", "EDUCATIE", "9901"),
    ("Particuliere school Meerzicht", "PARTICULIER", "9902"),
    ("School in het buitenland", "BUITENLAND", ""),
)


def _codes(number: int) -> tuple[str, str]:
    brin = f"ZZ{number:02}"
    return brin, f"{brin}00"


def make_scholen() -> tuple[Demoschool, ...]:
    rows: list[tuple[str, str, str]] = []
    for code, namen in PO.items():
        rows += [(f"Basisschool {naam.strip()}", "PO", code) for naam in namen.split(",")]
    for code, vo in VO.items():
        rows += [(f"{naam} ({soort})", "VO", code) for naam, soort in vo]
    rows += BIJZONDER
    scholen = []
    for number, (naam, soort, code) in enumerate(rows, 1):
        brin, vestiging = _codes(number) if code else ("", "")
        plaats = BY_CODE[code].naam if code else ""
        scholen.append(Demoschool(f"s{number:02}", naam, soort, plaats, code, brin, vestiging))
    return tuple(scholen)


SCHOLEN: Final = make_scholen()
# Onderwijssoort of an enrolment -> kind of school; what is not named is a VO school.
SCHOOLSOORT: Final = {
    "BO": "PO",
    **{soort: soort for soort in ("SBO", "SO", "VSO", "PRO", "ISK", "VAVO", "HO", "EDUCATIE")},
    **{soort: soort for soort in ("PARTICULIER", "BUITENLAND")},
    **dict.fromkeys(("MBO1", "MBO2", "MBO3", "MBO4"), "MBO"),
}


def _by_soort() -> dict[str, tuple[Demoschool, ...]]:
    soorten = dict.fromkeys(school.soort for school in SCHOLEN)
    return {soort: tuple(s for s in SCHOLEN if s.soort == soort) for soort in soorten}


BY_SOORT: Final = _by_soort()


def choose_school(kans: Kans, onderwijssoort: str, gemeente: str) -> Demoschool:
    """A school of this kind: in the own gemeente when it has one (VWO: mostly the lyceum)."""
    rows = BY_SOORT[SCHOOLSOORT.get(onderwijssoort, "VO")]
    if onderwijssoort == "MBO1":
        rows = rows[-1:]
    near = tuple(s for s in rows if s.gemeente == gemeente)
    return kans.pick(near if near and kans.chance(0.9) else rows)
