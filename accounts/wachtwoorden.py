"""Password rules: long, and more than the words everybody here would think of."""

import re
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from accounts.models import Gebruiker

# Longest first: "leerplichtambtenaar" must go as a whole.
WOORDEN = (
    "leerplichtambtenaar",
    "doorstroompunt",
    "wachtwoord",
    "leerplicht",
    "leerrecht",
    "password",
    "gemeente",
    "welkom",
    "school",
)
RIJEN = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789")
EIGEN = 8  # letters or digits that must remain when the known words are taken away


class MinsteLengte(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Kies {self.min_length} tekens of meer."


class GeenBekendeWoorden:
    """Refuses a password that is a known word, a row of keys or a repeat with something added."""

    def validate(self, password: str, user: "Gebruiker | None" = None) -> None:
        rest = password.lower()
        for woord in (*WOORDEN, *_own_words(user)):
            rest = rest.replace(woord, "")
        if len(_without_rows(re.sub(r"[\W_]|(?:19|20)\d\d", "", rest))) < EIGEN:
            raise ValidationError(
                "Dit wachtwoord is te makkelijk te raden. Kies bijvoorbeeld vier of meer losse"
                " woorden die niets met uw werk te maken hebben.",
                code="bekende_woorden",
            )

    def get_help_text(self) -> str:
        return "Kies geen woorden die met uw werk of uw naam te maken hebben."


def _own_words(user: Any) -> list[str]:
    text = f"{getattr(user, 'naam', '')} {getattr(user, 'email', '') or ''}".lower()
    return sorted((w for w in re.split(r"[\W_]+", text) if len(w) > 3), key=len, reverse=True)


def _without_rows(text: str) -> str:
    """Rows of four or more keys taken away; what comes three times in a row counts once."""
    for rij in RIJEN:
        for lengte in range(len(rij), 3, -1):
            for begin in range(len(rij) - lengte + 1):
                text = text.replace(rij[begin : begin + lengte], "")
    return re.sub(r"(.+?)\1{2,}", r"\1", text)
