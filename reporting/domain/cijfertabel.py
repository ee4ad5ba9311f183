"""The table of one figure: schooljaren as columns, gemeenten and codes as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.schooljaar import Schooljaar
from doorstroompunt.models import VsvCijfer
from reporting.cijfer import Cijfer
from reporting.domain.cijferkeuze import Keuze
from reporting.indicatoren import collect
from reporting.indicatoren.bekend import Bekend
from reporting.indicatoren.codes import LEEFTIJD
from reporting.indicatoren.register import GETELD, SOMMEN
from reporting.indicatoren.vraag import TOTAAL
from reporting.verslag import opmaak
from reporting.verslag.namen import DIMENSIES, code_naam, code_order

Dim = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cel:
    """One figure of one schooljaar; None when it is not known (yet)."""

    jaar: Schooljaar
    cijfer: Cijfer | None

    @property
    def tekst(self) -> str:
        return opmaak.cijfer(self.cijfer)

    @property
    def waarde(self) -> Decimal | int | None:
        return self.cijfer.waarde if self.cijfer else None

    @property
    def verhouding(self) -> str:
        """ "463 van 10.884" under a share, where both counts are known."""
        if self.cijfer is None or self.cijfer.teller is None or self.cijfer.noemer is None:
            return ""
        return f"{opmaak.getal(self.cijfer.teller)} van {opmaak.getal(self.cijfer.noemer)}"


@dataclass(frozen=True, slots=True)
class Rij:
    """`codes` are empty for the total of an area."""

    gebied: str
    gebied_naam: str
    codes: Dim
    cellen: Sequence[Cel]
    is_totaal: bool = False

    @property
    def label(self) -> str:
        if not self.codes:
            return "Totaal" if self.is_totaal else self.gebied_naam
        return ", ".join(code_naam(name, code) for name, code in self.codes)

    @property
    def is_nul(self) -> bool:
        """Nothing counted in any year that is known."""
        return not any(cel.waarde for cel in self.cellen)


@dataclass(frozen=True, slots=True)
class Tabel:
    keuze: Keuze
    rijen: Sequence[Rij]
    weggelaten: int = 0  # codes with nothing but 0, not shown

    @property
    def met_gebied(self) -> bool:
        """Whether the area needs a column of its own beside the codes."""
        return bool(self.keuze.per) and len({rij.gebied for rij in self.rijen}) > 1

    @property
    def koppen(self) -> list[str]:
        if not self.keuze.per:
            return ["Gebied" if self.keuze.ruimer else "Gemeente"]
        names = ", ".join(DIMENSIES[name] for name in self.keuze.per)
        return ["Gemeente", names] if self.met_gebied else [names]

    @property
    def is_leeg(self) -> bool:
        """Nothing known at all."""
        return all(cel.waarde is None for rij in self.rijen for cel in rij.cellen)

    @property
    def is_telling(self) -> bool:
        """Whether rows stand behind these figures, or behind their numerator."""
        name = self.keuze.indicator.teller or self.keuze.indicator.id
        return name in GETELD or name in SOMMEN


def build(keuze: Keuze, *, vandaag: date) -> Tabel:
    cijfers = collect(keuze.codes, keuze.jaren, [keuze.indicator.id])
    bron = _Bron(keuze, cijfers, vandaag)
    rijen = [
        Rij(
            gebied,
            naam,
            codes,
            [Cel(jaar, bron.get(jaar, gebied, codes)) for jaar in keuze.jaren],
            is_totaal=bool(keuze.per) and not codes,
        )
        for gebied, naam in _areas(keuze, cijfers).items()
        for codes in [*_combinations(keuze, cijfers), ()]
    ]
    counted = {rij.codes for rij in rijen if not rij.is_nul}
    empty = set() if keuze.met_nullen else {rij.codes for rij in rijen} - counted - {()}
    return Tabel(keuze, [rij for rij in rijen if rij.codes not in empty], len(empty))


class _Bron:
    """The counted figures, with what cannot be known yet taken out."""

    def __init__(self, keuze: Keuze, cijfers: Sequence[Cijfer], vandaag: date) -> None:
        self.keuze = keuze
        self.index = {(c.schooljaar, c.gebied, frozenset(c.dim.items())): c for c in cijfers}
        self.bekend = Bekend(keuze.gemeenten, cijfers, vandaag)

    def get(self, jaar: Schooljaar, gebied: str, codes: Dim) -> Cijfer | None:
        dim = dict(self.keuze.alleen) | dict(codes)
        found = self._find(jaar, gebied, dim)
        if found is None and LEEFTIJD in dim and self._find(jaar, gebied, {}) is not None:
            # Ages are listed from the lowest to the highest counted.
            found = Cijfer(self.keuze.indicator.id, str(jaar), gebied, dim, 0)
        return found if found is not None and found in self.bekend else None

    def _find(self, jaar: Schooljaar, gebied: str, dim: Mapping[str, str]) -> Cijfer | None:
        return self.index.get((str(jaar), gebied, frozenset(dim.items())))


def _areas(keuze: Keuze, cijfers: Sequence[Cijfer]) -> dict[str, str]:
    """Code -> name: the country, regions and subregions where asked, the gemeenten, the total."""
    found: dict[str, str] = {}
    if keuze.ruimer:
        wide = dict.fromkeys(c.gebied for c in cijfers if not c.gebied.isdigit())
        names = _region_names()
        found = {code: names.get(code, code) for code in wide if code != TOTAAL}
    found |= {gemeente.code: gemeente.naam for gemeente in keuze.gemeenten}
    return found | ({TOTAAL: "Samen"} if len(keuze.gemeenten) > 1 else {})


def _region_names() -> dict[str, str]:
    soort = VsvCijfer.Gebiedsoort
    rows = VsvCijfer.objects.exclude(gebied_soort=soort.GEMEENTE).order_by("pk")
    names = {"land": "Nederland"}
    for kind, code, naam in rows.values_list("gebied_soort", "gebied_code", "gebied_naam"):
        key = naam if kind == soort.SUBREGIO else code or naam
        names[f"{kind}:{key}"] = f"Regio {naam}" if kind == soort.REGIO else f"Subregio {naam}"
    return names


def _combinations(keuze: Keuze, cijfers: Sequence[Cijfer]) -> list[Dim]:
    """Codes that were counted with the fixed ones, in their usual order."""
    if not keuze.per:
        return []
    wanted = {*keuze.per, *keuze.alleen}
    found = {
        tuple((name, c.dim[name]) for name in keuze.per)
        for c in cijfers
        if set(c.dim) == wanted and all(c.dim[n] == code for n, code in keuze.alleen.items())
    }
    return sorted(found, key=lambda dim: [code_order(name, code) for name, code in dim])
