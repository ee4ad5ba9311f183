"""Incidents, actions for groups, and the no-show-actie."""

from datetime import date
from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Contactkanaal, ContactMet
from casework.forms.school import one_school
from casework.models import Gemeente, School
from casework.schooljaar import today
from leerplicht.codes import Groepsactiesoort, Noshowresultaat
from leerplicht.domain import preventie
from leerplicht.models import Groepsactie, Noshow, Noshowactie


def _past(day: date) -> date:
    if day > today():
        raise forms.ValidationError("De datum ligt in de toekomst.")
    return day


class IncidentForm(forms.Form):
    datum = DatumVeld(label="Datum", error_messages={"required": "Vul de datum in."})
    kanaal = forms.ChoiceField(label="Hoe", choices=Contactkanaal.choices)
    met = forms.ChoiceField(
        label="Met wie", required=False, choices=[("", "Kies"), *ContactMet.choices]
    )
    uitkomst = forms.CharField(label="Afspraak", required=False, max_length=200)
    verslag = forms.CharField(
        label="Notitie",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Schrijf op wat nodig is. Geen diagnoses.",
        error_messages={"required": "Schrijf een korte notitie."},
    )

    def clean_datum(self) -> date:
        return _past(self.cleaned_data["datum"])


class _MetSchool(forms.Form):
    """A gemeente where the user works, and perhaps a school there."""

    gemeente = forms.ModelChoiceField(Gemeente.objects.none(), label="Gemeente", empty_label=None)
    school = forms.CharField(
        label="School",
        required=False,
        max_length=100,
        help_text="Naam, BRIN of vestigingscode. Leeg: niet bij een school.",
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        gemeente: Any = self.fields["gemeente"]
        gemeente.queryset = Gemeente.objects.permitted(by, preventie.SCHRIJVEN)

    def clean_school(self) -> School | None:
        text = self.cleaned_data["school"].strip()
        return one_school(text) if text else None


class GroepsactieForm(_MetSchool):
    datum = DatumVeld(label="Datum", error_messages={"required": "Vul de datum in."})
    soort = forms.ChoiceField(label="Soort", choices=Groepsactiesoort.choices)
    aantal = forms.IntegerField(
        label="Aantal bereikte leerlingen",
        min_value=0,
        max_value=10_000,
        error_messages={"required": "Vul het aantal leerlingen in; 0 mag ook."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Noem geen personen.",
    )

    def clean_datum(self) -> date:
        return _past(self.cleaned_data["datum"])

    def apply(self) -> Groepsactie:
        return preventie.add_group(preventie.Groepsinvoer(**self.cleaned_data), by=self.by)


class NoshowactieForm(_MetSchool):
    gestart_op = DatumVeld(label="Begonnen op", error_messages={"required": "Vul de datum in."})

    def clean_gestart_op(self) -> date:
        return _past(self.cleaned_data["gestart_op"])

    def apply(self) -> Noshowactie:
        return preventie.start_noshow(**self.cleaned_data, by=self.by)


class NoshowForm(forms.Form):
    """One youth on the list."""

    gezien = forms.ChoiceField(
        label="Gezien",
        required=False,
        choices=[("", "Nog niet bekend"), ("ja", "Gezien"), ("nee", "Niet gezien")],
    )
    resultaat = forms.ChoiceField(
        label="Resultaat", required=False, choices=[("", "Nog open"), *Noshowresultaat.choices]
    )
    notitie = forms.CharField(label="Notitie", required=False, max_length=200)

    def __init__(self, *args: Any, row: Noshow, **kwargs: Any) -> None:
        gezien = {True: "ja", False: "nee", None: ""}[row.gezien]
        initial = {"gezien": gezien, "resultaat": row.resultaat, "notitie": row.notitie}
        super().__init__(*args, initial=initial, prefix=f"n{row.pk}", **kwargs)
        self.row = row

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("resultaat") and not data.get("gezien"):
            self.add_error("gezien", "Kies eerst of de jongere is gezien.")
        return data

    def apply(self, *, by: Any) -> None:
        data = dict(self.cleaned_data)
        data["gezien"] = {"ja": True, "nee": False}.get(data["gezien"])
        preventie.register(self.row, by=by, day=today(), **data)
