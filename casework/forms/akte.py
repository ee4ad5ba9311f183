from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.domain.akte import Akteinvoer, add_akte, add_ambtseed
from casework.models import Ambtseed, BoaAkte, Gemeente
from casework.politiecodes import Eed


class AkteForm(forms.Form):
    nummer = forms.CharField(label="Aktenummer", max_length=40)
    geldig_van = DatumVeld(label="Geldig vanaf")
    geldig_tot = DatumVeld(label="Geldig tot en met")
    standplaats = forms.CharField(label="Standplaats", max_length=100)
    domein = forms.CharField(label="Domein", max_length=60, help_text="Zoals domein III, onderwijs")
    eed = forms.ChoiceField(label="Eed of belofte", choices=Eed.choices, widget=forms.RadioSelect)

    def apply(self, user: Any, *, by: Any, day: Any) -> BoaAkte:
        return add_akte(user, by=by, invoer=Akteinvoer(**self.cleaned_data))


class AmbtseedForm(forms.Form):
    gemeente: "forms.ModelChoiceField[Gemeente]" = forms.ModelChoiceField(
        label="Gemeente", queryset=Gemeente.objects.order_by("naam"), empty_label="Kies"
    )
    afgelegd_op = DatumVeld(label="Afgelegd op")
    vorm = forms.ChoiceField(label="Eed of belofte", choices=Eed.choices, widget=forms.RadioSelect)

    def apply(self, user: Any, *, by: Any, day: Any) -> Ambtseed:
        return add_ambtseed(user, by=by, day=day, **self.cleaned_data)
