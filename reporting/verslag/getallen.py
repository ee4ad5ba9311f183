"""Numbers typed by hand: which words in a text are figures, and which are dates or articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporting.verslag.plaatshouders import MAANDEN, PATTERN

_MAAND = "|".join(MAANDEN)
# Numbers that are not figures of the report, each replaced by spaces of the same length.
NO_FIGURE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://\S+|\S+@\S+|www\.\S+",
        r"\b\d{4}\s?[-/–]\s?(?:\d{4}|\d{2})\b",  # schooljaar
        rf"\b\d{{1,2}}\s+(?:{_MAAND})(?:\s+\d{{4}})?\b",
        rf"\b(?:{_MAAND})\s+\d{{4}}\b",
        r"\b\d{1,2}-\d{1,2}-\d{4}\b",
        r"\b(?:artikel(?:en)?|art\.?|lid|leden|onder)\s+\d+[a-z]*(?:\s*,\s*\d+[a-z]*)*",
        r"\b(?:mbo[- ])?niveaus?\s+\d(?:\s*(?:,|en|of|tot en met|t/m|-)\s*\d)*",
        r"\b\d+\s*(?:tot en met|t/m|tot|-|–|of|en)\s*\d+\s*(?:jaar|jarigen?)\b",
        r"\b(?:boven|onder|vanaf|tot)(?: de)? \d+ jaar\b",
        r"\b\d+\s?(?:jaar|jarigen?|uur|uren|weken|week|dagen|dag|maanden|minuten)\b",
        r"\b\d+-jarigen?\b|\b\d+\+|\b\d+-\d+\s+jaar\b",
        r"\b(?:tabel|figuur|grafiek|hoofdstuk|bijlage|pagina|blz\.?|versie|fase|stap|route)\s+\d+",
        r"€\s?[\d.,]+|\b[\d.,]+\s?euro\b",
        r"\b\d{1,2}[.:]\d{2}\s?uur\b",
        r"\b0\d{1,3}[- ]?\d{6,8}\b",  # telephone
        r"\b(?:19|20)\d{2}\b",  # a year on its own
        r"^\s*\d+[.)]\s",  # number of a list item
        r"\b\d+(?:e|ste|de)\b",
    )
]
NUMBER = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(\s?%|\s+procent\b|\s?procentpunt)?(?![\w]|[.,]\d)"
)
YEARS = re.compile(r"\b(\d{4})\s?[-/–]\s?(\d{4}|\d{2})\b")
SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÀ-Ý])")
PAST = re.compile(r"\b(vorige?|eerder|destijds|voorgaande?|daarvoor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Getal:
    """A typed number: as written, its value, and the sentence it stands in."""

    tekst: str
    waarde: Decimal
    decimalen: int
    is_percentage: bool
    zin: str

    @property
    def citaat(self) -> str:
        return self.zin if len(self.zin) <= 160 else self.zin[:157] + "..."

    @property
    def about_past(self) -> bool:
        return bool(PAST.search(self.zin))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def find_numbers(text: str) -> Iterator[Getal]:
    """Numbers of a section text that claim to be figures; placeholders do not count."""
    for line in PATTERN.sub(" ", text).splitlines():
        bare = line
        for pattern in NO_FIGURE:
            bare = pattern.sub(_blank, bare)
        for match in NUMBER.finditer(bare):
            whole, fraction, percent = match.groups()
            value = Decimal(whole.replace(".", "") + (f".{fraction}" if fraction else ""))
            sentence = _sentence(line, match.start())
            yield Getal(match[0].strip(), value, len(fraction or ""), bool(percent), sentence)


def _sentence(line: str, position: int) -> str:
    """The sentence of a line that holds this position, without its markup."""
    ends = [m.end() for m in SENTENCE.finditer(line)]
    begin = max((e for e in ends if e <= position), default=0)
    end = min((e for e in ends if e > position), default=len(line))
    return line[begin:end].strip(" |*#")


def find_years(text: str) -> Iterator[str]:
    """Schooljaren typed by hand, written 2021-2022, 2021/22 or 2021/2022."""
    for match in YEARS.finditer(PATTERN.sub(" ", text)):
        begin = int(match[1])
        if int(match[2]) in (begin + 1, (begin + 1) % 100):
            yield f"{begin}-{begin + 1}"


def typed_totals(text: str) -> Iterator[str]:
    """Tables typed in the text whose row "Totaal" is not the sum of the rows above."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if not line.strip().startswith("|"):
            rows = []
            continue
        cells = [cell.strip(" *") for cell in line.strip().strip("|").split("|")]
        if set("".join(cells)) <= set("-: "):
            rows = []  # the rule under the head: the head does not count
            continue
        if cells[0].lower().startswith("totaal"):
            yield from _wrong_columns(rows, cells)
        rows.append(cells)


def _wrong_columns(rows: list[list[str]], total: list[str]) -> Iterator[str]:
    for column in range(1, len(total)):
        values = [_whole(row[column]) for row in rows if column < len(row)]
        wanted = _whole(total[column])
        known = [value for value in values if value is not None]
        if wanted is not None and len(known) == len(values) > 0 and sum(known) != wanted:
            added = f"{sum(known):,}".replace(",", ".")
            place = f"Getypte tabel: kolom {column + 1}"
            yield f"{place} telt op tot {added}, er staat {total[column]}."


def _whole(text: str) -> int | None:
    return int(text.replace(".", "")) if re.fullmatch(r"\d{1,3}(\.\d{3})*|\d+", text) else None
