from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.models import Jongere
from leerplicht.codes import Besluit, Grond, Voorziening
from leerplicht.domain.vrijstelling import (
    Vrijstellinginvoer,
    besluiten_for,
    decide_vrijstelling,
    register_vrijstelling,
    return_to_school,
)
from leerplicht.models import Vrijstelling


class VrijstellingForm(forms.Form):
    grond = forms.ChoiceField(
        label="Grond",
        choices=[("", "Kies"), *Grond.choices],
        error_messages={"required": "Kies een grond."},
    )
    aanvraagdatum = DatumVeld(label="Kennisgeving of aanvraag ontvangen op")
    begindatum = DatumVeld(label="Geldt vanaf")
    einddatum = DatumVeld(
        label="Laatste dag", required=False, help_text="Meestal 31 juli. Leeg: zonder einddatum"
    )
    besluit = forms.ChoiceField(
        label="Besluit of beoordeling", choices=Besluit.choices, initial=Besluit.IN_BEHANDELING
    )
    besluitdatum = DatumVeld(label="Datum besluit of beoordeling", required=False)
    voorziening = forms.ChoiceField(
        label="Voorziening", required=False, choices=[("", "Onbekend"), *Voorziening.choices]
    )
    tot_einde_leerplicht = forms.BooleanField(
        label="Geldt tot het einde van de leerplicht", required=False
    )

    def apply(self, jongere: Jongere, *, by: Any) -> Vrijstelling:
        return register_vrijstelling(jongere, by=by, invoer=Vrijstellinginvoer(**self.cleaned_data))


class BesluitForm(forms.Form):
    """The decisions that fit the ground: a notice is judged, a request decided."""

    besluit = forms.ChoiceField(label="Besluit of beoordeling")
    besluitdatum = DatumVeld(label="Datum")

    def __init__(self, *args: Any, vrijstelling: Vrijstelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vrijstelling = vrijstelling
        self.fields["besluit"].choices = [
            (b.value, b.label)
            for b in besluiten_for(vrijstelling.grond)
            if b != Besluit.IN_BEHANDELING
        ]

    def apply(self, *, by: Any) -> Vrijstelling:
        return decide_vrijstelling(self.vrijstelling, by=by, **self.cleaned_data)


class TerugForm(forms.Form):
    terug_op = DatumVeld(label="Terug naar school op")

    def __init__(self, *args: Any, vrijstelling: Vrijstelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vrijstelling = vrijstelling

    def apply(self, *, by: Any) -> Vrijstelling:
        return return_to_school(self.vrijstelling, day=self.cleaned_data["terug_op"], by=by)
