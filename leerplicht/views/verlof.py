"""Leave: the list, one leave, asking it; and luxeverzuim of a household."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.errors import DomainError
from casework.forms.stap import StapForm
from casework.schooljaar import Schooljaar, today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import Lijst
from leerplicht.codes import Beslisser, Verlofbesluit
from leerplicht.domain.bijzonder import ground_for, told_to
from leerplicht.domain.luxe import household, step_household
from leerplicht.domain.luxe_richtlijn import guideline
from leerplicht.domain.luxe_tabel import LUXE
from leerplicht.domain.verlof import points_of
from leerplicht.forms.verlof import GezinForm, OordeelForm, VerlofForm
from leerplicht.models import Luxeverzuim, Verlof
from leerplicht.views.meldingen import own_gemeenten

LEZEN, SCHRIJVEN = "leerplicht.lezen", "leerplicht.schrijven"


class VerlofFilter(django_filters.FilterSet):
    beslisser = django_filters.ChoiceFilter(
        label="Wie beslist", choices=Beslisser.choices, empty_label="Alle"
    )
    besluit = django_filters.ChoiceFilter(
        label="Besluit",
        choices=[("open", "Nog geen besluit"), *Verlofbesluit.choices],
        method="by_besluit",
        empty_label="Alle",
    )
    schooljaar = django_filters.ChoiceFilter(
        label="Schooljaar", method="by_schooljaar", empty_label="Alle", choices=list
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Verlof
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dit = Schooljaar.of(today())
        years = [dit.volgende, dit, dit.vorige]
        self.form.fields["schooljaar"].choices = [(str(j), str(j)) for j in years]

    def by_besluit(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(besluit="" if value == "open" else value)

    def by_schooljaar(self, rows: Any, name: str, value: str) -> Any:
        jaar = Schooljaar.parse(value)
        return rows.filter(van__lt=jaar.end, tot__gte=jaar.start)


class VerlovenView(Lijst):
    permission = LEZEN
    template_name = "leerplicht/verloven.html"
    filterset_class = VerlofFilter
    sorteringen = {"van": ("-van", "-pk"), "naam": ("jongere__sorteernaam", "pk")}

    def rijen(self) -> "QuerySet[Verlof]":
        rows = Verlof.objects.visible_to(self.request.user)
        return rows.select_related("jongere", "gemeente", "school")


class VerlofView(RechtMixin, TemplateView):
    permission = LEZEN
    template_name = "leerplicht/verlof.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Verlof.objects.visible_to(user).select_related(
            "jongere__gemeente", "gemeente", "school", "werkproces"
        )
        verlof = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        record_read(verlof.jongere, by=user, onderdeel="verlof")
        return super().get_context_data(
            verlof=verlof,
            jongere=verlof.jongere,
            identiteit=identity_of(verlof.jongere, user),
            soort=ground_for(verlof, user),
            verteld=told_to(verlof, user),
            punten=points_of(verlof) if told_to(verlof, user) else [],
            **kwargs,
        )


class VerlofBijView(JongereMixin, FormView):
    permission = SCHRIJVEN
    template_name = "leerplicht/verlof_bij.html"
    form_class = VerlofForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "jongere": self.jongere}

    def get_initial(self) -> dict[str, Any]:
        return {"ingediend_op": today(), "plichtdagen": 5}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            verlof = form.apply(by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het verlof is opgeslagen.")
        return redirect(verlof)


class LuxeBijView(JongereMixin, FormView):
    """Luxeverzuim of the household of this jongere."""

    permission = SCHRIJVEN
    template_name = "leerplicht/luxe_bij.html"
    form_class = GezinForm

    def get_form_kwargs(self) -> dict[str, Any]:
        gezin = household(self.jongere, self.request.user)
        return {**super().get_form_kwargs(), "gezin": gezin}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            gezinszaak = form.apply(by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Per kind is een werkproces geopend.")
        return redirect("leerplicht:luxe_gezin", gezinszaak)


class LuxeGezinView(RechtMixin, TemplateView):
    """The children of one household, the steps they take together, and the one decision."""

    permission = LEZEN
    template_name = "leerplicht/luxe_gezin.html"
    SAMEN = ("verlof_gecontroleerd", "ouders_horen", "ouders_niet_verschenen")

    def get_rows(self) -> list[Luxeverzuim]:
        rows = Luxeverzuim.objects.visible_to(self.request.user).filter(
            gezinszaak=self.kwargs["uuid"]
        )
        rows = rows.select_related("jongere__gemeente", "werkproces", "gemeente")
        found = list(rows.order_by("jongere__geboortedatum", "pk"))
        if not found:
            raise Http404("Dit gezin is er niet.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = self.get_rows()
        for row in rows:
            record_read(row.jongere, by=user, onderdeel="luxeverzuim")
        here = {row.werkproces.toestand for row in rows}
        schrijven = all(
            user.may(SCHRIJVEN, row.gemeente_id or row.jongere.gemeente_id) for row in rows
        )
        stappen = [LUXE.stappen[n] for n in self.SAMEN if LUXE.stappen[n].van & here]
        gekozen = kwargs.pop("stap", None)
        kwargs.setdefault("oordeelform", OordeelForm())
        return super().get_context_data(
            rijen=[(row, _label(row), guideline(row, today())) for row in rows],
            eerste=rows[0],
            stapforms=[
                (stap, gekozen if gekozen and gekozen.stap is stap else self._form(stap, rows[0]))
                for stap in stappen
            ],
            beslissen="luxe_besluit" in here,
            mag_schrijven=schrijven,
            **kwargs,
        )

    def _form(self, stap: Any, row: Luxeverzuim) -> StapForm:
        known = {"datum": today(), "verlof": row.verlof}
        return StapForm(stap=stap, initial=known, prefix=stap.naam)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.get_rows()
        naam = request.POST.get("stap", "")
        form: Any
        if naam in self.SAMEN:
            form = StapForm(request.POST, stap=LUXE.stappen[naam], prefix=naam)
            shown = {"stap": form}
        else:
            form = OordeelForm(request.POST)
            shown = {"oordeelform": form}
        if form.is_valid():
            try:
                self._do(naam, form)
                messages.success(request, "Vastgelegd voor alle kinderen.")
                return redirect("leerplicht:luxe_gezin", self.kwargs["uuid"])
            except DomainError as error:
                form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data(form=form, **shown))

    def _do(self, naam: str, form: Any) -> None:
        user, zaak = self.request.user, self.kwargs["uuid"]
        if naam in self.SAMEN:
            step_household(
                zaak,
                naam,
                by=user,
                day=today(),
                gegevens=form.gegevens,
                verslag=form.verslag,
            )
        else:
            form.apply(zaak, by=user)


def _label(row: Luxeverzuim) -> str:
    toestand = LUXE.toestanden.get(row.werkproces.toestand)
    return toestand.label if toestand else row.werkproces.toestand
