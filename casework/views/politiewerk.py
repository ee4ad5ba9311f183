"""Work of the boa's together: what waits for a second person, onderzoeken, the register."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from accounts.toegang import RechtMixin
from casework.domain import onderzoek as onderzoeken
from casework.domain import regime, verstrekking
from casework.domain.politietermijnen import removed_of
from casework.domain.politiewerk import own_dossiers
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.forms.politie import BesluitForm, OnderzoekForm, VerwijderdForm
from casework.models import Onderzoek, Regimeverzoek, Verstrekking
from casework.schooljaar import today
from casework.views.lijst import BegrensdPaginator
from casework.views.politie import ask_reason

PER_PAGINA = 50


class OverzichtView(RechtMixin, TemplateView):
    """Own dossiers with police data, and what waits for a second person."""

    permission = "opsporing.lezen"
    template_name = "casework/politie/overzicht.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        verzoeken = Regimeverzoek.objects.visible_to(user).filter(akkoord=None)
        wacht = Verstrekking.objects.visible_to(user).filter(akkoord=None)
        return super().get_context_data(
            dossiers=own_dossiers(user, today()),
            verzoeken=verzoeken.select_related("jongere", "gevraagd_door").order_by("pk")[:100],
            verstrekkingen=wacht.select_related("jongere", "gevraagd_door").order_by("pk")[:100],
            **kwargs,
        )


class BesluitView(RechtMixin, TemplateView):
    """A request of one boa, for another to decide; after a reason to see the dossier."""

    permission = "opsporing.schrijven"
    template_name = "casework/politie/besluit.html"
    model: Any = None
    titel = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.may(self.permission):
            self.row = get_object_or_404(
                self.model.objects.visible_to(user).select_related("jongere", "gevraagd_door"),
                uuid=kwargs["uuid"],
            )
            if not user.politiezicht or self.row.jongere_id not in user.politiezicht.redenen:
                return ask_reason(request, self.row.jongere)
        return super().dispatch(request, *args, **kwargs)

    def decide(self, akkoord: bool, user: Any) -> None:
        raise NotImplementedError  # every subclass says its own

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = BesluitForm(request.POST)
        try:
            if form.is_valid():
                self.decide(form.cleaned_data["akkoord"], request.user)
                messages.success(request, "Uw besluit is opgeslagen.")
                return redirect("casework:politie")
            fout = "Kies akkoord of niet akkoord."
        except DomainError as error:
            fout = str(error)
        messages.error(request, fout)
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        model = regime.model_of(self.row.soort)
        rows = model.objects.visible_to(user) if model else None
        onderdeel = rows.filter(uuid=self.row.object_uuid).first() if rows is not None else None
        record_shown([onderdeel], by=user, handeling="tonen")
        second = self.row.wacht and user.pk != self.row.gevraagd_door_id
        return super().get_context_data(
            titel=self.titel,
            verzoek=self.row,
            onderdeel=onderdeel,
            mag_beslissen=second and user.may(self.permission, self.row.gemeente_id),
            **kwargs,
        )


class RegimeBesluitView(BesluitView):
    model = Regimeverzoek
    titel = "Terug naar AVG"

    def decide(self, akkoord: bool, user: Any) -> None:
        regime.decide_back(self.row, by=user, akkoord=akkoord, now=timezone.now())


class VerstrekkingBesluitView(BesluitView):
    model = Verstrekking
    titel = "Verstrekking"

    def decide(self, akkoord: bool, user: Any) -> None:
        verstrekking.decide(self.row, by=user, akkoord=akkoord, now=timezone.now())


class VerstrekkingenView(RechtMixin, TemplateView):
    permission = "opsporing.lezen"
    template_name = "casework/politie/verstrekkingen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Verstrekking.objects.visible_to(user).select_related("jongere", "gevraagd_door")
        seen = rows.order_by("-verstrekt_op", "-pk")
        page = BegrensdPaginator(seen, PER_PAGINA).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class OnderzoekenView(RechtMixin, TemplateView):
    permission = "opsporing.lezen"
    template_name = "casework/politie/onderzoeken.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Onderzoek.objects.visible_to(user).select_related("gemeente")
        seen = rows.order_by("gesloten_op", "-geopend_op", "-pk")
        page = BegrensdPaginator(seen, PER_PAGINA).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page, mag_schrijven=user.may("opsporing.schrijven"), **kwargs
        )


class OnderzoekNieuwView(RechtMixin, FormView):
    permission = "opsporing.schrijven"
    template_name = "casework/politie/onderzoek_nieuw.html"
    form_class = OnderzoekForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "day": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        try:
            row = onderzoeken.open_onderzoek(**form.cleaned_data, by=user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Het onderzoek {row} is geopend.")
        return redirect("casework:onderzoeken")


class OnderzoekView(RechtMixin, TemplateView):
    permission = "opsporing.lezen"
    template_name = "casework/politie/onderzoek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Onderzoek.objects.visible_to(user).select_related("gemeente")
        row = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        objects = onderzoeken.objects_in(row, user)
        record_shown(objects, by=user, handeling="lijst")
        return super().get_context_data(
            onderzoek=row,
            functionarissen=row.functionarissen.order_by("naam", "pk"),
            rijen=objects,
            mag_sluiten=not row.gesloten_op and user.may("opsporing.schrijven", row.gemeente_id),
            **kwargs,
        )


class OnderzoekSluitenView(RechtMixin, View):
    permission = "opsporing.schrijven"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        user: Any = request.user
        row = get_object_or_404(Onderzoek.objects.visible_to(user), uuid=uuid)
        onderzoeken.close_onderzoek(row, by=user, day=today())
        messages.success(request, f"Het onderzoek {row} is gesloten.")
        return redirect("casework:onderzoeken")


class VerwijderdView(RechtMixin, FormView):
    """Police data out of use: for who handles complaints and audit, with a reason (Wpg 14)."""

    permission = "privacy.schrijven"
    limiet = "zoeken"
    template_name = "casework/politie/verwijderd.html"
    form_class = VerwijderdForm

    def form_valid(self, form: Any) -> HttpResponse:
        rows = removed_of(by=self.request.user, **form.cleaned_data)
        return self.render_to_response(self.get_context_data(form=form, rijen=rows, gezocht=True))
