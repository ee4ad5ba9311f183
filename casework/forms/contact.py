"""Notes and things to do about a jongere."""

from datetime import datetime, time
from typing import Any

from django import forms

from accounts.rechten import Taak
from accounts.velden import DatumVeld
from casework.codes import Contactkanaal, ContactMet, Richting
from casework.domain.contact import Contactinvoer, add_actie, add_contact
from casework.models import Contactmoment
from casework.politiecodes import Categorie, Herkomst
from casework.schooljaar import AMSTERDAM

LEEG = ("", "Kies")


class TijdVeld(forms.TimeField):
    """A time as people type it: 9:30, 09.30 or 930."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H%M"])
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}))
        kwargs.setdefault(
            "error_messages", {"invalid": "Dit is geen tijd. Schrijf uren en minuten, zoals 9:30."}
        )
        super().__init__(**kwargs)


class TaakForm(forms.Form):
    """Asks for the taak only when the user does more than one here."""

    taak = forms.ChoiceField(label="Voor welke taak")

    def __init__(self, *args: Any, taken: list[str], politie: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.politie = politie
        self.fields["taak"].choices = [(t, Taak(t).label) for t in taken]
        if len(taken) == 1:
            self.fields["taak"].initial = taken[0]
            self.fields["taak"].widget = forms.HiddenInput()
            self.fields["taak"].required = False
        self.taken = taken

    def clean_taak(self) -> str:
        return self.cleaned_data["taak"] or self.taken[0]


class NotitieForm(TaakForm):
    """At a police process facts and opinion are apart, and the origin is asked (Wpg 3 and 4)."""

    kanaal = forms.ChoiceField(label="Hoe", choices=Contactkanaal.choices)
    met = forms.ChoiceField(label="Met wie", choices=[LEEG, *ContactMet.choices], required=False)
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd", required=False, help_text="Bijvoorbeeld 9:30")
    verslag = forms.CharField(
        label="Notitie",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Schrijf op wat nodig is. Geen diagnoses.",
        error_messages={"required": "Schrijf een korte notitie."},
    )
    richting = forms.ChoiceField(
        label="Richting", choices=[LEEG, *Richting.choices], required=False
    )
    uitkomst = forms.CharField(label="Uitkomst", max_length=200, required=False)
    preventief = forms.BooleanField(label="Preventief contact, zonder zaak", required=False)
    oordeel = forms.CharField(
        label="Uw oordeel",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Wat u ervan vindt of vermoedt. Hoort niet bij de feiten.",
    )
    herkomst = forms.ChoiceField(
        label="Waar komen de feiten vandaan",
        choices=[LEEG, *Herkomst.choices],
        error_messages={"required": "Kies waar de feiten vandaan komen."},
    )
    categorie = forms.ChoiceField(
        label="Wat is de jongere hier",
        choices=[LEEG, *Categorie.choices],
        error_messages={"required": "Kies wat de jongere is: verdachte, getuige of iets anders."},
    )
    field_order = ["taak", "kanaal", "met", "datum", "tijd", "verslag", "oordeel", "herkomst"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.politie:
            self.fields["verslag"].label = "Feiten"
            return
        for naam in ("oordeel", "herkomst", "categorie"):
            del self.fields[naam]

    def apply(self, jongere: Any, *, by: Any, werkproces: Any = None) -> Contactmoment:
        data = self.cleaned_data
        tijd = data["tijd"] or time(12)
        invoer = Contactinvoer(
            datum=datetime.combine(data["datum"], tijd, AMSTERDAM),
            kanaal=data["kanaal"],
            met=data["met"],
            richting=data["richting"],
            preventief=data["preventief"],
            uitkomst=data["uitkomst"],
            verslag=data["verslag"],
            oordeel=data.get("oordeel", ""),
            herkomst=data.get("herkomst", ""),
            categorie=data.get("categorie", ""),
        )
        return add_contact(jongere, by=by, taak=data["taak"], invoer=invoer, werkproces=werkproces)


class ActieForm(TaakForm):
    omschrijving = forms.CharField(label="Wat moet u doen", max_length=200)
    vervalt_op = DatumVeld(label="Uiterlijk op")

    def apply(self, jongere: Any, *, by: Any, werkproces: Any = None) -> Any:
        data = self.cleaned_data
        return add_actie(
            jongere,
            by=by,
            taak=data["taak"],
            omschrijving=data["omschrijving"],
            vervalt_op=data["vervalt_op"],
            werkproces=werkproces,
        )
