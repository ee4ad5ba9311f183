"""Planning an appointment, moving it, and how it went."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Gesprekspartner
from casework.domain.afspraken import (
    Afspraakinvoer,
    Verloop,
    counts,
    outcomes_of,
    persons,
    plan_afspraak,
)
from casework.forms.contact import LEEG, TaakForm, TijdVeld
from casework.models import Afspraak, Werkproces
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

    wie = forms.ChoiceField(
        label="Voor wie is de afspraak",
        choices=[("", "Anders"), *Gesprekspartner.choices],
        required=False,
        help_text="Bij een werkproces telt de uitkomst dan mee: gehoord, opgeroepen of bezocht.",
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
            wie=data["wie"],
        )


class AfspraakForm(MomentForm, TaakForm):
    """Also whom to invite: the letter is looked at on the next page."""

    uitnodigen = forms.MultipleChoiceField(
        label="Wie nodigt u uit met een brief",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    werkproces = forms.ModelChoiceField(
        label="Bij welk werkproces",
        queryset=Werkproces.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label="Hoort niet bij een werkproces",
    )
    field_order = ["taak", "werkproces", "soort", "wie"]

    def __init__(
        self, *args: Any, ontvangers: Any, werkprocessen: Sequence[Werkproces], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if werkprocessen:
            rows = Werkproces.objects.filter(pk__in=[row.pk for row in werkprocessen])
            self.fields["werkproces"].queryset = rows.order_by("-gestart_op", "-pk")
            self.fields["werkproces"].label_from_instance = lambda row: (
                f"{row.zaaknummer}: {row.get_soort_display()}"
            )
            if len(werkprocessen) == 1 and len(self.taken) == 1:
                self.fields["werkproces"].initial = werkprocessen[0].uuid
        else:
            del self.fields["werkproces"]
        self.fields["uitnodigen"].choices = [
            (one.sleutel, f"{one.aan} ({one.bezwaar})" if one.bezwaar else one.aan)
            for one in ontvangers
        ]
        if not ontvangers:
            del self.fields["uitnodigen"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (zaak := data.get("werkproces")) and zaak.taak != data.get("taak"):
            self.add_error("werkproces", "Dit werkproces hoort bij een andere taak.")
        return data

    def apply(self, jongere: Any, *, by: Any, werkproces: Any = None) -> Afspraak:
        return plan_afspraak(
            jongere,
            by=by,
            taak=self.cleaned_data["taak"],
            invoer=self.invoer,
            werkproces=werkproces or self.cleaned_data.get("werkproces"),
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

    wie = forms.ChoiceField(
        label="Met wie was de afspraak",
        choices=[("", "Anders, telt niet mee in het werkproces"), *Gesprekspartner.choices],
        required=False,
    )
    gekomen = forms.MultipleChoiceField(
        label="Wie hebt u gesproken",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Wie niet kwam op een gesprek, telt als opgeroepen en niet verschenen.",
    )
    field_order = ["uitkomst", "wie", "gekomen", "verslag"]

    def __init__(self, *args: Any, afspraak: Afspraak, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.afspraak = afspraak
        choices = [(u.value, u.label) for u in outcomes_of(afspraak.soort)]
        self.fields["uitkomst"].choices = [LEEG, *choices]
        self.telt_mee = counts(afspraak)
        if afspraak.is_wpg:
            del self.fields["verslag"]
        elif self.telt_mee:
            self.fields["verslag"].help_text += " Was het gesprek er, dan is dit verplicht."
        if not self.telt_mee or afspraak.wie:
            del self.fields["wie"]
        both = persons(afspraak.wie)
        if self.telt_mee and len(both) > 1:
            self.fields["gekomen"].choices = [(w, Gesprekspartner(w).label) for w in both]
            self.fields["gekomen"].initial = both
        else:
            del self.fields["gekomen"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (self.telt_mee and data.get("uitkomst") == Afspraak.Uitkomst.GEWEEST):
            return data
        if (self.afspraak.wie or data.get("wie")) and not data.get("verslag"):
            self.add_error("verslag", "Schrijf kort op wat is gezegd. Dat staat dan overal goed.")
        if "gekomen" in self.fields and not data.get("gekomen"):
            self.add_error("gekomen", "Kies wie u hebt gesproken.")
        return data

    @property
    def verloop(self) -> Verloop:
        data = self.cleaned_data
        return Verloop(
            data["uitkomst"],
            verslag=data.get("verslag", ""),
            wie=data.get("wie", ""),
            gekomen=data.get("gekomen", ()),
        )
