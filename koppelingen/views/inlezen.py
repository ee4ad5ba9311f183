"""Packages that came in: the list, a new one, and the report of one run."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts import muur
from accounts.toegang import RechtMixin
from casework.errors import DomainError
from koppelingen.domain import inlezen
from koppelingen.forms.pakket import InlezenForm
from koppelingen.models import OPEN, Inleesrun, Quarantaine
from koppelingen.pakket.spec import BY_NAME, CODEMAPPING

PER_PAGINA = 25
KLEUREN = {
    Inleesrun.Status.WACHT: "neutral",
    Inleesrun.Status.BEZIG: "info",
    Inleesrun.Status.KLAAR: "success",
    Inleesrun.Status.GEWEIGERD: "danger",
    Inleesrun.Status.MISLUKT: "danger",
}


def main_tabs(user: Any, page: str) -> list[dict[str, Any]]:
    tabs = [("pakketten", "Ingelezen")]
    if user.may("pakket.uitvoeren"):
        tabs.append(("uitvoeren", "Uitgevoerd"))
    return [
        {"label": label, "url": reverse(f"koppelingen:{naam}"), "huidig": naam == page}
        for naam, label in tabs
    ]


def run_rows() -> QuerySet[Quarantaine]:
    """Refused rows of the run of an outer query that still wait; a dry run has none of those."""
    return Quarantaine.objects.open().filter(run=OuterRef("pk"), run__proef=False)


class PakkettenView(RechtMixin, TemplateView):
    request: Any
    permission = "pakket.inlezen"
    template_name = "koppelingen/pakketten.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = run_rows().values("run").annotate(n=Count("pk")).values("n")
        rows = Inleesrun.objects.visible_to(self.request.user).select_related("gebruiker")
        rows = rows.annotate(open=Coalesce(Subquery(waiting), 0))
        page = Paginator(rows, PER_PAGINA).get_page(self.request.GET.get("page"))
        rijen = [
            (run, KLEUREN[Inleesrun.Status(run.status)], run.rapport.get("totaal", {}))
            for run in page
        ]
        return super().get_context_data(
            page_obj=page,
            rijen=rijen,
            tabs=main_tabs(self.request.user, "pakketten"),
            **kwargs,
        )


class InlezenView(RechtMixin, FormView):
    limiet = "uploaden"
    request: Any
    permission = "pakket.inlezen"
    template_name = "koppelingen/inlezen.html"
    form_class = InlezenForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: InlezenForm) -> HttpResponse:
        try:
            run = form.apply()
        except DomainError as error:
            form.add_error("bestand", str(error))
            return self.form_invalid(form)
        return redirect(run)


class RunMixin(RechtMixin):
    """Views of one run; a stranger gets 404."""

    permission = "pakket.inlezen"
    request: Any
    kwargs: dict[str, Any]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        muur.met_doel("inlezen")
        return super().dispatch(request, *args, **kwargs)

    def run(self) -> Inleesrun:
        rows = Inleesrun.objects.visible_to(self.request.user)
        return get_object_or_404(
            rows.select_related("gebruiker", "vervolg_op"), uuid=self.kwargs["uuid"]
        )

    def shared(self, run: Inleesrun, page: str) -> dict[str, Any]:
        return {
            "run": run,
            "status_soort": KLEUREN[Inleesrun.Status(run.status)],
            "tabs": _tabs(run, page) if run.status == Inleesrun.Status.KLAAR else [],
        }


def _tabs(run: Inleesrun, page: str) -> list[dict[str, Any]]:
    quarantaine = run.quarantaine.filter(OPEN).count()
    personen = run.persoonsvragen.filter(besluit="open").count()
    pages = [
        ("run", "Verslag", None),
        ("quarantaine", "Quarantaine", quarantaine),
        ("personen", "Personen", personen),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"koppelingen:{naam}", args=[run.uuid]),
            "huidig": naam == page,
            "aantal": aantal,
        }
        for naam, label, aantal in pages
    ]


class RunView(RunMixin, TemplateView):
    template_name = "koppelingen/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run()
        rapport = run.rapport
        return super().get_context_data(
            **self.shared(run, "run"),
            rapport=rapport,
            totaal=rapport.get("totaal", {}),
            bestanden=_in_order(rapport.get("bestanden", {})),
            aansluiting=rapport.get("aansluiting", {}),
            vervolgen=list(run.vervolgen.all()[:10]),
            **kwargs,
        )


def _in_order(bestanden: dict[str, Any]) -> list[tuple[str, Any]]:
    """Counts in the order of loading; JSON in the database keeps no order."""
    order = [CODEMAPPING, *BY_NAME]
    return sorted(bestanden.items(), key=lambda row: order.index(row[0].removesuffix(".csv")))


class RunVoortgangView(RunMixin, View):
    """The progress part of the page; htmx asks it again until the work is done."""

    def get(self, request: Any, uuid: Any) -> HttpResponse:
        run = self.run()
        if not request.htmx:
            return redirect(run)
        if not run.is_bezig:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "koppelingen/_voortgang.html", {"werk": run, "url": request.path})


class RunEchtView(RunMixin, View):
    """After a dry run: the same zip to stay."""

    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any) -> HttpResponse:
        proef = self.run()
        try:
            return redirect(inlezen.load_after_dry_run(proef, by=request.user))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(proef)


class RunOpnieuwView(RunMixin, View):
    http_method_names = ["post"]

    def post(self, request: Any, uuid: Any) -> HttpResponse:
        run = self.run()
        try:
            inlezen.retry(run, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(run)
