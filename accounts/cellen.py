"""Text in a cell of a file that a person opens with a spreadsheet: never a formula."""

import unicodedata
from typing import Final

# What a spreadsheet takes for a formula, also after spaces and in full-width form (OWASP).
FORMULE: Final = ("=", "+", "-", "@")
STUURTEKENS: Final = ("\t", "\r", "\0")


def as_text(value: str) -> str:
    """The same text with a quote in front when a spreadsheet would calculate with it."""
    shown = unicodedata.normalize("NFKC", value).lstrip(" \n\u200b\ufeff")
    if value.startswith(STUURTEKENS) or shown.startswith((*FORMULE, *STUURTEKENS)):
        return f"'{value}"
    return value
