from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.models import Jongere
from casework.schooljaar import today
from leerplicht.codes import Grond, Voorziening
from leerplicht.domain.vrijstelling import Vrijstellinginvoer
from leerplicht.domain.vrijstelling_proces import enter, return_to_school
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
    voorziening = forms.ChoiceField(
        label="Voorziening", required=False, choices=[("", "Onbekend"), *Voorziening.choices]
    )
    tot_einde_leerplicht = forms.BooleanField(
        label="Geldt tot het einde van de leerplicht", required=False
    )

    def apply(self, jongere: Jongere, *, by: Any) -> Vrijstelling:
        invoer = Vrijstellinginvoer(**self.cleaned_data)
        return enter(jongere, by=by, day=today(), invoer=invoer)


class TerugForm(forms.Form):
    terug_op = DatumVeld(label="Terug naar school op")

    def __init__(self, *args: Any, vrijstelling: Vrijstelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vrijstelling = vrijstelling

    def apply(self, *, by: Any) -> Vrijstelling:
        terug_op = self.cleaned_data["terug_op"]
        return return_to_school(self.vrijstelling, terug_op=terug_op, by=by, day=today())
