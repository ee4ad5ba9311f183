"""One traject: contact, steps, plan and what happened; and performing a step."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView, View

from casework.domain.proces import Stap, hindrance, perform, possible_steps
from casework.domain.tijdlijn import as_moment
from casework.errors import DomainError
from casework.forms.stap import StapForm
from casework.parameters import waarde
from casework.schooljaar import today
from casework.uitbreiding import Regel
from doorstroompunt.codes import Leefgebied, Pogingresultaat
from doorstroompunt.domain.aanleg import record_read
from doorstroompunt.domain.contactpoging import BENADEREN, Dagdeel, by_channel
from doorstroompunt.domain.plan import PLANNEN
from doorstroompunt.domain.soorten import is_new_vsv
from doorstroompunt.domain.toestanden import TOESTANDEN, termijn
from doorstroompunt.domain.traject import TRAJECT, assign
from doorstroompunt.domain.voorwaarden import school_first_for
from doorstroompunt.dossier import attempt_line, line_of
from doorstroompunt.models import Contactpoging, Plan, Traject
from doorstroompunt.views.basis import TrajectMixin, own_meldingen

POGINGEN = 100  # of the page; more attempts in one traject are the whole history of years


class TrajectView(TrajectMixin, TemplateView):
    permission = "doorstroompunt.lezen"
    template_name = "doorstroompunt/traject.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        traject = self.traject
        record_read(
            traject.jongere, by=request.user, gemeente_id=traject.gemeente_id, deel="traject"
        )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        traject, user, day = self.traject, self.request.user, today()
        usual, special = possible_steps(traject, user, tabel=TRAJECT, day=day)
        pogingen = list(
            traject.contactpogingen.select_related("uitvoerder").order_by("-datum", "-pk")[
                :POGINGEN
            ]
        )
        stappen = traject.stappen.select_related("gebruiker").order_by("-pk")
        return super().get_context_data(
            toestand=TOESTANDEN[traject.toestand],
            termijn=termijn(traject.toestand, traject.toestand_sinds),
            soort_vsv=_new_or_old(traject, day),
            gewoon=usual,
            bijzonder=special,
            kanalen=by_channel(pogingen),
            dagdelen=list(Dagdeel),
            resultaten=Pogingresultaat.choices,
            pogingen=pogingen,
            mag_benaderen=traject.toestand in BENADEREN,
            mag_plannen=traject.toestand in PLANNEN,
            plan=_by_leefgebied(traject.plannen.order_by("leefgebied", "pk")),
            meldingen=own_meldingen(user)
            .filter(traject_koppeling__traject=traject)
            .select_related("school")
            .order_by("-melddatum", "-pk"),
            andere=_others(traject, user),
            geschiedenis=_history(stappen, pogingen),
            **kwargs,
        )


def _new_or_old(traject: Traject, day: date) -> str:
    if traject.soort != "VSV" or traject.datum_uitval is None:
        return ""
    return "nieuw" if is_new_vsv(traject.datum_uitval, day) else "oud"


def _by_leefgebied(rows: Iterable[Plan]) -> list[tuple[str, list[Plan]]]:
    doelen = list(rows)
    groups = [(g.label, [d for d in doelen if d.leefgebied == g]) for g in Leefgebied]
    return [(label, own) for label, own in groups if own]


def _others(traject: Traject, user: Any) -> list[tuple[Traject, str]]:
    rows = Traject.objects.visible_to(user).filter(jongere=traject.jongere_id)
    rows = rows.exclude(pk=traject.pk).order_by("-datum_melding", "-pk")
    return [(row, TOESTANDEN[row.toestand].label) for row in rows]


def _history(stappen: Iterable[Any], pogingen: Iterable[Contactpoging]) -> list[Regel]:
    """Steps and attempts as one timeline, newest first."""
    lines = [line_of(row) for row in stappen] + [attempt_line(row) for row in pogingen]
    return sorted(lines, key=lambda line: as_moment(line.moment), reverse=True)


class StapView(TrajectMixin, FormView):
    """One step: its form, made from the table, and performing it."""

    permission = "doorstroompunt.schrijven"
    template_name = "doorstroompunt/stap.html"
    form_class = StapForm

    @property
    def stap(self) -> Stap[Traject]:
        stap = TRAJECT.stappen.get(self.kwargs["stap"])
        if stap is None or not stap.knop:
            raise Http404("Deze stap bestaat niet.")
        return stap

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "stap": self.stap}

    def get_initial(self) -> dict[str, Any]:
        months = waarde("dsp_herbenadering_maanden", today())
        return {"datum": today(), "volgende_benadering": months_later(today(), months)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            perform(
                self.traject,
                self.stap.naam,
                tabel=TRAJECT,
                by=self.request.user,
                day=today(),
                gegevens=form.gegevens,
                verslag=form.verslag,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Gedaan: {self.stap.label.lower()}.")
        return redirect(self.traject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asks_school = any(veld.naam == "overleg_school_op" for veld in self.stap.velden)
        return super().get_context_data(
            stap=self.stap,
            nodig=hindrance(self.traject, self.stap, self.request.user, tabel=TRAJECT, day=today()),
            eerst_school=school_first_for(self.traject, today()) if asks_school else None,
            **kwargs,
        )


def months_later(day: date, months: int) -> date:
    """The same day of the month; at the end of a short month its last day."""
    jaar, maand = divmod(day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + jaar, maand + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


class OvernemenView(TrajectMixin, View):
    """POST only: the traject becomes mine."""

    permission = "doorstroompunt.schrijven"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        try:
            assign(self.traject, to=request.user, by=request.user)
            messages.success(request, "Het traject staat nu op uw naam.")
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.traject)
