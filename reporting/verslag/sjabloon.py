"""Templates of reports: TOML files in reporting/sjablonen, an ordered list of sections each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.errors import DomainError
from reporting.verslag.secties import Sectiedata

FOLDER = Path(__file__).resolve().parent.parent / "sjablonen"


class SjabloonFout(DomainError):
    pass


@dataclass(frozen=True, slots=True)
class Sjabloon:
    """`jaren` is how many schooljaren the report looks back, its own included (1 to 5)."""

    naam: str
    label: str
    titel: str
    omschrijving: str
    jaren: int
    secties: tuple[Sectiedata, ...]
    omslag: str = "groot"  # or "klein": a title block on the first page, no contents

    @property
    def indicatoren(self) -> set[str]:
        return {row["indicator"] for s in self.secties for row in s.instellingen.get("rijen", [])}


def _load(path: Path) -> Sjabloon:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    secties = tuple(Sectiedata.from_json(row) for row in data.pop("sectie"))
    return Sjabloon(naam=path.stem, secties=secties, **data)


@cache
def all_sjablonen() -> dict[str, Sjabloon]:
    found = [_load(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {s.naam: s for s in sorted(found, key=lambda s: (s.naam != "standaard", s.label))}


def get_sjabloon(naam: str) -> Sjabloon:
    try:
        return all_sjablonen()[naam]
    except KeyError:
        names = ", ".join(all_sjablonen())
        raise SjabloonFout(f"Er is geen sjabloon '{naam}'. Kies uit: {names}.") from None
