"""The processen-verbaal of a werkproces: for opsporing only."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from casework.domain.akte import akte_on
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.schooljaar import today
from casework.views.basis import identity_of
from leerplicht.domain.strafzaak import suspects
from leerplicht.forms.opsporing import PvForm
from leerplicht.models import ProcesVerbaal, Strafzaak
from leerplicht.views.halt import BijWerkprocesMixin


class PvView(BijWerkprocesMixin, FormView):
    """What there is, and a new case: one for each suspect."""

    zaakmodel = Strafzaak
    template_name = "leerplicht/proces_verbaal.html"
    form_class = PvForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"namen": suspects(self.get_werkproces())}

    def form_valid(self, form: Any) -> HttpResponse:
        werkproces = self.get_werkproces()
        try:
            zaak = form.apply(werkproces, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Het concept is gemaakt.")
        return redirect(zaak)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        werkproces = self.get_werkproces()
        own = {"werkproces": werkproces}
        eerder = list(
            ProcesVerbaal.objects.visible_to(user).filter(**own).order_by("-pv_datum", "-pk")
        )
        zaken = list(Strafzaak.objects.visible_to(user).filter(**own).order_by("-pk"))
        record_shown([werkproces, *eerder, *zaken], by=user, handeling="lijst")
        return super().get_context_data(
            werkproces=werkproces,
            jongere=werkproces.jongere,
            identiteit=identity_of(werkproces.jongere, user),
            eerder=[pv for pv in eerder if not any(z.pv_id == pv.pk for z in zaken)],
            zaken=zaken,
            akte=akte_on(user, today()),
            **kwargs,
        )
