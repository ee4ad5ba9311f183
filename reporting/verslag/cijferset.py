"""The frozen figures of one report, with the names and definitions they were counted by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from reporting.cijfer import Cijfer, dim_text, parse_dim
from reporting.verslag.namen import CODES, code_order

TOTAAL = "totaal"
Key = tuple[str, str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Definitie:
    """What an indicator counts, as the catalogue said it on the day of counting."""

    eenheid: str
    telt: str
    omschrijving: str
    versie: str
    dimensies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cijferset:
    """`gemeenten` in order of choice; `gebieden` names every area; `schooljaren` oldest first."""

    peildatum: date
    schooljaren: Sequence[str]
    gemeenten: Sequence[str]
    gebieden: Mapping[str, str]
    definities: Mapping[str, Definitie]
    cijfers: Sequence[Cijfer]

    @cached_property
    def _index(self) -> dict[Key, Cijfer]:
        return {
            (c.indicator, c.schooljaar, c.gebied, frozenset(c.dim.items())): c for c in self.cijfers
        }

    @cached_property
    def _codes(self) -> dict[tuple[str, frozenset[str]], dict[str, set[str]]]:
        """(indicator, names of its dimensions) -> dimension -> codes that occur."""
        found: dict[tuple[str, frozenset[str]], dict[str, set[str]]] = {}
        for figure in self.cijfers:
            names = frozenset(figure.dim)
            per_dim = found.setdefault((figure.indicator, names), {})
            for name, code in figure.dim.items():
                per_dim.setdefault(name, set()).add(code)
        return found

    @property
    def default_gebied(self) -> str:
        return self.gemeenten[0] if len(self.gemeenten) == 1 else TOTAAL

    def get(
        self,
        indicator: str,
        schooljaar: str,
        gebied: str,
        dim: Mapping[str, str] | None = None,
    ) -> Cijfer | None:
        """The figure, or None when it was not counted for this year and area.

        Ages are listed from the lowest to the highest counted; one outside that range is 0.
        """
        dim = dim or {}
        found = self._index.get((indicator, schooljaar, gebied, frozenset(dim.items())))
        if found is None and "lft" in dim:
            rest = {name: code for name, code in dim.items() if name != "lft"}
            if self.get(indicator, schooljaar, gebied, rest):
                return Cijfer(indicator, schooljaar, gebied, dict(dim), 0)
        return found

    def dimensies(self, indicator: str) -> set[str]:
        """Names of all breakdowns of this indicator: by its definition, or as counted."""
        counted = {n for (name, names) in self._codes if name == indicator for n in names}
        definitie = self.definities.get(indicator)
        ways = definitie.dimensies if definitie else ()
        return counted | {name for way in ways for name in way.split(" x ")}

    def knows_code(self, indicator: str, dim: str, code: str) -> bool:
        return dim == "lft" or code in CODES.get(dim, {}) or code in self.any_codes(indicator, dim)

    def any_codes(self, indicator: str, dim: str) -> list[str]:
        """Codes of a breakdown as they occur, alone or crossed with another."""
        found = {
            code
            for (name, _), per_dim in self._codes.items()
            if name == indicator
            for code in per_dim.get(dim, ())
        }
        return sorted(found, key=lambda code: code_order(dim, code))

    def codes(self, indicator: str, dim: str, given: Iterable[str] = ()) -> list[str]:
        """Codes of one breakdown (crossed with the given ones), in their usual order."""
        per_dim = self._codes.get((indicator, frozenset({dim, *given})), {})
        return sorted(per_dim.get(dim, ()), key=lambda code: code_order(dim, code))

    @cached_property
    def indicatoren(self) -> list[str]:
        """Ids with at least one figure, in the order of the catalogue."""
        present = {c.indicator for c in self.cijfers}
        return [name for name in self.definities if name in present]

    def gebieden_of(self, indicator: str) -> list[str]:
        """Areas with a figure: country, regions, subregions, then the gemeenten and the total."""
        present = {c.gebied for c in self.cijfers if c.indicator == indicator}
        wide = [g for g in self.gebieden if g in present and g not in (*self.gemeenten, TOTAAL)]
        return wide + [g for g in (*self.gemeenten, TOTAAL) if g in present]

    def telt(self, indicator: str) -> str:
        definitie = self.definities.get(indicator)
        return definitie.telt if definitie else "J"

    def rows(self) -> list[list[Any]]:
        """Compact form to store: one short list a figure."""
        return [
            [c.indicator, c.schooljaar, c.gebied, dim_text(c.dim), _plain(c.waarde)]
            + ([c.teller, c.noemer] if c.is_share else [])
            for c in self.cijfers
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[Any]], **kwargs: Any) -> Self:
        return cls(cijfers=[_figure(row) for row in rows], **kwargs)


def _plain(value: Decimal | int | None) -> str | int | None:
    """A share as text, so that 4.20 stays 4.20."""
    return str(value) if isinstance(value, Decimal) else value


def _figure(row: Sequence[Any]) -> Cijfer:
    indicator, schooljaar, gebied, dim, value, *share = row
    if isinstance(value, str):
        value = Decimal(value)
    teller, noemer = share or (None, None)
    return Cijfer(indicator, schooljaar, gebied, parse_dim(dim), value, teller, noemer)
