from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Onderwijssoort
from casework.models import Jongere
from doorstroompunt.codes import TRAJECTREDENEN, Bronmelding, Trajectsoort
from doorstroompunt.domain.aanleg import Trajectinvoer
from doorstroompunt.domain.openen import open_traject
from doorstroompunt.models import Traject

NAGAAN, WERKLIJST = "nagaan", "werklijst"


class TrajectForm(forms.Form):
    """A new traject; the same names as Trajectinvoer, and where it starts."""

    soort = forms.ChoiceField(label="Soort traject", choices=Trajectsoort.choices)
    bron_melding = forms.ChoiceField(label="Hoe kwam de jongere in beeld", choices=Bronmelding)
    datum_melding = DatumVeld(label="Gemeld op")
    datum_uitval = DatumVeld(
        label="Gestopt met school op",
        required=False,
        help_text="Nodig bij een voortijdig schoolverlater. Bijvoorbeeld 3-11-2025",
    )
    laatste_onderwijssoort = forms.ChoiceField(
        label="Laatste onderwijs",
        required=False,
        choices=[("", "Onbekend"), *Onderwijssoort.choices],
    )
    reden = forms.ChoiceField(
        label="Waarom gestopt", required=False, choices=[("", "Onbekend"), *TRAJECTREDENEN]
    )
    begin = forms.ChoiceField(
        label="Wat doet u nu",
        widget=forms.RadioSelect,
        choices=[
            (WERKLIJST, "De jongere benaderen"),
            (NAGAAN, "Eerst nagaan of de jongere bij de doelgroep hoort"),
        ],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (
            data.get("soort") == Trajectsoort.VSV
            and not data.get("datum_uitval")
            and "datum_uitval" not in self.errors
        ):
            self.add_error("datum_uitval", "Vul in wanneer de jongere met school stopte.")
        return data

    def apply(self, jongere: Jongere, *, by: Any, day: Any) -> tuple[Traject, bool]:
        data = dict(self.cleaned_data)
        begin = data.pop("begin")
        return open_traject(
            jongere,
            by=by,
            day=day,
            invoer=Trajectinvoer(**data),
            op_werklijst=begin == WERKLIJST,
        )
