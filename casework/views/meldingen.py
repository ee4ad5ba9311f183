"""The inbox of meldingen, the same for each taak."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.velden import DatumVeld
from casework.codes import Meldingsoort
from casework.errors import DomainError
from casework.models import Verzuimmelding
from casework.namen import normalise
from casework.views.lijst import Lijst


class DatumFilter(django_filters.DateFilter):
    field_class = DatumVeld


class MeldingFilter(django_filters.FilterSet):
    """Without a choice of `stand` the list shows what must still be judged."""

    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Te beoordelen",
        method="by_stand",
        choices=[("B", "In behandeling"), ("klaar", "Afgesloten"), ("alle", "Alle")],
    )
    soort = django_filters.ChoiceFilter(
        label="Gemelde soort", choices=Meldingsoort.choices, empty_label="Alle"
    )
    school = django_filters.CharFilter(label="School", method="by_school")
    vanaf = DatumFilter(label="Gemeld vanaf", field_name="melddatum", lookup_expr="gte")
    tot = DatumFilter(label="Gemeld tot en met", field_name="melddatum", lookup_expr="lte")

    class Meta:
        model = Verzuimmelding
        fields: list[str] = []

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        if value == "alle":
            return rows
        if value == "B":
            return rows.filter(beoordeeld_op__isnull=False, afgesloten_op__isnull=True)
        return rows.filter(afgesloten_op__isnull=False)

    def by_school(self, rows: Any, name: str, value: str) -> Any:
        match = Q()
        for woord in normalise(value).split():
            match &= Q(school__zoeknaam__contains=woord)
        return rows.filter(match | Q(school__brin=value.upper()))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("stand") else rows.to_triage()


class Meldingenlijst(Lijst):
    """The taak brings its rows, its filter by gemeente and what 'ter kennisgeving' does."""

    schrijven = ""  # permission to judge
    sorteringen = {
        "gemeld": ("-melddatum", "-pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "school": ("school__naam", "pk"),
        "uren": ("uren", "pk"),
    }

    def own(self) -> "QuerySet[Verzuimmelding]":
        raise NotImplementedError  # every subclass says its own

    def note(self, melding: Verzuimmelding) -> None:
        raise NotImplementedError  # every subclass says its own

    def rijen(self) -> "QuerySet[Verzuimmelding]":
        return self.own().select_related("jongere", "school", "gemeente", "behandelaar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            mag_schrijven=self.request.user.may(self.schrijven), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ter kennisgeving for the ticked meldingen; what cannot is told by name."""
        if "zoekvraag" in request.POST:
            return super().post(request)
        user: Any = request.user
        if not user.may(self.schrijven):
            raise PermissionDenied("U mag meldingen lezen, maar niet veranderen.")
        chosen = [text for text in request.POST.getlist("id") if len(text) == 36]
        done = 0
        for melding in self.own().filter(uuid__in=chosen).select_related("jongere"):
            try:
                self.note(melding)
                done += 1
            except DomainError as error:
                messages.error(request, f"{melding.jongere.naam}: {error}")
        if done:
            messages.success(request, f"{done} ter kennisgeving aangenomen.")
        elif not chosen:
            messages.warning(request, "Kies eerst een of meer meldingen.")
        return redirect(request.get_full_path())
