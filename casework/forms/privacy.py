"""Forms of the privacy officer: requests, corrections, holds and breaches."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import gemeenten_for
from accounts.velden import DatumVeld
from casework.codes import Regime
from casework.domain.rectificatie import Gegeven
from casework.domain.verzoeken import SCHRIJVEN, gemeenten_of_jongere
from casework.forms.contact import TijdVeld
from casework.models import Datalek, Gemeente, Jongere, Relatie, Verzoek
from casework.schooljaar import AMSTERDAM

WAAROM = "Schrijf op waarom."
KEUS = ("", "Kies")


def reden_veld(label: str, help_text: str = "Noem geen namen of nummers.") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": WAAROM},
    )


class ZoekForm(forms.Form):
    jongere = forms.CharField(
        label="BSN of nummer van de jongere",
        max_length=30,
        help_text="Het nummer staat in het dossier bij Wie keek.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Vul een BSN of nummer in."},
    )


class GemeenteMixin(forms.Form):
    """The gemeente is asked only when there is more than one."""

    gemeente: "forms.ModelChoiceField[Gemeente]" = forms.ModelChoiceField(
        label="Gemeente", queryset=Gemeente.objects.none(), empty_label=None
    )

    def limit(self, gemeenten: list[Gemeente]) -> None:
        veld: Any = self.fields["gemeente"]
        veld.queryset = Gemeente.objects.filter(pk__in=[g.pk for g in gemeenten]).order_by("naam")
        if len(gemeenten) == 1:
            self.initial["gemeente"] = gemeenten[0].pk
            veld.widget = forms.HiddenInput()


class VerzoekForm(GemeenteMixin):
    soort = forms.ChoiceField(label="Wat is het verzoek?", choices=[KEUS, *Verzoek.Soort.choices])
    regime = forms.ChoiceField(
        label="Waarover gaat het?",
        choices=[(Regime.AVG, "Gewone gegevens (AVG)"), (Regime.WPG, "Politiegegevens (Wpg)")],
        widget=forms.RadioSelect,
        initial=Regime.AVG,
    )
    ontvangen_op = DatumVeld(label="Ontvangen op")
    aanvrager = forms.ChoiceField(
        label="Wie vraagt het?",
        choices=Verzoek.Aanvrager.choices,
        widget=forms.RadioSelect,
        help_text="Vanaf 16 jaar vraagt de jongere zelf.",
    )
    vertegenwoordiger: "forms.ModelChoiceField[Relatie]" = forms.ModelChoiceField(
        label="Welke ouder of voogd",
        queryset=Relatie.objects.none(),
        required=False,
        empty_label="Niemand: de jongere vraagt zelf",
    )
    gezag_gecontroleerd = forms.BooleanField(
        label="Het gezag is gecontroleerd in het gezagsregister", required=False
    )
    field_order = ["gemeente", "soort", "regime", "ontvangen_op", "aanvrager"]

    def __init__(self, *args: Any, jongere: Jongere, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit(gemeenten_of_jongere(jongere, gemeenten_for(by, SCHRIJVEN)))
        relaties: Any = self.fields["vertegenwoordiger"]
        relaties.queryset = Relatie.objects.filter(jongere=jongere).order_by("pk")
        relaties.label_from_instance = lambda r: f"{r.naam} ({r.get_gezag_display().lower()})"


class RedenForm(forms.Form):
    reden = reden_veld("Reden")


class BesluitForm(forms.Form):
    besluit = forms.ChoiceField(
        label="Besluit", choices=Verzoek.Besluit.choices, widget=forms.RadioSelect
    )
    reden = reden_veld("Reden", "Ook bij een weigering: dit blijft bewaard voor de controle.")


class RectificatieForm(forms.Form):
    reden = reden_veld("Waarom klopt de nieuwe waarde?", "Bijvoorbeeld: volgens de BRP.")
    field_order = ["nieuw", "reden"]

    def __init__(self, *args: Any, gegeven: Gegeven, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nieuw"] = _field_for(gegeven)
        self.order_fields(self.field_order)


def _field_for(gegeven: Gegeven) -> forms.Field:
    """The field of the model, with dates as people type them and no empty obligation."""
    model_field = gegeven.field
    own = model_field.formfield() or forms.CharField(required=False, max_length=20)
    if isinstance(own, forms.DateField) and not isinstance(own, forms.DateTimeField):
        own = DatumVeld(required=own.required)
    own.label, own.initial = "Nieuwe waarde", "" if gegeven.verhuld else gegeven.waarde
    return own  # type: ignore[no-any-return]  # formfield is untyped


class StopForm(GemeenteMixin):
    reden = forms.CharField(
        label="Waarom moeten de gegevens blijven?",
        max_length=200,
        help_text="Bijvoorbeeld: bezwaar, beroep, klacht of Woo-verzoek. Noem geen namen.",
        error_messages={"required": WAAROM},
    )
    van = DatumVeld(label="Vanaf")
    tot = DatumVeld(label="Tot en met", required=False, help_text="Leeg: tot u hem opheft.")
    field_order = ["gemeente", "reden"]

    def __init__(self, *args: Any, jongere: Jongere, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit(gemeenten_of_jongere(jongere, gemeenten_for(by, SCHRIJVEN)))


class DatalekForm(GemeenteMixin, forms.ModelForm):
    ontdekt_dag = DatumVeld(label="Ontdekt op")
    ontdekt_tijd = TijdVeld(label="Om hoe laat", help_text="Bijvoorbeeld 9:30")
    intern_dag = DatumVeld(label="Intern gemeld op", required=False)
    intern_tijd = TijdVeld(label="Om hoe laat intern gemeld", required=False)
    omschrijving = forms.CharField(
        label="Wat is er gebeurd?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Noem geen namen of nummers van jongeren.",
    )
    gebruiker: "forms.ModelChoiceField[Gebruiker]" = forms.ModelChoiceField(
        label="Zoek in het logboek: van wie",
        queryset=Gebruiker.objects.none(),
        required=False,
        empty_label="Iedereen",
    )
    van = DatumVeld(label="Zoek vanaf", required=False)
    tot = DatumVeld(label="Zoek tot en met", required=False)
    acties = forms.CharField(
        label="Alleen deze acties",
        required=False,
        max_length=200,
        help_text="Codes met een spatie ertussen, bijvoorbeeld dossier.gelezen. Leeg: alles.",
    )

    class Meta:
        model = Datalek
        fields = ["gemeente", "regime", "omschrijving", "gebruiker", "van", "tot", "acties"]
        labels = {"regime": "Soort gegevens"}

    field_order = ["gemeente", "ontdekt_dag", "ontdekt_tijd", "intern_dag", "intern_tijd"]

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = gemeenten_for(by, SCHRIJVEN)
        self.limit(list(Gemeente.objects.filter(pk__in=mine)))
        users = Bevoegdheid.objects.filter(gemeente_id__in=mine).values("gebruiker")
        veld: Any = self.fields["gebruiker"]
        veld.queryset = Gebruiker.objects.filter(pk__in=users).order_by("naam")
        for naam, moment in (
            ("ontdekt", self.instance.ontdekt_op),
            ("intern", self.instance.intern_gemeld_op),
        ):
            if moment:
                local = moment.astimezone(AMSTERDAM)
                self.initial[f"{naam}_dag"], self.initial[f"{naam}_tijd"] = local.date(), local

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for naam, kolom in (("ontdekt", "ontdekt_op"), ("intern", "intern_gemeld_op")):
            dag, tijd = data.get(f"{naam}_dag"), data.get(f"{naam}_tijd")
            if dag and tijd:
                setattr(self.instance, kolom, datetime.combine(dag, tijd, AMSTERDAM))
            elif dag or tijd:
                self.add_error(f"{naam}_tijd", "Vul de dag en de tijd allebei in.")
        if data.get("tot") and not data.get("van"):
            self.add_error("van", "Vul ook in vanaf welke dag u zoekt.")
        return data


class LekBesluitForm(forms.Form):
    besluit = forms.ChoiceField(
        label="Besluit", choices=Datalek.Besluit.choices, widget=forms.RadioSelect
    )
    reden = reden_veld("Reden")
