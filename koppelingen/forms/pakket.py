"""Bringing a package in, asking for one, and the rows that were refused."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.html import format_html

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.models import Gemeente
from casework.schooljaar import today
from koppelingen.domain import inlezen, quarantaine, uitvoeren
from koppelingen.models import OPEN, Inleesrun, Quarantaine, Uitvoer
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.spec import BY_NAME

KEUZES = [("proef", "Proef: controleren en tellen, niets laden"), ("echt", "Echt inlezen")]
LANG = 80  # from here on a cell is a text area


class InlezenForm(forms.Form):
    bestand = forms.FileField(
        label="Pakket (zip)",
        help_text="Een zip met manifest.json en CSV-bestanden in UTF-8.",
        error_messages={
            "required": "Kies een zip.",
            "empty": "Dit bestand is leeg.",
            "missing": "Kies een zip.",
        },
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
    soort = forms.ChoiceField(
        label="Wat wilt u doen?", choices=KEUZES, initial="proef", widget=forms.RadioSelect
    )
    wpg = forms.BooleanField(
        label="Politiegegevens (Wpg) meenemen",
        required=False,
        help_text="Zonder vinkje blijven processen-verbaal en andere Wpg-rijen achterwege.",
    )

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not by.may("opsporing.schrijven"):
            del self.fields["wpg"]

    def apply(self) -> Inleesrun:
        data = self.cleaned_data
        return inlezen.upload(
            data["bestand"],
            by=self.by,
            proef=data["soort"] == "proef",
            wpg=data.get("wpg", False),
            vandaag=today(),
        )


class UitvoerForm(forms.Form):
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(), label="Gemeente", empty_label="Kies een gemeente"
    )
    reden = forms.CharField(
        label="Waarvoor is dit pakket?",
        max_length=200,
        help_text="Bijvoorbeeld: de gemeente gaat over naar een ander systeem.",
    )
    wpg = forms.BooleanField(label="Politiegegevens (Wpg) meegeven", required=False)

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["gemeente"].queryset = Gemeente.objects.permitted(by, "pakket.uitvoeren")
        if not gemeenten_for(by, "opsporing.schrijven"):
            del self.fields["wpg"]

    def apply(self) -> Uitvoer:
        data = self.cleaned_data
        return uitvoeren.request_uitvoer(
            data["gemeente"], data["reden"], by=self.by, wpg=data.get("wpg", False)
        )


class RijForm(forms.Form):
    """One refused row, a field for each cell; the names are those of the file."""

    def __init__(self, *args: Any, rij: Quarantaine, cells: dict[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.rij = rij
        bestand = BY_NAME.get(rij.bestand)
        for naam, value in cells.items():
            self.fields[naam] = _cell(bestand, naam, value)
            if naam == rij.kolom and not self.is_bound:
                self.fields[naam].help_text = format_html("Afgekeurd: {}", rij.reden)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for naam, zin in quarantaine.problems(self.rij, cleaned, today()).items():
            if naam not in self.errors:
                self.add_error(naam if naam in self.fields else None, zin)
        return cleaned

    def apply(self, *, by: Gebruiker) -> None:
        quarantaine.correct(self.rij, self.cleaned_data, by=by)


def _cell(bestand: Bestand | None, naam: str, value: str) -> forms.Field:
    kolommen = bestand.kolommen if bestand else ()
    kolom = next((k for k in kolommen if k.naam == naam), None)
    codes = sorted(kolom.codes) if kolom else []
    lang = len(value) > LANG or "\n" in value
    return forms.CharField(
        label=naam,
        required=kolom.verplicht if kolom else naam == "bron_id",
        error_messages={"required": "Deze cel is verplicht en is leeg."},
        strip=False,
        initial=value,
        help_text=f"Codes: {', '.join(codes)}" if codes else "",
        widget=forms.Textarea(attrs={"rows": 4}) if lang else forms.TextInput(),
    )


class QuarantaineFilter(forms.Form):
    """Which refused rows of a run the list shows."""

    bestand = forms.ChoiceField(label="Bestand", required=False)
    alles = forms.BooleanField(label="Ook wat is afgehandeld", required=False)

    def __init__(self, *args: Any, run: Inleesrun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.bestanden = list(
            run.quarantaine.values("bestand")
            .annotate(aantal=Count("pk"), open=Count("pk", filter=OPEN))
            .order_by("bestand")
        )
        self.fields["bestand"].choices = [("", "Alle bestanden")] + [
            (row["bestand"], f"{row['bestand']}.csv ({row['open']} van {row['aantal']} open)")
            for row in self.bestanden
        ]

    def rows(self) -> QuerySet[Quarantaine]:
        data = self.cleaned_data if self.is_valid() else {}
        rows = self.run.quarantaine.order_by("bestand", "rijnummer", "pk").defer("rij")
        if not data.get("alles"):
            rows = rows.filter(OPEN)
        return rows.filter(bestand=data["bestand"]) if data.get("bestand") else rows


class VervalForm(forms.Form):
    reden = forms.CharField(
        label="Waarom vervalt deze rij?",
        max_length=200,
        error_messages={"required": "Vul een reden in."},
    )
