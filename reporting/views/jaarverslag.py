"""Screens of the yearly report: list, new, overview, preview, check, build, approve."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.errors import DomainError
from reporting.domain import jaarverslag as domain
from reporting.domain.bouwen import gegevens
from reporting.forms.jaarverslag import HeropenenForm, NieuwVerslagForm, VaststellenForm
from reporting.models import Jaarverslag
from reporting.verslag.controle import FOUT, GOED, LET_OP, VERSCHIL
from reporting.verslag.opbouw import build
from reporting.verslag.plaatshouders import datum
from reporting.verslag.secties import Soort
from reporting.verslag.sjabloon import all_sjablonen

KLEUREN = {
    Jaarverslag.Status.CONCEPT: "neutral",
    Jaarverslag.Status.IN_BOUW: "info",
    Jaarverslag.Status.TE_CONTROLEREN: "warning",
    Jaarverslag.Status.VASTGESTELD: "success",
}
ERNST = {
    FOUT: ("danger", "Fout"),
    VERSCHIL: ("warning", "Verschil"),
    LET_OP: ("info", "Let op"),
    GOED: ("success", "Klopt"),
}


class VerslagMixin(RechtMixin):
    """Views of one report; a stranger gets 404."""

    permission = "verslag.lezen"
    request: Any
    kwargs: dict[str, Any]

    def verslag(self) -> Jaarverslag:
        rows = Jaarverslag.objects.visible_to(self.request.user).select_related("stand")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def shared(self, verslag: Jaarverslag, page: str) -> dict[str, Any]:
        namen = ", ".join(verslag.gemeenten.order_by("naam").values_list("naam", flat=True))
        return {
            "verslag": verslag,
            "gemeentenamen": namen,
            "status_soort": KLEUREN[Jaarverslag.Status(verslag.status)],
            "tabs": _tabs(verslag, page),
            "mag_schrijven": self._may(verslag, "verslag.schrijven") and verslag.may_change,
            "mag_vaststellen": self._may(verslag, "verslag.vaststellen"),
        }

    def _may(self, verslag: Jaarverslag, permissie: str) -> bool:
        user = self.request.user
        return all(user.may(permissie, g.pk) for g in verslag.gemeenten.all())


def _tabs(verslag: Jaarverslag, page: str) -> list[dict[str, Any]]:
    root = verslag.get_absolute_url()
    pages = [
        ("overzicht", "Overzicht", root),
        ("tekst", "Tekst", f"{root}tekst/"),
        ("voorbeeld", "Voorbeeld", f"{root}voorbeeld/"),
        ("controle", "Controle", f"{root}controle/"),
    ]
    return [{"label": label, "url": url, "huidig": name == page} for name, label, url in pages]


class VerslagLijstView(RechtMixin, TemplateView):
    request: Any
    permission = "verslag.lezen"
    template_name = "reporting/jaarverslag/lijst.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Jaarverslag.objects.visible_to(self.request.user).for_list()
        page = Paginator(rows, 25).get_page(self.request.GET.get("page"))
        kleuren = [KLEUREN[Jaarverslag.Status(verslag.status)] for verslag in page]
        return super().get_context_data(
            page_obj=page,
            rijen=list(zip(page, kleuren, strict=True)),
            mag_nieuw=self.request.user.may("verslag.schrijven"),
            sjablonen=all_sjablonen(),
            **kwargs,
        )


class NieuwVerslagView(RechtMixin, FormView):
    request: Any
    permission = "verslag.schrijven"
    template_name = "reporting/jaarverslag/nieuw.html"
    form_class = NieuwVerslagForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: NieuwVerslagForm) -> HttpResponse:
        try:
            verslag = form.apply(by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het verslag staat klaar. De cijfers worden geteld.")
        return redirect(verslag)


class VerslagView(VerslagMixin, TemplateView):
    template_name = "reporting/jaarverslag/overzicht.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        sjabloon = all_sjablonen().get(verslag.sjabloon)
        return super().get_context_data(
            **self.shared(verslag, "overzicht"),
            sjabloonlabel=sjabloon.label if sjabloon else verslag.sjabloon,
            versies=list(verslag.versies.select_related("gemaakt_door", "vastgesteld_door")),
            heropenen=HeropenenForm(),
            **kwargs,
        )


class VoortgangView(VerslagMixin, View):
    """The progress part of the overview; htmx asks it again until the work is done."""

    def get(self, request: Any, uuid: Any) -> HttpResponse:
        verslag = self.verslag()
        busy = verslag.status == Jaarverslag.Status.IN_BOUW or (
            verslag.stand_id is None and not verslag.fout
        )
        if not request.htmx:
            return redirect(verslag)
        if not busy:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "reporting/jaarverslag/_voortgang.html", {"verslag": verslag})


class TekstView(VerslagMixin, TemplateView):
    template_name = "reporting/jaarverslag/tekst.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        return super().get_context_data(
            **self.shared(verslag, "tekst"),
            secties=list(verslag.secties.order_by("volgorde")),
            soorten=Soort.choices,
            **kwargs,
        )


class VoorbeeldView(VerslagMixin, TemplateView):
    """The report as a page, from the same sections and figures as the PDF."""

    template_name = "reporting/jaarverslag/voorbeeld.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        context = self.shared(verslag, "voorbeeld")
        if verslag.stand is not None:
            kader = verslag.kader()
            context |= {
                "inhoud": build(verslag.sectiedata(), kader),
                "gegevens": gegevens(verslag),
                "peildatum": datum(kader),
                "meerdere": len(verslag.stand.gemeenten) > 1,
            }
        return super().get_context_data(**context, **kwargs)


class ControleView(VerslagMixin, TemplateView):
    template_name = "reporting/jaarverslag/controle.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        found = domain.findings(verslag)
        secties = list(verslag.secties.order_by("volgorde"))
        open_rows = [(f, *ERNST[f.ernst], secties[f.sectie]) for f in found if f.ernst != GOED]
        return super().get_context_data(
            **self.shared(verslag, "controle"),
            open=open_rows,
            goed=[f for f in found if f.ernst == GOED],
            versie=verslag.laatste_versie,
            **kwargs,
        )


class ActieView(VerslagMixin, View):
    """A POST that calls one domain function and goes back to the report."""

    http_method_names = ["post"]
    done = ""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verslag = self.verslag()
        try:
            self.act(verslag)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.done)
        return redirect(verslag)

    def act(self, verslag: Jaarverslag) -> None:
        raise NotImplementedError  # every subclass says its own


class MaakView(ActieView):
    limiet = "pdf"
    permission = "verslag.schrijven"
    done = "Het verslag wordt gemaakt."

    def act(self, verslag: Jaarverslag) -> None:
        domain.request_build(verslag, by=self.request.user)


class VerversCijfersView(ActieView):
    permission = "verslag.schrijven"
    done = "De cijfers worden opnieuw geteld."

    def act(self, verslag: Jaarverslag) -> None:
        domain.refresh_figures(verslag, by=self.request.user)


class HeropenView(ActieView):
    permission = "verslag.vaststellen"
    done = "Het verslag is heropend. De vastgestelde versie blijft bewaard."

    def act(self, verslag: Jaarverslag) -> None:
        domain.reopen(verslag, by=self.request.user, reden=self.request.POST.get("reden", ""))


class VaststellenView(VerslagMixin, FormView):
    """Check page before approval: what will be frozen, and which differences remain."""

    permission = "verslag.vaststellen"
    template_name = "reporting/jaarverslag/vaststellen.html"
    form_class = VaststellenForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        versie = verslag.laatste_versie
        if versie is None:
            raise Http404
        rows = [(row, *ERNST[row["ernst"]]) for row in versie.controle if row["ernst"] != GOED]
        return super().get_context_data(
            **self.shared(verslag, "overzicht"), versie=versie, open=rows, **kwargs
        )

    def form_valid(self, form: VaststellenForm) -> HttpResponse:
        verslag = self.verslag()
        versie = verslag.laatste_versie
        if versie is None:
            raise Http404
        try:
            domain.approve(versie, by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het verslag is vastgesteld en bevroren.")
        return redirect(verslag)
