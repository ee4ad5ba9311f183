from typing import Any

from django import forms

from casework.models import Gemeente
from casework.schooljaar import Schooljaar
from reporting.catalogus import Indicator
from reporting.domain.cijferkeuze import (
    KRUIS,
    Keuze,
    codes_for,
    dim_choices,
    dims_of,
    is_counted,
    not_counted_text,
    ways_of,
)
from reporting.indicatoren.bekend import is_published
from reporting.verslag.namen import DIMENSIES

JAREN = 10  # schooljaren to choose from
VEEL = 12  # more gemeenten than this do not fit as checkboxes


class CijferForm(forms.Form):
    """What to show of one figure; every field is in the address, so it can be shared."""

    gemeente = forms.MultipleChoiceField(
        label="Gemeenten",
        error_messages={
            "required": "Kies ten minste één gemeente.",
            "invalid_choice": "Gemeente %(value)s hoort niet bij uw rechten. Kies een andere.",
        },
    )
    schooljaar = forms.MultipleChoiceField(
        label="Schooljaren",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één schooljaar.",
            "invalid_choice": "Schooljaar %(value)s staat niet in de lijst. Kies een ander.",
        },
    )
    per = forms.ChoiceField(
        label="Uitsplitsen",
        required=False,
        error_messages={"invalid_choice": "Deze uitsplitsing is er bij dit cijfer niet."},
    )
    nullen = forms.BooleanField(label="Ook rijen met alleen 0", required=False)
    ruimer = forms.BooleanField(label="Ook land, regio en subregio", required=False)

    def __init__(
        self, *args: Any, indicator: Indicator, gemeenten: list[Gemeente], vandaag: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.indicator = indicator
        self.gemeenten = {gemeente.code: gemeente for gemeente in gemeenten}
        fields: Any = self.fields
        if len(gemeenten) <= VEEL:
            fields["gemeente"].widget = forms.CheckboxSelectMultiple()
        fields["gemeente"].choices = [(g.code, g.naam) for g in gemeenten]
        last = Schooljaar.of(vandaag).beginjaar
        fields["schooljaar"].choices = [
            (str(Schooljaar(year)), str(Schooljaar(year))) for year in range(last, last - JAREN, -1)
        ]
        fields["per"].choices = [("", "Niet"), *ways_of(indicator).items()]
        self.dims = dims_of(indicator)
        for dim in self.dims:
            fields[dim] = forms.ChoiceField(
                label=f"Alleen {DIMENSIES[dim].lower()}",
                required=False,
                choices=[("", "Alle"), *dim_choices(dim, codes_for(indicator, dim))],
                error_messages={
                    "invalid_choice": f"%(value)s is geen {DIMENSIES[dim].lower()} uit de lijst."
                },
            )
        if not is_published(indicator):
            del fields["ruimer"]
        if not self.dims:
            del fields["per"], fields["nullen"]
        self.order_fields(["gemeente", "schooljaar", "per", *self.dims])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        names = [*self._per(data), *self._alleen(data)]
        if names and not is_counted(self.indicator, names):
            field = "per" if data.get("per") else names[0]
            self.add_error(field, not_counted_text(self.indicator, names))
        return data

    def _per(self, data: dict[str, Any]) -> tuple[str, ...]:
        """A breakdown of which one code was chosen is no breakdown any more."""
        ways = data["per"].split(KRUIS) if data.get("per") else []
        return tuple(name for name in ways if not data.get(name))

    def _alleen(self, data: dict[str, Any]) -> dict[str, str]:
        return {dim: data[dim] for dim in self.dims if data.get(dim)}

    def keuze(self) -> Keuze:
        data = self.cleaned_data
        return Keuze(
            self.indicator,
            [self.gemeenten[code] for code in self.gemeenten if code in data["gemeente"]],
            sorted(Schooljaar.parse(text) for text in data["schooljaar"]),
            self._per(data),
            self._alleen(data),
            met_nullen=data.get("nullen", False),
            ruimer=data.get("ruimer", False),
        )


class CijferLijstForm(CijferForm):
    """Of one cell: one schooljaar, nothing broken down."""

    def clean_schooljaar(self) -> list[str]:
        years: list[str] = self.cleaned_data["schooljaar"]
        if len(years) > 1:
            raise forms.ValidationError("Een lijst gaat over één schooljaar.")
        return years

    def clean_per(self) -> str:
        return ""
