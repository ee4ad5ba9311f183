"""Entering a report by phone, and the triage of a report."""

from typing import Any

from django import forms

from accounts.velden import DatumVeld
from casework.codes import Kanaal, Meldingsoort, Reden
from casework.domain.melding import Meldinginvoer
from casework.domain.vastgesteld import TE_KIEZEN
from casework.domain.verzuimdagen import read_days
from casework.errors import DomainError
from casework.forms.school import one_school
from casework.models import Jongere, School, Verzuimmelding
from casework.schooljaar import today
from leerplicht.domain.melding import register_melding

# Old codes and codes of the Doorstroompunt are not for typing in here.
SOORTEN = [(s.value, s.label) for s in Meldingsoort if s not in ("V1", "V2", "V4", "RMC")]
JA_NEE = [("unknown", "Onbekend"), ("true", "Ja"), ("false", "Nee")]
KANALEN = [(k.value, k.label) for k in Kanaal if k not in ("DUO", "REGISTER")]


class SchoolKeuze(forms.Form):
    """One of the schools of the jongere, or another by name or BRIN."""

    school = forms.ModelChoiceField(
        School.objects.none(), label="School", required=False, empty_label="Andere of geen school"
    )
    andere_school = forms.CharField(
        label="Andere school",
        required=False,
        help_text="Naam, BRIN of vestigingscode. Alleen als de school hierboven er niet bij staat.",
    )

    def __init__(self, *args: Any, jongere: Jongere, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jongere = jongere
        own = School.objects.filter(inschrijvingen__jongere=jongere).distinct()
        self.fields["school"].queryset = own.order_by("naam")
        if not self.is_bound:
            last = jongere.inschrijvingen.order_by("-begindatum").first()
            self.fields["school"].initial = last and last.school_id

    def clean_andere_school(self) -> School | None:
        text = self.cleaned_data["andere_school"].strip()
        return None if not text or self.cleaned_data.get("school") else one_school(text)


class DagenVeld(forms.CharField):
    """Days of absence as lines of text; the value is what `store_days` takes."""

    widget = forms.Textarea(attrs={"rows": 6})

    def __init__(self) -> None:
        super().__init__(
            label="Dagen en uren",
            required=False,
            max_length=8000,
            help_text="Een regel per dag, zoals: 2-9-2025 hele dag, 3-9-2025 lesuur 1,2 of"
            " 4-9-2025 2,5 uur.",
        )

    def clean(self, value: Any) -> Any:
        try:
            return read_days(super().clean(value), vandaag=today())
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error


class DagenForm(forms.Form):
    """All days of a report, from the overview of the school."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dagen"] = DagenVeld()


class MeldingForm(SchoolKeuze):
    kanaal = forms.ChoiceField(label="Wie meldt", choices=KANALEN)
    soort = forms.ChoiceField(label="Soort verzuim", choices=SOORTEN)
    melddatum = DatumVeld(label="Gemeld op")
    begindatum = DatumVeld(label="Eerste verzuimdag", required=False)
    einddatum = DatumVeld(label="Laatste verzuimdag", required=False)
    uren = forms.DecimalField(
        label="Uren verzuim", required=False, min_value=0, max_value=9999, localize=True
    )
    aantal_te_laat = forms.IntegerField(
        label="Keren te laat", required=False, min_value=0, max_value=999
    )
    reden = forms.ChoiceField(
        label="Vermoedelijke reden", required=False, choices=[("", "Onbekend"), *Reden.choices]
    )
    alle_lessen = forms.NullBooleanField(
        label="Zijn alle lessen gemist", widget=forms.Select(choices=JA_NEE), required=False
    )
    dagen = DagenVeld()
    actie_gewenst = forms.NullBooleanField(
        label="Vraagt school om actie", widget=forms.Select(choices=JA_NEE), required=False
    )
    actie_school = forms.CharField(
        label="Wat heeft school al gedaan", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    melder_naam = forms.CharField(label="Naam van de melder", required=False, max_length=200)
    melder_functie = forms.CharField(label="Functie", required=False, max_length=100)
    melder_telefoon = forms.CharField(label="Telefoon", required=False, max_length=40)
    melder_email = forms.EmailField(label="E-mail", required=False, max_length=200)
    field_order = ["kanaal", "soort", "melddatum", "begindatum", "einddatum", "school"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        begin, einde, gemeld = (data.get(n) for n in ("begindatum", "einddatum", "melddatum"))
        if begin and einde and einde < begin:
            self.add_error("einddatum", "Het verzuim eindigt voor het begint.")
        if begin and gemeld and begin > gemeld:
            self.add_error("begindatum", "De eerste verzuimdag ligt na de melding.")
        school = data.get("school") or data.get("andere_school")
        known = not self.errors.keys() & {"school", "andere_school"}
        if data.get("kanaal") == Kanaal.SCHOOL_DIRECT and known and not school:
            self.add_error("andere_school", "De school meldt. Vul in welke school dat is.")
        if gemeld and gemeld > today():
            self.add_error("melddatum", "De melddatum ligt in de toekomst.")
        return data

    @property
    def invoer(self) -> Meldinginvoer:
        data = dict(self.cleaned_data)
        other = data.pop("andere_school")
        return Meldinginvoer(**{**data, "school": data["school"] or other})

    def apply(self, *, by: Any) -> Verzuimmelding:
        return register_melding(self.jongere, by=by, invoer=self.invoer, day=today())


class SoortForm(forms.Form):
    """What the ambtenaar finds; the vermoedelijke soort is no field of any form after entering."""

    vastgestelde_soort = forms.ChoiceField(label="Vastgestelde soort", choices=TE_KIEZEN)
    soort_reden = forms.CharField(
        label="Waarom deze soort",
        max_length=300,
        help_text="Kort, zonder medische gegevens. Wat de melder meldde blijft staan.",
        error_messages={"required": "Schrijf op waarom u deze soort vaststelt."},
    )


class RedenForm(forms.Form):
    reden = forms.CharField(
        label="Wat verwacht u van school",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op wat u van school verwacht."},
    )
