"""One section of a report, alike in a template, in the database and in a frozen version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db.models import TextChoices

from casework.errors import DomainError


class Soort(TextChoices):
    TEKST = "tekst", "Tekst"
    TABEL = "tabel", "Tabel"
    GRAFIEK = "grafiek", "Grafiek met tabel"
    KERNCIJFERS = "kerncijfers", "Kerncijfers"
    KADER = "kader", "Kader"
    DEFINITIES = "definities", "Uitleg van de cijfers"
    COLOFON = "colofon", "Colofon"


class SectieFout(DomainError):
    """A section of a template or report cannot be read."""


@dataclass(frozen=True, slots=True)
class Sectiedata:
    """`niveau` 1 is a chapter on a new page, 2 a paragraph, 3 a part of it.

    `instellingen` holds what a table or chart needs, and for any kind:
    per_gemeente (repeat neighbouring sections with this mark for each gemeente) and
    bij ("een" or "meerdere": only in a report of one, or of several gemeenten).
    """

    soort: str
    kop: str = ""
    niveau: int = 2
    tekst: str = ""
    instellingen: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.soort not in Soort.values:
            raise SectieFout(f"Er is geen onderdeel '{self.soort}'.")
        if self.niveau not in (1, 2, 3):
            raise SectieFout("Het niveau van een kop is 1, 2 of 3.")

    @property
    def per_gemeente(self) -> bool:
        return bool(self.instellingen.get("per_gemeente"))

    def fits(self, gemeenten: int) -> bool:
        wanted = self.instellingen.get("bij")
        return wanted is None or wanted == ("een" if gemeenten == 1 else "meerdere")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        unknown = set(row) - {"soort", "kop", "niveau", "tekst", "instellingen"}
        if unknown:
            raise SectieFout(f"Onbekend in een onderdeel: {', '.join(sorted(unknown))}.")
        return cls(**row)
