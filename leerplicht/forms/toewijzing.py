"""Rules of who gets which work, and moving work to a colleague."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.domain.vertrek import colleagues
from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from accounts.velden import DatumVeld
from casework.errors import DomainError
from casework.forms.school import one_school
from casework.models import Gemeente, Jongere, School, Werkproces
from casework.schooljaar import today
from leerplicht.domain import toewijzing, verdelen
from leerplicht.models import Toewijzingsregel


class RegelForm(forms.Form):
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.none(),
        label="Gemeente",
        empty_label=None,
        help_text="Bij een school: de gemeente die de regel bijhoudt. De regel geldt dan ook voor"
        " leerlingen uit andere gemeenten waar de collega bevoegd is.",
    )
    school = forms.CharField(
        label="School",
        required=False,
        max_length=100,
        help_text="Naam, BRIN of vestigingscode. Leeg: alle scholen.",
    )
    leeftijd_van = forms.IntegerField(
        label="Vanaf leeftijd", required=False, min_value=0, max_value=30
    )
    leeftijd_tot = forms.IntegerField(
        label="Tot en met leeftijd",
        required=False,
        min_value=0,
        max_value=30,
        help_text="Laat beide leeftijden leeg voor alle leeftijden, of als u een school kiest.",
    )
    behandelaar = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Collega",
        empty_label="Kies",
        error_messages={"required": "Kies wie het werk krijgt."},
    )
    nooit = forms.BooleanField(
        label="Deze collega doet juist geen werk voor deze school",
        required=False,
        help_text="Voor wie namens de Inspectie toezicht houdt op het hoofd van de school"
        " (artikel 16a van de Leerplichtwet).",
    )
    van = DatumVeld(label="Eerste dag", error_messages={"required": "Vul de eerste dag in."})
    laatste_dag = DatumVeld(label="Laatste dag", required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        gemeenten: Any = self.fields["gemeente"]
        gemeenten.queryset = Gemeente.objects.permitted(by, toewijzing.REGELEN)
        wie: Any = self.fields["behandelaar"]
        wie.queryset = toewijzing.candidates(by, today())

    def clean_school(self) -> School | None:
        text = self.cleaned_data["school"].strip()
        return one_school(text) if text else None

    def apply(self) -> Toewijzingsregel | None:
        """None when it was refused; the form then says why."""
        try:
            invoer = toewijzing.Regelinvoer(**self.cleaned_data)
            return toewijzing.add_rule(invoer, by=self.by, day=today())
        except ValidationError as error:
            self.add_error(None, error.messages)
        except DomainError as error:
            self.add_error(None, str(error))
        return None


class RegelEindeForm(forms.Form):
    laatste_dag = DatumVeld(
        label="Laatste dag", error_messages={"required": "Vul de laatste dag in."}
    )


def note(hulp: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label="Overdracht",
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=hulp,
        error_messages={"required": "Schrijf op wat uw collega moet weten."},
    )


class CollegaForm(forms.Form):
    """To which colleague; what that colleague must know is a field of each form."""

    naar = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Aan welke collega",
        empty_label="Kies",
        error_messages={"required": "Kies een collega."},
    )

    def offer(self, collegas: "QuerySet[Gebruiker]") -> None:
        wie: Any = self.fields["naar"]
        wie.queryset = collegas


class OverdragenForm(CollegaForm):
    """All the work of somebody."""

    notitie = note(
        "Komt bij elk dossier dat verhuist, en op Mijn dag van de collega. Schrijf hier geen"
        " politiegegevens."
    )

    def __init__(self, *args: Any, by: Any, van: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = gemeenten_for(by, verdelen.VERDELEN)
        self.offer(toewijzing.colleagues_in(here, today()).exclude(pk=van.pk))


class GevenForm(CollegaForm):
    """Own work to a colleague of the gemeente."""

    notitie = note("Komt op Mijn dag van uw collega. Geen diagnoses en geen politiegegevens.")

    def __init__(self, *args: Any, by: Any, werkproces: Werkproces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = werkproces.gemeente_id or werkproces.jongere.gemeente_id
        self.offer(toewijzing.colleagues_in([here], today()).exclude(pk=by.pk))
        boas = set(toewijzing.boas_in(here, today()))
        wie: Any = self.fields["naar"]
        wie.label_from_instance = lambda g: f"{g}, boa" if g.pk in boas else str(g)


class OverdrachtForm(CollegaForm):
    """About one youth, for the colleague who stands in: the note is what it is for."""

    notitie = note(
        "Wat moet uw collega weten of doen? Geen diagnoses en geen politiegegevens.", required=True
    )

    def __init__(self, *args: Any, by: Any, jongere: Jongere, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(colleagues(by, today()))
