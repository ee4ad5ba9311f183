"""Filling a text of a letter: known fields only, every one with a value, and no code."""

import re
from collections.abc import Mapping

from casework.briefsoorten import EIGEN, SOORTEN
from casework.errors import DomainError

VELD = re.compile(r"\{([^{}]*)\}")
_MET_PUNT = re.compile(VELD.pattern + r"(\.?)")


class SjabloonFout(DomainError):
    """The text has a field nobody knows, or one without a value; nothing was made."""


def fields_in(tekst: str) -> list[str]:
    return list(dict.fromkeys(VELD.findall(tekst)))


def check_text(soort: str, *teksten: str) -> None:
    """Raises SjabloonFout and names the fields this kind of letter does not know."""
    tekst = "\n".join(teksten)
    known = SOORTEN[soort].velden
    unknown = [naam for naam in fields_in(tekst) if naam not in known]
    if unknown:
        namen = ", ".join(f"{{{naam}}}" for naam in unknown)
        raise SjabloonFout(f"Deze brief kent het veld {namen} niet. Kies een veld uit de lijst.")
    if re.search(r"[{}]", VELD.sub("", tekst)):
        raise SjabloonFout("Er staat een losse accolade in de tekst. Schrijf een veld als {veld}.")


def asked(soort: str, *teksten: str) -> dict[str, str]:
    """The fields of these texts that the user fills, with their label."""
    used = fields_in("\n".join(teksten))
    return {n: label for n, label in SOORTEN[soort].velden.items() if n in used and n not in EIGEN}


def fill(soort: str, tekst: str, waarden: Mapping[str, str]) -> str:
    """The text with its values, in one pass: a value is never read as a field."""
    check_text(soort, tekst)
    labels = SOORTEN[soort].velden
    empty = [labels[n] for n in fields_in(tekst) if not waarden.get(n, "").strip()]
    if empty:
        raise SjabloonFout(f"Er is nog niets ingevuld voor: {', '.join(empty)}.")
    return _MET_PUNT.sub(lambda match: _put(waarden[match[1]].strip(), match[2]), tekst)


def _put(waarde: str, punt: str) -> str:
    """Who ends his sentence himself gets no second full stop."""
    return waarde if waarde.endswith((".", "!", "?")) else waarde + punt


def blocks(tekst: str) -> list[tuple[str, list[str]]]:
    """The text as headings, lists and paragraphs for the page: (kind, lines)."""
    found: list[tuple[str, list[str]]] = []
    for part in re.split(r"\n\s*\n", tekst.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            found.append(("lijst", [line[2:] for line in lines]))
        elif len(lines) == 1 and lines[0].startswith("## "):
            found.append(("kop", [lines[0][3:]]))
        elif lines:
            found.append(("alinea", lines))
    return found
