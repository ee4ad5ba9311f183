"""From a number to the list behind it, within the rights of the user."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.gebeurtenissen import record_list
from casework.domain.politiezicht import record_shown
from casework.models import Jongere
from reporting.domain.cijferlijst import Onderdeel, jongere_of, list_behind, why_no_list
from reporting.forms.cijfers import CijferLijstForm
from reporting.verslag.namen import indicator_naam, telt_naam
from reporting.views.cijfers import CijferMixin


class CijferLijstView(CijferMixin, TemplateView):
    """What was counted in one cell, as far as the user may see it."""

    limiet = "cijfers"
    template_name = "reporting/cijfers/lijst.html"
    form_class = CijferLijstForm
    per_pagina = 50

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.gekozen = self.form()
        if not self.gekozen.is_valid():
            for errors in self.gekozen.errors.values():
                for text in errors:
                    messages.error(request, str(text))
            back = reverse("reporting:cijfer", args=[self.indicator.id])
            return redirect(f"{back}?{request.GET.urlencode()}")
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        keuze = self.gekozen.keuze()
        waarom = why_no_list(keuze, user)
        onderdelen = [] if waarom else list_behind(keuze, user)
        context: dict[str, Any] = {
            "keuze": keuze,
            "jaar": keuze.jaren[0],
            "gemeentenamen": ", ".join(g.naam for g in keuze.gemeenten),
            "waarom": waarom,
            "delen": [self._sum_part(deel) for deel in onderdelen] if len(onderdelen) > 1 else [],
        }
        if len(onderdelen) == 1:
            context |= self._page(onderdelen[0])
        return super().get_context_data(**{**kwargs, **self.shared(), **context})

    def _sum_part(self, deel: Onderdeel) -> dict[str, Any]:
        url = reverse("reporting:cijfer_lijst", args=[deel.naam])
        return {
            "naam": indicator_naam(deel.naam),
            "url": f"{url}?{self.request.GET.urlencode()}",
            "totaal": deel.totaal,
        }

    def _page(self, deel: Onderdeel) -> dict[str, Any]:
        page = Paginator(deel.sleutels, self.per_pagina).get_page(self.request.GET.get("page"))
        rows = deel.rows(list(page))
        record_list(rows, by=self.request.user, filters=[], per_regel=False)
        record_shown(rows, by=self.request.user, handeling="lijst")
        jongeren = {jongere_of(row).pk for row in rows}
        open_to = set(
            Jongere.objects.visible_to(self.request.user)
            .filter(pk__in=jongeren)
            .values_list("pk", flat=True)
        )
        return {
            "deel": deel,
            "totaal_telt": telt_naam(self.indicator.telt, deel.totaal),
            "verborgen_telt": telt_naam(self.indicator.telt, deel.verborgen),
            "page_obj": page,
            "rijen": [_list_row(row, deel, open_to) for row in rows],
        }


def _list_row(row: Any, deel: Onderdeel, open_to: set[int]) -> dict[str, Any]:
    jongere = jongere_of(row)
    values = [kolom.waarde(row) for kolom in deel.kolommen]
    return {
        "naam": jongere.naam,
        "url": jongere.get_absolute_url() if jongere.pk in open_to else "",
        "cellen": [(value, isinstance(value, date)) for value in values],
    }
