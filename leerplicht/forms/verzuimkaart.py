"""A step of the verzuimkaart of a region."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.velden import DatumVeld
from casework.models import Regio
from leerplicht.codes import Eenheid, Leeftijdsgroep, Schoolgroep, Verzuimperiode
from leerplicht.domain import verzuimkaart
from leerplicht.models import Verzuimtrede


class TredeForm(forms.Form):
    regio = forms.ModelChoiceField(Regio.objects.none(), label="Regio", empty_label=None)
    eenheid = forms.ChoiceField(label="Wat telt", choices=Eenheid.choices)
    drempel = forms.IntegerField(
        label="Vanaf aantal",
        min_value=1,
        max_value=1000,
        error_messages={"required": "Vul in bij welk aantal de trede begint."},
    )
    periode = forms.ChoiceField(label="In welke periode", choices=Verzuimperiode.choices)
    schoolsoort = forms.ChoiceField(
        label="Soort school", required=False, choices=[("", "Alle"), *Schoolgroep.choices]
    )
    leeftijdsgroep = forms.ChoiceField(
        label="Leeftijd", required=False, choices=[("", "Alle"), *Leeftijdsgroep.choices]
    )
    actie_school = forms.CharField(
        label="Wat doet school",
        max_length=200,
        error_messages={"required": "Schrijf op wat school doet."},
    )
    actie_leerplicht = forms.CharField(
        label="Wat doet leerplicht",
        required=False,
        max_length=200,
        help_text="Leeg: school is aan zet. Vanaf 18 jaar is dit wat het Doorstroompunt doet.",
    )
    geldig_van = DatumVeld(label="Eerste dag", error_messages={"required": "Vul de eerste dag in."})
    laatste_dag = DatumVeld(label="Laatste dag", required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        regio: Any = self.fields["regio"]
        regio.queryset = verzuimkaart.regions_of(by)

    def apply(self) -> Verzuimtrede | None:
        """None when it was refused; the form then says why."""
        try:
            return verzuimkaart.add_step(by=self.by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error.messages)
        return None
