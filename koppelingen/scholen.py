"""Address files of schools as DUO publishes them, by alias: names of columns change over the years.

This is the port; koppelingen.domain.scholen compares what it gives with the schools here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from koppelingen.csvbron import BronGeweigerd, files_of, read_csv

ALIAS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
    "brin": ("INSTELLINGSCODE", "BRIN NUMMER", "BRIN"),
    "naam": ("VESTIGINGSNAAM", "INSTELLINGSNAAM", "NAAM"),
    "soort": ("ONDERWIJSSOORT", "SOORT PRIMAIR ONDERWIJS", "ONDERWIJSSTRUCTUUR"),
    "straat": ("STRAATNAAM", "STRAAT"),
    "huisnummer": ("HUISNUMMER-TOEVOEGING", "HUISNUMMER"),
    "huisletter": ("HUISLETTER",),
    "toevoeging": ("HUISNUMMERTOEVOEGING",),
    "postcode": ("POSTCODE",),
    "plaats": ("PLAATSNAAM", "PLAATS"),
    "gemeentecode": ("GEMEENTENUMMER", "AFGELEID_GEMEENTECODE"),
    "denominatie": ("DENOMINATIE",),
}
# What the name of a file says about its schools, when no column does.
NAMEN: Final = (
    ("basisonderwijs", "BO"),
    ("sbo-so", "SO"),
    ("mbo", "MBO"),
    ("hbo", "HO"),
    ("vestigingen-vo", "VO"),
)
SOORTEN: Final[Mapping[str, str]] = {
    "BO": "BO",
    "BAO": "BO",
    "SBO": "SBO",
    "SBAO": "SBO",
    "SO": "SO",
    "(V)SO": "SO",
    "SOVSO": "SO",
    "VSO": "VSO",
    "PRO": "PRO",
    "MBO": "MBO",
    "HO": "HO",
}
# A file of DUO is about whole sectors; only schools of those can be missing in it.
SECTOREN: Final[Mapping[str, str]] = {
    "BO": "PO",
    "SBO": "PO",
    "SO": "SO",
    "VSO": "SO",
    "VO": "VO",
    "PRO": "VO",
    "MBO": "MBO",
    "HO": "HO",
}
_DATUM = re.compile(r"(20\d{2})-?(\d{2})-?(\d{2})")
_VESTIGING = re.compile(r"\d{2}[A-Z]{2}\d{2}")
_BRIN = re.compile(r"\d{2}[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Schoolrij:
    """One school; `code` is its vestigingscode, or its BRIN where DUO knows no vestiging."""

    code: str
    naam: str
    soort: str
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    plaats: str = ""
    gemeentecode: str = ""
    denominatie: str = ""

    @property
    def brin(self) -> str:
        return self.code[:4]

    @property
    def vestigingscode(self) -> str:
        return self.code if len(self.code) == 6 else ""


@dataclass(slots=True)
class Scholenlijst:
    """All files of one day."""

    peildatum: date
    scholen: dict[str, Schoolrij] = field(default_factory=dict)
    dubbel: int = 0  # a second row with the same code; the first counts

    @property
    def sectoren(self) -> frozenset[str]:
        return frozenset(SECTOREN[rij.soort] for rij in self.scholen.values())


def read_scholen(paden: list[Path], peildatum: date | None = None) -> list[Scholenlijst]:
    """One list a day, oldest first. Raises BronGeweigerd."""
    lijsten: dict[date, Scholenlijst] = {}
    for pad in files_of(paden):
        dag = peildatum or _date_in(pad)
        lijst = lijsten.setdefault(dag, Scholenlijst(dag))
        for rij in _read_file(pad):
            lijst.dubbel += rij.code in lijst.scholen
            lijst.scholen.setdefault(rij.code, rij)
    return [lijsten[dag] for dag in sorted(lijsten)]


def _date_in(pad: Path) -> date:
    match = _DATUM.search(pad.name)
    try:
        return date(*map(int, match.groups())) if match else _no_date(pad)
    except ValueError:
        return _no_date(pad)


def _no_date(pad: Path) -> date:
    raise BronGeweigerd(
        f"Van welke dag is {pad.name}? Zet de datum in de naam, of geef --peildatum JJJJ-MM-DD."
    )


def _read_file(pad: Path) -> list[Schoolrij]:
    kop, rijen = read_csv(pad)
    kolom = {
        naam: next((alias for alias in aliassen if alias in kop), "")
        for naam, aliassen in ALIAS.items()
    }
    for naam in ("naam", "plaats", "postcode"):
        if not kolom[naam]:
            raise BronGeweigerd(
                f"{pad.name} is geen adressenbestand van DUO: de kolom"
                f" {' of '.join(ALIAS[naam])} ontbreekt."
            )
    if not (kolom["code"] or kolom["brin"]):
        raise BronGeweigerd(f"{pad.name}: er is geen kolom met een vestigingscode of BRIN.")
    standaard = next((soort for deel, soort in NAMEN if deel in pad.name.lower()), "")
    found = []
    for nummer, row in enumerate(rijen, start=2):
        cells = {naam: row[alias] if alias else "" for naam, alias in kolom.items()}
        found.append(_school(pad, nummer, cells, standaard))
    return found


def _school(pad: Path, nummer: int, cells: Mapping[str, str], standaard: str) -> Schoolrij:
    brin, code = cells["brin"].upper(), cells["code"].upper()
    code = brin + code if len(code) == 2 else code or brin
    if not (_VESTIGING.fullmatch(code) or _BRIN.fullmatch(code)) or not cells["naam"]:
        raise BronGeweigerd(
            f"{pad.name}, rij {nummer}: de code of de naam van de school klopt niet."
        )
    soort = SOORTEN.get(cells["soort"].upper(), "VO" if cells["soort"] else "") or standaard
    if standaard and SECTOREN[standaard] != SECTOREN.get(soort):
        soort = standaard
    if not soort:
        raise BronGeweigerd(
            f"{pad.name}: wat voor scholen dit zijn staat niet in een kolom of naam."
        )
    nummers = [cells["huisnummer"] + cells["huisletter"], cells["toevoeging"]]
    return Schoolrij(
        code=code,
        naam=cells["naam"][:200],
        soort=soort,
        straat=cells["straat"][:100],
        huisnummer="-".join(deel for deel in nummers if deel)[:20],
        postcode=cells["postcode"].replace(" ", "").upper()[:10],
        plaats=cells["plaats"][:100],
        gemeentecode=cells["gemeentecode"].zfill(4) if cells["gemeentecode"] else "",
        denominatie=cells["denominatie"][:100],
    )
