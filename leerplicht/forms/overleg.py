from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.models import Actie, Jongere
from casework.schooljaar import today
from leerplicht.codes import Overleggrond, Zorgsoort
from leerplicht.domain import overleg as domain
from leerplicht.domain.overleg import Overleginvoer
from leerplicht.models import Overleg, Zorgsignaal


class OverlegForm(forms.Form):
    datum = DatumVeld(label="Datum van het overleg")
    deelnemers = forms.CharField(
        label="Wie waren erbij",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Op elke regel een organisatie, een komma en de functie. Geen namen.",
    )
    grondslag = forms.ChoiceField(
        label="Op welke grond delen de organisaties gegevens",
        choices=[("", "Kies"), *Overleggrond.choices],
    )
    grondslag_uitleg = forms.CharField(label="Uitleg", max_length=300, required=False)
    ouders_weten_op = DatumVeld(label="Ouders weten ervan sinds", required=False)
    verslag = forms.CharField(
        label="Verslag", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean_deelnemers(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["deelnemers"].splitlines()]
        rows = [(a.strip(), b.strip()) for a, _, b in (x.partition(",") for x in lines if x)]
        if any(len(part) > 100 for row in rows for part in row) or not all(a for a, _ in rows):
            raise forms.ValidationError("Schrijf op elke regel: organisatie, functie.")
        return rows

    def apply(self, jongere: Jongere, *, by: Any) -> Overleg:
        invoer = Overleginvoer(**self.cleaned_data)
        return domain.hold(jongere, by=by, day=today(), invoer=invoer)


class MdoAfspraakForm(forms.Form):
    tekst = forms.CharField(label="Wat is afgesproken", max_length=120)
    eigenaar = forms.CharField(
        label="Wie doet het", max_length=70, help_text="De organisatie of functie"
    )
    uiterlijk_op = DatumVeld(label="Uiterlijk op")

    def apply(self, overleg: Overleg, *, by: Any) -> Actie:
        return domain.agree(overleg, by=by, **self.cleaned_data)


class ZorgForm(forms.Form):
    soort = forms.ChoiceField(label="Wat", choices=[("", "Kies"), *Zorgsoort.choices])
    datum = DatumVeld(label="Gemeld op")
    ouders_weten_op = DatumVeld(label="Ouders zijn ingelicht op")
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def apply(self, jongere: Jongere, *, by: Any) -> Zorgsignaal:
        return domain.signal(jongere, by=by, day=today(), **self.cleaned_data)
