"""A form made from the fields that a step of the table asks."""

from typing import Any, Protocol

from django import forms

from accounts.velden import DatumVeld
from casework.domain.proces import Veld

JA_NEE = (("ja", "Ja"), ("nee", "Nee"))


class StapMetVelden(Protocol):
    """A step of any table: of a werkproces or of a traject."""

    @property
    def velden(self) -> tuple[Veld, ...]: ...
    @property
    def permissie(self) -> str: ...


def step_field(veld: Veld) -> forms.Field:
    common: dict[str, Any] = {
        "label": veld.label,
        "required": veld.verplicht,
        "error_messages": {"required": "Vul dit in."},
    }
    if veld.hulp:
        common["help_text"] = veld.hulp
    match veld.soort:
        case "lange_tekst":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
        case "datum":
            return DatumVeld(**common)
        case "getal":
            return forms.DecimalField(min_value=0, max_value=9999, localize=True, **common)
        case "vink":
            return forms.BooleanField(initial=True, **common)
        case "ja_nee":
            return forms.ChoiceField(choices=JA_NEE, widget=forms.RadioSelect, **common)
        case "keuze":
            return forms.ChoiceField(choices=(("", "Kies"), *veld.keuzes), **common)
        case "meerkeuze":
            return forms.MultipleChoiceField(
                choices=veld.keuzes, widget=forms.CheckboxSelectMultiple, **common
            )
        case _:
            return forms.CharField(max_length=200, **common)


class StapForm(forms.Form):
    """`gegevens` is what the process engine takes; the note is free text beside it."""

    def __init__(self, *args: Any, stap: StapMetVelden, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stap = stap
        for veld in stap.velden:
            self.fields[veld.naam] = field = step_field(veld)
            field.groep = veld.groep  # type: ignore[attr-defined]  # for the heading above it
        # A step that has a long text of its own, or leads to police data, has no second note.
        long = any(veld.soort == "lange_tekst" for veld in stap.velden)
        if not long and not stap.permissie.startswith("opsporing"):
            self.fields["verslag"] = forms.CharField(
                label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 4})
            )

    @property
    def gegevens(self) -> dict[str, Any]:
        return {veld.naam: self.cleaned_data.get(veld.naam) for veld in self.stap.velden}

    @property
    def verslag(self) -> str:
        return self.cleaned_data.get("verslag") or ""
