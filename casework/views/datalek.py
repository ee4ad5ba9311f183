"""The register of data breaches."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain import datalek as domein
from casework.domain.inzage_inhoud import words_of
from casework.domain.verzoeken import LEZEN, SCHRIJVEN
from casework.forms.privacy import DatalekForm, LekBesluitForm
from casework.models import Datalek
from casework.views.lijst import BegrensdPaginator, Lijst
from casework.views.privacy import PrivacyForm

PER_PAGINA = 50


def datalek_kruimel() -> tuple[str, str]:
    return "Datalekken", reverse("casework:datalekken")


class DatalekkenView(Lijst):
    permission = LEZEN
    template_name = "casework/privacy/datalekken.html"
    personen = False

    def rijen(self) -> Any:
        return Datalek.objects.visible_to(self.request.user).select_related("gemeente")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(mag=self.request.user.may(SCHRIJVEN), **kwargs)
        now = timezone.now()
        for lek in context["object_list"]:
            lek.laat, lek.uiterlijk = domein.is_late(lek, now), domein.report_before(lek)
        return context


class DatalekView(RechtMixin, TemplateView):
    """One breach, with the lines of the log that it touched."""

    permission = LEZEN
    template_name = "casework/privacy/datalek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Datalek.objects.visible_to(user).select_related(
            "gemeente", "gebruiker", "besloten_door", "vastgelegd_door"
        )
        lek = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        record("datalek.gelezen", lek, by=user, taak=Taak.PRIVACY)
        now = timezone.now()
        lines = domein.touched(lek, by=user).select_related("gebruiker").order_by("-pk")
        page = BegrensdPaginator(lines, PER_PAGINA).get_page(self.request.GET.get("page"))
        for regel in page.object_list:
            regel.woorden = words_of(regel.actie)
        mag = user.may(SCHRIJVEN, lek.gemeente_id) and not lek.besluit
        return super().get_context_data(
            lek=lek,
            mag=mag,
            page_obj=page,
            samen=domein.summary(lek, by=user),
            uiterlijk=domein.report_before(lek),
            intern_uiterlijk=domein.know_before(lek),
            laat=domein.is_late(lek, now),
            intern_laat=domein.is_known_late(lek, now),
            **kwargs,
        )


class DatalekForms(PrivacyForm):
    def lek(self) -> Datalek:
        rows = Datalek.objects.visible_to(self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class DatalekNieuwView(DatalekForms):
    form_class = DatalekForm
    titel, knop, klaar = "Datalek vastleggen", "Vastleggen", "Het datalek is vastgelegd."
    intro = "De klok van 72 uur loopt vanaf het moment van ontdekken."

    def lek(self) -> Datalek:
        return Datalek()

    def get_form_kwargs(self) -> dict[str, Any]:
        lek = self.lek()
        if lek.besluit:
            raise Http404("Over dit datalek is al besloten.")
        return super().get_form_kwargs() | {"by": self.request.user, "instance": lek}

    def kruimels(self) -> list[tuple[str, str]]:
        return [datalek_kruimel()]

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        return domein.save(form.instance, by=by).get_absolute_url()


class DatalekWijzigView(DatalekNieuwView):
    titel, knop, klaar = "Datalek wijzigen", "Bewaren", "De wijziging is bewaard."

    def lek(self) -> Datalek:
        return DatalekForms.lek(self)


class DatalekBesluitView(DatalekForms):
    form_class = LekBesluitForm
    titel, knop, klaar = "Besluit over het datalek", "Vastleggen", "Het besluit is vastgelegd."
    intro = "Na dit besluit is het datalek niet meer te wijzigen."

    def kruimels(self) -> list[tuple[str, str]]:
        lek = self.lek()
        return [datalek_kruimel(), (str(lek), lek.get_absolute_url())]

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        return domein.decide(self.lek(), by=by, **form.cleaned_data).get_absolute_url()
