"""Documents of a dossier: the list with what still waits, a new one, and one to download."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from accounts.gebeurtenissen import record
from accounts.toegang import RechtMixin
from casework.domain.bestandscontrole import BestandFout, mediatype
from casework.domain.jongere import may_reveal
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.forms.documenten import DocumentForm
from casework.models import Aangeboden, Document
from casework.views.basis import DossierMixin
from casework.views.contact import BijJongereView
from casework.views.politie import RedenMixin

# Whatever the file is, a browser that shows it anyway runs nothing and fetches nothing.
ZANDBAK = "default-src 'none'; sandbox; frame-ancestors 'none'"


class DocumentenView(DossierMixin, TemplateView):
    template_name = "casework/dossier/documenten.html"
    tab = "documenten"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Document.objects.visible_to(user).filter(jongere=self.jongere)
        rows = list(rows.order_by("-datum", "-pk"))
        waiting = Aangeboden.objects.visible_to(user).filter(jongere=self.jongere)
        waiting = list(waiting.select_related("gebruiker"))
        record_shown([*rows, *waiting], by=user, handeling="lijst")
        return super().get_context_data(
            boa=user.may("opsporing.schrijven"),
            documenten=rows,
            aangeboden=waiting,
            mag_toevoegen=user.may("dossier.schrijven"),
            **kwargs,
        )


class DocumentNieuwView(BijJongereView):
    """The file is checked at once and scanned in the background."""

    limiet = "uploaden"
    template_name = "casework/dossier/document_nieuw.html"
    form_class = DocumentForm
    titel, knop = "Document toevoegen", "Document opslaan"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.apply(self.jongere, by=self.request.user, werkproces=self.werkproces)
        except DomainError as error:
            form.add_error("bestand" if isinstance(error, BestandFout) else None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            "Het document is ontvangen. Het staat bij het dossier zodra het op virussen is"
            " gecontroleerd.",
        )
        return redirect(self.terug())

    def terug(self) -> str:
        return reverse("casework:jongere_documenten", args=[self.jongere.uuid])


class DocumentView(RechtMixin, RedenMixin, View):
    """A file of the dossier, sent as a download; looking is recorded."""

    permission = "dossier.lezen"
    limiet = "downloaden"
    politiemodel = Document

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        rows = Document.objects.visible_to(request.user).select_related("jongere")
        document = get_object_or_404(rows, uuid=uuid)
        if document.adres_geheim:
            if not may_reveal(document.jongere, "adres", request.user):
                raise PermissionDenied("In deze brief staat een geheim adres.")
            record("adres.getoond", document.jongere, by=request.user, soort="brief")
        record("document.gelezen", document, by=request.user)
        record_shown([document], by=request.user, handeling="downloaden")
        try:
            file = document.bestand.open("rb")
        except FileNotFoundError:
            return HttpResponse(
                "Het bestand staat niet in de opslag. Meld dit aan de beheerder.",
                status=404,
                content_type="text/plain; charset=utf-8",
            )
        response = FileResponse(
            file,
            as_attachment=True,
            filename=document.bestandsnaam,
            content_type=mediatype(document.bestandsnaam),
        )
        response["Content-Security-Policy"] = ZANDBAK
        response["X-Content-Type-Options"] = "nosniff"
        return response
