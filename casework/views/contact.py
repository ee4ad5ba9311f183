"""A note in 30 seconds, something to do: from any page of the dossier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView, View

from accounts.rechten import UITVOEREND
from accounts.toegang import RechtMixin
from casework.domain.contact import complete_actie
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.forms.contact import ActieForm, NotitieForm
from casework.models import Actie, Werkproces
from casework.schooljaar import today
from casework.views.basis import JongereMixin


class BijJongereView(JongereMixin, FormView):
    """Form about a jongere, or about one werkproces of the jongere (?werkproces=uuid)."""

    permission = "dossier.schrijven"
    template_name = "casework/contactformulier.html"
    titel = knop = klaar = ""

    def taken(self) -> list[str]:
        """The taken the user writes for, those of the gemeente of the jongere first."""
        if self.werkproces:
            return [self.werkproces.taak]
        writes = {
            (r.taak, r.gemeente_id)
            for r in self.request.user.rechten
            if r.taak in UITVOEREND and r.rol != "lezer"
        }
        here = sorted({t for t, g in writes if g == self.jongere.gemeente_id}, reverse=True)
        return here or sorted({t for t, _ in writes}, reverse=True)

    @property
    def werkproces(self) -> Werkproces | None:
        asked = self.request.GET.get("werkproces")
        if not asked:
            return None
        if not hasattr(self, "_werkproces"):
            rows = Werkproces.objects.visible_to(self.request.user)
            self._werkproces = get_object_or_404(rows, uuid=_uuid(asked), jongere=self.jongere)
        return self._werkproces

    def get_form_kwargs(self) -> dict[str, Any]:
        politie = self.werkproces is not None and self.werkproces.is_wpg
        return {**super().get_form_kwargs(), "taken": self.taken(), "politie": politie}

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.apply(self.jongere, by=self.request.user, werkproces=self.werkproces)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect(self.terug())

    def terug(self) -> str:
        return (self.werkproces or self.jongere).get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_shown([self.werkproces], by=self.request.user, handeling="tonen")
        return super().get_context_data(
            titel=self.titel,
            knop=self.knop,
            terug=self.terug(),
            werkproces=self.werkproces,
            concept=f"{type(self).__name__}-{self.jongere.pk}",
            **kwargs,
        )


class NotitieView(BijJongereView):
    form_class = NotitieForm
    titel, knop, klaar = "Notitie maken", "Notitie opslaan", "De notitie is opgeslagen."


class ActieView(BijJongereView):
    form_class = ActieForm
    titel, knop, klaar = "Actie toevoegen", "Actie opslaan", "De actie staat bij Mijn dag."


class ActieGedaanView(RechtMixin, View):
    """Tick off; the way back is the page the button was on."""

    permission = "dossier.schrijven"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        actie = get_object_or_404(Actie.objects.visible_to(request.user), uuid=uuid)
        try:
            complete_actie(actie, by=request.user)
            messages.success(request, f"Gedaan: {actie.omschrijving}")
        except DomainError as error:
            messages.error(request, str(error))
        back = request.POST.get("terug", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if safe else "/")


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
