"""Forms of the sample and of the export of the log."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.domain.logboek_steekproef import past_months
from accounts.domain.logboek_uitvoer import Soort
from accounts.forms_beheer import LaatsteDagVeld, gemeenten
from accounts.models import Gebruiker, Signaal, Steekproefoordeel
from accounts.velden import DatumVeld

NAMEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip  # read as a table


class SteekproefKeuze(forms.Form):
    """Which month that is over, of which gemeente; without a choice the last one."""

    maand = forms.ChoiceField(label="Maand", required=False)
    gemeente: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label="Gemeente", queryset=None, required=False, empty_label=None
    )

    def __init__(self, *args: Any, by: Gebruiker, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.maanden = past_months(today)
        self.fields["maand"].choices = [  # type: ignore[attr-defined]  # a choice
            (f"{m:%Y-%m}", f"{NAMEN[m.month - 1]} {m.year}") for m in self.maanden
        ]
        self.gemeenten = gemeenten(by, "privacy.lezen")
        self.fields["gemeente"].queryset = self.gemeenten  # type: ignore[attr-defined]  # a model choice

    def keuze(self) -> tuple[date, Any]:
        data = self.cleaned_data if self.is_valid() else {}
        maand = next((m for m in self.maanden if f"{m:%Y-%m}" == data.get("maand")), None)
        gemeente = data.get("gemeente") or self.gemeenten.first()
        return maand or self.maanden[0], gemeente


class OordeelForm(forms.ModelForm):
    uitkomst = forms.ChoiceField(
        label="Oordeel", choices=Steekproefoordeel.Uitkomst, widget=forms.RadioSelect
    )
    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig bij navragen en melden. Schrijf geen naam of BSN op.",
    )

    class Meta:
        model = Steekproefoordeel
        fields = ["uitkomst", "reden"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        uitkomst = data.get("uitkomst", Steekproefoordeel.Uitkomst.IN_ORDE)
        if uitkomst != Steekproefoordeel.Uitkomst.IN_ORDE and not data.get("reden"):
            self.add_error("reden", "Schrijf op waarom u navraagt of meldt.")
        return data


class SignalenFilter(forms.Form):
    """Without a choice: what nobody looked into yet."""

    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "Nog te bekijken"), ("alle", "Alle")]
    )
    soort = forms.ChoiceField(
        label="Signaal", required=False, choices=[("", "Alle"), *Signaal.Soort.choices]
    )

    def apply(self, rows: QuerySet[Signaal]) -> QuerySet[Signaal]:
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("stand") != "alle":
            rows = rows.filter(uitkomst="")
        return rows.filter(soort=data["soort"]) if data.get("soort") else rows


class SignaalForm(forms.Form):
    uitkomst = forms.ChoiceField(
        label="Oordeel", choices=Steekproefoordeel.Uitkomst, widget=forms.RadioSelect
    )
    reden = forms.CharField(
        label="Wat u vond",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig bij navragen en melden. Schrijf geen naam of BSN op.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("uitkomst") in ("navragen", "melden") and not data.get("reden"):
            self.add_error("reden", "Schrijf op waarom u navraagt of meldt.")
        return data


class UitvoerForm(forms.Form):
    soort = forms.ChoiceField(label="Wat", choices=Soort)
    van = DatumVeld(label="Vanaf")
    tot = LaatsteDagVeld(label="Tot en met", help_text="Hoogstens een jaar na 'Vanaf'.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tot"].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        van, tot = data.get("van"), data.get("tot")
        if van and tot and not 0 <= (tot - van).days <= 366:
            self.add_error("tot", "Kies een dag na 'Vanaf', hoogstens een jaar later.")
        return data
