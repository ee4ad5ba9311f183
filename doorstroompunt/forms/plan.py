from typing import Any

from django import forms

from accounts.velden import DatumVeld
from doorstroompunt.codes import Doelstatus, Leefgebied
from doorstroompunt.domain.plan import Doelinvoer, add_doel, change_doel
from doorstroompunt.models import Plan, Traject


class DoelForm(forms.Form):
    """One goal; the same names as Doelinvoer."""

    leefgebied = forms.ChoiceField(label="Leefgebied", choices=Leefgebied.choices)
    doel = forms.CharField(
        label="Doel",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In de woorden van de jongere. Geen diagnoses.",
        error_messages={"required": "Schrijf het doel op."},
    )
    actie = forms.CharField(
        label="Wat gaan we doen", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    wie = forms.CharField(label="Wie doet het", max_length=200, required=False)
    datum = DatumVeld(label="Klaar op", required=False)
    status = forms.ChoiceField(label="Status", choices=Doelstatus.choices)

    def apply(self, traject: Traject, *, by: Any) -> Plan:
        return add_doel(traject, by=by, invoer=Doelinvoer(**self.cleaned_data))

    def change(self, plan: Plan, *, by: Any) -> Plan:
        return change_doel(plan, by=by, invoer=Doelinvoer(**self.cleaned_data))
