"""Thuiszitters: the list with its clock, one stay at home, waiting for a place, the quarter."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record
from accounts.rechten import Taak, gemeenten_for
from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.errors import DomainError
from casework.kalender import add_months
from casework.models import Gemeente, Jongere
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import Lijst
from leerplicht.codes import Plaatssoort, Thuiszitreden
from leerplicht.domain.tafels import quarter, quarter_csv
from leerplicht.domain.thuiszitters import clock, tick
from leerplicht.forms.thuiszitter import (
    AfspraakForm,
    BijForm,
    KeuzesForm,
    PlaatsForm,
    PlaatsKlaarForm,
    SluitForm,
)
from leerplicht.models import Plaatswacht, Thuiszitter
from leerplicht.views.meldingen import own_gemeenten

LEZEN, SCHRIJVEN = "leerplicht.lezen", "leerplicht.schrijven"
KLEUREN = {"dreigend": "neutral", "4 weken": "info", "3 maanden": "warning"}


class ThuiszitterFilter(django_filters.FilterSet):
    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Nu thuis",
        method="by_stand",
        choices=[("klaar", "Afgesloten"), ("alle", "Alle")],
    )
    lang = django_filters.ChoiceFilter(
        label="Hoe lang",
        empty_label="Alle",
        method="by_lang",
        choices=[("3", "Langer dan 3 maanden"), ("6", "Langer dan 6 maanden")],
    )
    reden = django_filters.ChoiceFilter(
        label="Reden", choices=Thuiszitreden.choices, empty_label="Alle"
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Thuiszitter
        fields: list[str] = []

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(einde_op__isnull=False) if value == "klaar" else rows

    def by_lang(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(sinds__lte=add_months(today(), -int(value)))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("stand") else rows.open()


class ThuiszittersView(Lijst):
    permission = LEZEN
    template_name = "leerplicht/thuiszitters.html"
    filterset_class = ThuiszitterFilter
    sorteringen = {
        "sinds": ("sinds", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "einde": ("-einde_op", "pk"),
    }

    def rijen(self) -> "QuerySet[Thuiszitter]":
        rows = Thuiszitter.objects.visible_to(self.request.user)
        return rows.select_related("jongere", "gemeente", "regisseur")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day = today()
        context["rijen"] = [
            (row, klok, KLEUREN.get(klok.fase, "danger"))
            for row in context["object_list"]
            for klok in [clock(row.sinds, row.einde_op or day)]
        ]
        return context


class ThuiszitterView(RechtMixin, TemplateView):
    """One stay at home; each form says by its button what it does."""

    permission = LEZEN
    template_name = "leerplicht/thuiszitter.html"
    FORMS = {"keuzes": KeuzesForm, "afspraak": AfspraakForm, "sluiten": SluitForm}
    KLAAR = {
        "keuzes": "De gegevens zijn bijgewerkt.",
        "afspraak": "De afspraak is vastgelegd.",
        "sluiten": "De thuiszitter is afgesloten.",
    }

    def get_object(self) -> Thuiszitter:
        rows = Thuiszitter.objects.visible_to(self.request.user)
        rows = rows.select_related("jongere__gemeente", "gemeente", "regisseur", "melding")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        row = kwargs.pop("row", None) or self.get_object()
        record_read(row.jongere, by=user, onderdeel="thuiszitter")
        mag = user.may(SCHRIJVEN, row.gemeente_id or row.jongere.gemeente_id)
        klok = clock(row.sinds, row.einde_op or today())
        forms = {name: form(thuiszitter=row) for name, form in self.FORMS.items()}
        return super().get_context_data(
            row=row,
            jongere=row.jongere,
            identiteit=identity_of(row.jongere, user),
            klok=klok,
            kleur=KLEUREN.get(klok.fase, "danger"),
            afspraken=row.afspraken.select_related("tafel").order_by(
                "gedaan_op", "uiterlijk_op", "pk"
            ),
            tafels=row.punten.select_related("tafel").order_by("-tafel__datum"),
            mag=mag and row.einde_op is None,
            vandaag=today(),
            forms=forms | kwargs.pop("forms", {}),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = self.get_object()
        if "gedaan" in request.POST:
            return self._tick(row, request.POST["gedaan"])
        name = request.POST.get("formulier", "")
        if name not in self.FORMS:
            return redirect(row)
        form = self.FORMS[name](request.POST, thuiszitter=row)
        if form.is_valid():
            try:
                form.apply(by=request.user)
                messages.success(request, self.KLAAR[name])
                return redirect(row)
            except DomainError as error:
                form.add_error(None, str(error))
        context = self.get_context_data(row=row, forms={name: form}, form=form)
        return self.render_to_response(context)

    def _tick(self, row: Thuiszitter, uuid: str) -> HttpResponse:
        user: Any = self.request.user
        afspraak = row.afspraken.filter(uuid=uuid).first() if len(uuid) == 36 else None
        if afspraak is None:
            return redirect(row)
        try:
            tick(row, uuid, by=user, day=today())
            messages.success(self.request, "De afspraak is gedaan.")
        except DomainError as error:
            messages.error(self.request, str(error))
        return redirect(row)


class ThuiszitterBijView(JongereMixin, FormView):
    """By hand: the school or a parent says so, and no report does."""

    permission = SCHRIJVEN
    template_name = "leerplicht/thuiszitter_bij.html"
    form_class = BijForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            row = form.apply(self.jongere, by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De jongere staat in de lijst van thuiszitters.")
        return redirect(row)


class PlaatsenView(Lijst):
    """Who waits for a place, longest first."""

    permission = LEZEN
    template_name = "leerplicht/plaatsen.html"
    sorteringen = {"aangevraagd": ("aangevraagd_op", "pk"), "naam": ("jongere__sorteernaam", "pk")}

    class filterset_class(django_filters.FilterSet):
        soort = django_filters.ChoiceFilter(
            label="Soort plaats", choices=Plaatssoort.choices, empty_label="Alle"
        )
        gemeente = django_filters.ModelChoiceFilter(
            label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
        )

        class Meta:
            model = Plaatswacht
            fields: list[str] = []

    def rijen(self) -> "QuerySet[Plaatswacht]":
        rows = Plaatswacht.objects.visible_to(self.request.user).waiting()
        return rows.select_related("jongere", "gemeente")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day = today()
        context["rijen"] = [
            (row, (day - row.aangevraagd_op).days // 7) for row in context["object_list"]
        ]
        return context


class PlaatsBijView(JongereMixin, FormView):
    permission = SCHRIJVEN
    template_name = "leerplicht/plaats_bij.html"
    form_class = PlaatsForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.apply(self.jongere, by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De jongere staat op de wachtlijst.")
        return redirect("leerplicht:plaatsen")


class PlaatsKlaarView(RechtMixin, FormView):
    permission = SCHRIJVEN
    template_name = "leerplicht/plaats_bij.html"
    form_class = PlaatsKlaarForm

    def row(self) -> Plaatswacht:
        rows = Plaatswacht.objects.visible_to(self.request.user).select_related("jongere__gemeente")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        row = self.row()
        jongere: Jongere = row.jongere
        return super().get_context_data(
            wacht=row, jongere=jongere, identiteit=identity_of(jongere, user), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.apply(self.row(), by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De wachtlijst is bijgewerkt.")
        return redirect("leerplicht:plaatsen")


class KwartaalView(RechtMixin, View):
    """Counts of the running quarter as CSV, for the region: no row of one person."""

    permission = LEZEN
    limiet = "uitvoeren"

    def get(self, request: Any) -> HttpResponse:
        day = today()
        own = Gemeente.objects.filter(pk__in=gemeenten_for(request.user, LEZEN))
        text = quarter_csv(list(own), day)
        begin, _ = quarter(day)
        record("thuiszitter.kwartaal", request.user, by=request.user, taak=Taak.LEERPLICHT)
        return HttpResponse(
            text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="thuiszitters-{begin}.csv"'},
        )
