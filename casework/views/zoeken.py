"""The search page; what is typed comes by POST, and stays out of the address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from accounts.gebeurtenissen import record_list
from accounts.toegang import RechtMixin
from accounts.zoekvragen import LENGTE, question, to_address
from casework.domain.politiezicht import record_shown
from casework.domain.zoeken import Uitslag, digits_of, find, find_number, looks_like_number, read


class ZoekenView(RechtMixin, TemplateView):
    permission = "dossier.lezen"
    limiet = "zoeken"
    template_name = "casework/zoeken.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        text = question(request).get("q", "")[:LENGTE]
        if looks_like_number(text):  # somebody made a link of it: do not keep it in the address
            messages.warning(
                request,
                "Zoek een BSN of onderwijsnummer met het zoekveld. Zo komt het nummer niet in het"
                " adres van de pagina.",
            )
            return redirect("casework:zoeken")
        uitslag = find(read(text), request.user) if text.strip() else None
        if uitslag:
            self._record(uitslag, "naam")
        return self.render_to_response(self.get_context_data(tekst=text, uitslag=uitslag))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        text = request.POST.get("q", "").strip()[:LENGTE]
        if not looks_like_number(text):
            return to_address(request, ["q"], ["q"])
        uitslag: Uitslag = find_number(digits_of(text), request.user)
        self._record(uitslag, "nummer")
        if len(uitslag.jongeren) == 1 and not uitslag.meldingen:
            return redirect(uitslag.jongeren[0])
        return self.render_to_response(self.get_context_data(nummer=True, uitslag=uitslag))

    def _record(self, uitslag: Uitslag, soort: str) -> None:
        """That there was a search and how many it showed; never what was looked for."""
        by: Any = self.request.user
        for rows in (uitslag.jongeren, uitslag.werkprocessen, uitslag.meldingen):
            record_list(list(rows), by=by, filters=[soort], per_regel=False)
        record_shown(uitslag.werkprocessen, by=by, handeling="zoeken")
