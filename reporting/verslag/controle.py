"""The check before approval: every number typed by hand against the frozen figures.

Nothing is corrected by itself: a person reads the list, mends the text or says why it is right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reporting.cijfer import Cijfer
from reporting.verslag import opmaak
from reporting.verslag.getallen import Getal, find_numbers, find_years, typed_totals
from reporting.verslag.namen import code_naam, indicator_naam
from reporting.verslag.opbouw import Blok, Inhoud, build
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.register import Register
from reporting.verslag.secties import Sectiedata
from reporting.verslag.tabellen import Rij

KLEIN = 5
# Figures that do not fall to a fraction from one year to the next unless records are missing.
VOLLEDIG = ("pop_5_18_ingeschreven", "lp_meldingen")
DUN = Decimal("0.25")

FOUT = "fout"  # must be mended: the report cannot be built
VERSCHIL = "verschil"  # differs from the figures: mend or explain
LET_OP = "let_op"  # look at it
GOED = "goed"  # typed by hand and right


@dataclass(frozen=True, slots=True)
class Bevinding:
    ernst: str
    sectie: int
    plaats: str
    tekst: str
    citaat: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def check_report(
    secties: Sequence[Sectiedata], kader: Kader, inhoud: Inhoud | None = None
) -> list[Bevinding]:
    """All findings, in order of the report; of one section the worst first."""
    inhoud = inhoud or build(secties, kader)
    places = [s.kop or f"onderdeel {n + 1}" for n, s in enumerate(secties)]
    findings = [
        *_thin_years(kader),
        *(Bevinding(FOUT, n, places[n], text) for n, text in dict.fromkeys(inhoud.fouten)),
        *_typed(secties, kader, places),
        *_unavailable(inhoud, places),
        *(f for blok in inhoud.blokken for f in _table(blok, places[blok.sectie])),
    ]
    order = [FOUT, VERSCHIL, LET_OP, GOED]
    return sorted(findings, key=lambda f: (f.sectie, order.index(f.ernst)))


def _typed(
    secties: Sequence[Sectiedata], kader: Kader, places: Sequence[str]
) -> Iterator[Bevinding]:
    register = Register(kader.cijfers)
    for number, sectie in enumerate(secties):
        if not sectie.fits(len(kader.gemeenten)):
            continue
        for text in (sectie.kop, sectie.tekst):
            for getal in find_numbers(text):
                ernst, said = judge(getal, register, kader)
                yield Bevinding(ernst, number, places[number], said, getal.citaat)
            for said in _years(text, kader):
                yield Bevinding(LET_OP, number, places[number], said)
            for said in typed_totals(text):
                yield Bevinding(VERSCHIL, number, places[number], said)


def judge(getal: Getal, register: Register, kader: Kader) -> tuple[str, str]:
    """Whether a typed number is a figure of this report, and of which year."""
    now = kader.schooljaar
    found = register.equal(getal)
    current = [c for c in found if c.schooljaar == now]
    if current:
        best = _nearest_area(current, kader)
        return (
            GOED,
            f"{getal.tekst} is gelijk aan {name(best, kader)}. Gebruik liever het cijfer zelf.",
        )
    mentioned = [c for c in found if c.schooljaar in getal.zin]
    if mentioned or (found and getal.about_past):
        return GOED, f"{getal.tekst} is gelijk aan {name((mentioned or found)[0], kader)}."
    if found:
        old = _nearest_area(found, kader)
        return VERSCHIL, f"{getal.tekst} is een oud cijfer: {name(old, kader)}."
    if register.is_difference(getal):
        return GOED, f"{getal.tekst} is een verschil tussen twee schooljaren."
    near = register.near(getal, now, kader.gebied)
    if near:
        value = opmaak.cijfer(near)
        return VERSCHIL, f"{getal.tekst} lijkt op {name(near, kader)}, maar dat is {value}."
    return VERSCHIL, f"{getal.tekst} staat bij geen enkel cijfer van dit verslag."


def _nearest_area(found: Sequence[Cijfer], kader: Kader) -> Cijfer:
    here = [c for c in found if c.gebied == kader.gebied]
    return min(here or found, key=lambda c: (len(c.dim), -int(c.schooljaar[:4])))


def name(figure: Cijfer, kader: Kader) -> str:
    parts = [indicator_naam(figure.indicator)]
    parts += [code_naam(dim, code) for dim, code in figure.dim.items()]
    area = kader.cijfers.gebieden.get(figure.gebied, figure.gebied)
    return f"{', '.join(parts)} ({area}, {figure.schooljaar})"


def _years(text: str, kader: Kader) -> Iterator[str]:
    """Schooljaren outside the report, and texts that only speak of an older one."""
    named = list(dict.fromkeys(find_years(text)))
    for year in named:
        if year not in kader.cijfers.schooljaren:
            yield f"Schooljaar {year} valt buiten dit verslag."
    own = kader.schooljaar in named or "{{ schooljaar" in text or "jaar=" in text
    older = [y for y in named if y < kader.schooljaar]
    if older and not own and kader.schooljaar not in text:
        yield f"Deze tekst noemt {older[0]} en niet {kader.schooljaar}. Is hij nog van vorig jaar?"


def _thin_years(kader: Kader) -> Iterator[Bevinding]:
    """A year with far fewer records than the next was perhaps not registered here yet."""
    cijfers = kader.cijfers
    for before, after in pairwise(cijfers.schooljaren):
        for indicator in VOLLEDIG:
            old, new = (cijfers.get(indicator, year, kader.gebied) for year in (before, after))
            if old is None or new is None or old.waarde is None or not new.waarde:
                continue
            if old.waarde < DUN * new.waarde:
                said = (
                    f"{indicator_naam(indicator)}: {opmaak.cijfer(old)} in {before} en"
                    f" {opmaak.cijfer(new)} in {after}. Is {before} wel helemaal ingelezen?"
                    " Kies anders minder schooljaren."
                )
                yield Bevinding(LET_OP, 0, "Cijfers", said)


def _unavailable(inhoud: Inhoud, places: Sequence[str]) -> Iterator[Bevinding]:
    seen: set[tuple[int, str]] = set()
    for number, uitkomst in inhoud.uitkomsten:
        key = (number, uitkomst.bron)
        if uitkomst.tekst == opmaak.NOG_NIET and key not in seen:
            seen.add(key)
            said = f"{uitkomst.uitleg} is nog niet beschikbaar."
            yield Bevinding(LET_OP, number, places[number], said)


def _table(blok: Blok, place: str) -> Iterator[Bevinding]:
    if blok.tabel is None:
        return
    rows = blok.tabel.rijen
    for total in (rij for rij in rows if rij.soort == "totaal"):
        said = _sum_differs(total, [r for r in rows if r.soort == "onderdeel"])
        if said:
            yield Bevinding(VERSCHIL, blok.sectie, place, f"{blok.titel}: {said}")
    small = [
        cel for rij in rows for cel in rij.cellen if rij.telt in "JG" and _is_small(cel.cijfer)
    ]
    if small:
        said = (
            f"{blok.titel}: {len(small)} aantallen onder {KLEIN}."
            " Kijk of een jongere te herkennen is."
        )
        yield Bevinding(LET_OP, blok.sectie, place, said)


def _is_small(figure: Cijfer | None) -> bool:
    return (
        figure is not None
        and not figure.is_share
        and figure.waarde is not None
        and 0 < figure.waarde < KLEIN
    )


def _sum_differs(total: Rij, parts: Sequence[Rij]) -> str:
    """Parts of meldingen, processes and measures must add up; youths may count twice."""
    if total.telt in "JG" or any(part.telt != total.telt for part in parts):
        return ""
    for number, cel in enumerate(total.cellen):
        figures = [part.cellen[number].cijfer for part in parts]
        if cel.cijfer is None or cel.cijfer.waarde is None or not figures:
            continue
        if any(f is None or f.waarde is None for f in figures):
            continue
        added = sum(int(f.waarde or 0) for f in figures if f is not None)
        if added != cel.cijfer.waarde:
            return (
                f"de regels tellen op tot {opmaak.getal(added)}, het totaal is {cel.tekst}"
                f" ({cel.cijfer.schooljaar})."
            )
    return ""
