"""Forms for a security key (WebAuthn): the browser fills in what the key answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError

GEEN_ANTWOORD = (
    "De sleutel gaf geen antwoord. Probeer het nog eens. Werkt JavaScript in uw browser?"
)
NAAM_LENGTE = 60
# What the library raises on an answer that no key can give.
VERMINKT = (AttributeError, KeyError, TypeError, ValueError)


class _Antwoord:
    """The answer of a key; what cannot be read is a wrong answer, not a failure of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["credential"]  # type: ignore[attr-defined]  # mixed into a Form
        field.error_messages |= {"required": GEEN_ANTWOORD, "invalid": GEEN_ANTWOORD}


@contextmanager
def _read_answer() -> Iterator[None]:
    try:
        yield
    except VERMINKT as error:
        raise get_adapter().validation_error("onbekende_sleutel") from error
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise get_adapter().validation_error("onbekende_sleutel") from error


class SleutelForm(_Antwoord, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with _read_answer():
            return super().clean_credential()


class SleutelBevestigForm(SleutelForm):
    reauthenticated = True


class _Naam:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]  # type: ignore[attr-defined]  # mixed into a Form
        name.label, name.max_length = "Naam van de sleutel", NAAM_LENGTE
        name.help_text = "Bijvoorbeeld: sleutel aan mijn sleutelbos"
        name.widget.attrs |= {"maxlength": NAAM_LENGTE, "autocomplete": "off"}
        name.error_messages["required"] = "Geef de sleutel een naam."


class SleutelNieuwForm(_Antwoord, _Naam, webauthn.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        with _read_answer():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class SleutelNaamForm(_Naam, webauthn.EditWebAuthnForm):
    pass
