"""Verzuim from 18: the inbox, one melding, and what to do with it."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from accounts.toegang import RechtMixin
from casework.codes import Meldingsoort
from casework.domain.melding import count_per_schooljaar, plausibility
from casework.errors import DomainError
from casework.models import Verzuimdag, Verzuimmelding
from casework.namen import normalise
from casework.schooljaar import today
from casework.views.basis import identity_of
from casework.views.lijst import Lijst
from doorstroompunt.domain.aanleg import record_read
from doorstroompunt.domain.melding import note_only, take_up
from doorstroompunt.domain.toestanden import TOESTANDEN
from doorstroompunt.models import Traject
from doorstroompunt.views.basis import own_gemeenten, own_meldingen


class VerzuimFilter(django_filters.FilterSet):
    """Without a choice of `stand` the list shows what must still be judged."""

    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Te beoordelen",
        method="by_stand",
        choices=[("B", "In behandeling"), ("klaar", "Afgesloten"), ("alle", "Alle")],
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    soort = django_filters.ChoiceFilter(
        label="Soort", choices=Meldingsoort.choices, empty_label="Alle"
    )
    school = django_filters.CharFilter(label="School", method="by_school")

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


class VerzuimView(Lijst):
    permission = "doorstroompunt.lezen"
    template_name = "doorstroompunt/verzuim.html"
    filterset_class = VerzuimFilter
    sorteringen = {
        "gemeld": ("-melddatum", "-pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "school": ("school__naam", "pk"),
    }

    def rijen(self) -> "QuerySet[Verzuimmelding]":
        rows = own_meldingen(self.request.user)
        return rows.select_related("jongere", "school", "gemeente")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.may("doorstroompunt.schrijven")
        return super().get_context_data(mag_schrijven=may, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ter kennisgeving for the ticked meldingen; what cannot is told by name."""
        user: Any = request.user
        if not user.may("doorstroompunt.schrijven"):
            raise PermissionDenied("U mag meldingen lezen, maar niet veranderen.")
        chosen = [text for text in request.POST.getlist("id") if len(text) == 36]
        done = 0
        for melding in own_meldingen(user).filter(uuid__in=chosen).select_related("jongere"):
            try:
                note_only(melding, by=user, day=today())
                done += 1
            except DomainError as error:
                messages.error(request, f"{melding.jongere.naam}: {error}")
        if done:
            messages.success(request, f"{done} ter kennisgeving aangenomen.")
        elif not chosen:
            messages.warning(request, "Kies eerst een of meer meldingen.")
        return redirect(request.get_full_path())


class MeldingMixin(RechtMixin):
    request: HttpRequest
    kwargs: dict[str, Any]

    def get_melding(self) -> Verzuimmelding:
        rows = own_meldingen(self.request.user).select_related(
            "jongere__gemeente", "school", "gemeente", "traject_koppeling__traject"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class MeldingView(MeldingMixin, TemplateView):
    """One melding with what bears on the choice: earlier ones and running trajecten."""

    permission = "doorstroompunt.lezen"
    template_name = "doorstroompunt/melding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        melding = self.get_melding()
        jongere = melding.jongere
        record_read(jongere, by=user, gemeente_id=melding.gemeente_id, deel="melding")
        others = list(own_meldingen(user).filter(jongere=jongere).for_list()[:200])
        before = [m for m in others if m.pk != melding.pk]
        trajecten = Traject.objects.visible_to(user).open().filter(jongere=jongere)
        untouched = melding.beoordeeld_op is None and melding.status in ("R", "LOKAAL")
        return super().get_context_data(
            melding=melding,
            jongere=jongere,
            identiteit=identity_of(jongere, user),
            koppeling=getattr(melding, "traject_koppeling", None),
            eerder=before[:10],
            per_schooljaar=count_per_schooljaar(others),
            dagen=Verzuimdag.objects.filter(melding=melding).order_by("datum"),
            lopend=[(t, TOESTANDEN[t.toestand].label) for t in trajecten.order_by("-pk")],
            hints=plausibility(melding, before),
            te_beoordelen=untouched and user.may("doorstroompunt.schrijven", melding.gemeente_id),
            **kwargs,
        )


class MeldingActieView(MeldingMixin, View):
    """POST only: take up (open or join) or note."""

    permission = "doorstroompunt.schrijven"

    def post(self, request: HttpRequest, uuid: Any, actie: str) -> HttpResponseBase:
        if actie not in ("oppakken", "kennisgeving"):
            raise Http404("Deze actie bestaat niet.")
        melding = self.get_melding()
        try:
            if actie == "kennisgeving":
                note_only(melding, by=request.user, day=today())
                name = melding.jongere.naam
                messages.success(request, f"De melding van {name} is ter kennisgeving aangenomen.")
                return redirect("doorstroompunt:verzuim")
            traject, made = take_up(
                melding, by=request.user, day=today(), traject=self._chosen(melding)
            )
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("doorstroompunt:verzuim_melding", melding.uuid)
        done = "Het traject is geopend." if made else "De melding hoort nu bij dit traject."
        messages.success(request, done)
        return redirect(traject)

    def _chosen(self, melding: Verzuimmelding) -> Traject | None:
        asked = self.request.POST.get("traject")
        if not asked:
            return None
        rows = Traject.objects.visible_to(self.request.user).open().filter(jongere=melding.jongere)
        chosen = next((t for t in rows if str(t.uuid) == asked), None)
        if chosen is None:
            raise DomainError("Kies een open traject van deze jongere.")
        return chosen
