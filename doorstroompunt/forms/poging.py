"""An attempt to reach a youth with its date, note and what a partner found."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from accounts.velden import DatumVeld
from casework.forms.contact import TijdVeld
from casework.schooljaar import AMSTERDAM
from doorstroompunt.codes import Pogingkanaal, Pogingresultaat, Uitstroom
from doorstroompunt.domain.contactpoging import (
    Poginginvoer,
    change_contactpoging,
    log_contactpoging,
)
from doorstroompunt.models import Contactpoging, Traject


class SnelleForm(forms.Form):
    """Two clicks: a channel and what came of it; the time is now."""

    kanaal = forms.ChoiceField(choices=Pogingkanaal.choices)
    resultaat = forms.ChoiceField(choices=Pogingresultaat.choices)

    def apply(self, traject: Traject, *, by: Any, day: Any) -> Contactpoging:
        invoer = Poginginvoer(**self.cleaned_data, datum=timezone.now())
        return log_contactpoging(traject, by=by, day=day, invoer=invoer)


class PogingForm(forms.Form):
    kanaal = forms.ChoiceField(label="Hoe", choices=[("", "Kies"), *Pogingkanaal.choices])
    resultaat = forms.ChoiceField(
        label="Wat kwam eruit", choices=[("", "Kies"), *Pogingresultaat.choices]
    )
    datum = DatumVeld(label="Datum")
    tijd = TijdVeld(label="Tijd", help_text="Bijvoorbeeld 18:30")
    opmerking = forms.CharField(
        label="Notitie", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    door_partner = forms.BooleanField(
        label="Gedaan door een ketenpartner, zoals jongerenwerk", required=False
    )
    uitkomst = forms.ChoiceField(
        label="Wat bleek de jongere te doen",
        required=False,
        choices=[("", "Niet gevraagd"), *Uitstroom.choices],
        help_text="Alleen bij een bezoek door een ketenpartner.",
    )

    @classmethod
    def initial_of(cls, poging: Contactpoging | None) -> dict[str, Any]:
        moment = (poging.datum if poging else timezone.now()).astimezone(AMSTERDAM)
        own = {"datum": moment.date(), "tijd": moment.time().replace(second=0, microsecond=0)}
        if poging is None:
            return own
        names = ("kanaal", "resultaat", "opmerking", "door_partner", "uitkomst")
        return own | {naam: getattr(poging, naam) for naam in names}

    @property
    def invoer(self) -> Poginginvoer:
        data = dict(self.cleaned_data)
        moment = datetime.combine(data.pop("datum"), data.pop("tijd"), AMSTERDAM)
        return Poginginvoer(**data, datum=moment)

    def apply(self, traject: Traject, *, by: Any, day: Any) -> Contactpoging:
        return log_contactpoging(traject, by=by, day=day, invoer=self.invoer)

    def change(self, poging: Contactpoging, *, by: Any, day: Any) -> Contactpoging:
        return change_contactpoging(poging, by=by, day=day, invoer=self.invoer)
