from typing import Any

from django import forms

from accounts.models import Gebruiker
from leerplicht.domain.meldcode import colleagues


class CollegaForm(forms.Form):
    collega = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Collega",
        empty_label="Kies",
        help_text="Die ziet daarna alles van deze meldcode.",
    )

    def __init__(self, *args: Any, traject: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collega"].queryset = colleagues(traject, day)  # type: ignore[attr-defined]  # a choice field
