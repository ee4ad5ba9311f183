"""Attempts to reach a youth (two clicks, or with a note), and the goals of the plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from casework.errors import DomainError
from casework.schooljaar import today
from doorstroompunt.forms.plan import DoelForm
from doorstroompunt.forms.poging import PogingForm, SnelleForm
from doorstroompunt.models import Contactpoging, Plan, Traject
from doorstroompunt.views.basis import TrajectMixin


class SnellePogingView(TrajectMixin, View):
    """POST only: the second click, a result under a channel."""

    permission = "doorstroompunt.schrijven"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        form = SnelleForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Kies een kanaal en wat eruit kwam.")
            return redirect(self.traject)
        try:
            poging = form.apply(self.traject, by=request.user, day=today())
            messages.success(
                request,
                f"Vastgelegd: {poging.get_kanaal_display().lower()},"
                f" {poging.get_resultaat_display().lower()}.",
            )
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.traject)


class OnderdeelView(TrajectMixin, FormView):
    """Form about a part of the traject: a new part, or one that is there (its own uuid)."""

    permission = "doorstroompunt.schrijven"
    template_name = "doorstroompunt/onderdeel.html"
    model: Any = None
    titel = knop = klaar = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._deel: Any = None

    @property
    def deel(self) -> Any:
        """The part to change; None when it is a new one."""
        if self.model is None:
            return None
        if self._deel is None:
            rows = self.model.objects.visible_to(self.request.user)
            self._deel = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        return self._deel

    def find_traject(self) -> Traject:
        if self.deel is None:
            return super().find_traject()
        rows = Traject.objects.visible_to(self.request.user)
        return get_object_or_404(
            rows.select_related("jongere__gemeente", "gemeente"), pk=self.deel.traject_id
        )

    def save(self, form: Any) -> None:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.save(form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect(self.traject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            titel=self.titel,
            knop=self.knop,
            concept=f"{type(self).__name__}-{self.deel.pk if self.deel else self.traject.pk}",
            **kwargs,
        )


class PogingNieuwView(OnderdeelView):
    form_class = PogingForm
    titel, knop = "Contactpoging vastleggen", "Poging opslaan"
    klaar = "De contactpoging is opgeslagen."

    def get_initial(self) -> dict[str, Any]:
        return PogingForm.initial_of(None)

    def save(self, form: Any) -> None:
        form.apply(self.traject, by=self.request.user, day=today())


class PogingView(OnderdeelView):
    model = Contactpoging
    form_class = PogingForm
    titel, knop = "Contactpoging verbeteren", "Poging opslaan"
    klaar = "De contactpoging is verbeterd."

    def get_initial(self) -> dict[str, Any]:
        return PogingForm.initial_of(self.deel)

    def save(self, form: Any) -> None:
        form.change(self.deel, by=self.request.user, day=today())


class DoelNieuwView(OnderdeelView):
    form_class = DoelForm
    titel, knop, klaar = "Doel toevoegen", "Doel opslaan", "Het doel staat in het plan."

    def save(self, form: Any) -> None:
        form.apply(self.traject, by=self.request.user)


class DoelView(OnderdeelView):
    model = Plan
    form_class = DoelForm
    titel, knop, klaar = "Doel bijwerken", "Doel opslaan", "Het doel is bijgewerkt."

    def get_initial(self) -> dict[str, Any]:
        return {naam: getattr(self.deel, naam) for naam in DoelForm.base_fields}

    def save(self, form: Any) -> None:
        form.change(self.deel, by=self.request.user)
