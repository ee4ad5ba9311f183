"""A police process of leerplicht on screen: the page of the case and the form of one step."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.domain.politiezicht import record_shown
from casework.domain.proces import (
    Procestabel,
    Stap,
    answers_of,
    hindrance,
    perform,
    possible_steps,
)
from casework.errors import DomainError
from casework.forms.stap import StapForm
from casework.schooljaar import today
from casework.views.basis import identity_of
from casework.views.politie import RedenMixin


class ZaakMixin(RechtMixin, RedenMixin):
    """One police process that this user may see, with a reason."""

    permission = "opsporing.lezen"
    tabel: ClassVar[Procestabel[Any]]
    stapadres = ""
    request: HttpRequest
    kwargs: dict[str, Any]
    _zaak: Any = None

    @property
    def zaak(self) -> Any:
        if self._zaak is None:
            rows = self.politiemodel.objects.visible_to(self.request.user)
            rows = rows.select_related("jongere__gemeente", "werkproces__gemeente", "boa")
            self._zaak = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        return self._zaak

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        record_shown([self.zaak], by=user, handeling="tonen")
        own = {
            "zaak": self.zaak,
            "werkproces": self.zaak.werkproces,
            "jongere": self.zaak.jongere,
            "identiteit": identity_of(self.zaak.jongere, user),
            "toestand": self.tabel.toestanden[self.zaak.toestand],
            "stapadres": self.stapadres,
        }
        return super().get_context_data(**own | kwargs)  # type: ignore[misc]  # mixed into a ContextMixin


class ZaakView(ZaakMixin, TemplateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        gewoon, bijzonder = possible_steps(self.zaak, user, tabel=self.tabel, day=today())
        mag = user.may("opsporing.schrijven", self.zaak.gemeente_id)
        return super().get_context_data(
            gewoon=gewoon,
            bijzonder=bijzonder,
            mag=mag,
            geschiedenis=[self._line(row) for row in reversed(self.zaak.verloop)],
            **kwargs,
        )

    def _line(self, row: dict[str, Any]) -> dict[str, Any]:
        """One step as a line of a timeline."""
        stap = self.tabel.stappen.get(row["stap"])
        return {
            "moment": date.fromisoformat(row["op"]),
            "titel": stap.label if stap else row["stap"],
            "tekst": "\n".join(answers_of(stap, row["gegevens"])),
            "actor": row["door"],
        }


class ZaakStapView(ZaakMixin, FormView):
    permission = "opsporing.schrijven"
    template_name = "leerplicht/zaakstap.html"
    form_class = StapForm

    @property
    def stap(self) -> Stap[Any]:
        stap = self.tabel.stappen.get(self.kwargs["stap"])
        if stap is None:
            raise Http404("Deze stap bestaat niet.")
        return stap

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "stap": self.stap}

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today(), "uitgelegd": False}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            perform(
                self.zaak,
                self.stap.naam,
                tabel=self.tabel,
                by=self.request.user,  # type: ignore[arg-type]  # logged in, RechtMixin says
                day=today(),
                gegevens=form.gegevens,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Gedaan: {self.stap.label.lower()}.")
        return redirect(self.zaak)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        nodig = hindrance(self.zaak, self.stap, user, tabel=self.tabel, day=today())
        return super().get_context_data(stap=self.stap, nodig=nodig, **kwargs)
