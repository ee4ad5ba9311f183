"""What the screens show about a report: figures to insert, and what changed between versions."""

from dataclasses import dataclass, field

from reporting.models import Jaarverslag, Versie
from reporting.verslag import opmaak
from reporting.verslag.cijferset import Cijferset
from reporting.verslag.namen import DIMENSIES, code_naam, indicator_naam, telt_naam

GROEPEN = {
    "pop_": "Bevolking",
    "lp_": "Leerplicht",
    "verzuim_": "Leerplicht",
    "hv_": "Handhaving",
    "abs_": "Absoluut verzuim",
    "thz_": "Thuiszitters",
    "vst_": "Vrijstellingen",
    "wp_": "Werkprocessen",
    "dsp_": "Doorstroompunt",
    "vsv_duo": "Voortijdig schoolverlaten: cijfers van DUO",
    "vsv_gem": "Voortijdig schoolverlaten: eigen registratie",
    "vsv_raming": "Voortijdig schoolverlaten: raming",
}


@dataclass(slots=True)
class Invoegbaar:
    """A figure a writer may insert: its placeholder and its value now."""

    plaatshouder: str
    naam: str
    waarde: str
    telt: str
    uitsplitsingen: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


def figure_list(verslag: Jaarverslag) -> dict[str, list[Invoegbaar]]:
    """Every indicator by group; {} while the figures are not counted."""
    if verslag.stand is None:
        return {}
    kader = verslag.kader()
    cijfers = kader.cijfers
    groups: dict[str, list[Invoegbaar]] = {}
    for name in cijfers.definities:
        figure = cijfers.get(name, verslag.schooljaar, kader.gebied)
        row = Invoegbaar(
            f"{{{{ {name} }}}}",
            indicator_naam(name),
            opmaak.cijfer(figure),
            telt_naam(cijfers.telt(name)),
            _breakdowns(name, cijfers),
        )
        groups.setdefault(_group(name), []).append(row)
    return groups


def _breakdowns(name: str, cijfers: Cijferset) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            f"{DIMENSIES.get(dim, dim)} ({dim})",
            [(f"{dim}={code}", code_naam(dim, code)) for code in cijfers.any_codes(name, dim)],
        )
        for dim in sorted(cijfers.dimensies(name))
    ]


def _group(name: str) -> str:
    found = [label for prefix, label in GROEPEN.items() if name.startswith(prefix)]
    return found[0] if found else "Bijzondere trajecten"


@dataclass(frozen=True, slots=True)
class Wijziging:
    onderdeel: str
    tekst: str
    oud: str = ""
    nieuw: str = ""


def compare_versies(before: Versie, after: Versie) -> list[Wijziging]:
    """Sections added, removed or rewritten, and figures of the report that changed."""
    return [*_texts(before, after), *_figures(before, after)]


def _texts(before: Versie, after: Versie) -> list[Wijziging]:
    old = {(s.soort, s.kop): s for s in before.sectiedata()}
    new = {(s.soort, s.kop): s for s in after.sectiedata()}
    changes = [Wijziging(kop, "Toegevoegd") for soort, kop in new if (soort, kop) not in old]
    changes += [Wijziging(kop, "Verwijderd") for soort, kop in old if (soort, kop) not in new]
    for key, sectie in new.items():
        earlier = old.get(key)
        if earlier is None or earlier == sectie:
            continue
        if earlier.tekst != sectie.tekst:
            changes.append(Wijziging(sectie.kop, "Tekst gewijzigd", earlier.tekst, sectie.tekst))
        else:
            changes.append(Wijziging(sectie.kop, "Inrichting gewijzigd"))
    return changes


def _figures(before: Versie, after: Versie) -> list[Wijziging]:
    if before.stand_id == after.stand_id:
        return []
    old, new = before.stand.cijferset(), after.stand.cijferset()
    changes = [
        Wijziging(
            "Cijfers",
            f"Opnieuw geteld: {old.peildatum:%d-%m-%Y} wordt {new.peildatum:%d-%m-%Y}",
        )
    ]
    for figure in new.cijfers:
        earlier = old.get(figure.indicator, figure.schooljaar, figure.gebied, figure.dim)
        if figure.dim or earlier is None or earlier.waarde == figure.waarde:
            continue
        place = new.gebieden.get(figure.gebied, figure.gebied)
        changes.append(
            Wijziging(
                f"{indicator_naam(figure.indicator)}, {place}, {figure.schooljaar}",
                "Cijfer gewijzigd",
                opmaak.cijfer(earlier),
                opmaak.cijfer(figure),
            )
        )
    return changes
