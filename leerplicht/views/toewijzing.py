"""The rules of who gets which work, and the list of the team."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.models import Actie
from casework.schooljaar import today
from casework.views.lijst import Lijst
from leerplicht.domain import toewijzing
from leerplicht.domain.tabellen import LABELS
from leerplicht.forms.toewijzing import RegelEindeForm, RegelForm
from leerplicht.models import Toewijzingsregel

SCHRIJVEN = "leerplicht.schrijven"


class ToewijzingView(Lijst):
    """The rules that hold or will hold; `?alles` also those of before."""

    permission = toewijzing.REGELEN
    personen = False
    template_name = "leerplicht/toewijzing.html"
    sorteringen = {
        "gemeente": ("gemeente__naam", "school__naam", "leeftijd_van", "van", "pk"),
        "collega": ("behandelaar__naam", "pk"),
        "van": ("-van", "pk"),
    }

    def rijen(self) -> "QuerySet[Toewijzingsregel]":
        rows = Toewijzingsregel.objects.visible_to(self.request.user)
        if "alles" not in self.request.GET:
            rows = rows.exclude(tot__lte=today())
        return rows.select_related("gemeente", "school", "behandelaar")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day = today()
        bevoegd = set(toewijzing.candidates(self.request.user, day).values_list("pk", flat=True))
        context["rijen"] = [
            (rule, rule.van > day, rule.behandelaar_id in bevoegd)
            for rule in context["object_list"]
        ]
        return context | {"alles": "alles" in self.request.GET}


class RegelNieuwView(RechtMixin, FormView):
    permission = toewijzing.REGELEN
    template_name = "leerplicht/toewijzing_nieuw.html"
    form_class = RegelForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"van": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        rule = form.apply()
        if rule is None:
            return self.form_invalid(form)
        zin = f"{rule.behandelaar} krijgt geen werk van deze school: {rule.school}."
        if not rule.nooit:
            zin = f"Nieuw werk gaat naar {rule.behandelaar}: {rule.wat}."
        messages.success(self.request, zin)
        return redirect("leerplicht:toewijzing")


class RegelEindeView(RechtMixin, FormView):
    permission = toewijzing.REGELEN
    template_name = "leerplicht/toewijzing_einde.html"
    form_class = RegelEindeForm

    def regel(self) -> Toewijzingsregel:
        rows = Toewijzingsregel.objects.visible_to(self.request.user)
        rows = rows.select_related("gemeente", "school", "behandelaar")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_initial(self) -> dict[str, Any]:
        return {"laatste_dag": today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(regel=self.regel(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        laatste = form.cleaned_data["laatste_dag"]
        try:
            toewijzing.end_rule(self.regel(), laatste, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error("laatste_dag", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"De regel geldt tot en met {laatste:%d-%m-%Y}.")
        return redirect("leerplicht:toewijzing")


class _Teamlijst(Lijst):
    """Work of nobody; one row, or the ticked ones, go to who takes them."""

    permission = "leerplicht.lezen"
    huidig = ""

    def own(self) -> Any:
        raise NotImplementedError  # every subclass says its own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        tabs = (
            ("meldingen", "Meldingen", "leerplicht:teamlijst", toewijzing.team_meldingen),
            (
                "werkprocessen",
                "Werkprocessen",
                "leerplicht:teamlijst_werk",
                toewijzing.team_werkprocessen,
            ),
        )
        return super().get_context_data(
            mag_schrijven=user.may(SCHRIJVEN),
            tabs=[
                {
                    "label": label,
                    "url": reverse(url),
                    "huidig": naam == self.huidig,
                    "aantal": self.paginator_class(rows(user).order_by("pk"), 1).count,
                }
                for naam, label, url, rows in tabs
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not user.may(SCHRIJVEN):
            raise PermissionDenied("U mag dit werk lezen, maar niet nemen.")
        asked = request.POST.getlist("een") or request.POST.getlist("id")
        chosen = [text for text in asked if len(text) == 36]
        done = 0
        for row in self.own().filter(uuid__in=chosen).select_related("jongere"):
            try:
                toewijzing.take(row, by=user, day=today())
                done += 1
            except DomainError as error:
                messages.error(request, f"{row.jongere.naam}: {error}")
        if done:
            messages.success(request, f"{done} van de teamlijst genomen.")
        elif chosen:
            messages.warning(request, "Dit werk staat niet meer op de teamlijst.")
        else:
            messages.warning(request, "Kies eerst een of meer regels.")
        return redirect(request.get_full_path())


class TeamlijstView(_Teamlijst):
    template_name = "leerplicht/teamlijst.html"
    huidig = "meldingen"
    sorteringen = {
        "gemeld": ("melddatum", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "school": ("school__naam", "pk"),
    }

    def own(self) -> Any:
        return toewijzing.team_meldingen(self.request.user)

    def rijen(self) -> Any:
        return self.own().select_related("jongere", "school", "gemeente")


class TeamlijstWerkView(_Teamlijst):
    template_name = "leerplicht/teamlijst_werk.html"
    huidig = "werkprocessen"
    sorteringen = {
        "termijn": ("termijn", "gestart_op", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "gestart": ("gestart_op", "pk"),
    }

    def own(self) -> Any:
        return toewijzing.team_werkprocessen(self.request.user)

    def rijen(self) -> Any:
        termen = Actie.objects.open().filter(
            werkproces=OuterRef("pk"), grondslag__startswith="termijn:"
        )
        first = termen.order_by("vervalt_op").values("vervalt_op")[:1]
        rows = self.own().select_related("jongere", "gemeente")
        return rows.annotate(termijn=Subquery(first))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["werkprocessen"] = [
            (row, LABELS.get(row.toestand, row.toestand)) for row in context["object_list"]
        ]
        return context
