"""From sections and frozen figures to blocks that page and PDF print alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reporting.verslag.figuren import build_chart
from reporting.verslag.namen import indicator_naam, telt_naam
from reporting.verslag.plaatshouders import Kader, Uitkomst
from reporting.verslag.secties import Sectiedata, Soort
from reporting.verslag.tabellen import Tabel, TabelFout, build_table
from reporting.verslag.tekst import render_line, render_text


@dataclass(frozen=True, slots=True)
class Kerncijfer:
    tekst: str
    label: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A line of the explanation of figures: what one indicator counts."""

    naam: str
    telt: str
    omschrijving: str
    versie: str


@dataclass(slots=True)
class Blok:
    soort: str
    anker: str
    kop: str
    koptag: str
    html: str = ""
    tabel: Tabel | None = None
    titel: str = ""  # "Tabel 3. ..." or "Figuur 2. ..."
    svg: str = ""
    kerncijfers: list[Kerncijfer] = field(default_factory=list)
    uitleg: list[Uitleg] = field(default_factory=list)
    fout: str = ""
    sectie: int = 0
    gemeente: str = ""

    @property
    def cijfers_titel(self) -> str:
        """Caption of the table that stands with a chart."""
        figure, _, unit = self.titel.partition(". ")
        return f"De cijfers bij {figure.lower()}" + (
            f" ({unit.rpartition('(')[2]}" if unit.endswith(")") else ""
        )


@dataclass(slots=True)
class Inhoud:
    """The whole report; `uitkomsten` pairs every placeholder with its section."""

    blokken: list[Blok] = field(default_factory=list)
    uitkomsten: list[tuple[int, Uitkomst]] = field(default_factory=list)

    @property
    def fouten(self) -> list[tuple[int, str]]:
        wrong = [(n, u.fout) for n, u in self.uitkomsten if u.fout]
        return wrong + [(blok.sectie, blok.fout) for blok in self.blokken if blok.fout]

    @property
    def inhoudsopgave(self) -> list[Blok]:
        return [blok for blok in self.blokken if blok.kop and blok.koptag in ("h2", "h3")]


def build(secties: Sequence[Sectiedata], kader: Kader) -> Inhoud:
    """Placeholders that cannot be read are shown in place and listed in `fouten`."""
    builder = _Builder(kader)
    for number, sectie, here in _in_order(secties, kader):
        builder.add(number, sectie, here)
    builder.fill_definitions()  # last: they explain what the whole report used
    return builder.inhoud


def _in_order(
    secties: Sequence[Sectiedata], kader: Kader
) -> Iterator[tuple[int, Sectiedata, Kader]]:
    """Sections with their number; neighbours marked per_gemeente are repeated together."""
    fitting = [(n, s) for n, s in enumerate(secties) if s.fits(len(kader.gemeenten))]
    for repeated, group in groupby(fitting, key=lambda pair: pair[1].per_gemeente):
        places: Iterable[Kader] = [kader]
        if repeated:
            places = [kader.for_gemeente(code) for code in kader.gemeenten]
        pairs = list(group)
        for here in places:
            yield from ((number, sectie, here) for number, sectie in pairs)


class _Builder:
    def __init__(self, kader: Kader) -> None:
        self.inhoud = Inhoud()
        self.kader = kader
        self.tables = self.figures = 0
        self.level = 1
        self.used: dict[str, None] = {}

    def add(self, number: int, sectie: Sectiedata, kader: Kader) -> None:
        # A heading may go one level deeper at most, whatever the section asks.
        level = min(sectie.niveau + 1, self.level + 1)
        if sectie.kop:
            self.level = level
        kop, found = render_line(sectie.kop, kader)
        tekst = render_text(sectie.tekst, kader, heading=min(self.level + 1, 6))
        for uitkomst in (*found, *tekst.uitkomsten):
            self.inhoud.uitkomsten.append((number, uitkomst))
            self.used |= dict.fromkeys(c.indicator for c in uitkomst.cijfers)
        blok = Blok(
            sectie.soort,
            f"deel-{len(self.inhoud.blokken) + 1}",
            kop,
            f"h{level}",
            html=tekst.html,
            sectie=number,
            gemeente=kader.gemeente or "",
        )
        try:
            _FILL[sectie.soort](self, blok, sectie, kader)
        except TabelFout as error:
            blok.fout = str(error)
        self.inhoud.blokken.append(blok)

    def plain(self, blok: Blok, sectie: Sectiedata, kader: Kader) -> None:
        """Text only."""

    def table(self, blok: Blok, sectie: Sectiedata, kader: Kader) -> None:
        blok.tabel = build_table(sectie.instellingen, kader)
        self.tables += 1
        blok.titel = f"Tabel {self.tables}. {self.caption(blok.tabel, sectie, kader)}"
        self.used |= dict.fromkeys(blok.tabel.indicatoren)

    def chart(self, blok: Blok, sectie: Sectiedata, kader: Kader) -> None:
        self.figures += 1
        table = build_table(sectie.instellingen, kader)
        blok.titel = f"Figuur {self.figures}. {self.caption(table, sectie, kader)}"
        blok.svg, blok.tabel = build_chart(
            sectie.instellingen, kader, titel=blok.titel, id=blok.anker
        )
        self.used |= dict.fromkeys(table.indicatoren)

    def caption(self, tabel: Tabel, sectie: Sectiedata, kader: Kader) -> str:
        """Title, area and unit: a figure without its unit may not be printed."""
        title = sectie.instellingen.get("titel") or sectie.kop or "Cijfers"
        text, _ = render_line(str(title), kader)
        one_area = len(kader.gemeenten) == 1 and len(kader.cijfers.gemeenten) > 1
        place = f", {kader.namen[0]}" if one_area and kader.namen[0] not in text else ""
        unit = f" (aantal {tabel.telt})" if tabel.telt else ""
        if all(rij.indicator.endswith("_pct") for rij in tabel.rijen):
            unit = f" (percentage van {tabel.telt})" if tabel.telt else " (percentage)"
        return f"{text}{place}{unit}"

    def key_figures(self, blok: Blok, sectie: Sectiedata, kader: Kader) -> None:
        specs = sectie.instellingen.get("rijen", [])
        tabel = build_table({"rijen": specs, "kolommen": ["jaar"], "jaren": 1}, kader)
        for rij in tabel.rijen:
            uitleg = "" if rij.indicator.endswith("_pct") else rij.telt_naam
            blok.kerncijfers.append(Kerncijfer(rij.cellen[0].tekst, rij.label, uitleg))
        self.used |= dict.fromkeys(tabel.indicatoren)

    def fill_definitions(self) -> None:
        """Every indicator used in the report, with its unit and definition."""
        known = self.kader.cijfers.definities
        lines = [
            Uitleg(
                indicator_naam(name),
                telt_naam(known[name].telt),
                known[name].omschrijving,
                known[name].versie,
            )
            for name in known
            if name in self.used
        ]
        for blok in self.inhoud.blokken:
            if blok.soort == Soort.DEFINITIES:
                blok.uitleg = lines


_FILL: Mapping[str, Callable[[_Builder, Blok, Sectiedata, Kader], None]] = {
    Soort.TEKST: _Builder.plain,
    Soort.KADER: _Builder.plain,
    Soort.COLOFON: _Builder.plain,
    Soort.TABEL: _Builder.table,
    Soort.GRAFIEK: _Builder.chart,
    Soort.KERNCIJFERS: _Builder.key_figures,
    Soort.DEFINITIES: _Builder.plain,
}
