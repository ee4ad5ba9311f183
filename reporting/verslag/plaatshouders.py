"""Placeholders in the text: `{{ lp_meldingen vs=licht jaar=-1 }}` becomes a figure.

The first word is an indicator or one of VELDEN; options choose area, year, breakdown and form.
What cannot be read gives a Dutch sentence that says what is wrong and what was perhaps meant.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches

from casework.schooljaar import Schooljaar
from reporting.cijfer import Cijfer
from reporting.verslag import opmaak
from reporting.verslag.cijferset import TOTAAL, Cijferset
from reporting.verslag.namen import CODES, code_naam, indicator_naam

# Stops at the next opening: many that are never closed would each be read to the end.
PATTERN = re.compile(r"\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
WORD = re.compile(r"[a-z0-9_]+")
OPTION = re.compile(r"(?<![a-z_])([a-z_]+)=(\S+)")
VORMEN = (
    "waarde",
    "verschil",
    "verschil_pct",
    "vergelijking",
    "aandeel",
    "teller",
    "noemer",
)
OPTIES = ("gemeente", "jaar", "toon", "decimalen")


class PlaatshouderFout(ValueError):
    """A placeholder that means nothing; the text is a Dutch sentence."""


@dataclass(frozen=True)
class Kader:
    """Where a text stands: its figures, the year it speaks of, the gemeente it is about."""

    cijfers: Cijferset
    schooljaar: str
    titel: str = ""
    gemeente: str | None = None  # set inside a part that is repeated per gemeente

    @property
    def gebied(self) -> str:
        return self.gemeente or self.cijfers.default_gebied

    @property
    def gemeenten(self) -> list[str]:
        return [self.gemeente] if self.gemeente else list(self.cijfers.gemeenten)

    @property
    def namen(self) -> list[str]:
        return [self.cijfers.gebieden[code] for code in self.gemeenten]

    def for_gemeente(self, code: str) -> "Kader":
        return replace(self, gemeente=code)


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """One placeholder, what it became, and the figures it came from."""

    bron: str
    tekst: str
    cijfers: tuple[Cijfer, ...] = ()
    fout: str = ""
    uitleg: str = ""


@dataclass(frozen=True, slots=True)
class Vraag:
    """A figure asked for by indicator, area, year, breakdown and form."""

    indicator: str
    gebied: str
    schooljaar: str
    dim: dict[str, list[str]] = field(default_factory=dict)
    vorm: str = "waarde"
    decimalen: int | None = None


def _opsomming(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"


VELDEN: Mapping[str, Callable[[Kader], str]] = {
    "titel": lambda kader: kader.titel,
    "gemeente": lambda kader: _opsomming(kader.namen),
    "gemeenten": lambda kader: _opsomming(
        [kader.cijfers.gebieden[c] for c in kader.cijfers.gemeenten]
    ),
    "schooljaar": lambda kader: kader.schooljaar,
    "vorig_schooljaar": lambda kader: str(Schooljaar.parse(kader.schooljaar).vorige),
    "peildatum": lambda kader: datum(kader),
    # The verb follows how many gemeenten the sentence is about.
    "heeft": lambda kader: "hebben" if len(kader.gemeenten) > 1 else "heeft",
    "teldatum": lambda kader: f"1 oktober {kader.schooljaar[:4]}",
}


MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]  # a list of twelve quoted names reads worse


def datum(kader: Kader) -> str:
    day = kader.cijfers.peildatum
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


def resolve(bron: str, kader: Kader) -> Uitkomst:
    """One placeholder (the text between the braces); errors come back in `fout`."""
    try:
        name, options = _split(bron)
        if name in VELDEN:
            if options:
                raise PlaatshouderFout(f"'{name}' heeft geen opties.")
            return Uitkomst(bron, VELDEN[name](kader))
        return _figure(bron, _question(name, options, kader), kader)
    except PlaatshouderFout as error:
        return Uitkomst(bron, f"[{error}]", fout=str(error))


def _split(bron: str) -> tuple[str, dict[str, str]]:
    words = bron.split()
    if not words or not WORD.fullmatch(words[0]):
        raise PlaatshouderFout(
            f"'{{{{ {bron.strip()} }}}}' is geen cijfer."
            " Schrijf bijvoorbeeld {{ lp_meldingen }}."
        )
    options: dict[str, str] = {}
    for word in words[1:]:
        match = OPTION.fullmatch(word)
        if not match:
            raise PlaatshouderFout(f"'{word}' is geen optie. Schrijf bijvoorbeeld jaar=-1.")
        if match[1] in options:
            raise PlaatshouderFout(f"'{match[1]}' staat er twee keer.")
        options[match[1]] = match[2]
    return words[0], options


def meant(word: str, known: Collection[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Bedoelt u '{close[0]}'?" if close else ""


def _question(name: str, options: dict[str, str], kader: Kader) -> Vraag:
    cijfers = kader.cijfers
    if name not in cijfers.definities:
        known = [*cijfers.definities, *VELDEN]
        raise PlaatshouderFout(f"Het cijfer '{name}' bestaat niet.{meant(name, known)}")
    vorm = options.pop("toon", "waarde")
    if vorm not in VORMEN:
        raise PlaatshouderFout(f"toon={vorm} bestaat niet. Kies uit {', '.join(VORMEN)}.")
    decimalen = options.pop("decimalen", None)
    if decimalen not in (None, "0", "1", "2"):
        raise PlaatshouderFout("decimalen is 0, 1 of 2.")
    gebied = _area(options.pop("gemeente", kader.gebied), kader)
    schooljaar = _year(options.pop("jaar", "0"), kader)
    return Vraag(
        name,
        gebied,
        schooljaar,
        {dim: _codes(name, dim, text, cijfers) for dim, text in options.items()},
        vorm,
        None if decimalen is None else int(decimalen),
    )


def _area(text: str, kader: Kader) -> str:
    gebieden = kader.cijfers.gebieden
    by_name = {naam.lower(): code for code, naam in gebieden.items()}
    code = (
        text if text in gebieden or text == TOTAAL else by_name.get(text.lower().replace("_", " "))
    )
    if code is None:
        raise PlaatshouderFout(
            f"Gemeente of gebied '{text}' hoort niet bij dit verslag."
            + meant(text, [*gebieden, *by_name])
        )
    return kader.cijfers.default_gebied if code == TOTAAL else code


def _year(text: str, kader: Kader) -> str:
    if re.fullmatch(r"0|-\d", text):
        begin = Schooljaar.parse(kader.schooljaar).beginjaar + int(text)
        year = str(Schooljaar(begin))
    else:
        year = text
    years = list(kader.cijfers.schooljaren)
    if year not in years:
        raise PlaatshouderFout(
            f"jaar={text} valt buiten dit verslag ({years[0]} tot en met {years[-1]})."
        )
    return year


def _codes(indicator: str, dim: str, text: str, cijfers: Cijferset) -> list[str]:
    dims = cijfers.dimensies(indicator)
    if dim not in dims:
        ways = ", ".join([*OPTIES, *sorted(dims)])
        raise PlaatshouderFout(
            f"'{indicator}' is niet uit te splitsen naar '{dim}'. Mogelijk: {ways}."
        )
    codes = text.split("+")
    known = cijfers.any_codes(indicator, dim) or list(CODES.get(dim, {}))
    for code in codes:
        if not cijfers.knows_code(indicator, dim, code):
            raise PlaatshouderFout(
                f"{dim}={code} komt niet voor bij '{indicator}'.{meant(code, known)}"
                f" Mogelijk: {', '.join(known)}."
            )
    return codes


def _combinations(dim: dict[str, list[str]]) -> list[dict[str, str]]:
    combined: list[dict[str, str]] = [{}]
    for name, codes in dim.items():
        combined = [known | {name: code} for known in combined for code in codes]
    return combined


def look_up(vraag: Vraag, cijfers: Cijferset) -> tuple[list[Cijfer], Cijfer | None]:
    """The figures asked for and their sum (the figure itself when it is one)."""
    found = [
        cijfers.get(vraag.indicator, vraag.schooljaar, vraag.gebied, dim)
        for dim in _combinations(vraag.dim)
    ]
    known = [figure for figure in found if figure is not None]
    if len(found) == 1:
        return known, found[0]
    if vraag.indicator.endswith("_pct"):
        raise PlaatshouderFout("Percentages kunnen niet worden opgeteld.")
    if len(known) < len(found) or any(figure.waarde is None for figure in known):
        return known, None
    total = sum(int(figure.waarde or 0) for figure in known)
    return known, Cijfer(vraag.indicator, vraag.schooljaar, vraag.gebied, {}, total)


def _figure(bron: str, vraag: Vraag, kader: Kader) -> Uitkomst:
    cijfers, figure = look_up(vraag, kader.cijfers)
    text = _FORMS[vraag.vorm](vraag, figure, kader)
    return Uitkomst(bron, text, tuple(cijfers), uitleg=_explain(vraag, kader))


def _explain(vraag: Vraag, kader: Kader) -> str:
    parts = [indicator_naam(vraag.indicator)]
    parts += [
        " of ".join(code_naam(dim, code) for code in codes) for dim, codes in vraag.dim.items()
    ]
    place = kader.cijfers.gebieden.get(vraag.gebied, vraag.gebied)
    return ", ".join([*parts, place, vraag.schooljaar])


def _value(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
    return opmaak.cijfer(figure, 2 if vraag.decimalen is None else vraag.decimalen)


def _previous(vraag: Vraag, kader: Kader) -> Cijfer | None:
    year = str(Schooljaar.parse(vraag.schooljaar).vorige)
    if year not in kader.cijfers.schooljaren:
        raise PlaatshouderFout(f"Voor een vergelijking ontbreekt schooljaar {year} in dit verslag.")
    return look_up(replace(vraag, schooljaar=year), kader.cijfers)[1]


def _pair(
    vraag: Vraag, figure: Cijfer | None, kader: Kader
) -> tuple[Decimal | int, Decimal | int] | None:
    before = _previous(vraag, kader)
    if figure is None or before is None or figure.waarde is None or before.waarde is None:
        return None
    return figure.waarde, before.waarde


def _amount(value: Decimal | int, decimals: int | None) -> str:
    if isinstance(value, Decimal):
        return opmaak.decimaal(value, 2 if decimals is None else decimals)
    return opmaak.getal(value)


def _difference(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
    pair = _pair(vraag, figure, kader)
    if pair is None:
        return opmaak.NOG_NIET
    change = pair[0] - pair[1]
    return ("+" if change > 0 else "") + _amount(change, vraag.decimalen)


def _difference_pct(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
    pair = _pair(vraag, figure, kader)
    if pair is None:
        return opmaak.NOG_NIET
    if not pair[1]:
        return opmaak.NVT
    change = Decimal(100 * (pair[0] - pair[1])) / Decimal(pair[1])
    return ("+" if change > 0 else "") + opmaak.procent(change, vraag.decimalen or 0)


def _comparison(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
    """A phrase to put in a sentence: "113 meer dan in 2021-2022"."""
    pair = _pair(vraag, figure, kader)
    if pair is None:
        return opmaak.NOG_NIET
    year = Schooljaar.parse(vraag.schooljaar).vorige
    change = pair[0] - pair[1]
    if not change:
        return f"evenveel als in {year}"
    points = " procentpunt" if isinstance(change, Decimal) else ""
    more = ("hoger" if change > 0 else "lager") if points else ("meer" if change > 0 else "minder")
    size = -change if change < 0 else change
    return f"{_amount(size, vraag.decimalen)}{points} {more} dan in {year}"


def _part(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
    """Share in the total of the same indicator."""
    if not vraag.dim:
        raise PlaatshouderFout("toon=aandeel vraagt een onderdeel, zoals vs=licht.")
    whole = kader.cijfers.get(vraag.indicator, vraag.schooljaar, vraag.gebied)
    if figure is None or whole is None or figure.waarde is None or whole.waarde is None:
        return opmaak.NOG_NIET
    decimals = 1 if vraag.decimalen is None else vraag.decimalen
    return opmaak.aandeel(int(figure.waarde), int(whole.waarde), decimals)


def _half(name: str) -> Callable[[Vraag, Cijfer | None, Kader], str]:
    def form(vraag: Vraag, figure: Cijfer | None, kader: Kader) -> str:
        if not vraag.indicator.endswith("_pct"):
            raise PlaatshouderFout(f"toon={name} kan alleen bij een percentage.")
        value = getattr(figure, name, None)
        return opmaak.NOG_NIET if value is None else opmaak.getal(value)

    return form


_FORMS: Mapping[str, Callable[[Vraag, Cijfer | None, Kader], str]] = {
    "waarde": _value,
    "verschil": _difference,
    "verschil_pct": _difference_pct,
    "vergelijking": _comparison,
    "aandeel": _part,
    "teller": _half("teller"),
    "noemer": _half("noemer"),
}
