"""The thuiszitterstafel: planning it, its agenda, what was said, and the report as PDF."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record, record_list
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.lijst import Lijst
from leerplicht.domain import tafels
from leerplicht.domain.thuiszitters import clock
from leerplicht.forms.thuiszitter import BesprokenForm, TafelForm
from leerplicht.models import Tafelpunt, Thuiszitterafspraak, Thuiszitterstafel

LEZEN, SCHRIJVEN = "leerplicht.lezen", "leerplicht.schrijven"


class TafelsView(Lijst):
    permission = LEZEN
    personen = False
    template_name = "leerplicht/tafels.html"
    sorteringen = {"datum": ("-datum", "-pk")}

    def rijen(self) -> "QuerySet[Thuiszitterstafel]":
        rows = Thuiszitterstafel.objects.visible_to(self.request.user)
        return rows.select_related("gemeente").annotate(aantal=Count("punten"))


class TafelNieuwView(RechtMixin, FormView):
    permission = SCHRIJVEN
    template_name = "leerplicht/tafel_nieuw.html"
    form_class = TafelForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        return redirect(form.apply())


class TafelMixin(RechtMixin):
    request: Any
    kwargs: dict[str, Any]

    def tafel(self) -> Thuiszitterstafel:
        rows = Thuiszitterstafel.objects.visible_to(self.request.user).select_related("gemeente")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def punten(self, tafel: Thuiszitterstafel) -> list[Tafelpunt]:
        """In sight of the reader: a dossier that was closed since is not on his agenda."""
        rows = Tafelpunt.objects.visible_to(self.request.user).filter(tafel=tafel)
        rows = rows.select_related("thuiszitter__jongere", "tafel")
        rows = rows.order_by("thuiszitter__sinds", "pk")
        afspraken = Thuiszitterafspraak.objects.select_related("tafel").order_by("pk")
        found = list(rows.prefetch_related(Prefetch("thuiszitter__afspraken", afspraken)))
        user: Any = self.request.user
        record_list([p.thuiszitter for p in found], by=user, filters=["tafel"], per_regel=False)
        return found


class TafelView(TafelMixin, TemplateView):
    """The agenda; each youth has a form for what was said."""

    permission = LEZEN
    template_name = "leerplicht/tafel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tafel = self.tafel()
        mag = self.request.user.may(SCHRIJVEN, tafel.gemeente_id)
        forms: dict[int, BesprokenForm] = kwargs.pop("forms", {})
        rijen = [
            (
                punt,
                clock(punt.thuiszitter.sinds, max(tafel.datum, punt.thuiszitter.sinds)),
                forms.get(punt.pk)
                or BesprokenForm(initial={"besproken": punt.besproken}, prefix=f"p{punt.pk}"),
                *tafels.agreements(punt),
            )
            for punt in self.punten(tafel)
        ]
        return super().get_context_data(tafel=tafel, rijen=rijen, mag=mag, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tafel, key = self.tafel(), request.POST.get("punt", "")
        rows = Tafelpunt.objects.visible_to(self.request.user).filter(tafel=tafel)
        rows = rows.select_related("thuiszitter__jongere", "tafel")
        punt = get_object_or_404(rows, pk=int(key) if key.isascii() and key.isdigit() else 0)
        form = BesprokenForm(request.POST, prefix=f"p{punt.pk}")
        try:
            if "weg" in request.POST:
                tafels.take_off(punt, by=self.request.user)
                messages.success(request, "De jongere staat niet meer op de agenda.")
            elif form.is_valid():
                form.apply(punt, by=self.request.user)
                messages.success(request, "Opgeslagen.")
            else:
                context = self.get_context_data(forms={punt.pk: form}, form=form)
                return self.render_to_response(context)
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(tafel)


class TafelVerslagView(TafelMixin, View):
    """The report of the meeting: per youth what was said and agreed."""

    permission = LEZEN
    limiet = "downloaden"

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        tafel = self.tafel()
        record("tafel.verslag", tafel, by=self.request.user, taak=Taak.LEERPLICHT)
        rijen = [
            (
                punt,
                clock(punt.thuiszitter.sinds, max(tafel.datum, punt.thuiszitter.sinds)),
                *tafels.agreements(punt),
            )
            for punt in self.punten(tafel)
        ]
        context = {"tafel": tafel, "rijen": rijen, "vandaag": today()}
        assert UITBREIDINGEN.pdf is not None
        pdf = UITBREIDINGEN.pdf(render_to_string("leerplicht/pdf/tafel.html", context))
        naam = f"thuiszitterstafel-{tafel.datum}.pdf"
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{naam}"'},
        )
