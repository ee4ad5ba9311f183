"""Form fields of every screen: dates as Dutch people type them."""

from datetime import date
from typing import Any

from django import forms

MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FORMATS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d %m %Y")


class DatumVeld(forms.DateField):
    """A date as text: 3-11-2025, 3 november 2025 or 2025-11-03."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Bijvoorbeeld 3-11-2025")
        kwargs.setdefault("input_formats", FORMATS)
        kwargs["error_messages"] = {
            "invalid": "Dit is geen datum. Schrijf dag, maand en jaar, zoals 3-11-2025.",
            **kwargs.get("error_messages", {}),
        }
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                format="%d-%m-%Y",
                attrs={"data-datum": "", "inputmode": "text", "autocomplete": "off"},
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(_with_month_number(value) if isinstance(value, str) else value)


def _with_month_number(text: str) -> str:
    """ "3 november 2025" as "3-11-2025"; other texts as they are."""
    words = text.strip().lower().replace("mrt", "maa").split()
    if len(words) == 3 and words[1][:3] in MAANDEN:
        return f"{words[0]}-{MAANDEN.index(words[1][:3]) + 1}-{words[2]}"
    return text.strip()
