"""Normal forms of names: one for searching, one for sorting."""

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_SPECIAL = str.maketrans({"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """Lower case ASCII words: 'Çağlar; de Wit-Ñúñez' becomes 'caglar de wit nunez'."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPECIAL))
    ascii_text = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", ascii_text).strip()


def search_name(voornamen: str, roepnaam: str, voorvoegsel: str, achternaam: str) -> str:
    """All names of a person; the tussenvoegsel is in it, so searching with or without works."""
    return normalise(" ".join((roepnaam, voornamen, voorvoegsel, achternaam)))


def sort_name(achternaam: str, voorvoegsel: str, voornamen: str) -> str:
    """Dutch order: by surname without tussenvoegsel."""
    return normalise(f"{achternaam} {voornamen} {voorvoegsel}")


def full_name(voornamen: str, voorvoegsel: str, achternaam: str) -> str:
    return " ".join(part for part in (voornamen, voorvoegsel, achternaam) if part)
