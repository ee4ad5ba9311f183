"""Forms about closed dossiers, own family and noodtoegang."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.domain.afscherming import possible_names
from casework.domain.jongere import exactly
from casework.models import Afscherming, Betrokkenheid, Jongere, Noodtoegang
from casework.models.jongere import JongereQuerySet

WAAROM = {"required": "Schrijf op waarom dit nodig is."}
KIES = ("", "Kies")


class Namen(forms.ModelMultipleChoiceField):
    """Tick the colleagues; their job beside the name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Afscherming.objects.none(),
            label="Wie mag dit dossier zien?",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Kies ten minste een collega."},
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({obj.functie.lower()})" if obj.functie else str(obj.naam)


class AfsluitForm(forms.Form):
    reden = forms.ChoiceField(label="Reden", choices=[KIES, *Afscherming.Reden.choices])
    toelichting = forms.CharField(
        label="Toelichting",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen wie op de lijst staat kan dit lezen.",
        error_messages=WAAROM,
    )
    leden = Namen(help_text="Kies alleen wie aan dit dossier werkt.")

    def __init__(self, *args: Any, jongere: Jongere, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leden"].queryset = possible_names(jongere.pk)


class OpenenForm(forms.Form):
    reden = forms.CharField(
        label="Waarom kan het dossier weer open?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De collega die beslist ziet deze tekst. Noem geen namen.",
        error_messages=WAAROM,
    )


class LijstForm(forms.Form):
    leden = Namen()
    reden = forms.CharField(
        label="Waarom wijzigt de lijst?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De collega die beslist ziet deze tekst. Noem de jongere niet.",
        error_messages=WAAROM,
    )

    def __init__(self, *args: Any, afscherming: Afscherming, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leden"].queryset = possible_names(afscherming.jongere_id)
        self.fields["leden"].initial = list(afscherming.leden.all())


class PersoonForm(forms.Form):
    """One person, exactly: a number, or surname and birth date."""

    nummer = forms.CharField(
        label="BSN of onderwijsnummer", max_length=12, required=False, help_text="Negen cijfers"
    )
    achternaam = forms.CharField(
        label="Of: achternaam", max_length=200, required=False, help_text="Zonder tussenvoegsel"
    )
    geboortedatum = DatumVeld(label="en geboortedatum", required=False)

    def clean_nummer(self) -> str:
        digits = "".join(c for c in self.cleaned_data["nummer"] if c.isdigit())
        if self.cleaned_data["nummer"].strip() and len(digits) != 9:
            raise forms.ValidationError("Een BSN of onderwijsnummer heeft negen cijfers.")
        return digits

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or data["nummer"]:
            return data
        if not data["achternaam"].strip() or not data["geboortedatum"]:
            raise forms.ValidationError(
                "Vul een nummer in, of de achternaam en de geboortedatum samen."
            )
        return data

    def persoon(self) -> JongereQuerySet:
        data = self.cleaned_data
        return exactly(data["nummer"], data["achternaam"].strip(), data["geboortedatum"])

    def kenmerken(self) -> dict[str, Any]:
        """What says who it is, for Jongere.objects.known_as."""
        data = self.cleaned_data
        own = {"achternaam": data["achternaam"].strip(), "geboren": data["geboortedatum"]}
        return own | {"nummer": data["nummer"]}


class BetrokkenZelfForm(PersoonForm):
    soort = forms.ChoiceField(label="Wie is dit voor u?", choices=Betrokkenheid.Soort.choices)
    field_order = ["soort", "nummer", "achternaam", "geboortedatum"]


class BetrokkenForm(forms.Form):
    collega = forms.ModelChoiceField(
        queryset=Afscherming.objects.none(),
        label="Collega",
        empty_label="Kies",
        error_messages={"required": "Kies een collega."},
    )
    soort = forms.ChoiceField(label="Hoe kent die de jongere?", choices=Betrokkenheid.Soort.choices)

    def __init__(self, *args: Any, jongere: Jongere, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collega"].queryset = possible_names(jongere.pk)


class NoodtoegangForm(PersoonForm):
    reden = forms.CharField(
        label="Waarom kan dit niet wachten?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De functionaris gegevensbescherming leest dit.",
        error_messages=WAAROM,
    )


class OordeelForm(forms.Form):
    oordeel = forms.ChoiceField(
        label="Uw oordeel",
        choices=Noodtoegang.Oordeel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een oordeel."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op wat u hebt nagegaan."},
    )
