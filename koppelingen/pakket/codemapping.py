"""codemapping.csv: codes of the other system translated before validation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from koppelingen.pakket.kolom import Bestand, Kolom
from koppelingen.pakket.spec import BESTANDEN


@dataclass(frozen=True, slots=True)
class Codemapping:
    """List name -> other code -> our code. A list is named by its column (`reden`), by file and
    column (`verzuimmeldingen.reden`), or by its name in the figures (`res`, `uit`, `grd`)."""

    lijsten: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def for_kolom(self, bestand: str, kolom: Kolom) -> dict[str, str]:
        """Translations for one column; the most specific name wins."""
        found: dict[str, str] = {}
        if kolom.type not in {"c", "gem"}:
            return found
        for naam in reversed(list_names(bestand, kolom)):
            rows = self.lijsten.get(naam, {})
            found |= {van: naar for van, naar in rows.items() if fits(kolom, naar)}
        return found


def list_names(bestand: str, kolom: Kolom) -> list[str]:
    namen = [f"{bestand}.csv.{kolom.naam}", f"{bestand}.{kolom.naam}", kolom.naam]
    return namen + ([kolom.codelijst] if kolom.codelijst else [])


def fits(kolom: Kolom, code: str) -> bool:
    if kolom.type == "gem":
        return len(code) == 4 and code.isascii() and code.isdigit()
    return code in kolom.codes


@lru_cache(maxsize=1)
def _columns_by_list() -> dict[str, list[tuple[Bestand, Kolom]]]:
    found: dict[str, list[tuple[Bestand, Kolom]]] = {}
    for bestand in BESTANDEN:
        for kolom in bestand.kolommen:
            if kolom.type in {"c", "gem"}:
                for naam in list_names(bestand.naam, kolom):
                    found.setdefault(naam, []).append((bestand, kolom))
    return found


def problem(lijst: str, doel_code: str) -> tuple[str, str] | None:
    """Column and Dutch sentence when a mapping leads nowhere."""
    columns = _columns_by_list().get(lijst)
    if not columns:
        return "lijst", "Deze lijst bestaat niet. Noem de kolom, of bestand.kolom."
    if not any(fits(kolom, doel_code) for _, kolom in columns):
        return "doel_code", "De doelcode staat niet in deze lijst."
    return None
