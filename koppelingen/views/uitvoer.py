"""Packages for somebody else: the list, asking for one, progress and download."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.models import Gemeente
from koppelingen.domain import uitvoeren
from koppelingen.forms.pakket import UitvoerForm
from koppelingen.models import Inleesrun, Uitvoer
from koppelingen.tasks import BEWAREN
from koppelingen.views.inlezen import KLEUREN, PER_PAGINA, main_tabs


def titles(rows: Iterable[Uitvoer]) -> list[str]:
    """ "Pakket van Zoetermeer", by one question for all rows."""
    rows = list(rows)
    codes = {code for uitvoer in rows for code in uitvoer.gemeentecodes}
    namen = dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam"))
    return [
        "Pakket van " + ", ".join(namen.get(code, code) for code in uitvoer.gemeentecodes)
        for uitvoer in rows
    ]


class UitvoerenView(RechtMixin, TemplateView):
    request: Any
    permission = "pakket.uitvoeren"
    template_name = "koppelingen/uitvoeren.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Uitvoer.objects.visible_to(self.request.user)
        page = Paginator(rows, PER_PAGINA).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page,
            rijen=[
                (uitvoer, titel, KLEUREN[Inleesrun.Status(uitvoer.status)])
                for uitvoer, titel in zip(page, titles(page), strict=True)
            ],
            tabs=main_tabs(self.request.user, "uitvoeren"),
            **kwargs,
        )


class UitvoerNieuwView(RechtMixin, FormView):
    limiet = "uitvoeren"
    request: Any
    permission = "pakket.uitvoeren"
    vers = True
    template_name = "koppelingen/uitvoer_nieuw.html"
    form_class = UitvoerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: UitvoerForm) -> HttpResponse:
        try:
            uitvoer = form.apply()
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect(uitvoer)


class UitvoerMixin(RechtMixin):
    """Only who asked for the package sees it."""

    permission = "pakket.uitvoeren"
    request: Any
    kwargs: dict[str, Any]

    def uitvoer(self) -> Uitvoer:
        rows = Uitvoer.objects.visible_to(self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class UitvoerView(UitvoerMixin, TemplateView):
    template_name = "koppelingen/uitvoer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uitvoer = self.uitvoer()
        return super().get_context_data(
            uitvoer=uitvoer,
            titel=titles([uitvoer])[0],
            status_soort=KLEUREN[Inleesrun.Status(uitvoer.status)],
            bewaard_tot=uitvoer.klaar_op and uitvoer.klaar_op + BEWAREN,
            **kwargs,
        )


class UitvoerVoortgangView(UitvoerMixin, View):
    def get(self, request: Any, uuid: Any) -> HttpResponse:
        uitvoer = self.uitvoer()
        if not request.htmx:
            return redirect(uitvoer)
        if not uitvoer.is_bezig:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {"werk": uitvoer, "url": request.path}
        return render(request, "koppelingen/_voortgang.html", context)


class UitvoerBestandView(UitvoerMixin, View):
    limiet = "uitvoeren"
    vers = True

    def get(self, request: Any, uuid: Any) -> HttpResponseBase:
        uitvoer = self.uitvoer()
        if not uitvoer.bestand:
            raise Http404("Dit pakket is er niet meer.")
        uitvoeren.fetched(uitvoer, by=request.user)
        naam = f"pakket-{'-'.join(uitvoer.gemeentecodes)}-{uitvoer.klaar_op:%Y-%m-%d}.zip"
        return FileResponse(uitvoer.bestand.open(), as_attachment=True, filename=naam)
