"""Forms of user administration and of the log."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet

from accounts.domain import beheer
from accounts.models import AMSTERDAM, Bevoegdheid, Gebeurtenis, Gebruiker
from accounts.rechten import Rol, Taak, gemeenten_for, valid_on
from accounts.velden import DatumVeld


def gemeenten(user: Gebruiker, permissie: str) -> QuerySet[Any]:
    """Gemeenten in which this user has the permission (casework lies above this app)."""
    model: Any = Bevoegdheid._meta.get_field("gemeente").related_model
    rows: QuerySet[Any] = model.objects.filter(pk__in=gemeenten_for(user, permissie))
    return rows.order_by("naam")


class GebruikerForm(forms.ModelForm):
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hiermee logt de gebruiker in.",
        max_length=254,
        error_messages={"unique": beheer.BEZET},
    )

    class Meta:
        model = Gebruiker
        fields = ["naam", "email", "functie"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        return email


class LaatsteDagVeld(DatumVeld):
    """An optional last day, in a year that a calendar can hold."""

    def __init__(self, **kwargs: Any) -> None:
        ver_weg = MaxValueValidator(date(2099, 12, 31), "Kies een dag voor het jaar 2100.")
        super().__init__(required=False, validators=[ver_weg], **kwargs)


class RechtForm(forms.Form):
    taak = forms.ChoiceField(label="Taak", choices=[("", "Kies een taak"), *Taak.choices])
    gemeente: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label="Gemeente", queryset=None, empty_label="Kies een gemeente"
    )
    rol = forms.ChoiceField(
        label="Rol",
        choices=[("", "Kies een rol"), *Rol.choices],
        help_text="Lezer kijkt mee, behandelaar werkt, leidinggevende verdeelt en stelt vast.",
    )
    van = DatumVeld(label="Eerste dag", help_text="Vandaag of later, bijvoorbeeld 3-11-2026")
    laatste_dag = LaatsteDagVeld(
        label="Laatste dag",
        help_text="Bij opsporing verplicht, hoogstens een jaar na de eerste dag.",
    )

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = gemeenten(by, beheer.SCHRIJVEN)  # type: ignore[attr-defined]  # a model choice
        if self.fields["gemeente"].queryset.count() == 1:  # type: ignore[attr-defined]  # same
            self.fields["gemeente"].empty_label = None  # type: ignore[attr-defined]  # same

    def invoer(self) -> beheer.Rechtinvoer:
        data = self.cleaned_data
        return beheer.Rechtinvoer(
            data["taak"], data["gemeente"].pk, data["rol"], data["van"], data["laatste_dag"]
        )


class EindeForm(forms.Form):
    laatste_dag = LaatsteDagVeld(
        label="Laatste dag",
        help_text="Laat leeg om het recht meteen te laten stoppen.",
    )


class GebruikersFilter(forms.Form):
    naam = forms.CharField(label="Naam of e-mailadres", required=False)
    taak = forms.ChoiceField(label="Taak", required=False, choices=[("", "Alle"), *Taak.choices])
    gemeente: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label="Gemeente", required=False, queryset=None, empty_label="Alle"
    )
    stand = forms.ChoiceField(
        label="Kan inloggen",
        required=False,
        choices=[("", "Alle"), ("ja", "Ja"), ("nee", "Nee")],
    )

    def __init__(self, *args: Any, by: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = gemeenten(by, "beheer.lezen")  # type: ignore[attr-defined]  # a model choice
        self.rechten = Bevoegdheid.objects.filter(
            valid_on(beheer.vandaag()), gemeente_id__in=gemeenten_for(by, "beheer.lezen")
        )

    def apply(self, rows: QuerySet[Gebruiker]) -> QuerySet[Gebruiker]:
        """Taak and gemeente are of rights that hold now, in gemeenten of the beheerder."""
        if not self.is_valid():
            return rows
        data = self.cleaned_data
        for woord in data["naam"].split():
            rows = rows.filter(Q(naam__icontains=woord) | Q(email__icontains=woord))
        if data["stand"]:
            rows = rows.filter(is_active=data["stand"] == "ja")
        recht = self.rechten
        if data["taak"]:
            recht = recht.filter(taak=data["taak"])
        if data["gemeente"]:
            recht = recht.filter(gemeente=data["gemeente"])
        if data["taak"] or data["gemeente"]:
            rows = rows.filter(pk__in=recht.values("gebruiker"))
        return rows


class LogboekFilter(forms.Form):
    gebruiker = forms.CharField(
        label="Naam of e-mailadres", required=False, help_text="Van wie iets deed"
    )
    actie = forms.CharField(
        label="Actie", required=False, help_text="Bijvoorbeeld dossier of dossier gelezen"
    )
    jongere = forms.IntegerField(
        label="Nummer van de jongere",
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Staat in het dossier bij Wie keek",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    van = DatumVeld(label="Vanaf", required=False)
    tot = LaatsteDagVeld(label="Tot en met")

    def clean_actie(self) -> str:
        """ "Dossier gelezen" as the code dossier.gelezen; a code as it is."""
        woorden = self.cleaned_data["actie"].lower().split()
        return ".".join([*woorden[:1], "_".join(woorden[1:])]).rstrip(".")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("van") and data.get("tot") and data["tot"] < data["van"]:
            self.add_error("tot", "Deze dag ligt voor 'Vanaf'.")
        return data

    def apply(self, rows: QuerySet[Gebeurtenis]) -> QuerySet[Gebeurtenis]:
        if not self.is_valid():
            return rows
        data = self.cleaned_data
        if woorden := data["gebruiker"].split():
            users = Gebruiker.objects.all()
            for woord in woorden:
                users = users.filter(Q(naam__icontains=woord) | Q(email__icontains=woord))
            rows = rows.filter(gebruiker__in=users.values("pk"))
        if data["actie"]:
            rows = rows.filter(actie__startswith=data["actie"])
        if data["jongere"]:
            rows = rows.filter(jongere_id=data["jongere"])
        if data["van"]:
            rows = rows.filter(tijd__gte=_midnight(data["van"]))
        if data["tot"]:
            rows = rows.filter(tijd__lt=_midnight(data["tot"] + timedelta(days=1)))
        return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM)
