from typing import Any

from django import forms

from accounts.velden import DatumVeld
from leerplicht.codes import Verdachte
from leerplicht.domain.mas_velden import AFWIJKREDENEN
from leerplicht.domain.opsporing import PvInvoer, draw_up_pv
from leerplicht.models import ProcesVerbaal


class PvForm(forms.Form):
    verdachte = forms.ChoiceField(label="Verdachte", choices=[("", "Kies"), *Verdachte.choices])
    pv_datum = DatumVeld(label="Datum van het proces-verbaal")
    pv_nummer = forms.CharField(label="Nummer", max_length=64, required=False)
    ingezonden_op = DatumVeld(label="Ingezonden op", required=False)
    afwijking = forms.ChoiceField(
        label="Waarom wijkt u af van de richtlijn",
        choices=[("", "Kies"), *AFWIJKREDENEN],
        required=False,
        help_text="Alleen als dat zo is: zoals wanneer een lichtere route niet is geprobeerd.",
    )
    afwijking_uitleg = forms.CharField(
        label="Uitleg bij het afwijken",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staat bij de stap en is geen politiegegeven.",
    )

    def apply(self, werkproces: Any, *, by: Any, day: Any) -> ProcesVerbaal:
        return draw_up_pv(werkproces, by=by, day=day, invoer=PvInvoer(**self.cleaned_data))
