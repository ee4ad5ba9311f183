"""Opening a traject: find the person, then tell what is known."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.domain.zoeken import digits_of, find, find_number, looks_like_number, read
from casework.errors import DomainError
from casework.models import Inschrijving
from casework.schooljaar import today
from casework.views.basis import JongereMixin
from doorstroompunt.domain.melding import last_onderwijssoort
from doorstroompunt.domain.toestanden import TOESTANDEN
from doorstroompunt.forms.traject import WERKLIJST, TrajectForm
from doorstroompunt.models import Traject


class TrajectNieuwView(RechtMixin, TemplateView):
    """First find the person; a BSN comes by POST, so every search does."""

    limiet = "zoeken"
    permission = "doorstroompunt.schrijven"
    template_name = "doorstroompunt/traject_nieuw.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("q", "").strip()[:100]
        number = looks_like_number(text)
        found = find_number(digits_of(text), request.user) if number else None
        uitslag = found or find(read(text), request.user)
        return self.render_to_response(self.get_context_data(uitslag=uitslag, tekst=text))


class TrajectBijView(JongereMixin, FormView):
    permission = "doorstroompunt.schrijven"
    template_name = "doorstroompunt/traject_bij.html"
    form_class = TrajectForm

    def get_initial(self) -> dict[str, Any]:
        day = today()
        last = (
            Inschrijving.objects.filter(jongere=self.jongere, begindatum__lte=day)
            .order_by("-begindatum", "-pk")
            .first()
        )
        return {
            "datum_melding": day,
            "bron_melding": "ZELF",
            "datum_uitval": last.einddatum if last and last.einddatum else None,
            "laatste_onderwijssoort": last_onderwijssoort(self.jongere, day),
            "begin": WERKLIJST,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            traject, made = form.apply(self.jongere, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        done = "Het traject is geopend." if made else "Er liep al een traject van deze soort."
        messages.success(self.request, done)
        return redirect(traject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Traject.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        lopend = [(t, TOESTANDEN[t.toestand].label) for t in rows.open().order_by("-pk")]
        return super().get_context_data(lopend=lopend, **kwargs)
