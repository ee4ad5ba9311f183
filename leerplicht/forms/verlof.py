"""Asking leave, and luxeverzuim of a household."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.forms.stap import step_field
from casework.models import Jongere
from casework.schooljaar import today
from leerplicht.codes import Luxeoordeel, Omstandigheid, Verlofbesluit, Verloffase, Verlofsoort
from leerplicht.domain.luxe import Gezinsinvoer, decide_household, open_household
from leerplicht.domain.mas_velden import AFWIJKEN
from leerplicht.domain.verlof import Verlofinvoer, request_verlof
from leerplicht.forms.melding import SchoolKeuze
from leerplicht.models import Verlof

BESLUITEN = [(b.value, b.label) for b in Verlofbesluit if b != Verlofbesluit.INGETROKKEN]


class VerlofForm(SchoolKeuze):
    soort = forms.ChoiceField(label="Soort verlof", choices=[("", "Kies"), *Verlofsoort.choices])
    ingediend_op = DatumVeld(label="Gevraagd of gemeld op")
    van = DatumVeld(label="Eerste dag")
    tot = DatumVeld(label="Laatste dag")
    dagen = forms.DecimalField(
        label="Schooldagen",
        required=False,
        min_value=0,
        max_value=200,
        localize=True,
        help_text="Leeg: het programma telt de schooldagen van de kalender",
    )
    omstandigheid = forms.ChoiceField(
        label="Omstandigheid",
        required=False,
        choices=[("", "Niet van toepassing"), *Omstandigheid.choices],
        help_text="Bij andere gewichtige omstandigheden",
    )
    aard_beroep = forms.BooleanField(
        label="De specifieke aard van het beroep is aangetoond",
        required=False,
        help_text="Bij vakantie door het beroep van ouders",
    )
    plichtdagen = forms.IntegerField(
        label="Dagen per week onder de plicht", min_value=1, max_value=5, initial=5
    )
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    besluit = forms.ChoiceField(
        label="Besluit van het hoofd",
        required=False,
        choices=[("", "Nog geen besluit"), *BESLUITEN],
        help_text="Boven 10 schooldagen in een schooljaar beslist de leerplichtambtenaar",
    )
    besluitdatum = DatumVeld(label="Datum van dat besluit", required=False)
    field_order = ["soort", "ingediend_op", "van", "tot", "dagen", "school", "andere_school"]

    def apply(self, *, by: Any) -> Verlof:
        data = dict(self.cleaned_data)
        other = data.pop("andere_school")
        data["school"] = data["school"] or other
        invoer = Verlofinvoer(**data)
        return request_verlof(self.jongere, by=by, day=today(), invoer=invoer)


class GezinForm(forms.Form):
    """Which children of the household were away, and when."""

    kinderen = forms.MultipleChoiceField(
        label="Welke kinderen waren weg",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste een kind."},
    )
    van = DatumVeld(label="Eerste dag weg")
    tot = DatumVeld(label="Laatste dag weg")
    verlof = forms.ChoiceField(label="Verlof", choices=[("", "Kies"), *Verloffase.choices])

    def __init__(self, *args: Any, gezin: list[Jongere], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gezin = gezin
        self.fields["kinderen"].choices = [
            (str(k.uuid), f"{k.naam}, geboren {k.geboortedatum:%d-%m-%Y}") for k in gezin
        ]
        self.fields["kinderen"].initial = [str(k.uuid) for k in gezin]

    def apply(self, *, by: Any) -> Any:
        data = self.cleaned_data
        kinderen = [k for k in self.gezin if str(k.uuid) in data["kinderen"]]
        invoer = Gezinsinvoer(data["van"], data["tot"], data["verlof"])
        return open_household(kinderen, by=by, day=today(), invoer=invoer)


class OordeelForm(forms.Form):
    """One decision for the household."""

    oordeel = forms.ChoiceField(
        label="Besluit voor alle kinderen", choices=[("", "Kies"), *Luxeoordeel.choices]
    )
    motivering = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {veld.naam: step_field(veld) for veld in AFWIJKEN}

    def apply(self, gezinszaak: Any, *, by: Any) -> None:
        data = {**self.cleaned_data}
        afwijking = {veld.naam: value for veld in AFWIJKEN if (value := data.pop(veld.naam))}
        decide_household(gezinszaak, by=by, day=today(), afwijking=afwijking, **data)
