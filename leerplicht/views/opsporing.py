"""The proces-verbaal of a werkproces: for opsporing only."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.schooljaar import today
from casework.views.basis import identity_of
from leerplicht.forms.opsporing import PvForm
from leerplicht.models import ProcesVerbaal
from leerplicht.views.werkprocessen import WerkprocesMixin


class PvView(WerkprocesMixin, FormView):
    permission = "opsporing.schrijven"
    template_name = "leerplicht/proces_verbaal.html"
    form_class = PvForm

    def get_initial(self) -> dict[str, Any]:
        return {"pv_datum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        werkproces = self.get_werkproces()
        try:
            form.apply(werkproces, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het proces-verbaal is vastgelegd.")
        return redirect(werkproces)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        werkproces = self.get_werkproces()
        rows = ProcesVerbaal.objects.visible_to(user).filter(werkproces=werkproces)
        eerder = list(rows.order_by("-pv_datum", "-pk"))
        record_shown([werkproces, *eerder], by=user, handeling="lijst")
        return super().get_context_data(
            werkproces=werkproces,
            jongere=werkproces.jongere,
            identiteit=identity_of(werkproces.jongere, user),
            eerder=eerder,
            **kwargs,
        )
