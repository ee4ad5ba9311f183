"""What a user asks of one figure: where, when, broken down by what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from casework.models import Gemeente
from casework.schooljaar import Schooljaar
from reporting.catalogus import Indicator
from reporting.indicatoren import duo
from reporting.indicatoren.codes import LEEFTIJD, codes_of
from reporting.verslag.namen import DIMENSIES, code_naam, code_order

LEEFTIJDEN: Final = tuple(str(age) for age in range(4, 28))
_DUO: Final = {"onderwijssoort": ("vo", "mbo", "vavo"), "niveau": ("1", "2", "3", "4")}
KRUIS: Final = "-"  # between two breakdowns in an address


@dataclass(frozen=True, slots=True)
class Keuze:
    """`per` are the breakdowns that become rows, `alleen` fixes one code of a breakdown."""

    indicator: Indicator
    gemeenten: Sequence[Gemeente]
    jaren: Sequence[Schooljaar]
    per: tuple[str, ...] = ()
    alleen: Mapping[str, str] = field(default_factory=dict)
    met_nullen: bool = False
    ruimer: bool = False

    @property
    def codes(self) -> list[str]:
        return [gemeente.code for gemeente in self.gemeenten]

    @property
    def alleen_tekst(self) -> str:
        """ "licht verzuim, havo": what the figures were narrowed to."""
        return ", ".join(code_naam(name, code) for name, code in self.alleen.items())


def dims_of(indicator: Indicator) -> list[str]:
    return list(dict.fromkeys(name for way in indicator.uitsplitsingen for name in way))


def codes_for(indicator: Indicator, dim: str) -> list[str]:
    """Every code a user may choose, in the usual order."""
    if indicator.id in duo.IDS:
        return list(_DUO[dim])
    codes = LEEFTIJDEN if dim == LEEFTIJD else codes_of(indicator.id, dim, ())
    return sorted(codes, key=lambda code: code_order(dim, code))


def ways_of(indicator: Indicator) -> dict[str, str]:
    """Breakdowns to choose from: key in the address -> name."""
    return {
        KRUIS.join(way): " en ".join(_name(name, n) for n, name in enumerate(way))
        for way in indicator.uitsplitsingen
        if way
    }


def _name(dim: str, place: int) -> str:
    return DIMENSIES[dim] if place == 0 else DIMENSIES[dim].lower()


def is_counted(indicator: Indicator, names: Sequence[str]) -> bool:
    """Whether these breakdowns are counted together."""
    return any(set(way) == set(names) for way in indicator.uitsplitsingen)


def not_counted_text(indicator: Indicator, names: Sequence[str]) -> str:
    """Why these breakdowns do not go together, and which do."""
    asked = " en ".join(_name(name, n) for n, name in enumerate(dict.fromkeys(names)))
    known = "; ".join(ways_of(indicator).values())
    return f"{asked} zijn bij dit cijfer niet samen geteld. Kies uit: {known}."


def dim_choices(dim: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, code_naam(dim, code)) for code in codes]
