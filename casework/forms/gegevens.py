"""Family, address, school and diploma by hand."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Diplomasoort, Gezag, Onderwijssoort, Relatiesoort
from casework.domain import gegevens
from casework.domain.gegevens import Diplomainvoer, Inschrijvinginvoer, Relatieinvoer
from casework.domain.jongere import Adresinvoer
from casework.forms.jongere import AdresVelden, only
from casework.forms.school import one_school
from casework.models import Gemeente, Inschrijving, Jongere, Relatie, School
from casework.schooljaar import today


class RelatieForm(AdresVelden):
    soort = forms.ChoiceField(label="Wie is het", choices=Relatiesoort.choices)
    voornamen = forms.CharField(label="Voornamen", max_length=200, required=False)
    voorvoegsel = forms.CharField(label="Tussenvoegsel", max_length=10, required=False)
    achternaam = forms.CharField(
        label="Achternaam",
        max_length=200,
        error_messages={"required": "Vul de achternaam of de naam van de instelling in."},
    )
    gezag = forms.ChoiceField(label="Gezag", choices=Gezag.choices, initial=Gezag.ONBEKEND)
    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", max_length=200, required=False)
    contactpersoon = forms.BooleanField(label="Dit is de contactpersoon", required=False)
    adres_zelfde = forms.BooleanField(label="Woont op het adres van de jongere", required=False)
    field_order = [
        "soort", "voornamen", "voorvoegsel", "achternaam", "gezag", "telefoon", "email",
        "contactpersoon", "adres_zelfde",
    ]  # fmt: skip  # read as a table

    def apply(self, jongere: Jongere, *, by: Any) -> None:
        data = self.cleaned_data
        adres = only(data, Adresinvoer)
        gegevens.add_relatie(jongere, only(data, Relatieinvoer), adres, by=by)


class BereikForm(forms.Form):
    """How a parent can be reached, and until when somebody is one."""

    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", max_length=200, required=False)
    contactpersoon = forms.BooleanField(label="Dit is de contactpersoon", required=False)
    gezag = forms.ChoiceField(label="Gezag", choices=Gezag.choices)
    laatste_dag = DatumVeld(
        label="Laatste dag",
        required=False,
        help_text="Alleen als deze persoon geen ouder of verzorger meer is.",
    )

    def apply(self, relatie: Relatie, *, by: Any) -> None:
        gegevens.change_relatie(relatie, by=by, **self.cleaned_data)


class AdresForm(AdresVelden):
    van = DatumVeld(label="Woont hier vanaf", error_messages={"required": "Vul de dag in."})
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(),
        label="Gemeente",
        empty_label="Kies",
        help_text="Een andere gemeente? Dan hoort de jongere daar. Uw dossier blijft van u.",
        error_messages={"required": "Kies de gemeente."},
    )
    field_order = ["van", "straat", "huisnummer", "huisletter", "toevoeging", "postcode"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = Gemeente.objects.order_by("naam")
        for naam in ("straat", "huisnummer", "woonplaats"):
            self.fields[naam].required = True

    def apply(self, jongere: Jongere, *, by: Any) -> None:
        data = self.cleaned_data
        adres = only(data, Adresinvoer)
        gegevens.move(jongere, adres, data["gemeente"], data["van"], by=by, day=today())


class InschrijvingForm(forms.Form):
    school = forms.CharField(
        label="School",
        max_length=100,
        help_text="Naam, BRIN of vestigingscode.",
        error_messages={"required": "Vul de school in."},
    )
    onderwijssoort = forms.ChoiceField(
        label="Onderwijs",
        choices=[("", "Kies"), *Onderwijssoort.choices],
        error_messages={"required": "Kies het onderwijs."},
    )
    leerjaar = forms.IntegerField(label="Leerjaar", required=False, min_value=1, max_value=8)
    opleidingsnaam = forms.CharField(label="Opleiding", max_length=200, required=False)
    begindatum = DatumVeld(
        label="Ingeschreven vanaf", error_messages={"required": "Vul de eerste dag in."}
    )
    einddatum = DatumVeld(label="Laatste dag", required=False)

    def clean_school(self) -> School:
        return one_school(self.cleaned_data["school"].strip())

    def apply(self, jongere: Jongere, *, by: Any) -> None:
        gegevens.enrol(jongere, Inschrijvinginvoer(**self.cleaned_data), by=by)


class UitschrijvingForm(forms.Form):
    laatste_dag = DatumVeld(
        label="Laatste dag op school", error_messages={"required": "Vul de laatste dag in."}
    )
    reden = forms.CharField(label="Reden", max_length=200, required=False)

    def apply(self, row: Inschrijving, *, by: Any) -> None:
        gegevens.leave(row, self.cleaned_data["laatste_dag"], self.cleaned_data["reden"], by=by)


class DiplomaForm(forms.Form):
    soort = forms.ChoiceField(label="Soort", choices=Diplomasoort.choices)
    naam = forms.CharField(
        label="Naam",
        max_length=200,
        help_text="Zoals: vmbo-t, mbo 2 verkoper.",
        error_messages={"required": "Vul de naam van het diploma in."},
    )
    niveau = forms.CharField(label="Niveau", max_length=40, required=False)
    datum = DatumVeld(label="Behaald op", error_messages={"required": "Vul de datum in."})
    startkwalificatie = forms.TypedChoiceField(
        label="Is dit een startkwalificatie",
        choices=[("", "Kies"), ("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda value: value == "ja",
        help_text="Havo, vwo en mbo vanaf niveau 2 zijn dat.",
        error_messages={"required": "Kies ja of nee."},
    )

    def apply(self, jongere: Jongere, *, by: Any) -> None:
        gegevens.add_diploma(jongere, Diplomainvoer(**self.cleaned_data), by=by, day=today())
