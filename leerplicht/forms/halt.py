from typing import Any

from django import forms

from casework.forms.stap import JA_NEE
from leerplicht.domain.halt import Haltinvoer, UitlegNodig, propose
from leerplicht.domain.halt_criteria import CODES, Criterium
from leerplicht.forms.opsporing import moment
from leerplicht.models import Haltzaak
from leerplicht.opsporingscodes import Contraindicatie, Raadsman


def _yes_no(label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=JA_NEE, widget=forms.RadioSelect, **more)


def _text(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **more)


VERKLAART = "Verplicht als de jongere iets erkent of vertelt."


class HaltForm(forms.Form):
    """The proposal; a criterium that is not met asks its own explanation."""

    uren = forms.DecimalField(
        label="Uren verzuim", min_value=0, max_value=9999, decimal_places=2, localize=True
    )
    aantal_te_laat = forms.IntegerField(
        label="Keren te laat", min_value=0, max_value=9999, required=False
    )
    school_deed = _text("Wat school al heeft gedaan")
    ouders_ingelicht = _yes_no("School heeft de ouders ingelicht")
    cautie_gegeven_op = moment("Cautie gegeven op", VERKLAART, required=False)
    recht_op_raadsman_meegedeeld = forms.BooleanField(
        label="Recht op een raadsman meegedeeld", required=False, help_text=VERKLAART
    )
    raadsman = forms.ChoiceField(
        label="Raadsman",
        choices=[("", "Kies"), *Raadsman.choices],
        required=False,
        help_text=VERKLAART,
    )
    tolk = forms.CharField(label="Tolk", max_length=100, required=False)
    bekent = _yes_no(
        "De jongere erkent het verzuim", help_text="Geef eerst de cautie: hij is dan verdachte."
    )
    verklaring = _text(
        "Wat de jongere er zelf over zegt",
        required=False,
        help_text="In zijn eigen woorden, na de cautie. Neem niets over uit een hulpgesprek.",
    )
    hulp = _text("Welke hulp loopt al", required=False)
    contra = forms.MultipleChoiceField(
        label="Contra-indicaties",
        choices=Contraindicatie.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, criteria: list[Criterium], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {c.code: c.label for c in criteria}
        shown = {c.code for c in criteria if c.open and not c.hard}
        for code in CODES:
            name = f"uitleg_{code}"
            if code in shown or self.data.get(name):
                self.fields[name] = _text(f"Uitleg bij: {labels[code].lower()}", required=False)
        self._labels = labels

    def apply(self, werkproces: Any, *, by: Any, day: Any) -> Haltzaak | None:
        """None when an explanation is still missing: its field is there now, with the reason."""
        try:
            return propose(werkproces, by=by, day=day, invoer=self.invoer())
        except UitlegNodig as error:
            for code, text in error.open.items():
                name = f"uitleg_{code}"
                if name not in self.fields:
                    label = f"Uitleg bij: {self._labels[code].lower()}"
                    self.fields[name] = _text(label, required=False)
                self.add_error(name, text)
            return None

    def invoer(self) -> Haltinvoer:
        data = self.cleaned_data
        return Haltinvoer(
            uren=data["uren"],
            aantal_te_laat=data["aantal_te_laat"] or 0,
            school_deed=data["school_deed"],
            ouders_ingelicht=data["ouders_ingelicht"] == "ja",
            bekent=data["bekent"] == "ja",
            contra=tuple(data["contra"]),
            verklaring=data["verklaring"],
            hulp=data["hulp"],
            cautie_gegeven_op=data["cautie_gegeven_op"],
            recht_op_raadsman_meegedeeld=data["recht_op_raadsman_meegedeeld"],
            raadsman=data["raadsman"],
            tolk=data["tolk"],
            uitleg={code: data.get(f"uitleg_{code}", "") for code in CODES},
        )
