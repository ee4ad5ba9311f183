"""Break-glass: asking it, and the list and review of the privacy officer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.toegang import RechtMixin
from casework.domain import noodtoegang as domein
from casework.errors import DomainError
from casework.forms.afscherming import NoodtoegangForm, OordeelForm
from casework.models import Noodtoegang
from casework.schooljaar import today
from casework.views.lijst import BegrensdPaginator

NIETS = (
    "Met deze gegevens kunt u geen dossier openen. Controleer het nummer, of de naam en de"
    " geboortedatum."
)


class NoodtoegangView(RechtMixin, FormView):
    """One youth, exactly named. Whatever cannot be opened gets one and the same answer."""

    permission = domein.VRAGEN
    vers = True
    limiet = "noodtoegang"
    template_name = "casework/noodtoegang.html"
    form_class = NoodtoegangForm

    def form_valid(self, form: Any) -> HttpResponse:
        jongere, nood = domein.ask(form.persoon(), form.cleaned_data["reden"], by=self.request.user)
        if jongere is None:
            form.add_error(None, NIETS)
            return self.form_invalid(form)
        if nood:
            messages.warning(
                self.request,
                "U hebt noodtoegang tot dit dossier. De toegang stopt vanzelf en wordt"
                " achteraf beoordeeld.",
            )
        return redirect(jongere)


class NoodtoegangenView(RechtMixin, TemplateView):
    """What waits for a review stays red; below it who asked for his own family."""

    permission = domein.LEZEN
    template_name = "casework/noodtoegangen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        day = today()
        open_rows = domein.to_review(by).order_by("beoordelen_voor", "pk")
        done = domein.visible_to(by).exclude(oordeel="").order_by("-van", "-pk")
        page = BegrensdPaginator(done, 25).get_page(self.request.GET.get("page"))
        refused = Gebeurtenis.objects.visible_to(by).filter(actie="betrokkene.geweigerd")
        record("noodtoegang.gelezen", by, by=by, taak="privacy")
        return super().get_context_data(
            open=[(row, domein.is_late(row, day)) for row in open_rows],
            page_obj=page,
            geweigerd=refused.select_related("gebruiker").order_by("-pk")[:25],
            mag=by.may(domein.BEOORDELEN),
            **kwargs,
        )


class NoodtoegangOordeelView(RechtMixin, FormView):
    permission = domein.BEOORDELEN
    template_name = "casework/noodtoegang_oordeel.html"
    form_class = OordeelForm

    def get_row(self) -> Noodtoegang:
        by: Any = self.request.user
        row = get_object_or_404(domein.visible_to(by), uuid=self.kwargs["uuid"])
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_row()
        gedaan = Gebeurtenis.objects.filter(
            gebruiker=row.gebruiker, jongere_id=row.jongere_id, tijd__gte=row.van, tijd__lte=row.tot
        )
        return super().get_context_data(
            row=row,
            laat=domein.is_late(row, today()),
            gedaan=[
                (e.tijd, e.actie.replace(".", " ").replace("_", " ").capitalize())
                for e in gedaan.order_by("tijd", "pk")[:100]
            ],
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            domein.review(self.get_row(), by=self.request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Uw oordeel is vastgelegd.")
        return redirect("casework:noodtoegangen")
