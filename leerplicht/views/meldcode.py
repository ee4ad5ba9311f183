"""The meldcode: own list, beginning it for a child, one with its steps, one step."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain.proces import Stap, answers_of, hindrance, perform, possible_steps
from casework.errors import DomainError
from casework.forms.stap import StapForm
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import Lijst
from leerplicht.domain.meldcode import begin, bring_in
from leerplicht.domain.meldcode_tabel import MELDCODE
from leerplicht.forms.meldcode import CollegaForm
from leerplicht.models import Meldcodetraject
from leerplicht.models.meldcode import RECHT


def _due(row: Meldcodetraject) -> Any:
    since = row.toestand_sinds or row.gestart_op
    return MELDCODE.toestanden[row.toestand].term(since, None)


class MeldcodesView(Lijst):
    """Only those the user may see; the open ones."""

    permission = RECHT
    template_name = "leerplicht/meldcodes.html"
    sorteringen = {"sinds": ("toestand_sinds", "pk"), "naam": ("jongere__sorteernaam", "pk")}

    def rijen(self) -> "QuerySet[Meldcodetraject]":
        rows = Meldcodetraject.objects.visible_to(self.request.user).open()
        return rows.select_related("jongere", "gemeente", "gemaakt_door")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["rijen"] = [
            (row, MELDCODE.toestanden[row.toestand].label, _due(row))
            for row in context["object_list"]
        ]
        return context


class MeldcodeBijView(JongereMixin, TemplateView):
    """Those of this child that the user may see, and beginning one."""

    permission = RECHT
    template_name = "leerplicht/meldcode_bij.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Meldcodetraject.objects.visible_to(self.request.user).filter(jongere=self.jongere)
        return super().get_context_data(
            rijen=[
                (row, MELDCODE.toestanden[row.toestand].label)
                for row in rows.order_by("-gestart_op", "-pk")
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        try:
            traject = begin(self.jongere, by=user, day=today())
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("leerplicht:meldcode_bij", self.jongere.uuid)
        messages.success(request, "De meldcode is begonnen. Leg eerst de signalen vast.")
        return redirect(traject)


class MeldcodeMixin(RechtMixin):
    permission = RECHT
    request: HttpRequest
    kwargs: dict[str, Any]

    def get_traject(self) -> Meldcodetraject:
        rows = Meldcodetraject.objects.visible_to(self.request.user)
        rows = rows.select_related("jongere__gemeente", "gemeente", "gemaakt_door")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class MeldcodeView(MeldcodeMixin, TemplateView):
    template_name = "leerplicht/meldcode.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        traject = self.get_traject()
        with transaction.atomic():  # no line of the dossier: that has more readers
            record("meldcode.gelezen", traject, by=user, taak=Taak.LEERPLICHT)
        gewoon, bijzonder = possible_steps(traject, user, tabel=MELDCODE, day=today())
        stappen = traject.stappen.select_related("uitvoerder").order_by("-volgorde")
        form = kwargs.pop("form", None) or CollegaForm(traject=traject, day=today())
        return super().get_context_data(
            traject=traject,
            jongere=traject.jongere,
            identiteit=identity_of(traject.jongere, user),
            toestand=MELDCODE.toestanden[traject.toestand],
            termijn=_due(traject),
            gewoon=gewoon,
            bijzonder=bijzonder,
            leden=traject.leden.select_related("gebruiker").order_by("pk"),
            geschiedenis=[_line(row) for row in stappen],
            form=form,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A colleague is brought in."""
        traject, user = self.get_traject(), request.user
        form = CollegaForm(request.POST, traject=traject, day=today())
        if form.is_valid():
            bring_in(traject, form.cleaned_data["collega"], by=user, day=today())  # type: ignore[arg-type]  # logged in
            messages.success(request, "De collega kan nu meekijken.")
            return redirect(traject)
        return self.render_to_response(self.get_context_data(form=form))


def _line(row: Any) -> dict[str, Any]:
    stap = MELDCODE.stappen.get(row.stap)
    text = "\n".join([*answers_of(stap, row.gegevens), row.verslag]).strip()
    return {
        "moment": row.uitgevoerd_op,
        "titel": stap.label if stap else row.stap,
        "tekst": text,
        "actor": str(row.uitvoerder),
    }


class MeldcodeStapView(MeldcodeMixin, FormView):
    template_name = "leerplicht/meldcode_stap.html"
    form_class = StapForm

    @property
    def stap(self) -> Stap[Meldcodetraject]:
        stap = MELDCODE.stappen.get(self.kwargs["stap"])
        if stap is None:
            raise Http404("Deze stap bestaat niet.")
        return stap

    def get_form_kwargs(self) -> dict[str, Any]:
        self.get_traject()  # not there for who may not see it, whatever the step
        return {**super().get_form_kwargs(), "stap": self.stap}

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        traject, user = self.get_traject(), self.request.user
        try:
            perform(
                traject,
                self.stap.naam,
                tabel=MELDCODE,
                by=user,  # type: ignore[arg-type]  # logged in
                day=today(),
                gegevens=form.gegevens,
                verslag=form.verslag,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Gedaan: {self.stap.label.lower()}.")
        return redirect(traject)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        traject, user = self.get_traject(), self.request.user
        return super().get_context_data(
            traject=traject,
            jongere=traject.jongere,
            identiteit=identity_of(traject.jongere, user),
            stap=self.stap,
            nodig=hindrance(traject, self.stap, user, tabel=MELDCODE, day=today()),  # type: ignore[arg-type]  # logged in
            **kwargs,
        )
