"""Forms of letters: the fields a text asks, who gets it, and the texts themselves."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.briefsoorten import VAN_AFSPRAAK, Briefsoort, Verzendwijze
from casework.codes import Werkprocessoort
from casework.domain.briefsjablonen import Tekst
from casework.domain.samenvoegen import SjabloonFout, asked, check_text
from casework.forms.contact import LEEG, TaakForm
from casework.models import Gemeente
from casework.verzending import VERZENDWIJZEN

NIEMAND = "Niemand kan deze brief krijgen. Leg in het dossier eerst de school of de ouders vast."


class VeldenForm(TaakForm):
    """One field for each {veld} of the text that the program does not know itself."""

    verzendwijze = forms.ChoiceField(label="Hoe gaat de brief weg", initial=Verzendwijze.POST)

    def __init__(
        self, *args: Any, soort: str, tekst: Tekst, van_afspraak: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ways = [(w.value, w.label) for w in Verzendwijze if VERZENDWIJZEN[w].aan]
        self.fields["verzendwijze"].choices = ways
        self.gevraagd = asked(soort, tekst.onderwerp, tekst.tekst)
        for naam, label in self.gevraagd.items():
            if van_afspraak and naam in VAN_AFSPRAAK:
                continue
            long = naam in {"reden", "afspraken", "besluit", "afloop"}
            self.fields[naam] = forms.CharField(
                label=label.capitalize(),
                max_length=1500,
                widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
                error_messages={"required": f"Vul in: {label}."},
            )

    @property
    def waarden(self) -> dict[str, str]:
        return {n: self.cleaned_data[n] for n in self.gevraagd if n in self.cleaned_data}


class BriefForm(VeldenForm):
    """A letter to persons around one youth."""

    ontvangers = forms.MultipleChoiceField(
        label="Wie krijgt de brief",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste een ontvanger."},
    )
    field_order = ["taak", "ontvangers", "verzendwijze"]

    def __init__(self, *args: Any, ontvangers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ontvangers"].choices = [
            (one.sleutel, f"{one.aan} ({one.bezwaar})" if one.bezwaar else one.aan)
            for one in ontvangers
        ]
        if not ontvangers:
            self.fields["ontvangers"].help_text = NIEMAND


class BulkKiesForm(forms.Form):
    """Which letter, and to whom: the open cases of the user in one gemeente."""

    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(),
        label="Gemeente",
        empty_label="Kies",
        to_field_name="code",
        error_messages={"required": "Kies een gemeente."},
    )
    soort = forms.ChoiceField(
        label="Welke brief",
        choices=[LEEG, *Briefsoort.choices],
        error_messages={"required": "Kies een brief."},
    )
    zaken = forms.ChoiceField(
        label="Over welke open werkprocessen",
        choices=[LEEG, *Werkprocessoort.choices],
        error_messages={"required": "Kies de soort werkproces."},
    )
    wie = forms.ChoiceField(
        label="Van wie", choices=[("mij", "Van mij"), ("alle", "Van iedereen")], initial="mij"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Gemeente.objects.permitted(user, "leerplicht.schrijven")
        self.fields["gemeente"].queryset = rows


class SjabloonForm(forms.Form):
    onderwerp = forms.CharField(
        label="Onderwerp",
        max_length=150,
        error_messages={"required": "Schrijf het onderwerp van de brief."},
    )
    tekst = forms.CharField(
        label="Tekst",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="Een lege regel begint een nieuwe alinea. Een regel met ## ervoor is een kopje,"
        " regels met - ervoor zijn een lijst.",
        error_messages={"required": "Schrijf de tekst van de brief."},
    )
    van = DatumVeld(label="Geldt vanaf")

    def __init__(self, *args: Any, soort: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.soort = soort

    def _checked(self, naam: str) -> str:
        text: str = self.cleaned_data[naam]
        try:
            check_text(self.soort, text)
        except SjabloonFout as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean_onderwerp(self) -> str:
        return self._checked("onderwerp")

    def clean_tekst(self) -> str:
        return self._checked("tekst")

    @property
    def als_tekst(self) -> Tekst:
        return Tekst(self.cleaned_data["onderwerp"], self.cleaned_data["tekst"])


class AfzenderForm(forms.Form):
    afdeling = forms.CharField(label="Afdeling", max_length=80)
    postadres = forms.CharField(label="Postadres", max_length=80, help_text="Zoals Postbus 15")
    postcode_plaats = forms.CharField(label="Postcode en plaats", max_length=80)
    telefoon = forms.CharField(label="Telefoonnummer", max_length=40)
    email = forms.EmailField(label="E-mailadres", required=False)
