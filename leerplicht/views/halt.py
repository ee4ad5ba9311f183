"""Halt: the proposal of a werkproces, its way, and the form for Halt."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.generic import FormView, View

from casework.domain.akte import akte_on
from casework.domain.politiezicht import record_shown, refused
from casework.errors import DomainError
from casework.models import Adres, Inschrijving
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.basis import identity_of, is_geheim
from casework.views.politie import ask_reason
from leerplicht.domain.halt import facts_of
from leerplicht.domain.halt_criteria import criteria, work_hours
from leerplicht.domain.halt_tabel import HALT, needs_parents
from leerplicht.domain.verzuimdagen import days_of
from leerplicht.forms.halt import HaltForm
from leerplicht.models import Haltzaak
from leerplicht.views.werkprocessen import WerkprocesMixin
from leerplicht.views.zaken import ZaakMixin, ZaakStapView, ZaakView


class BijWerkprocesMixin(WerkprocesMixin):
    """A page of opsporing at a werkproces: what is there already asks its reason first."""

    permission = "opsporing.schrijven"
    zaakmodel: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.may(self.permission):
            row = refused(self.zaakmodel, user, werkproces__uuid=kwargs["uuid"])
            if row is not None:
                return ask_reason(request, row.jongere)
        return super().dispatch(request, *args, **kwargs)


class HaltView(BijWerkprocesMixin, FormView):
    """Every criterium with what the dossier tells, and the proposal."""

    zaakmodel = Haltzaak
    template_name = "leerplicht/halt.html"
    form_class = HaltForm

    def get_form_kwargs(self) -> dict[str, Any]:
        facts = facts_of(self.get_werkproces(), today())
        self.criteria = criteria(facts, today())
        asked = ("bekent", "school")  # answered in the form itself
        rows = [c for c in self.criteria if c.code not in asked]
        own = {"criteria": self.criteria if self.request.method == "POST" else rows}
        own["initial"] = {
            "uren": facts.uren,
            "aantal_te_laat": facts.te_laat,
            "school_deed": facts.school_deed,
        }
        return super().get_form_kwargs() | own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            zaak = form.apply(self.get_werkproces(), by=self.request.user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if zaak is None:
            return self.form_invalid(form)
        messages.success(self.request, "Het voorstel is gemaakt.")
        return redirect(zaak)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        werkproces = self.get_werkproces()
        rows = Haltzaak.objects.visible_to(user).filter(werkproces=werkproces)
        eerder = list(rows.order_by("-pk"))
        record_shown([werkproces, *eerder], by=user, handeling="lijst")
        context = super().get_context_data(
            werkproces=werkproces,
            jongere=werkproces.jongere,
            identiteit=identity_of(werkproces.jongere, user),
            eerder=eerder,
            akte=akte_on(user, today()),
            vandaag=today(),
            **kwargs,
        )
        return context | {"criteria": self.criteria}


class HaltzaakMixin(ZaakMixin):
    politiemodel = Haltzaak
    tabel = HALT
    stapadres = "leerplicht:haltstap"


class HaltzaakView(HaltzaakMixin, ZaakView):
    template_name = "leerplicht/haltzaak.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        zaak = self.zaak
        return super().get_context_data(
            werk=work_hours(zaak.uren, zaak.aantal_te_laat, today()),
            ouders=needs_parents(zaak, today()),
            **kwargs,
        )


class HaltStapView(HaltzaakMixin, ZaakStapView):
    pass


class HaltFormulierView(HaltzaakMixin, View):
    """The form for Halt as a PDF; downloading it is one line of the log."""

    limiet = "downloaden"

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        user: Any = request.user
        zaak = self.zaak
        record_shown([zaak], by=user, handeling="downloaden")
        assert UITBREIDINGEN.pdf is not None
        pdf = UITBREIDINGEN.pdf(render_to_string("leerplicht/pdf/halt.html", context_of(zaak)))
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="halt-H{zaak.pk}.pdf"'},
        )


def context_of(zaak: Haltzaak) -> dict[str, Any]:
    """A secret address is never in it, and no number of a person: the law does not name Halt."""
    day, jongere = today(), zaak.jongere
    geheim = is_geheim(jongere)
    school = Inschrijving.objects.on(day).filter(jongere=jongere).select_related("school")
    woon = Adres.objects.on(day).filter(jongere=jongere, soort="WOON").order_by("-van", "-pk")
    return {
        "zaak": zaak,
        "jongere": jongere,
        "adres": None if geheim else woon.first(),
        "geheim": geheim,
        "ouders": list(jongere.relaties.filter(tot=None).order_by("pk")),
        "school": school.order_by("-begindatum", "-pk").first(),
        "dagen": days_of(zaak.werkproces) if zaak.werkproces else [],
        "meldingen": zaak.werkproces.meldingen.order_by("melddatum", "pk")
        if zaak.werkproces
        else [],
        "toestemming": [
            row | {"op": date.fromisoformat(row["op"])}
            for row in zaak.verloop
            if row["stap"] == "toestemming"
        ][-1:],
        "werk": work_hours(zaak.uren, zaak.aantal_te_laat, day),
        "akte": akte_on(zaak.boa, zaak.toestand_sinds or day),
        "vandaag": day,
    }
