"""Opening a case, the text of the proces-verbaal, a verhoor and the bundle."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from leerplicht.codes import Verdachte
from leerplicht.domain.strafzaak import INHOUD, change, open_strafzaak
from leerplicht.domain.verhoor import Verhoorinvoer, add_verhoor
from leerplicht.models import Strafzaak, Verhoor
from leerplicht.opsporingscodes import Feit, Raadsman, Verhoorrol


class PvForm(forms.Form):
    verdachte = forms.ChoiceField(label="Verdachte", choices=[("", "Kies"), *Verdachte.choices])
    naam = forms.CharField(
        label="Naam van de verdachte",
        max_length=200,
        required=False,
        help_text="Leeg: de naam die in het dossier staat.",
    )

    def __init__(self, *args: Any, namen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.namen = namen
        self.fields["verdachte"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Kies"),
            *(
                (code, f"{label} ({namen[code]})" if code in namen else label)
                for code, label in Verdachte.choices
            ),
        ]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("naam"):
            data["naam"] = self.namen.get(data.get("verdachte"), "")
        if data.get("verdachte") and not data["naam"]:
            self.add_error("naam", "Het dossier kent deze persoon niet. Vul de naam in.")
        return data

    def apply(self, werkproces: Any, *, by: Any, day: Any) -> Strafzaak:
        return open_strafzaak(werkproces, by=by, day=day, **self.cleaned_data)


def _long(label: str, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, required=False, widget=widget, **more)


class TekstForm(forms.Form):
    naam = forms.CharField(label="Naam van de verdachte", max_length=200)
    geboren = DatumVeld(label="Geboortedatum", required=False)
    adres = forms.CharField(label="Adres", max_length=200, required=False)
    identiteit_op = DatumVeld(label="Identiteit gecontroleerd op", required=False)
    parket = forms.CharField(label="Parketregio", max_length=60, required=False)
    pv_nummer = forms.CharField(label="Nummer", max_length=64, required=False)
    feit = forms.ChoiceField(label="Feit", choices=Feit.choices)
    feit_van = DatumVeld(label="Eerste dag", required=False)
    feit_tot = DatumVeld(label="Laatste dag", required=False)
    feit_plaats = forms.CharField(label="Plaats", max_length=100, required=False)
    uren = forms.DecimalField(
        label="Uren", min_value=0, max_value=9999, required=False, localize=True
    )
    bevindingen = _long(
        "Bevindingen",
        help_text="Schrijf bij elk feit hoe u het weet (redenen van wetenschap). Geen oordeel.",
    )
    verklaringen = _long("Verklaringen van anderen", help_text="School, de andere ouder.")
    geprobeerd = _long(
        "Wat is geprobeerd, met data",
        help_text="Wat er was, niet wat in een hulpgesprek is gezegd.",
    )
    eerder = _long("Eerdere processen-verbaal")
    oordeel = _long("Uw oordeel over het verwijt")
    advies = _long("Advies over de afdoening")
    rvdk_advies = forms.BooleanField(
        label="Advies van de Raad voor de Kinderbescherming gewenst", required=False
    )
    niet_gehoord = _long("Niet gehoord? Schrijf op waarom niet")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        van, tot = data.get("feit_van"), data.get("feit_tot")
        if van and tot and tot < van:
            self.add_error("feit_tot", "De laatste dag ligt voor de eerste dag.")
        return data

    def apply(self, zaak: Any, *, by: Any) -> Strafzaak:
        return change(zaak, by=by, gegevens={veld: self.cleaned_data[veld] for veld in INHOUD})


VERDACHTE = "Verplicht bij een verdachte."


def moment(label: str, hulp: str = "", **more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=["%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"],
        help_text=f"{hulp} Bijvoorbeeld 3-11-2025 14:30".strip(),
        error_messages={"invalid": "Schrijf datum en tijd, zoals 3-11-2025 14:30."},
        **more,
    )


class VerhoorForm(forms.Form):
    rol = forms.ChoiceField(label="Als wat", choices=Verhoorrol.choices)
    naam = forms.CharField(label="Naam", max_length=200)
    cautie_gegeven_op = moment("Cautie gegeven op", VERDACHTE, required=False)
    recht_op_raadsman_meegedeeld = forms.BooleanField(
        label="Recht op een raadsman meegedeeld", required=False, help_text=VERDACHTE
    )
    raadsman = forms.ChoiceField(
        label="Raadsman",
        choices=[("", "Kies"), *Raadsman.choices],
        required=False,
        help_text=VERDACHTE,
    )
    begin = moment("Begin van het verhoor")
    plaats = forms.CharField(label="Plaats", max_length=100)
    taal = forms.CharField(label="Taal", max_length=60, initial="Nederlands")
    tolk = forms.CharField(label="Tolk", max_length=100, required=False)
    aanwezigen = _long("Wie waren erbij")
    ouders_ingelicht = _long(
        "Hoe de ouders zijn ingelicht", help_text="Verplicht bij een verdachte onder de 16 jaar."
    )
    verklaring = forms.CharField(
        label="Verklaring",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In de eigen woorden van deze persoon. Plak niets uit een gewoon gesprek.",
    )
    waarneming = _long("Wat u zelf zag", help_text="Apart van wat er is gezegd.")

    def apply(self, zaak: Any, *, by: Any, now: Any) -> Verhoor:
        return add_verhoor(zaak, by=by, now=now, invoer=Verhoorinvoer(**self.cleaned_data))


class BundelForm(forms.Form):
    bijlagen: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label="Bijlagen",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen pdf-bestanden. Kies geen verslagen van hulp.",
    )

    def __init__(self, *args: Any, documenten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bijlagen"].queryset = documenten  # type: ignore[attr-defined]  # a model choice
        if not documenten.exists():
            self.fields["bijlagen"].help_text = "In dit dossier staan geen pdf-bestanden."
