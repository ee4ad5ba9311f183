"""Reasons, moves between AVG and Wpg, onderzoeken and provisions of police data."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.domain.onderzoek import officers
from casework.domain.zoeken import digits_of, looks_like_number, read
from casework.models import Gemeente, Onderzoek
from casework.politiecodes import (
    Categorie,
    Herkomst,
    Inzagereden,
    Ontvangersoort,
    Verstrekkingsgrond,
    Wpggrond,
)

KIES = ("", "Kies")


class RedenForm(forms.Form):
    code = forms.ChoiceField(
        label="Waarom wilt u deze politiegegevens zien?",
        choices=Inzagereden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )
    toelichting = forms.CharField(label="Toelichting", max_length=200, required=False)


class LijstredenForm(forms.Form):
    """For a list of work; who handles a request or a complaint opens the dossier it is about."""

    code = forms.ChoiceField(
        label="Waarom wilt u deze lijst zien?",
        choices=[
            (code.value, code.label)
            for code in (
                Inzagereden.OPSPORING,
                Inzagereden.ZITTING,
                Inzagereden.VERSTREKKING,
                Inzagereden.KWALITEIT,
            )
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden.", "invalid_choice": "Kies een reden."},
    )


class GerichtForm(RedenForm):
    """One exact case or person; a number of a person only by POST."""

    zoek = forms.CharField(
        label="Zaaknummer, BSN of onderwijsnummer",
        max_length=20,
        required=False,
        help_text="Een zaaknummer begint met een W, zoals W123.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    achternaam = forms.CharField(label="Of: achternaam", max_length=200, required=False)
    geboren = DatumVeld(label="Geboortedatum", required=False)
    field_order = ["zoek", "achternaam", "geboren", "code", "toelichting"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("zoek") or ""
        data["zaak"] = read(text).zaak if text else None
        data["nummer"] = digits_of(text) if looks_like_number(text) else ""
        if text and not (data["zaak"] or data["nummer"]):
            self.add_error("zoek", "Dit is geen zaaknummer, BSN of onderwijsnummer.")
        named = data.get("achternaam") and data.get("geboren")
        if not text and not named and not self.errors:
            self.add_error("zoek", "Vul een nummer in, of een achternaam met geboortedatum.")
        return data


class OvergangForm(forms.Form):
    reden = forms.CharField(
        label="Waarom is dit een politiegegeven?",
        max_length=200,
        error_messages={"required": "Schrijf op waarom dit een politiegegeven is."},
    )
    herkomst = forms.ChoiceField(
        label="Waar komt het vandaan",
        choices=[KIES, *Herkomst.choices],
        error_messages={"required": "Kies waar dit vandaan komt."},
    )
    categorie = forms.ChoiceField(
        label="Wat is de jongere hier",
        choices=[KIES, *Categorie.choices],
        error_messages={"required": "Kies wat de jongere is: verdachte, getuige of iets anders."},
    )
    wpg_grond = forms.ChoiceField(
        label="Voor welke taak",
        choices=[c for c in Wpggrond.choices if c[0] != Wpggrond.ARTIKEL_9],
        initial=Wpggrond.ARTIKEL_8,
        help_text="Voor een onderzoek (artikel 9) koppelt u het daarna aan dat onderzoek.",
    )


class TerugForm(forms.Form):
    reden = forms.CharField(
        label="Waarom is dit geen politiegegeven meer?",
        max_length=300,
        error_messages={"required": "Schrijf op waarom dit terug kan naar AVG."},
    )


class BetrokkeneForm(forms.Form):
    naam = forms.CharField(label="Naam", max_length=200)
    categorie = forms.ChoiceField(
        label="Wat is deze persoon hier",
        choices=[KIES, *Categorie.choices],
        error_messages={"required": "Kies wat deze persoon is: verdachte, getuige of iets anders."},
    )


class KoppelForm(forms.Form):
    onderzoek = forms.ModelChoiceField(
        Onderzoek.objects.none(), label="Onderzoek", empty_label="Kies een onderzoek"
    )

    def __init__(self, *args: Any, onderzoeken: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["onderzoek"].queryset = onderzoeken


class VerstrekkingForm(forms.Form):
    ontvanger = forms.ChoiceField(
        label="Wie krijgt de gegevens",
        choices=[KIES, *Ontvangersoort.choices],
        error_messages={"required": "Kies wie de gegevens krijgt."},
    )
    ontvanger_naam = forms.CharField(
        label="Naam van de ontvanger",
        max_length=200,
        required=False,
        help_text="Alleen bij: iemand anders.",
    )
    grondslag = forms.ChoiceField(
        label="Artikel",
        choices=[KIES, *Verstrekkingsgrond.choices],
        required=False,
        help_text="Alleen bij: iemand anders. Bij de andere ontvangers ligt het artikel vast.",
    )
    doel = forms.CharField(
        label="Waarvoor",
        max_length=300,
        error_messages={"required": "Schrijf op waarvoor u deze gegevens verstrekt."},
    )
    verstrekt_op = DatumVeld(label="Datum")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ontvanger") == Ontvangersoort.ANDERS:
            if not data.get("ontvanger_naam"):
                self.add_error("ontvanger_naam", "Schrijf op wie de gegevens krijgt.")
            if not data.get("grondslag"):
                self.add_error("grondslag", "Kies het artikel waarop u verstrekt.")
        return data


class OnderzoekForm(forms.Form):
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(), label="Gemeente", empty_label="Kies een gemeente"
    )
    naam = forms.CharField(
        label="Naam van het onderzoek", max_length=100, help_text="Gebruik geen namen van personen."
    )
    doel = forms.CharField(
        label="Doel",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op wat het doel van het onderzoek is."},
    )
    functionarissen = forms.ModelMultipleChoiceField(
        Gemeente.objects.none(),
        label="Wie werken aan dit onderzoek?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen deze collega's zien straks de gegevens van het onderzoek.",
        error_messages={"required": "Kies ten minste een collega."},
    )

    def __init__(self, *args: Any, by: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Gemeente.objects.permitted(by, "opsporing.schrijven")
        self.fields["gemeente"].queryset = own
        self.fields["functionarissen"].queryset = officers(own.values_list("pk", flat=True), day)


class BesluitForm(forms.Form):
    """Yes or no of the second person."""

    akkoord = forms.TypedChoiceField(
        choices=[("ja", "Akkoord"), ("nee", "Niet akkoord")], coerce=lambda value: value == "ja"
    )


class VerwijderdForm(forms.Form):
    """For complaints and audit: the person exactly, and why."""

    achternaam = forms.CharField(label="Achternaam", max_length=200)
    geboren = DatumVeld(label="Geboortedatum")
    code = forms.ChoiceField(
        label="Waarom wilt u dit zien?",
        choices=[c for c in Inzagereden.choices if c[0] in {"RECHTEN", "KLACHT"}],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )
