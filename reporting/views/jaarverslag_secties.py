"""Writing the text: one page per section, and buttons to move, add and remove."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView

from casework.errors import DomainError
from reporting.domain import jaarverslag as domain
from reporting.domain.overzicht import figure_list
from reporting.forms.jaarverslag import SectieForm
from reporting.models import Sectie
from reporting.verslag.secties import Soort
from reporting.views.jaarverslag import VerslagMixin


class SectieMixin(VerslagMixin):
    permission = "verslag.schrijven"

    def sectie(self) -> Sectie:
        rows = self.verslag().secties.select_related("verslag__stand")
        return get_object_or_404(rows, uuid=self.kwargs["sectie"])

    def back(self, uuid: Any, anchor: str = "") -> HttpResponse:
        url = reverse("reporting:verslag_tekst", args=[uuid])
        return redirect(f"{url}{anchor}")


class SectieView(SectieMixin, FormView):
    template_name = "reporting/jaarverslag/sectie.html"
    form_class = SectieForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sectie": self.sectie()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sectie = context["form"].sectie
        return {
            **context,
            **self.shared(sectie.verslag, "tekst"),
            "sectie": sectie,
            "cijferlijst": figure_list(sectie.verslag),
        }

    def form_valid(self, form: SectieForm) -> HttpResponse:
        try:
            sectie = form.apply(by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"'{sectie}' is opgeslagen.")
        return self.back(self.kwargs["uuid"], f"#sectie-{sectie.uuid}")


class SectieNieuwView(SectieMixin, View):
    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any) -> HttpResponse:
        verslag = self.verslag()
        soort = request.POST.get("soort", "")
        na = verslag.secties.filter(volgorde=request.POST.get("na") or -1).first()
        if soort not in Soort.values:
            messages.error(request, "Kies wat u wilt toevoegen.")
            return self.back(uuid)
        try:
            sectie = domain.add_sectie(verslag, soort, by=request.user, na=na)
        except DomainError as error:
            messages.error(request, str(error))
            return self.back(uuid)
        return redirect("reporting:sectie", uuid, sectie.uuid)


class SectieVerplaatsView(SectieMixin, View):
    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any, sectie: Any) -> HttpResponse:
        row = self.sectie()
        try:
            domain.move_sectie(row, request.POST.get("richting", ""), by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        return self.back(uuid, f"#sectie-{row.uuid}")


class SectieVerwijderView(SectieMixin, TemplateView):
    """Asks first, because the text is gone afterwards."""

    template_name = "reporting/jaarverslag/sectie_verwijderen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sectie = self.sectie()
        return super().get_context_data(
            **self.shared(sectie.verslag, "tekst"), sectie_rij=sectie, **kwargs
        )

    def post(self, request: Any, uuid: Any, sectie: Any) -> HttpResponse:
        row = self.sectie()
        try:
            domain.remove_sectie(row, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"'{row}' is verwijderd.")
        return self.back(uuid)
