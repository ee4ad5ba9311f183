from typing import Any

from django import forms

from casework.models import Gemeente
from casework.schooljaar import Schooljaar, today
from reporting.domain.jaarverslag import create_verslag, save_sectie
from reporting.models import Jaarverslag, Sectie
from reporting.verslag.cijferset import Cijferset
from reporting.verslag.namen import DIMENSIES
from reporting.verslag.plaatshouders import PATTERN, PlaatshouderFout, resolve
from reporting.verslag.rijen import read_rows, write_rows
from reporting.verslag.secties import Sectiedata, Soort
from reporting.verslag.sjabloon import all_sjablonen

KOLOMMEN = {
    "gebied jaar": "Gemeenten, en daarin schooljaren",
    "jaar gebied": "Schooljaren, en daarin gemeenten",
    "jaar": "Alleen schooljaren",
    "gebied": "Alleen gemeenten",
    **{dim: naam for dim, naam in DIMENSIES.items() if dim not in ("gebied", "jaar")},
}
GEBIEDEN = {
    "gemeenten": "De gemeenten van dit verslag",
    "met_totaal": "De gemeenten en hun totaal",
    "totaal": "Alleen het totaal",
    "alle": "Ook land, regio en subregio (cijfers van DUO)",
}
BIJ = {
    "": "Altijd",
    "een": "Alleen bij één gemeente",
    "meerdere": "Alleen bij meer gemeenten",
}
GRAFIEKEN = {
    "staaf": "Staven, laatste schooljaar",
    "gegroepeerd": "Staven naast elkaar",
    "gestapeld": "Gestapelde staven",
    "lijn": "Lijn over de schooljaren",
}


class NieuwVerslagForm(forms.Form):
    gemeenten = forms.ModelMultipleChoiceField(
        Gemeente.objects.none(),
        label="Gemeenten",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één gemeente."},
    )
    schooljaar = forms.ChoiceField(label="Schooljaar")
    sjabloon = forms.ChoiceField(label="Sjabloon")
    jaren = forms.TypedChoiceField(
        label="Schooljaren naast elkaar",
        coerce=int,
        required=False,
        choices=[("", "Zoals het sjabloon"), *((n, str(n)) for n in range(1, 6))],
    )
    minimum = forms.TypedChoiceField(
        label="Kleine aantallen",
        coerce=int,
        required=False,
        empty_value=0,
        choices=[
            ("", "Alle aantallen tonen"),
            *((n, f"Verberg aantallen kleiner dan {n}") for n in (5, 10)),
        ],
        help_text="Voor een verslag dat naar buiten gaat. Ook aantallen waaruit een klein aantal is"
        " te berekenen, staan dan niet in het verslag.",
    )
    titel = forms.CharField(
        label="Titel", required=False, max_length=200, help_text="Leeg: de titel van het sjabloon."
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = Gemeente.objects.permitted(user, "verslag.schrijven")
        self.fields["gemeenten"].queryset = allowed  # type: ignore[attr-defined]  # a model field
        if allowed.count() == 1:
            self.fields["gemeenten"].initial = list(allowed)
        last = Schooljaar.of(today())
        years = [Schooljaar(last.beginjaar - back) for back in range(10)]
        self.fields["schooljaar"].choices = [(str(y), str(y)) for y in years]  # type: ignore[attr-defined]  # a choice field
        self.fields["schooljaar"].initial = str(last.vorige)
        self.fields["sjabloon"].choices = [  # type: ignore[attr-defined]  # a choice field
            (s.naam, f"{s.label}: {s.omschrijving}") for s in all_sjablonen().values()
        ]

    def apply(self, *, by: Any) -> Jaarverslag:
        data = self.cleaned_data
        return create_verslag(
            list(data["gemeenten"]),
            Schooljaar.parse(data["schooljaar"]),
            data["sjabloon"],
            by=by,
            titel=data["titel"],
            jaren=data["jaren"] or None,
            minimum=data["minimum"],
        )


def _catalogue() -> dict[str, list[str]]:
    """Indicator -> its breakdowns, while the report has no figures of its own yet."""
    from reporting.catalogus import CATALOGUS

    return {
        name: [dim for way in i.dimensies for dim in way.split(" x ")]
        for name, i in CATALOGUS.items()
    }


class SectieForm(forms.Form):
    """One section; what a table or chart needs is only asked there."""

    kop = forms.CharField(label="Kop", required=False, max_length=200)
    niveau = forms.TypedChoiceField(
        label="Niveau van de kop",
        coerce=int,
        choices=[(1, "Hoofdstuk, op een nieuwe pagina"), (2, "Paragraaf"), (3, "Onderdeel")],
    )
    tekst = forms.CharField(
        label="Tekst",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=(
            "Een lege regel begint een alinea. **vet**, *schuin*, - voor een opsomming. "
            "Een cijfer: {{ lp_meldingen }} of {{ lp_meldingen vs=licht jaar=-1 }}."
        ),
    )
    titel = forms.CharField(label="Titel bij de tabel of figuur", required=False, max_length=200)
    rijen = forms.CharField(
        label="Rijen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "Eén regel per rij, bijvoorbeeld: lp_meldingen vs=licht | Licht verzuim. "
            "Met per=vs krijgt elke soort een rij."
        ),
    )
    grafiek = forms.ChoiceField(label="Soort grafiek", choices=list(GRAFIEKEN.items()))
    kolommen = forms.ChoiceField(label="Kolommen", choices=list(KOLOMMEN.items()))
    gebieden = forms.ChoiceField(label="Gebieden", choices=list(GEBIEDEN.items()))
    jaren = forms.TypedChoiceField(
        label="Aantal schooljaren",
        coerce=int,
        required=False,
        choices=[("", "Alle schooljaren van het verslag"), *((n, str(n)) for n in range(1, 6))],
    )
    aandeel = forms.BooleanField(label="Zet naast elk aantal het deel in procenten", required=False)
    per_gemeente = forms.BooleanField(label="Herhaal voor elke gemeente", required=False)
    bij = forms.ChoiceField(
        label="Wanneer in het verslag", required=False, choices=list(BIJ.items())
    )

    VELDEN = {
        Soort.TABEL: ["titel", "rijen", "kolommen", "gebieden", "jaren", "aandeel"],
        Soort.GRAFIEK: ["titel", "rijen", "grafiek", "kolommen", "gebieden", "jaren"],
        Soort.KERNCIJFERS: ["rijen"],
    }
    ALTIJD = ("kop", "niveau", "tekst")
    EXTRA = ("per_gemeente", "bij")

    def __init__(self, *args: Any, sectie: Sectie, **kwargs: Any) -> None:
        self.sectie = sectie
        settings = sectie.instellingen
        initial = {
            "kop": sectie.kop,
            "niveau": sectie.niveau,
            "tekst": sectie.tekst,
            **settings,
            "rijen": write_rows(settings.get("rijen", [])),
            "kolommen": " ".join(settings.get("kolommen", ["gebied", "jaar"])),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        own = self.VELDEN.get(Soort(sectie.soort), [])
        if isinstance(settings.get("gebieden"), list):
            own = [name for name in own if name != "gebieden"]  # set by the template, kept
        if initial["kolommen"] not in KOLOMMEN:
            self.fields["kolommen"].choices.append(  # type: ignore[attr-defined]  # a choice field
                (initial["kolommen"], initial["kolommen"])
            )
        for name in list(self.fields):
            if name not in (*self.ALTIJD, *own, *self.EXTRA):
                del self.fields[name]
        self.cijfers: Cijferset | None = (
            sectie.verslag.stand.cijferset() if sectie.verslag.stand else None
        )

    def clean_kop(self) -> str:
        return self._readable("kop")

    def clean_tekst(self) -> str:
        return self._readable("tekst")

    def _readable(self, name: str) -> str:
        """Refuse a placeholder that means nothing, once the figures are known."""
        text: str = self.cleaned_data[name]
        if self.cijfers is not None:
            kader = self.sectie.verslag.kader()
            found = [resolve(match[1], kader).fout for match in PATTERN.finditer(text)]
            wrong = list(dict.fromkeys(fout for fout in found if fout))
            if wrong:
                raise forms.ValidationError(wrong)
        return text

    def clean_rijen(self) -> list[dict[str, Any]]:
        known = self.cijfers or _catalogue()
        try:
            return read_rows(self.cleaned_data["rijen"], known)
        except PlaatshouderFout as error:
            raise forms.ValidationError(str(error)) from None

    def data_of_sectie(self) -> Sectiedata:
        data = dict(self.cleaned_data)
        kop, niveau, tekst = data.pop("kop"), data.pop("niveau"), data.pop("tekst")
        if "kolommen" in data:
            data["kolommen"] = data["kolommen"].split()
        # What this form does not ask (a list of areas) stays as the template had it.
        kept = {k: v for k, v in self.sectie.instellingen.items() if k not in self.fields}
        chosen = {name: value for name, value in data.items() if value not in ("", 0, False, [])}
        return Sectiedata(self.sectie.soort, kop, niveau, tekst, kept | chosen)

    def apply(self, *, by: Any) -> Sectie:
        return save_sectie(self.sectie, self.data_of_sectie(), by=by)


class VaststellenForm(forms.Form):
    akkoord = forms.BooleanField(
        label="Ik heb de verschillen bekeken en ze kloppen", required=False
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Verplicht als er verschillen zijn: waarom kloppen ze?",
    )


class HeropenenForm(forms.Form):
    reden = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom het verslag opnieuw wordt geopend."},
    )
