"""Planning an appointment, moving it, and how it went."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.domain.afspraken import Afspraakinvoer, outcomes_of, plan_afspraak
from casework.forms.contact import LEEG, TaakForm, TijdVeld
from casework.models import Afspraak
from casework.schooljaar import AMSTERDAM


class MomentForm(forms.Form):
    """Kind, time and place."""

    soort = forms.ChoiceField(label="Soort afspraak", choices=Afspraak.Soort.choices)
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Begint om", help_text="Bijvoorbeeld 9:30")
    einde = TijdVeld(label="Eindigt om", required=False)
    plaats = forms.CharField(
        label="Plaats",
        max_length=200,
        required=False,
        help_text="Bij een huisbezoek kan dit leeg blijven: uw agenda toont het adres.",
    )
    met = forms.CharField(
        label="Wie zijn erbij",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: de mentor en de jeugdarts",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("tijd") and data.get("einde") and data["einde"] <= data["tijd"]:
            self.add_error("einde", "Het einde ligt voor het begin.")
        return data

    @property
    def invoer(self) -> Afspraakinvoer:
        data = self.cleaned_data
        einde = data["einde"]
        return Afspraakinvoer(
            begin=datetime.combine(data["datum"], data["tijd"], AMSTERDAM),
            einde=datetime.combine(data["datum"], einde, AMSTERDAM) if einde else None,
            soort=data["soort"],
            plaats=data["plaats"],
            met=data["met"],
        )


class AfspraakForm(MomentForm, TaakForm):
    """Also whom to invite: the letter is looked at on the next page."""

    uitnodigen = forms.MultipleChoiceField(
        label="Wie nodigt u uit met een brief",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["taak", "soort"]

    def __init__(self, *args: Any, ontvangers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uitnodigen"].choices = [
            (one.sleutel, f"{one.aan} ({one.bezwaar})" if one.bezwaar else one.aan)
            for one in ontvangers
        ]
        if not ontvangers:
            del self.fields["uitnodigen"]

    def apply(self, jongere: Any, *, by: Any, werkproces: Any = None) -> Afspraak:
        return plan_afspraak(
            jongere,
            by=by,
            taak=self.cleaned_data["taak"],
            invoer=self.invoer,
            werkproces=werkproces,
        )


class UitkomstForm(forms.Form):
    uitkomst = forms.ChoiceField(
        label="Hoe ging het", error_messages={"required": "Kies hoe de afspraak ging."}
    )
    verslag = forms.CharField(
        label="Verslag",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="Komt als notitie in het dossier. Schrijf op wat nodig is. Geen diagnoses.",
    )

    def __init__(self, *args: Any, soort: str, politie: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(u.value, u.label) for u in outcomes_of(soort)]
        self.fields["uitkomst"].choices = [LEEG, *choices]
        if politie:
            del self.fields["verslag"]
