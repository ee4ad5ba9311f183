"""The verzuimkaart: the steps of a region, a new one, the last day of one."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.models import Regio
from casework.schooljaar import today
from casework.views.lijst import Lijst
from leerplicht.domain import verzuimkaart
from leerplicht.forms.toewijzing import RegelEindeForm
from leerplicht.forms.verzuimkaart import TredeForm
from leerplicht.models import Verzuimtrede


def own_regions(request: HttpRequest | None) -> "QuerySet[Regio]":
    if request is None:
        return Regio.objects.none()
    user: Any = request.user
    return verzuimkaart.regions_of(user)


class KaartFilter(django_filters.FilterSet):
    regio = django_filters.ModelChoiceFilter(
        label="Regio", queryset=own_regions, empty_label="Alle"
    )
    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Nu en straks",
        method="by_stand",
        choices=[("alle", "Ook van vroeger")],
    )

    class Meta:
        model = Verzuimtrede
        fields: list[str] = []

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        old = self.form.cleaned_data.get("stand")
        return rows if old else rows.exclude(geldig_tot__lte=today())


class KaartView(Lijst):
    permission = verzuimkaart.BEHEREN
    personen = False
    template_name = "leerplicht/verzuimkaart.html"
    filterset_class = KaartFilter
    sorteringen = {
        "drempel": ("regio__naam", "-eenheid", "drempel", "schoolsoort", "leeftijdsgroep", "pk"),
        "van": ("-geldig_van", "pk"),
    }

    def rijen(self) -> "QuerySet[Verzuimtrede]":
        return Verzuimtrede.objects.visible_to(self.request.user).select_related("regio")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Verzuimtrede.objects.exclude(geldig_tot__lte=today()).values("regio")
        user: Any = self.request.user
        return super().get_context_data(
            standaard=verzuimkaart.STANDAARD,
            zonder=verzuimkaart.regions_of(user).exclude(pk__in=own),
            vandaag=today(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The standard card becomes the region's own."""
        user: Any = request.user
        key = request.POST.get("regio", "")
        rows = verzuimkaart.regions_of(user)
        regio = get_object_or_404(rows, pk=int(key) if key.isascii() and key.isdigit() else 0)
        try:
            verzuimkaart.copy_standard(regio, by=user, day=today())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{regio} heeft nu een eigen kaart.")
        return redirect("leerplicht:verzuimkaart")


class TredeNieuwView(RechtMixin, FormView):
    permission = verzuimkaart.BEHEREN
    template_name = "leerplicht/verzuimtrede_nieuw.html"
    form_class = TredeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"geldig_van": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        if form.apply() is None:
            return self.form_invalid(form)
        messages.success(self.request, "De trede staat op de kaart.")
        return redirect("leerplicht:verzuimkaart")


class TredeEindeView(RechtMixin, FormView):
    permission = verzuimkaart.BEHEREN
    template_name = "leerplicht/verzuimtrede_einde.html"
    form_class = RegelEindeForm

    def trede(self) -> Verzuimtrede:
        rows = Verzuimtrede.objects.visible_to(self.request.user).select_related("regio")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_initial(self) -> dict[str, Any]:
        return {"laatste_dag": today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(trede=self.trede(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        laatste = form.cleaned_data["laatste_dag"]
        try:
            verzuimkaart.end_step(self.trede(), laatste, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error("laatste_dag", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"De trede geldt tot en met {laatste:%d-%m-%Y}.")
        return redirect("leerplicht:verzuimkaart")
