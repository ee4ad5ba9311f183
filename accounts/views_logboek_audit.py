"""The monthly sample of the log, and the log of a period for the auditor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from accounts.domain import logboek_steekproef as steekproef
from accounts.domain.beheer import BeheerFout, vandaag
from accounts.domain.logboek_uitvoer import csv_lines
from accounts.forms_logboek import OordeelForm, SteekproefKeuze, UitvoerForm
from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.toegang import RechtMixin
from accounts.views_logboek import shown


class SteekproefView(RechtMixin, TemplateView):
    permission = "privacy.lezen"
    template_name = "accounts/beheer/logboek_steekproef.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        form = SteekproefKeuze(self.request.GET, by=by, today=vandaag())
        maand, gemeente = form.keuze()
        rows = list(steekproef.sample(maand, gemeente.pk).select_related("gebruiker"))
        oordelen = steekproef.newest_oordelen(maand, gemeente.pk)
        regels = shown(rows)
        for regel in regels:
            regel["oordeel"] = oordelen.get(regel["nummer"])
        record(
            "steekproef.gelezen",
            by,
            by=by,
            gemeente_id=gemeente.pk,
            taak="privacy",
            maand=f"{maand:%Y-%m}",
        )
        return super().get_context_data(
            form=form,
            maand=maand,
            gemeente=gemeente,
            regels=regels,
            beoordeeld=sum(regel["oordeel"] is not None for regel in regels),
            mag=by.may(steekproef.SCHRIJVEN, gemeente.pk),
            **kwargs,
        )


class OordeelView(RechtMixin, FormView):
    permission = steekproef.SCHRIJVEN
    template_name = "accounts/beheer/logboek_oordeel.html"
    form_class = OordeelForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        form = SteekproefKeuze(request.GET, by=request.user, today=vandaag())
        self.maand, self.gemeente = form.keuze()

    def lijst(self) -> str:
        query = f"maand={self.maand:%Y-%m}&gemeente={self.gemeente.pk}"
        return f"{reverse('accounts:steekproef')}?{query}"

    def regel(self) -> Gebeurtenis:
        """404 outside the sample, and in a gemeente the user may not judge."""
        by: Any = self.request.user
        nummer = self.request.GET.get("regel", "")
        if not by.may(steekproef.SCHRIJVEN, self.gemeente.pk) or not _is_key(nummer):
            raise Http404
        rows = steekproef.sample(self.maand, self.gemeente.pk).select_related("gebruiker")
        for row in rows:
            if row.pk == int(nummer):
                return row
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regel = self.regel()
        oordelen = steekproef.newest_oordelen(self.maand, self.gemeente.pk)
        return super().get_context_data(
            regel=shown([regel])[0], vorig=oordelen.get(regel.pk), lijst=self.lijst(), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        try:
            steekproef.judge(self.regel(), self.maand, self.gemeente.pk, by=by, **form.cleaned_data)
        except BeheerFout as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Uw oordeel is bewaard.")
        return redirect(self.lijst())


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class UitvoerView(RechtMixin, FormView):
    """One CSV file; the lines leave while they are read, so a year of them needs no memory."""

    limiet = "uitvoeren"
    permission = "privacy.schrijven"
    vers = True
    template_name = "accounts/beheer/logboek_uitvoer.html"
    form_class = UitvoerForm

    def form_valid(self, form: Any) -> Any:
        by: Any = self.request.user
        data = form.cleaned_data
        record(
            "logboek.uitgevoerd",
            by,
            by=by,
            taak="privacy",
            soort=data["soort"],
            van=data["van"].isoformat(),
            tot=data["tot"].isoformat(),
        )
        lines = csv_lines(data["soort"], data["van"], data["tot"], by=by)
        name = f"logboek-{data['soort']}-{data['van']}-{data['tot']}.csv"
        return StreamingHttpResponse(
            lines,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
