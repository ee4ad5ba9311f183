from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.schooljaar import today


class SpreekuurForm(forms.Form):
    datum = DatumVeld(label="Datum van het spreekuur")

    def clean_datum(self) -> Any:
        if self.cleaned_data["datum"] > today():
            raise forms.ValidationError("De datum ligt in de toekomst.")
        return self.cleaned_data["datum"]


class LeerlingForm(forms.Form):
    """One pupil on the sheet; text without the tick counts as spoken to as well."""

    gesproken = forms.BooleanField(label="Gesproken", required=False)
    uitkomst = forms.CharField(label="Afspraak", required=False, max_length=200)
    verslag = forms.CharField(
        label="Notitie",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def is_filled(self) -> bool:
        data = self.cleaned_data
        return bool(data["gesproken"] or data["uitkomst"] or data["verslag"])
