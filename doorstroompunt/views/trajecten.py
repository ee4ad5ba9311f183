"""The list of trajecten by state, and taking over a number of them."""

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.domain.vertrek import whose_work
from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.errors import DomainError
from casework.schooljaar import today
from casework.views.lijst import Lijst
from doorstroompunt.codes import Trajectsoort
from doorstroompunt.domain.toestanden import OPEN, RUST, TOESTANDEN, termijn
from doorstroompunt.domain.traject import assign
from doorstroompunt.models import Traject
from doorstroompunt.views.basis import own_gemeenten


class TrajectFilter(django_filters.FilterSet):
    """Without a choice: the open trajecten of the user."""

    wie = django_filters.ChoiceFilter(
        label="Behandelaar", empty_label="Van mij", method="by_wie", choices=[]
    )
    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Open",
        method="by_stand",
        choices=[
            ("rust", "In rust of later opnieuw"),
            ("gesloten", "Gesloten"),
            ("alle", "Alle"),
        ],
    )
    toestand = django_filters.ChoiceFilter(
        label="Toestand",
        empty_label="Alle",
        choices=[(t.naam, t.label) for t in TOESTANDEN.values()],
    )
    soort = django_filters.ChoiceFilter(
        label="Soort", empty_label="Alle", choices=Trajectsoort.choices
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    benadering = django_filters.ChoiceFilter(
        label="Opnieuw benaderen",
        empty_label="Alle",
        method="by_benadering",
        choices=[
            ("nu", "Datum bereikt"),
            ("maand", "Binnen een maand"),
            ("gepland", "Elke datum"),
        ],
    )

    class Meta:
        model = Traject
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["wie"].extra["choices"] = [
            ("alle", "Van iedereen"),
            ("niemand", "Nog van niemand"),
            *colleagues(self.request.user),
        ]

    def by_wie(self, rows: Any, name: str, value: str) -> Any:
        if value == "alle":
            return rows
        if value == "niemand":
            return rows.filter(behandelaar__isnull=True)
        return rows.filter(behandelaar=value)

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        if value == "rust":
            return rows.filter(toestand__in=RUST)
        return rows.filter(status="GESLOTEN") if value == "gesloten" else rows

    def by_benadering(self, rows: Any, name: str, value: str) -> Any:
        rows = rows.filter(toestand="herbenaderen")
        if value == "gepland":
            return rows
        until = today() if value == "nu" else today() + timedelta(days=31)
        return rows.filter(volgende_benadering__lte=until)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        if not chosen.get("wie"):
            rows = rows.filter(behandelaar__in=whose_work(self.request.user, today()))
        # A state or a date of approaching says by itself which trajecten are meant.
        if any(chosen.get(naam) for naam in ("stand", "toestand", "benadering")):
            return rows
        return rows.open()


def colleagues(user: Any) -> list[tuple[int, str]]:
    """Others who handle trajecten in the gemeenten of this user."""
    rows = Gebruiker.objects.filter(
        is_active=True,
        bevoegdheden__taak=Taak.DOORSTROOMPUNT,
        bevoegdheden__gemeente__in=gemeenten_for(user, "doorstroompunt.lezen"),
    )
    found = rows.exclude(pk=user.pk).distinct().order_by("naam")
    return list(found.values_list("pk", "naam"))


class TrajectenView(Lijst):
    permission = "doorstroompunt.lezen"
    template_name = "doorstroompunt/trajecten.html"
    filterset_class = TrajectFilter
    sorteringen = {
        "sinds": ("toestand_sinds", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "gemeld": ("datum_melding", "pk"),
        "benadering": ("volgende_benadering", "pk"),
    }

    def rijen(self) -> "QuerySet[Traject]":
        rows = Traject.objects.visible_to(self.request.user)
        return rows.select_related("jongere", "gemeente", "behandelaar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["trajecten"] = [
            {
                "traject": t,
                "toestand": TOESTANDEN[t.toestand].label,
                "termijn": t.volgende_benadering
                if t.toestand == "herbenaderen"
                else termijn(t.toestand, t.toestand_sinds),
                "open": t.toestand in OPEN,
            }
            for t in context["object_list"]
        ]
        context["mag_schrijven"] = self.request.user.may("doorstroompunt.schrijven")
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take over the ticked trajecten; what cannot is told by name."""
        user: Any = request.user
        if not user.may("doorstroompunt.schrijven"):
            raise PermissionDenied("U mag trajecten lezen, maar niet veranderen.")
        chosen = [text for text in request.POST.getlist("id") if len(text) == 36]
        rows = Traject.objects.visible_to(user).filter(uuid__in=chosen).select_related("jongere")
        done = 0
        for traject in rows:
            try:
                assign(traject, to=user, by=user)
                done += 1
            except DomainError as error:
                messages.error(request, f"{traject.jongere.naam}: {error}")
        if done:
            text = "traject staat" if done == 1 else "trajecten staan"
            messages.success(request, f"{done} {text} nu op uw naam.")
        elif not chosen:
            messages.warning(request, "Kies eerst een of meer trajecten.")
        return redirect(request.get_full_path())
