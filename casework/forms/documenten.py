"""A file for the dossier."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Documentsoort
from casework.domain.documenten import Documentinvoer, offer
from casework.forms.contact import LEEG, TaakForm
from casework.models import Aangeboden


class DocumentForm(TaakForm):
    bestand = forms.FileField(
        label="Bestand",
        max_length=None,
        help_text="Een pdf, docx, odt, jpg of png van ten hoogste 25 MB.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
            "missing": "Kies een bestand.",
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"}),
    )
    soort = forms.ChoiceField(
        label="Soort document",
        choices=[LEEG, *Documentsoort.choices],
        error_messages={"required": "Kies het soort document."},
    )
    titel = forms.CharField(
        label="Titel",
        max_length=200,
        required=False,
        help_text="Leeg: de naam van het bestand.",
    )
    datum = DatumVeld(label="Datum van het document")
    field_order = ["taak", "bestand", "soort", "titel", "datum"]

    def apply(self, jongere: Any, *, by: Any, werkproces: Any = None) -> Aangeboden:
        data = self.cleaned_data
        return offer(
            jongere,
            data["bestand"],
            by=by,
            taak=data["taak"],
            invoer=Documentinvoer(soort=data["soort"], datum=data["datum"], titel=data["titel"]),
            werkproces=werkproces,
        )
