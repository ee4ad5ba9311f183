from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Geslacht
from casework.domain.jongere import Adresinvoer, Jongereinvoer, Toonreden, create_jongere
from casework.models import Gemeente, Jongere
from casework.schooljaar import today
from casework.versleuteling import passes_elfproef


def only(data: dict[str, Any], invoer: Any) -> Any:
    """This dataclass of those answers of a form that it has a field for."""
    return invoer(**{naam: data[naam] for naam in invoer.__slots__ if naam in data})


class ToonForm(forms.Form):
    """Asked before a masked number or a secret address is shown."""

    reden = forms.ChoiceField(
        label="Waarom hebt u dit nodig?",
        choices=[("", "Kies"), *Toonreden.choices],
        error_messages={"required": "Kies waarom u dit nodig hebt."},
    )


class AdresVelden(forms.Form):
    """The fields of an address in the Netherlands."""

    straat = forms.CharField(label="Straat", max_length=100, required=False)
    huisnummer = forms.IntegerField(label="Huisnummer", min_value=1, required=False)
    huisletter = forms.CharField(label="Huisletter", max_length=5, required=False)
    toevoeging = forms.CharField(label="Toevoeging", max_length=10, required=False)
    postcode = forms.RegexField(
        r"^\s*\d{4}\s?[a-zA-Z]{2}\s*$",
        label="Postcode",
        required=False,
        help_text="Bijvoorbeeld 1234 AB",
        error_messages={"invalid": "Een postcode heeft vier cijfers en twee letters."},
    )
    woonplaats = forms.CharField(label="Woonplaats", max_length=100, required=False)

    def clean_postcode(self) -> str:
        return self.cleaned_data["postcode"].replace(" ", "").upper()


class JongereForm(AdresVelden):
    """A person by hand; the same names as Jongereinvoer and Adresinvoer."""

    roepnaam = forms.CharField(label="Roepnaam", max_length=100, required=False)
    voornamen = forms.CharField(label="Voornamen", max_length=200, required=False)
    voorvoegsel = forms.CharField(label="Tussenvoegsel", max_length=10, required=False)
    achternaam = forms.CharField(
        label="Achternaam",
        max_length=200,
        error_messages={"required": "Vul de achternaam in."},
    )
    geboortedatum = DatumVeld(
        label="Geboortedatum", error_messages={"required": "Vul de geboortedatum in."}
    )
    geslacht = forms.ChoiceField(label="Geslacht", choices=Geslacht.choices, initial="?")
    bsn = forms.CharField(
        label="BSN", max_length=12, required=False, help_text="Negen cijfers, mag leeg blijven"
    )
    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(),
        label="Woongemeente",
        empty_label="Kies",
        error_messages={"required": "Kies de woongemeente."},
    )
    field_order = [
        "roepnaam", "voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geslacht", "bsn",
        "telefoon", "gemeente",
    ]  # fmt: skip  # read as a table

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gemeenten = Gemeente.objects.permitted(user, "dossier.schrijven")
        self.fields["gemeente"].queryset = gemeenten
        if not self.is_bound and gemeenten.count() == 1:
            self.fields["gemeente"].initial = gemeenten.get()

    def clean_bsn(self) -> str:
        digits = "".join(c for c in self.cleaned_data["bsn"] if c.isdigit())
        if self.cleaned_data["bsn"] and not passes_elfproef(digits):
            raise forms.ValidationError("Dit is geen geldig BSN: controleer de cijfers.")
        return digits

    def clean_geboortedatum(self) -> Any:
        geboren = self.cleaned_data["geboortedatum"]
        if geboren > today():
            raise forms.ValidationError("De geboortedatum ligt in de toekomst.")
        if geboren.year < today().year - 40:
            raise forms.ValidationError("Deze persoon is te oud voor een dossier.")
        return geboren

    def apply(self, *, by: Any, day: Any) -> Jongere:
        data = self.cleaned_data
        return create_jongere(only(data, Jongereinvoer), only(data, Adresinvoer), by=by, day=day)
