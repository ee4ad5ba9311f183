"""MDO of a youth with its agreements, and signals for care."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.errors import DomainError
from casework.models import Actie
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of
from leerplicht.domain.overleg import SCHRIJVEN, agreements_of
from leerplicht.forms.overleg import MdoAfspraakForm, OverlegForm, ZorgForm
from leerplicht.models import Overleg, Zorgsignaal


class OverlegBijView(JongereMixin, FormView):
    permission = SCHRIJVEN
    template_name = "leerplicht/overleg_bij.html"
    form_class = OverlegForm
    klaar = "Het overleg is vastgelegd. Leg nu de afspraken vast."

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            row = form.apply(self.jongere, by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect(row if isinstance(row, Overleg) else self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_read(self.jongere, by=self.request.user, onderdeel="overleg")
        return super().get_context_data(eerder=self.eerder(), **kwargs)

    def eerder(self) -> Any:
        rows = Overleg.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        return rows.order_by("-datum", "-pk")[:20]


class ZorgBijView(OverlegBijView):
    template_name = "leerplicht/zorg_bij.html"
    form_class = ZorgForm
    klaar = "De melding is vastgelegd."

    def eerder(self) -> Any:
        rows = Zorgsignaal.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        return rows.order_by("-datum", "-pk")[:20]


class OverlegView(RechtMixin, TemplateView):
    """One meeting and its agreements; the form adds one."""

    permission = "leerplicht.lezen"
    template_name = "leerplicht/overleg.html"

    def get_object(self) -> Overleg:
        rows = Overleg.objects.visible_to(self.request.user)
        rows = rows.select_related("jongere__gemeente", "gemeente", "gemaakt_door")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        overleg = self.get_object()
        jongere = overleg.jongere
        record_read(jongere, by=user, onderdeel="overleg")
        acties = Actie.objects.visible_to(user).filter(jongere=jongere)
        return super().get_context_data(
            overleg=overleg,
            jongere=jongere,
            identiteit=identity_of(jongere, user),
            deelnemers=list(overleg.deelnemers.all()),
            acties=acties.filter(grondslag=agreements_of(overleg)).order_by("vervalt_op", "pk"),
            mag=user.may(SCHRIJVEN, overleg.gemeente_id or jongere.gemeente_id),
            form=kwargs.pop("form", None) or MdoAfspraakForm(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        overleg, form = self.get_object(), MdoAfspraakForm(request.POST)
        if form.is_valid():
            try:
                form.apply(overleg, by=request.user)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "De afspraak staat bij de acties.")
                return redirect(overleg)
        return self.render_to_response(self.get_context_data(form=form))
