"""Forms for who leaves or is away."""

from datetime import date
from typing import Any

from django import forms

from accounts.domain import vertrek
from accounts.domain.beheer import vandaag
from accounts.models import Gebruiker
from accounts.velden import DatumVeld


class VertrekForm(forms.Form):
    laatste_dag = DatumVeld(
        label="Laatste werkdag",
        help_text="Na deze dag stoppen alle rechten en is de collega overal uitgelogd.",
        error_messages={"required": "Vul de laatste werkdag in."},
    )


class VervangingForm(forms.Form):
    afwezige: "forms.ModelChoiceField[Gebruiker]" = forms.ModelChoiceField(
        Gebruiker.objects.none(), label="Wie is afwezig?", empty_label=None
    )
    vervanger: "forms.ModelChoiceField[Gebruiker]" = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Wie vervangt?",
        empty_label="Kies",
        error_messages={"required": "Kies wie het werk overneemt."},
    )
    van = DatumVeld(label="Eerste dag", error_messages={"required": "Vul de eerste dag in."})
    laatste_dag = DatumVeld(
        label="Laatste dag", error_messages={"required": "Vul de laatste dag in."}
    )
    notitie = forms.CharField(
        label="Overdracht",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Voor al het werk. Noem hier geen jongeren: over een jongere schrijft u een"
        " overdracht in dat dossier.",
    )

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: date = vandaag()
        team: Any = self.fields["afwezige"]
        team.queryset, team.initial = vertrek.team(by, day), by.pk
        who: Any = self.fields["vervanger"]
        who.queryset = vertrek.colleagues(by, day) | vertrek.team(by, day)
