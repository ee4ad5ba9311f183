"""Verzuim from 18: the inbox, one melding, and what to do with it."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from accounts.toegang import RechtMixin
from casework.domain.melding import count_per_schooljaar
from casework.domain.plausibiliteit import plausibility
from casework.errors import DomainError
from casework.models import Verzuimdag, Verzuimmelding
from casework.schooljaar import today
from casework.views.basis import identity_of
from casework.views.meldingen import Meldingenlijst, MeldingFilter
from doorstroompunt.domain.aanleg import record_read
from doorstroompunt.domain.melding import note_only, take_up
from doorstroompunt.domain.toestanden import TOESTANDEN
from doorstroompunt.models import Traject
from doorstroompunt.views.basis import own_gemeenten, own_meldingen


class VerzuimFilter(MeldingFilter):
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )


class VerzuimView(Meldingenlijst):
    permission = "doorstroompunt.lezen"
    schrijven = "doorstroompunt.schrijven"
    template_name = "doorstroompunt/verzuim.html"
    filterset_class = VerzuimFilter

    def own(self) -> "QuerySet[Verzuimmelding]":
        return own_meldingen(self.request.user)

    def note(self, melding: Verzuimmelding) -> None:
        user: Any = self.request.user
        note_only(melding, by=user, day=today())


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
