"""The dossier of a jongere: timeline, family, school, reports, processes, documents, readers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.views.generic import TemplateView

from casework.domain.jongere import TONEN, household_of, may_reveal, reveal
from casework.domain.politiezicht import record_shown
from casework.domain.tijdlijn import events_for, page_of
from casework.forms.jongere import ToonForm
from casework.models import (
    Adres,
    Diploma,
    Inschrijving,
    Jongere,
    Relatie,
    Verzuimmelding,
    Werkproces,
)
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.basis import DossierMixin, JongereMixin, has_secret
from casework.views.lijst import BegrensdPaginator

GELEZEN = ("dossier.gelezen", "bsn.getoond", "adres.getoond", "document.gelezen")


class TijdlijnView(DossierMixin, TemplateView):
    template_name = "casework/dossier/tijdlijn.html"
    tab = "tijdlijn"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        lines, before = page_of(self.jongere, user, before=self._before())
        processen = Werkproces.objects.visible_to(user).open().filter(jongere=self.jongere)
        lopend = list(processen.select_related("behandelaar").order_by("-gestart_op", "-pk"))
        shown = {(r.gegeven.modelcode, r.gegeven.uuid): r.gegeven for r in lines if r.gegeven}
        shown |= {(row.modelcode, row.uuid): row for row in lopend}
        record_shown(shown.values(), by=user, handeling="lijst")
        return super().get_context_data(
            boa=user.may("opsporing.schrijven"),
            regels=lines,
            volgende=f"?{urlencode({'voor': before.isoformat()})}" if before else "",
            koppelingen=list(self._links()),
            werkprocessen=lopend,
            **kwargs,
        )

    def _links(self) -> Iterator[tuple[str, str]]:
        for koppeling in UITBREIDINGEN.koppelingen:
            if not self.request.user.may(koppeling.permission):
                continue
            try:
                yield koppeling.label, reverse(koppeling.url_name, args=[self.jongere.uuid])
            except NoReverseMatch:  # the page is part of an app that is not installed here
                continue

    def _before(self) -> datetime | None:
        try:
            moment = parse_datetime(self.request.GET.get("voor", ""))
        except ValueError:
            return None
        return moment if moment and moment.tzinfo else None


def may_write(jongere: Jongere, user: Any) -> bool:
    return bool(user.may("dossier.schrijven", jongere.gemeente_id))


class GezinView(DossierMixin, TemplateView):
    """Adults with their gezag, others of the household, addresses; numbers stay masked."""

    template_name = "casework/dossier/gezin.html"
    tab = "gezin"
    getoond = ""
    formulier: ToonForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jongere = self.jongere
        relaties = Relatie.objects.filter(jongere=jongere).order_by("soort", "achternaam", "pk")
        adressen = Adres.objects.filter(jongere=jongere).select_related("gemeente")
        return super().get_context_data(
            relaties=relaties,
            gezinsleden=household_of(jongere, self.request.user),
            adressen=adressen.order_by("-van", "-pk"),
            mag_schrijven=may_write(self.jongere, self.request.user),
            geheim=has_secret(jongere) and self.getoond != "adres",
            getoond=self.getoond,
            **self._forms(),
            today=today(),
            **kwargs,
        )

    def _forms(self) -> dict[str, Any]:
        """Each masked part asks why, of who may see it."""
        user: Any = self.request.user
        given = self.kwargs.get("onderdeel", "")
        return {
            f"toon_{deel}": self.formulier if given == deel else ToonForm(prefix=deel)
            for deel in TONEN
            if may_reveal(self.jongere, deel, user)
        }


class ToonView(GezinView):
    """Shows a BSN or a secret address once; the look is recorded. Never by GET or in a URL."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        deel = kwargs["onderdeel"]
        if deel not in TONEN or not may_reveal(self.jongere, deel, request.user):
            raise Http404
        self.formulier = ToonForm(request.POST, prefix=deel)
        if self.formulier.is_valid():
            reden = self.formulier.cleaned_data["reden"]
            reveal(self.jongere, deel, reden=reden, by=request.user)
            self.getoond = deel
        return self.render_to_response(self.get_context_data())


class SchoolloopbaanView(DossierMixin, TemplateView):
    template_name = "casework/dossier/school.html"
    tab = "school"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inschrijvingen = Inschrijving.objects.filter(jongere=self.jongere).select_related("school")
        return super().get_context_data(
            inschrijvingen=inschrijvingen.order_by("-begindatum", "-pk"),
            diplomas=Diploma.objects.filter(jongere=self.jongere).order_by("-datum", "-pk"),
            mag_schrijven=may_write(self.jongere, self.request.user),
            **kwargs,
        )


class MeldingenTabView(DossierMixin, TemplateView):
    template_name = "casework/dossier/meldingen.html"
    tab = "meldingen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Verzuimmelding.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        return super().get_context_data(meldingen=rows.for_list(), **kwargs)


class WerkprocessenTabView(DossierMixin, TemplateView):
    template_name = "casework/dossier/werkprocessen.html"
    tab = "werkprocessen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Werkproces.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        rows = list(rows.select_related("behandelaar").order_by("-gestart_op", "-pk"))
        record_shown(rows, by=self.request.user, handeling="lijst")
        labels = UITBREIDINGEN.toestandlabels
        return super().get_context_data(
            werkprocessen=[(row, labels.get(row.toestand, row.toestand)) for row in rows],
            **kwargs,
        )


class WieKeekView(JongereMixin, TemplateView):
    """Who looked at this dossier, for the team leader."""

    permission = "dossier.wie_keek"
    template_name = "casework/dossier/wie_keek.html"
    tab = "wie_keek"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        if not user.may(self.permission, self.jongere.gemeente_id):
            raise PermissionDenied("U hebt dit recht niet in deze gemeente.")
        rows = events_for(self.jongere, user).filter(actie__in=GELEZEN).order_by("-tijd", "-pk")
        page = BegrensdPaginator(rows, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)
