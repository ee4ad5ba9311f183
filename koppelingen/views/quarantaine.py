"""Refused rows of a run: the list, one row, and offering again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView

from casework.errors import DomainError
from koppelingen.domain import quarantaine as domain
from koppelingen.forms.pakket import QuarantaineFilter, RijForm, VervalForm
from koppelingen.models import Quarantaine
from koppelingen.views.inlezen import RunMixin

PER_PAGINA = 50


class QuarantaineView(RunMixin, TemplateView):
    template_name = "koppelingen/quarantaine.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run()
        filter_ = QuarantaineFilter(self.request.GET, run=run)
        page = Paginator(filter_.rows(), PER_PAGINA).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            **self.shared(run, "quarantaine"), page_obj=page, filter=filter_, **kwargs
        )


class RijMixin(RunMixin):
    """One refused row of the run in the address."""

    def rij(self) -> Quarantaine:
        rows = Quarantaine.objects.visible_to(self.request.user).select_related("run", "vervolg")
        return get_object_or_404(rows, run__uuid=self.kwargs["uuid"], pk=self.kwargs["pk"])

    def back(self, rij: Quarantaine) -> HttpResponse:
        url = reverse("koppelingen:quarantaine", args=[rij.run.uuid])
        return redirect(f"{url}?bestand={rij.bestand}")


class RijView(RijMixin, FormView):
    """Correct the cells; "opnieuw" offers the row again at once."""

    template_name = "koppelingen/quarantaine_rij.html"
    form_class = RijForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        rij = self.rij()
        if domain.may_correct(rij) and not domain.is_secret(rij, request.user):
            return super().post(request, *args, **kwargs)
        messages.error(request, "Deze rij kunt u niet (meer) herstellen.")
        return redirect("koppelingen:quarantaine_rij", rij.run.uuid, rij.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        self.object = self.rij()
        self.geheim = domain.is_secret(self.object, self.request.user)
        cells = domain.cells_of(self.object, by=self.request.user)
        return super().get_form_kwargs() | {"rij": self.object, "cells": cells}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        run = self.object.run
        return {
            **context,
            **self.shared(run, "quarantaine"),
            "rij": self.object,
            "mag": domain.may_correct(self.object) and not self.geheim,
            "geheim": self.geheim,
            "vervallen": kwargs.get("vervallen") or VervalForm(),
        }

    def form_valid(self, form: RijForm) -> HttpResponse:
        by = self.request.user
        try:
            form.apply(by=by)
            if "opnieuw" in self.request.POST:
                return redirect(domain.offer_again(self.object.run, by=by, alleen=self.object))
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De rij is opgeslagen. Bied hem nog opnieuw aan.")
        return self.back(self.object)


class RijVervallenView(RijMixin, View):
    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any, pk: int) -> HttpResponse:
        rij = self.rij()
        form = VervalForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Vul in waarom de rij vervalt.")
            return redirect("koppelingen:quarantaine_rij", uuid, pk)
        try:
            domain.drop(rij, form.cleaned_data["reden"], by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "De rij is vervallen.")
        return self.back(rij)


class AanbiedenView(RunMixin, View):
    """All open rows of the run again."""

    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any) -> HttpResponse:
        run = self.run()
        try:
            return redirect(domain.offer_again(run, by=request.user))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("koppelingen:quarantaine", uuid)
