"""Halt and proces-verbaal as lists of work: for a boa, with a reason, of the first year."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.domain.vertrek import whose_work
from accounts.rechten import gemeenten_for
from casework.domain.onderzoek import officers
from casework.forms.politie import LijstredenForm
from casework.politiecodes import Inzagereden
from casework.politiezicht import keep_list_reason, list_reason
from casework.schooljaar import today
from casework.views.lijst import Lijst, gemeenten_with
from leerplicht.codes import Verdachte
from leerplicht.domain import opsporingslijst
from leerplicht.domain.halt_tabel import HALT
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.models import Haltzaak, Strafzaak
from leerplicht.opsporingscodes import HALT_EINDE, STRAF_EINDE

LEZEN = "opsporing.lezen"
# What the term of a case is about.
TERMIJN_VOOR = {
    "concept": "om te verzenden",
    "ondertekend": "om te verzenden",
    "strafbeschikking": "om in verzet te gaan",
    "dagvaarding": "zitting",
}
# These days pass without anybody being late.
VOORBIJ = {"strafbeschikking": "verzet kan niet meer", "dagvaarding": "zitting is geweest"}


own_gemeenten = gemeenten_with(LEZEN)


class ZaakFilter(django_filters.FilterSet):
    """Without a choice: the running cases of the user."""

    einde: tuple[str, ...] = ()
    wie = django_filters.ChoiceFilter(label="Boa", empty_label="Van mij", method="by_wie")
    stand = django_filters.ChoiceFilter(
        label="Loopt de zaak",
        empty_label="Loopt",
        method="by_stand",
        choices=[("klaar", "Klaar"), ("alle", "Alle")],
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request:
            boas = officers(gemeenten_for(self.request.user, LEZEN), today())
            self.filters["wie"].extra["choices"] = [
                ("alle", "Van iedereen"),
                *((str(boa.pk), boa.naam) for boa in boas),
            ]

    def by_wie(self, rows: Any, name: str, value: str) -> Any:
        return rows if value == "alle" else rows.filter(boa=value)

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(toestand__in=self.einde) if value == "klaar" else rows

    def filter_queryset(self, queryset: Any) -> Any:
        rows, data = super().filter_queryset(queryset), self.form.cleaned_data
        if not data.get("wie"):
            rows = rows.filter(boa__in=whose_work(self.request.user, today()))
        return rows if data.get("stand") or data.get("toestand") else rows.running()


class HaltFilter(ZaakFilter):
    einde = HALT_EINDE
    toestand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Alle",
        choices=[(t.naam, t.label) for t in HALT.toestanden.values()],
    )

    class Meta:
        model = Haltzaak
        fields: list[str] = []


class StrafFilter(ZaakFilter):
    einde = STRAF_EINDE
    toestand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Alle",
        choices=[(t.naam, t.label) for t in STRAF.toestanden.values()],
    )
    soort = django_filters.ChoiceFilter(
        label="Verdachte", empty_label="Alle", choices=Verdachte.choices
    )

    class Meta:
        model = Strafzaak
        fields: list[str] = []


class _ZakenView(Lijst):
    """Nothing of it before the reason; then every row shown leaves its own line in the log."""

    permission = LEZEN
    template_name = "leerplicht/halt_en_pv.html"
    personen = False
    tabel: Any = None
    naam = ""
    sorteringen = {
        "termijn": ("termijn", "toestand_sinds", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "sinds": ("toestand_sinds", "pk"),
    }

    def rijen(self) -> "QuerySet[Any]":
        user: Any = self.request.user
        of = opsporingslijst.strafzaken if self.tabel is STRAF else opsporingslijst.haltzaken
        return of(user, today()).select_related("jongere", "boa", "gemeente")

    def get_queryset(self) -> "QuerySet[Any]":
        self.reden_code = list_reason(self.request)
        rows = super().get_queryset()
        return rows if self.reden_code else rows.none()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.redenform = LijstredenForm(request.POST)
        if self.redenform.is_valid():
            keep_list_reason(request, self.redenform.cleaned_data["code"])
            return redirect(request.get_full_path())
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows: Any = context["object_list"]
        context["rijen"] = [
            (row, self.tabel.toestanden[row.toestand], *_about(row)) for row in rows
        ]
        context["reden"] = Inzagereden(self.reden_code).label if self.reden_code else ""
        context["form"] = getattr(self, "redenform", None) or LijstredenForm()
        context["straf"] = self.tabel is STRAF
        context["tabs"] = [
            {"label": label, "url": reverse(f"leerplicht:{naam}"), "huidig": naam == self.naam}
            for naam, label in (("haltzaken", "Halt"), ("strafzaken", "Proces-verbaal"))
        ]
        return context


def _about(row: Any) -> tuple[str, bool]:
    """What the term is about, and whether it passed without anybody being late."""
    over = bool(row.termijn) and row.termijn < today() and row.toestand in VOORBIJ
    return (VOORBIJ if over else TERMIJN_VOOR).get(row.toestand, ""), over


class HaltzakenView(_ZakenView):
    filterset_class = HaltFilter
    tabel = HALT
    naam = "haltzaken"


class StrafzakenView(_ZakenView):
    filterset_class = StrafFilter
    tabel = STRAF
    naam = "strafzaken"
