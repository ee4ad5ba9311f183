"""One version of a report: what changed, and its figures as a file."""

import csv
import io
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View
from django.views.generic import TemplateView

from accounts.gebeurtenissen import record
from reporting.domain.overzicht import compare_versies
from reporting.indicatoren.uitvoer import KOLOMMEN, cells
from reporting.views.jaarverslag import VerslagMixin


class VersieView(VerslagMixin, TemplateView):
    template_name = "reporting/jaarverslag/versie.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verslag = self.verslag()
        versie = get_object_or_404(
            verslag.versies.select_related("stand", "gemaakt_door", "vastgesteld_door"),
            nummer=kwargs["nummer"],
        )
        before = verslag.versies.select_related("stand").filter(nummer__lt=versie.nummer).first()
        return super().get_context_data(
            **self.shared(verslag, "overzicht"),
            versie=versie,
            vorige=before,
            wijzigingen=compare_versies(before, versie) if before else [],
            **kwargs,
        )


class VersiePdfView(VerslagMixin, View):
    limiet = "downloaden"

    def get(self, request: Any, uuid: Any, nummer: int) -> HttpResponse:
        verslag = self.verslag()
        versie = get_object_or_404(verslag.versies, nummer=nummer)
        with transaction.atomic():
            record("verslag.gedownload", verslag, by=request.user, versie=nummer)
        with versie.pdf.open() as pdf:
            data = pdf.read()
        name = f"jaarverslag-{verslag.schooljaar}-versie-{nummer}.pdf"
        return HttpResponse(
            data,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class VersieCijfersView(VerslagMixin, View):
    """The frozen figures of a version, in the columns of the command jaarcijfers."""

    limiet = "cijfers"

    def get(self, request: HttpRequest, uuid: Any, nummer: int) -> HttpResponse:
        versie = get_object_or_404(self.verslag().versies.select_related("stand"), nummer=nummer)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(KOLOMMEN)
        writer.writerows(cells(c) for c in versie.stand.cijferset().cijfers)
        name = f"cijfers-{versie.verslag.schooljaar}-versie-{nummer}.csv"
        return HttpResponse(
            "\ufeff" + out.getvalue(),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
