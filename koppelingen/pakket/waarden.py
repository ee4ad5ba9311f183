"""Cells to database values: strict, fast, with a Dutch sentence for whatever is wrong.

A reader takes the text of a filled cell and gives the text that COPY puts in the staging column
(two texts for a column with two staging columns). It raises Waardefout.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from accounts.versleuteling import encrypt
from casework.schooljaar import AMSTERDAM, Schooljaar
from casework.versleuteling import blind_index, passes_elfproef
from koppelingen.pakket.fouten import Waardefout, toonbaar
from koppelingen.pakket.kolom import Kolom

Lezer = Callable[[str], str | tuple[str, str]]

EERSTE_JAAR: Final = 1900
LAATSTE_JAAR: Final = 2199
MAX_GETAL: Final = 2_147_483_647
# Dates that systems fill in when they know none.
OPVULDATUMS: Final = frozenset({"1900-01-01", "1900-01-02", "1899-12-31", "2099-12-31"})
_JAAR = re.compile(r"\d{4}")
_MAAND = re.compile(r"\d{4}-\d{2}")
_GETAL = re.compile(r"\d+")
_DECIMAAL = re.compile(r"(\d+)(?:\.\d+)?")


@lru_cache(maxsize=65536)
def read_datum(text: str) -> str:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise Waardefout("Dit is geen datum in de vorm JJJJ-MM-DD.")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Waardefout("Deze datum bestaat niet.") from None
    if text in OPVULDATUMS:
        raise Waardefout("Dit is een opvuldatum. Laat de cel leeg als de datum onbekend is.")
    if not EERSTE_JAAR <= day.year <= LAATSTE_JAAR:
        raise Waardefout(f"De datum ligt buiten {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    return text


def birth_date_reader(vandaag: date) -> Lezer:
    grens = vandaag.isoformat()

    def read(text: str) -> tuple[str, str]:
        """The first possible day, and how precise the date is (D, M, J)."""
        if _JAAR.fullmatch(text):
            hele, precisie = f"{text}-01-01", "J"
        elif _MAAND.fullmatch(text):
            hele, precisie = f"{text}-01", "M"
        else:
            hele, precisie = text, "D"
        if precisie == "D":
            read_datum(hele)
        else:
            _check_incomplete(hele)
        if hele > grens:
            raise Waardefout("De geboortedatum ligt in de toekomst.")
        return hele, precisie

    return read


def _check_incomplete(hele: str) -> None:
    try:
        day = date.fromisoformat(hele)
    except ValueError:
        raise Waardefout("Deze datum bestaat niet.") from None
    if day.year < EERSTE_JAAR:
        raise Waardefout(f"De datum ligt voor {EERSTE_JAAR}.")


def read_moment(text: str) -> str:
    """ISO 8601 with offset; a date alone is noon in Amsterdam."""
    if len(text) == 10:
        read_datum(text)
        return datetime.fromisoformat(f"{text}T12:00:00").replace(tzinfo=AMSTERDAM).isoformat()
    if len(text) < 16 or text[10] not in "T ":
        raise Waardefout("Dit is geen tijdstip, zoals 2026-11-23T10:15:00+01:00.")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Waardefout("Dit is geen tijdstip, zoals 2026-11-23T10:15:00+01:00.") from None
    if moment.tzinfo is None:
        raise Waardefout("Bij het tijdstip ontbreekt het verschil met UTC, zoals +01:00.")
    if not EERSTE_JAAR <= moment.year <= LAATSTE_JAAR:
        raise Waardefout(f"Het tijdstip ligt buiten {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    return moment.isoformat()


def read_ja_nee(text: str) -> str:
    if text == "J":
        return "t"
    if text == "N":
        return "f"
    raise Waardefout("Vul J of N in.")


def read_getal(text: str) -> str:
    if not text.isascii() or not _GETAL.fullmatch(text):
        raise Waardefout("Dit is geen heel getal van 0 of hoger.")
    if len(text) > 10 or int(text) > MAX_GETAL:
        raise Waardefout("Dit getal is te groot.")
    return text


def decimal_reader(heel: int) -> Lezer:
    def read(text: str) -> str:
        match = _DECIMAAL.fullmatch(text) if text.isascii() else None
        if not match:
            raise Waardefout("Dit is geen getal van 0 of hoger met een decimale punt.")
        if len(match[1].lstrip("0")) > heel:
            raise Waardefout("Dit getal is te groot.")
        return text

    return read


def text_reader(maximum: int | None) -> Lezer:
    def read(text: str) -> str:
        if maximum is not None and len(text) > maximum:
            raise Waardefout(f"De tekst is langer dan {maximum} tekens.")
        return text

    return read


def code_reader(codes: frozenset[str]) -> Lezer:
    def read(text: str) -> str:
        if text in codes:
            return text
        raise Waardefout(
            f"{toonbaar(text)} is geen code van deze lijst, en codemapping.csv vertaalt hem niet."
        )

    return read


def read_vier_cijfers(text: str) -> str:
    if len(text) == 4 and text.isascii() and text.isdigit():
        return text
    raise Waardefout("Dit is geen code van vier cijfers.")


def read_bsn(text: str) -> tuple[str, str]:
    if not passes_elfproef(text):
        raise Waardefout("Dit is geen geldig BSN: negen cijfers die door de elfproef komen.")
    return _secret(text)


def read_onderwijsnummer(text: str) -> tuple[str, str]:
    if len(text) != 9 or not text.isascii() or not text.isdigit():
        raise Waardefout("Dit is geen onderwijsnummer: het heeft negen cijfers.")
    return _secret(text)


def _secret(text: str) -> tuple[str, str]:
    return rf"\x{encrypt(text).hex()}", rf"\x{blind_index(text).hex()}"


@lru_cache(maxsize=256)
def read_schooljaar(text: str) -> str:
    try:
        return str(Schooljaar.parse(text).beginjaar)
    except ValueError as error:
        raise Waardefout("Dit is geen schooljaar, zoals 2022-2023.") from error


def read_pad(text: str) -> str:
    """A path inside documenten/ without tricks; the package says whether it is there."""
    if "\\" in text or text.startswith("/") or ":" in text or "\0" in text:
        raise Waardefout("Het pad is niet toegestaan: het moet binnen documenten/ liggen.")
    if any(deel in {"", ".", ".."} for deel in text.split("/")):
        raise Waardefout("Het pad is niet toegestaan: het moet binnen documenten/ liggen.")
    return text


def reader_for(kolom: Kolom, vandaag: date) -> Lezer:
    """The reader of a column; `vandaag` bounds birth dates."""
    simple: dict[str, Lezer] = {
        "d": read_datum,
        "dt": read_moment,
        "b": read_ja_nee,
        "i": read_getal,
        "gem": read_vier_cijfers,
        "cc": read_vier_cijfers,
        "bsn": read_bsn,
        "nr": read_onderwijsnummer,
        "sj": read_schooljaar,
        "pad": read_pad,
    }
    match kolom.type:
        case "gd":
            return birth_date_reader(vandaag)
        case "n":
            return decimal_reader(kolom.maximum or 30)
        case "c":
            return code_reader(kolom.codes)
        case "t" | "ref":
            return text_reader(kolom.maximum)
        case other:
            return simple[other]
