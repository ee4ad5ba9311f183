"""Preventive work: contacts with youths, actions for groups, the no-show-actie."""

from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record_list
from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.models import Contactmoment
from casework.namen import normalise
from casework.schooljaar import Schooljaar, today
from casework.views.basis import JongereMixin
from casework.views.lijst import BegrensdPaginator, Lijst
from casework.views.meldingen import DatumFilter
from leerplicht.domain import preventie
from leerplicht.forms.preventie import (
    GroepsactieForm,
    IncidentForm,
    NoshowactieForm,
    NoshowForm,
)
from leerplicht.models import Groepsactie, Noshow, Noshowactie
from leerplicht.views.meldingen import own_gemeenten

LEZEN = "leerplicht.lezen"
PER_PAGINA = 50
TABS = (
    ("contacten", "Incidenten en BAS-gesprekken", "leerplicht:preventie"),
    ("groep", "Groepsacties", "leerplicht:groepsacties"),
    ("noshow", "No-show-acties", "leerplicht:noshowacties"),
)


def _tabs(huidig: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(url), "huidig": naam == huidig} for naam, label, url in TABS
    ]


class ContactFilter(django_filters.FilterSet):
    soort = django_filters.ChoiceFilter(
        label="Soort",
        empty_label="Alle",
        method="by_soort",
        choices=[("bas", "BAS-gesprek (spreekuur)"), ("ander", "Ander contact")],
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    vanaf = DatumFilter(label="Vanaf", field_name="datum", lookup_expr="date__gte")
    tot = DatumFilter(label="Tot en met", field_name="datum", lookup_expr="date__lte")

    class Meta:
        model = Contactmoment
        fields: list[str] = []

    def by_soort(self, rows: Any, name: str, value: str) -> Any:
        bas = preventie.SPREEKUUR
        return rows.filter(bas if value == "bas" else ~bas)


class PreventieView(Lijst):
    permission = LEZEN
    template_name = "leerplicht/preventie.html"
    filterset_class = ContactFilter
    sorteringen = {"datum": ("-datum", "-pk"), "naam": ("jongere__sorteernaam", "pk")}

    def rijen(self) -> "QuerySet[Contactmoment]":
        user: Any = self.request.user
        rows = preventie.with_person(preventie.contacts(user), user)
        return rows.select_related("jongere", "gemeente", "gebruiker")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        jaar = Schooljaar.of(today())
        return super().get_context_data(
            tabs=_tabs("contacten"), jaar=jaar, tellers=preventie.counters(user, jaar), **kwargs
        )


class IncidentView(JongereMixin, FormView):
    """From the dossier: a small preventive contact."""

    permission = preventie.SCHRIJVEN
    template_name = "leerplicht/incident.html"
    form_class = IncidentForm

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today(), "kanaal": "TELEFOON"}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            preventie.add_incident(self.jongere, by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het incident is vastgelegd.")
        return redirect(self.jongere)


class GroepsactieFilter(django_filters.FilterSet):
    soort = django_filters.ChoiceFilter(
        label="Soort",
        empty_label="Alle",
        choices=Groepsactie._meta.get_field("soort").choices,
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    vanaf = DatumFilter(label="Vanaf", field_name="datum", lookup_expr="gte")
    tot = DatumFilter(label="Tot en met", field_name="datum", lookup_expr="lte")

    class Meta:
        model = Groepsactie
        fields: list[str] = []


class GroepsactiesView(Lijst):
    permission = LEZEN
    personen = False
    template_name = "leerplicht/groepsacties.html"
    filterset_class = GroepsactieFilter
    sorteringen = {"datum": ("-datum", "-pk"), "school": ("school__naam", "pk")}

    def rijen(self) -> "QuerySet[Groepsactie]":
        rows = Groepsactie.objects.visible_to(self.request.user)
        return rows.select_related("school", "gemeente", "door")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=_tabs("groep"), **kwargs)


class _Nieuw(RechtMixin, FormView):
    permission = preventie.SCHRIJVEN
    klaar = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today(), "gestart_op": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        row = form.apply()
        messages.success(self.request, self.klaar)
        return redirect(row if hasattr(row, "get_absolute_url") else "leerplicht:groepsacties")


class GroepsactieNieuwView(_Nieuw):
    template_name = "leerplicht/groepsactie_nieuw.html"
    form_class = GroepsactieForm
    klaar = "De groepsactie is vastgelegd."


class NoshowactiesView(Lijst):
    permission = LEZEN
    personen = False
    template_name = "leerplicht/noshowacties.html"
    sorteringen = {"datum": ("-gestart_op", "-pk"), "school": ("school__naam", "pk")}

    def rijen(self) -> "QuerySet[Noshowactie]":
        rows = Noshowactie.objects.visible_to(self.request.user)
        seen = Noshow.objects.visible_to(self.request.user).values("pk")
        own = Q(rijen__in=seen)
        return rows.select_related("school", "gemeente").annotate(
            aantal=Count("rijen", filter=own),
            gezien=Count("rijen", filter=own & Q(rijen__gezien=True)),
            niet_gezien=Count("rijen", filter=own & Q(rijen__gezien=False)),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=_tabs("noshow"), **kwargs)


class NoshowactieNieuwView(_Nieuw):
    template_name = "leerplicht/noshowactie_nieuw.html"
    form_class = NoshowactieForm
    klaar = "Zet nu op de lijst wie niet is verschenen."


class NoshowactieView(RechtMixin, TemplateView):
    """The list of one action: who is on it, seen or not, and who can be added."""

    permission = LEZEN
    template_name = "leerplicht/noshowactie.html"

    def actie(self) -> Noshowactie:
        rows = Noshowactie.objects.visible_to(self.request.user)
        return get_object_or_404(
            rows.select_related("school", "gemeente"), uuid=self.kwargs["uuid"]
        )

    def rows(self, actie: Noshowactie) -> "QuerySet[Noshow]":
        user: Any = self.request.user
        rows = Noshow.objects.visible_to(user).filter(actie=actie)
        return (
            preventie.with_person(rows, user)
            .select_related("jongere")
            .order_by("jongere__sorteernaam", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        actie = kwargs.pop("actie", None) or self.actie()
        bound: dict[int, NoshowForm] = kwargs.pop("bound", {})
        rows = self.rows(actie)
        page = BegrensdPaginator(rows, PER_PAGINA).get_page(self.request.GET.get("page"))
        mag = user.may(preventie.SCHRIJVEN, actie.gemeente_id)
        kwargs.setdefault("voorstel", preventie.proposal(actie, user) if mag else [])
        record_list([*page, *kwargs["voorstel"]], by=user, filters=["noshow"], per_regel=False)
        return super().get_context_data(
            actie=actie,
            page_obj=page,
            rijen=[(row, bound.get(row.pk) or NoshowForm(row=row)) for row in page],
            tellers=preventie.count_noshow(rows),
            resultaten=preventie.per_result(rows),
            mag=mag,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actie = self.actie()
        if "rij" in request.POST:
            return self._register(actie, request.POST["rij"])
        if "zoek" in request.POST:
            found = self._named(actie, request.POST.get("naam", ""))
            if not found:
                messages.error(request, "Niemand met die naam is hier ingeschreven.")
            context = self.get_context_data(actie=actie, voorstel=found, gezocht=True)
            return self.render_to_response(context)
        user: Any = request.user
        uuids = [UUID(t) for t in request.POST.getlist("jongere") if _is_uuid(t)]
        chosen = list(preventie.enrolled(actie, user).filter(uuid__in=uuids)[:PER_PAGINA])
        try:
            aantal = preventie.put_on_list(actie, chosen, by=user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            if aantal:
                messages.success(request, f"{aantal} op de lijst gezet.")
            else:
                messages.warning(request, "Kies eerst een of meer jongeren.")
        return redirect(actie)

    def _named(self, actie: Noshowactie, naam: str) -> list[Any]:
        words = normalise(naam).split()
        rows = preventie.enrolled(actie, self.request.user)
        for word in words:
            rows = rows.filter(zoeknaam__contains=word)
        return list(rows.order_by("sorteernaam", "pk")[:PER_PAGINA]) if words else []

    def _register(self, actie: Noshowactie, uuid: str) -> HttpResponseBase:
        row = get_object_or_404(self.rows(actie), uuid=uuid if _is_uuid(uuid) else None)
        form = NoshowForm(self.request.POST, row=row)
        try:
            if form.is_valid():
                form.apply(by=self.request.user)
                messages.success(self.request, f"{row.jongere.naam}: opgeslagen.")
                return redirect(self.request.get_full_path())
        except DomainError as error:
            form.add_error(None, str(error))
        context = self.get_context_data(actie=actie, bound={row.pk: form}, fout=form)
        return self.render_to_response(context)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
