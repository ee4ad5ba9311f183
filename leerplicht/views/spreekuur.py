"""The spreekuur: the schools, and one sheet for all pupils of a visit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from accounts.gebeurtenissen import record_list
from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.models import Contactmoment, School, Verzuimmelding
from casework.schooljaar import Schooljaar, today
from casework.views.lijst import Lijst
from leerplicht.domain import spreekuur
from leerplicht.forms.spreekuur import LeerlingForm, SpreekuurForm


class SpreekurenView(Lijst):
    """Schools that reported this schooljaar, most reports first."""

    permission = "leerplicht.lezen"
    personen = False
    template_name = "leerplicht/spreekuren.html"
    sorteringen = {"meldingen": ("-meldingen", "naam", "pk"), "naam": ("naam", "pk")}

    def rijen(self) -> "QuerySet[School]":
        seen = Verzuimmelding.objects.visible_to(self.request.user).filter(taak="leerplicht")
        year = seen.in_schooljaar(Schooljaar.of(today()))
        rows = School.objects.filter(verzuimmeldingen__in=year)
        return rows.annotate(meldingen=Count("verzuimmeldingen", distinct=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        talks = Contactmoment.objects.visible_to(self.request.user).filter(
            kanaal="SPREEKUUR", preventief=True
        )
        here = Q(jongere__inschrijvingen__school__in=context["object_list"])
        last = dict(
            talks.filter(here)
            .order_by()
            .values_list("jongere__inschrijvingen__school")
            .annotate(laatste=Max("datum"))
        )
        context["rijen"] = [(school, last.get(school.pk)) for school in context["object_list"]]
        return context


class SpreekuurView(RechtMixin, TemplateView):
    """The sheet of one school; what was typed stays when a pupil is added or a field is wrong."""

    permission = "leerplicht.schrijven"
    template_name = "leerplicht/spreekuur.html"

    def school(self) -> School:
        return get_object_or_404(School, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", SpreekuurForm(initial={"datum": today()}))
        if "rijen" not in kwargs:
            kwargs["rijen"] = self._rows(kwargs["school"], [], None)
        user: Any = self.request.user
        shown = [jongere for jongere, _ in kwargs["rijen"]]
        record_list(shown, by=user, filters=["school"], per_regel=False)
        return super().get_context_data(**kwargs)

    def _rows(self, school: School, uuids: list[UUID], data: Any) -> list[tuple[Any, LeerlingForm]]:
        user: Any = self.request.user
        found = spreekuur.sheet(school, user, today(), uuids)
        return [(jongere, LeerlingForm(data, prefix=str(jongere.uuid))) for jongere in found]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(school=self.school()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        school, user = self.school(), request.user
        uuids = [UUID(text) for text in request.POST.getlist("leerling") if _is_uuid(text)]
        if "erbij" in request.POST:
            found = spreekuur.named(school, user, today(), request.POST.get("naam", ""))
            uuids += [row.uuid for row in found if row.uuid not in uuids]
            if not found:
                messages.error(request, "Op deze school is niemand met die naam gevonden.")
        rijen = self._rows(school, uuids, request.POST)
        form = SpreekuurForm(request.POST)
        if "erbij" not in request.POST:
            answer = self._keep(form, rijen)
            if answer:
                return answer
        return self.render_to_response(self.get_context_data(school=school, form=form, rijen=rijen))

    def _keep(self, form: Any, rijen: list[tuple[Any, LeerlingForm]]) -> HttpResponseBase | None:
        valid = all([form.is_valid(), *(row.is_valid() for _, row in rijen)])
        if not valid:
            return None
        talks = [
            spreekuur.Gesprek(jongere, row.cleaned_data["uitkomst"], row.cleaned_data["verslag"])
            for jongere, row in rijen
            if row.is_filled
        ]
        if not talks:
            form.add_error(None, "Vink aan wie u hebt gesproken.")
            return None
        user: Any = self.request.user
        try:
            aantal = spreekuur.keep(talks, form.cleaned_data["datum"], by=user)
        except DomainError as error:
            form.add_error(None, str(error))
            return None
        messages.success(
            self.request, f"{aantal} gesprek{'ken zijn' if aantal > 1 else ' is'} vastgelegd."
        )
        return redirect("leerplicht:spreekuren")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
