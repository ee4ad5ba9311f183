"""The review of rights, who leaves, and who stands in for whom."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView, View

from accounts.domain import beheer, toegangscontrole, vertrek
from accounts.domain.toegangscontrole import Uitkomst
from accounts.forms_controle import VertrekForm, VervangingForm
from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import INGELOGD
from accounts.toegang import RechtMixin
from accounts.views_beheer import GebruikerMixin

PER_PAGINA = 50
UITKOMSTEN = {"bevestig": Uitkomst.BEVESTIGD, "beeindig": Uitkomst.BEEINDIGD}


class ToegangscontroleView(RechtMixin, TemplateView):
    """All rights, or those that wait; a POST confirms or ends the ticked ones."""

    permission = toegangscontrole.LEZEN
    template_name = "accounts/beheer/toegangscontrole.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        day = beheer.vandaag()
        rows = toegangscontrole.visible_to(by, day)
        late = toegangscontrole.due(rows, day)
        alles = self.request.GET.get("stand") == "alle"
        page = Paginator(rows if alles else late, PER_PAGINA).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page,
            rijen=[self._row(recht, by, day) for recht in page],
            aantal_laat=late.count(),
            alles=alles,
            termijn=toegangscontrole.termijn_on(day),
            mag=by.may(beheer.SCHRIJVEN),
            **kwargs,
        )

    def _row(self, recht: Any, by: Gebruiker, day: Any) -> dict[str, Any]:
        return {
            "recht": recht,
            "laat": recht.uiterlijk < day,
            "vervalt": toegangscontrole.lapses_on(recht.uiterlijk, day),
            "mag": toegangscontrole.may_judge(recht, by),
        }


class ToegangOordeelView(RechtMixin, View):
    permission = beheer.SCHRIJVEN
    vers = True

    def post(self, request: HttpRequest) -> HttpResponse:
        by: Any = request.user
        keys = [int(key) for key in request.POST.getlist("recht") if key.isdigit()][:PER_PAGINA]
        uitkomst = UITKOMSTEN.get(request.POST.get("actie", ""))
        if not keys or uitkomst is None:
            messages.warning(request, "Kies eerst een of meer rechten.")
            return redirect("accounts:toegangscontrole")
        try:
            done = toegangscontrole.judge(keys, uitkomst, by=by, day=beheer.vandaag())
        except beheer.BeheerFout as error:
            messages.error(request, str(error))
        else:
            woord = "recht is" if done == 1 else "rechten zijn"
            messages.success(request, f"{done} {woord} {uitkomst.label.lower()}.")
        return redirect("accounts:toegangscontrole")


class ToegangUitvoerView(RechtMixin, View):
    permission = toegangscontrole.LEZEN
    vers = True
    limiet = "uitvoeren"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        by: Any = request.user
        day = beheer.vandaag()
        record("bevoegdheid.uitgevoerd", by, by=by, taak="beheer")
        return StreamingHttpResponse(
            toegangscontrole.csv_lines(by, day),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="rechten-{day}.csv"'},
        )


class VertrekView(GebruikerMixin, FormView):
    vers = True
    template_name = "accounts/beheer/vertrek.html"
    form_class = VertrekForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gebruiker=self.get_gebruiker(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        user = self.get_gebruiker()
        dag = form.cleaned_data["laatste_dag"]
        try:
            vertrek.leave(user, dag, by=by, day=beheer.vandaag())
        except beheer.BeheerFout as error:
            form.add_error(error.veld if error.veld in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"De rechten van {user.naam} stoppen na {dag:%d-%m-%Y}.")
        return redirect("accounts:gebruiker", pk=user.pk)


class VervangingView(RechtMixin, FormView):
    """Who does whose work, and a form to arrange it."""

    permission = INGELOGD
    template_name = "accounts/vervanging.html"
    form_class = VervangingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        return super().get_context_data(rijen=vertrek.known(by, beheer.vandaag()), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        try:
            row = vertrek.replace(by=by, day=beheer.vandaag(), **form.cleaned_data)
        except beheer.BeheerFout as error:
            form.add_error(error.veld if error.veld in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"{row.vervanger.naam} vervangt {row.afwezige.naam}.")
        return redirect("accounts:vervanging")


class VervangingStopView(RechtMixin, View):
    permission = INGELOGD

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        by: Any = request.user
        day = beheer.vandaag()
        row = get_object_or_404(vertrek.known(by, day), pk=pk)
        vertrek.stop(row, by=by, day=day)
        messages.success(request, "De vervanging is gestopt.")
        return redirect("accounts:vervanging")
