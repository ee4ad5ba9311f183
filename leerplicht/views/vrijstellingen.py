"""Exemptions: the list, one exemption with its decision, and entering one."""

from typing import Any, cast

import django_filters
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.models import Gebruiker
from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.errors import DomainError
from casework.schooljaar import Schooljaar, today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import Lijst
from leerplicht.codes import GELDIG, Besluit, Grond
from leerplicht.domain.bijzonder import grounds_told, told_to
from leerplicht.domain.vrijstelling import VAN_RECHTSWEGE, points_to_check
from leerplicht.domain.vrijstelling_proces import handle
from leerplicht.forms.vrijstelling import TerugForm, VrijstellingForm
from leerplicht.models import Vrijstelling
from leerplicht.views.meldingen import own_gemeenten


class VrijstellingFilter(django_filters.FilterSet):
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    grond = django_filters.ChoiceFilter(
        label="Grond", method="by_grond", choices=Grond.choices, empty_label="Alle"
    )
    besluit = django_filters.ChoiceFilter(
        label="Besluit", choices=Besluit.choices, empty_label="Alle"
    )
    schooljaar = django_filters.ChoiceFilter(
        label="Schooljaar", method="by_schooljaar", empty_label="Alle", choices=list
    )

    class Meta:
        model = Vrijstelling
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dit = Schooljaar.of(today())
        years = [dit.volgende, dit, dit.vorige, dit.vorige.vorige]
        self.form.fields["schooljaar"].choices = [(str(j), str(j)) for j in years]

    def by_grond(self, rows: Any, name: str, value: str) -> Any:
        """Who may not know a ground does not find it by asking either."""
        return rows.filter(grounds_told(self.request.user), grond=value)

    def by_schooljaar(self, rows: Any, name: str, value: str) -> Any:
        """Exemptions that hold on at least one day of the schooljaar."""
        jaar = Schooljaar.parse(value)
        runs = Q(einddatum__isnull=True) | Q(einddatum__gte=jaar.start)
        return rows.filter(runs, begindatum__lt=jaar.end)


class VrijstellingenView(Lijst):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/vrijstellingen.html"
    filterset_class = VrijstellingFilter
    sorteringen = {
        "begin": ("-begindatum", "-pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "einde": ("einddatum", "pk"),
    }

    def rijen(self) -> "QuerySet[Vrijstelling]":
        rows = Vrijstelling.objects.visible_to(self.request.user)
        return rows.select_related("jongere", "gemeente")


class VrijstellingView(RechtMixin, TemplateView):
    """One exemption; POST opens its werkproces or ends it by a return to school."""

    permission = "leerplicht.lezen"
    template_name = "leerplicht/vrijstelling.html"

    def get_object(self) -> Vrijstelling:
        rows = Vrijstelling.objects.visible_to(self.request.user)
        return get_object_or_404(
            rows.select_related("jongere__gemeente", "gemeente", "werkproces"),
            uuid=self.kwargs["uuid"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        row = self.get_object()
        told = told_to(row, user)
        record_read(row.jongere, by=user, onderdeel="vrijstelling")
        return super().get_context_data(
            vrijstelling=row,
            jongere=row.jongere,
            identiteit=identity_of(row.jongere, user),
            kennisgeving=row.grond in VAN_RECHTSWEGE,
            geldig=row.besluit in GELDIG,
            grond_verteld=told,
            punten=points_to_check(row) if told else [],
            terugform=kwargs.get("form") or TerugForm(vrijstelling=row, prefix="terug"),
            mag_schrijven=user.may(
                "leerplicht.schrijven", row.gemeente_id or row.jongere.gemeente_id
            ),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = self.get_object()
        if "behandelen" in request.POST:
            return self._handle(row)
        form = TerugForm(request.POST, vrijstelling=row, prefix="terug")
        if form.is_valid():
            try:
                form.apply(by=request.user)
                messages.success(request, "De vrijstelling is bijgewerkt.")
                return redirect(row)
            except DomainError as error:
                form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(form=form))

    def _handle(self, row: Vrijstelling) -> HttpResponseBase:
        try:
            return redirect(handle(row, by=cast(Gebruiker, self.request.user), day=today()))
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(row)


class VrijstellingBijView(JongereMixin, FormView):
    permission = "leerplicht.schrijven"
    template_name = "leerplicht/vrijstelling_bij.html"
    form_class = VrijstellingForm

    def get_initial(self) -> dict[str, Any]:
        return {"aanvraagdatum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            row = form.apply(self.jongere, by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De vrijstelling is opgeslagen. Dit zijn de stappen.")
        return redirect(row.werkproces)
