from typing import Any

from django import forms

from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak, gemeenten_for, valid_on
from accounts.velden import DatumVeld
from casework.models import Gemeente, Jongere
from casework.schooljaar import today
from leerplicht.codes import Plaatssoort, Thuiszitreden, Thuiszitresultaat
from leerplicht.domain import tafels, thuiszitters
from leerplicht.models import Plaatswacht, Tafelpunt, Thuiszitter, Thuiszitterstafel

JA_NEE = [("", "Nog niet bekend"), ("ja", "Ja"), ("nee", "Nee")]


class KeuzesForm(forms.Form):
    """What the regisseur decides about one stay at home."""

    sinds = DatumVeld(label="Thuis sinds")
    regisseur = forms.ModelChoiceField(
        Gebruiker.objects.none(), required=False, empty_label="Nog niemand"
    )
    reden = forms.ChoiceField(
        label="Belangrijkste reden",
        required=False,
        choices=[("", "Nog niet bekend"), *Thuiszitreden.choices],
    )
    geoorloofd = forms.ChoiceField(
        label="Is het verzuim geoorloofd?", required=False, choices=JA_NEE
    )
    plan_op = DatumVeld(label="Plan van aanpak gemaakt op", required=False)
    aanbod_op = DatumVeld(label="Passend aanbod gedaan op", required=False)
    doorzetting_op = DatumVeld(
        label="Gevraagd om door te zetten op",
        required=False,
        help_text="Als school, ouders en samenwerkingsverband er niet uitkomen",
    )
    doorzetting_door = forms.CharField(
        label="Aan wie", required=False, max_length=100, help_text="De functie, geen naam"
    )
    doorzetting_besluit = forms.CharField(
        label="Besluit", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, thuiszitter: Thuiszitter, **kwargs: Any) -> None:
        self.row = thuiszitter
        names = [name for name in self.base_fields if name != "geoorloofd"]
        initial = {name: getattr(thuiszitter, name) for name in names}
        initial["geoorloofd"] = {True: "ja", False: "nee", None: ""}[thuiszitter.geoorloofd]
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["regisseur"].queryset = colleagues(thuiszitter)

    def clean_geoorloofd(self) -> bool | None:
        return {"ja": True, "nee": False}.get(self.cleaned_data["geoorloofd"])

    def apply(self, *, by: Any) -> None:
        thuiszitters.update(self.row, by=by, day=today(), **self.cleaned_data)


def colleagues(row: Thuiszitter) -> Any:
    """Who handles leerplicht there."""
    rights = Bevoegdheid.objects.filter(
        valid_on(today()),
        taak=Taak.LEERPLICHT,
        rol__in=[Rol.BEHANDELAAR, Rol.LEIDINGGEVENDE],
        gemeente=row.gemeente_id or row.jongere.gemeente_id,
    )
    rows = Gebruiker.objects.filter(is_active=True, pk__in=rights.values("gebruiker"))
    return rows.order_by("naam", "pk")


class AfspraakForm(forms.Form):
    tekst = forms.CharField(label="Wat is afgesproken?", max_length=300)
    eigenaar = forms.CharField(
        label="Wie doet het?", max_length=100, help_text="Bijvoorbeeld: intern begeleider"
    )
    uiterlijk_op = DatumVeld(label="Uiterlijk op")

    def __init__(self, *args: Any, thuiszitter: Thuiszitter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = thuiszitter

    def apply(self, *, by: Any) -> None:
        thuiszitters.agree(self.row, by=by, **self.cleaned_data)


class BijForm(forms.Form):
    """A stay at home that no report tells."""

    sinds = DatumVeld(label="Thuis sinds", help_text="De eerste dag zonder onderwijs")
    reden = forms.ChoiceField(
        label="Belangrijkste reden",
        required=False,
        choices=[("", "Nog niet bekend"), *Thuiszitreden.choices],
    )

    def apply(self, jongere: Jongere, *, by: Any) -> Thuiszitter:
        return thuiszitters.enter(jongere, by=by, day=today(), **self.cleaned_data)


class SluitForm(forms.Form):
    einde_op = DatumVeld(label="Laatste dag thuis")
    resultaat = forms.ChoiceField(
        label="Hoe liep het af?",
        choices=[("", "Kies"), *Thuiszitresultaat.choices],
        error_messages={"required": "Kies hoe het afliep."},
    )

    def __init__(self, *args: Any, thuiszitter: Thuiszitter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = thuiszitter

    def apply(self, *, by: Any) -> None:
        thuiszitters.close(self.row, by=by, day=today(), **self.cleaned_data)


class TafelForm(forms.Form):
    """A new meeting: where, who, and whom it is about."""

    gemeente = forms.ModelChoiceField(Gemeente.objects.none(), empty_label="Kies")
    datum = DatumVeld(label="Datum")
    plaats = forms.CharField(label="Plaats", required=False, max_length=200)
    deelnemers = forms.CharField(
        label="Wie doen mee?", max_length=500, help_text="Functies, met een komma ertussen"
    )

    def __init__(self, *args: Any, user: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        here = gemeenten_for(user, thuiszitters.SCHRIJVEN)
        own = Gemeente.objects.filter(pk__in=here).order_by("naam")
        self.fields["gemeente"].queryset = own

    def apply(self) -> Thuiszitterstafel:
        return tafels.plan(by=self.user, **self.cleaned_data)


class BesprokenForm(forms.Form):
    besproken = forms.CharField(
        label="Wat is besproken?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Schrijf geen diagnose op",
    )
    afspraak = forms.CharField(label="Nieuwe afspraak", required=False, max_length=300)
    eigenaar = forms.CharField(label="Wie doet het?", required=False, max_length=100)
    uiterlijk_op = DatumVeld(label="Uiterlijk op", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts = ("afspraak", "eigenaar", "uiterlijk_op")
        if any(data.get(name) for name in parts):
            for name in parts:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Vul bij een afspraak in wat, wie en uiterlijk op.")
        return data

    def apply(self, punt: Tafelpunt, *, by: Any) -> None:
        data = self.cleaned_data
        tafels.discuss(punt, data["besproken"], by=by)
        if data["afspraak"]:
            thuiszitters.agree(
                punt.thuiszitter,
                by=by,
                tekst=data["afspraak"],
                eigenaar=data["eigenaar"],
                uiterlijk_op=data["uiterlijk_op"],
                tafel=punt.tafel,
            )


class PlaatsForm(forms.Form):
    soort = forms.ChoiceField(label="Waarop?", choices=[("", "Kies"), *Plaatssoort.choices])
    aangevraagd_op = DatumVeld(label="Aangevraagd op")

    def apply(self, jongere: Jongere, *, by: Any) -> Plaatswacht:
        return thuiszitters.wait_for_place(jongere, by=by, day=today(), **self.cleaned_data)


class PlaatsKlaarForm(forms.Form):
    klaar_op = DatumVeld(label="Op welke dag?")
    geplaatst = forms.ChoiceField(
        label="Wat gebeurde er?",
        choices=[("", "Kies"), ("ja", "Er is een plaats"), ("nee", "Wacht niet meer")],
    )

    def clean_geplaatst(self) -> bool:
        return bool(self.cleaned_data["geplaatst"] == "ja")

    def apply(self, row: Plaatswacht, *, by: Any) -> Plaatswacht:
        return thuiszitters.end_waiting(row, by=by, day=today(), **self.cleaned_data)
