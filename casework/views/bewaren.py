"""Lists to destroy and holds: proposed by the night, offered by one, approved by another."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import TemplateView, View

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.domain import vernietigen
from casework.domain.verklaring import statement
from casework.domain.verzoeken import LEZEN, SCHRIJVEN
from casework.errors import DomainError
from casework.forms.privacy import RedenForm, StopForm
from casework.models import Bewaarstop, Vernietigingslijst
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.lijst import BegrensdPaginator, Lijst
from casework.views.privacy import JongereZoekView, PrivacyForm, PrivacyMixin, jongere_of

KLEUREN = {
    "voorstel": "neutral", "aangeboden": "warning", "goedgekeurd": "info", "bezig": "info",
    "vernietigd": "success",
}  # fmt: skip  # read as a table
PER_PAGINA = 50


def bewaren_kruimel() -> tuple[str, str]:
    return "Bewaren en vernietigen", reverse("casework:bewaren")


class BewarenView(Lijst):
    permission = LEZEN
    template_name = "casework/privacy/bewaren.html"
    personen = False

    def rijen(self) -> Any:
        rows = Vernietigingslijst.objects.visible_to(self.request.user)
        return rows.select_related("gemeente").annotate(aantal=Count("regels")).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        for lijst in context["object_list"]:
            lijst.kleur = KLEUREN[lijst.status]
        stops = Bewaarstop.objects.visible_to(user).filter(opgeheven_op=None)
        return context | {
            "stops": stops.select_related("gemeente", "geplaatst_door")[:PER_PAGINA],
            "mag": user.may(SCHRIJVEN),
        }


class LijstMixin(PrivacyMixin):
    request: HttpRequest
    kwargs: dict[str, Any]

    def lijst(self) -> Vernietigingslijst:
        rows = Vernietigingslijst.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # logged in
        return get_object_or_404(
            rows.select_related("gemeente", "aangeboden_door", "goedgekeurd_door"),
            uuid=self.kwargs["uuid"],
        )


class VernietigingslijstView(LijstMixin, TemplateView):
    permission = LEZEN
    template_name = "casework/privacy/vernietigingslijst.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lijst = self.lijst()
        user: Any = self.request.user
        record("vernietiging.gelezen", lijst, by=user, taak=Taak.PRIVACY)
        mag = user.may(SCHRIJVEN, lijst.gemeente_id)
        pages = BegrensdPaginator(lijst.regels.order_by("pk"), PER_PAGINA)
        return super().get_context_data(
            lijst=lijst,
            kleur=KLEUREN[lijst.status],
            page_obj=pages.get_page(self.request.GET.get("page")),
            per_soort=lijst.regels.values("soort").annotate(n=Count("pk")).order_by("soort"),
            mag_aanbieden=mag and lijst.status == "voorstel",
            wacht=lijst.status == "aangeboden",
            mag_keuren=mag and lijst.status == "aangeboden" and lijst.aangeboden_door != user,
            zelf=lijst.aangeboden_door == user,
            **kwargs,
        )


class VernietigingActieView(LijstMixin, View):
    """Offer or approve; each is asked again who one is."""

    permission = SCHRIJVEN
    vers = True
    zinnen = {
        "aanbieden": "Aangeboden. Een collega keurt de lijst goed.",
        "goedkeuren": "Goedgekeurd. Het vernietigen is begonnen.",
    }

    def post(self, request: Any, uuid: Any, actie: str) -> HttpResponse:
        lijst = self.lijst()
        if actie not in self.zinnen:
            raise Http404
        try:
            if actie == "aanbieden":
                vernietigen.offer(lijst, by=request.user, today=today())
            else:
                vernietigen.approve(lijst, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.zinnen[actie])
        return redirect(lijst)


class VernietigingAfwijzenView(LijstMixin, PrivacyForm):
    form_class = RedenForm
    titel, knop, klaar = "Lijst afwijzen", "Afwijzen", "De lijst is afgewezen."
    intro = (
        "De regels komen in een volgend voorstel terug. Moet er iets blijven? Plaats dan een"
        " bewaarstop."
    )

    def kruimels(self) -> list[tuple[str, str]]:
        lijst = self.lijst()
        return [bewaren_kruimel(), (str(lijst), lijst.get_absolute_url())]

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        vernietigen.refuse(self.lijst(), form.cleaned_data["reden"], by=by)
        return reverse("casework:bewaren")


class VernietigingVoortgangView(LijstMixin, View):
    permission = LEZEN

    def get(self, request: Any, uuid: Any) -> HttpResponse:
        lijst = self.lijst()
        if not request.htmx:
            return redirect(lijst)
        if not lijst.is_bezig:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "includes/werk.html", {"werk": lijst, "url": request.path})


class VerklaringView(LijstMixin, View):
    """The statement of destruction: on screen, or (?vorm=pdf) as an accessible PDF."""

    permission = LEZEN
    limiet = "downloaden"

    def get(self, request: Any, uuid: Any) -> HttpResponse:
        lijst = self.lijst()
        if lijst.status != "vernietigd":
            raise Http404("Deze lijst is nog niet vernietigd.")
        record("vernietiging.verklaring", lijst, by=request.user, taak=Taak.PRIVACY)
        context = {"lijst": lijst, "verklaring": statement(lijst)}
        if request.GET.get("vorm") != "pdf":
            return render(request, "casework/privacy/verklaring.html", context)
        assert UITBREIDINGEN.pdf is not None
        pdf = UITBREIDINGEN.pdf(render_to_string("casework/pdf/verklaring.html", context))
        naam = f"verklaring-van-vernietiging-{lijst.pk}.pdf"
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{naam}"'},
        )


class StopZoekView(JongereZoekView):
    doel = "casework:bewaarstop_nieuw"
    titel = "Bewaarstop plaatsen"
    kruimel = staticmethod(bewaren_kruimel)


class StopNieuwView(PrivacyForm):
    form_class = StopForm
    titel, knop, klaar = "Bewaarstop plaatsen", "Plaatsen", "De bewaarstop staat."

    def get_initial(self) -> dict[str, Any]:
        return {"van": today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        self.jongere = jongere_of(self.request, self.kwargs["uuid"])
        self.intro = f"Van {self.jongere.naam} wordt niets vernietigd zolang de bewaarstop staat."
        return super().get_form_kwargs() | {"jongere": self.jongere, "by": self.request.user}

    def kruimels(self) -> list[tuple[str, str]]:
        return [bewaren_kruimel()]

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        vernietigen.place_stop(self.jongere, by=by, **form.cleaned_data)
        return reverse("casework:bewaren")


class StopView(PrivacyForm):
    """One hold, with the form to lift it."""

    form_class = RedenForm
    template_name = "casework/privacy/bewaarstop.html"
    titel, knop, klaar = "Bewaarstop", "Opheffen", "De bewaarstop is opgeheven."

    def stop(self) -> Bewaarstop:
        rows = Bewaarstop.objects.visible_to(self.request.user).select_related(
            "jongere", "gemeente", "geplaatst_door", "opgeheven_door"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def kruimels(self) -> list[tuple[str, str]]:
        return [bewaren_kruimel()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stop = self.stop()
        user: Any = self.request.user
        record("bewaarstop.gelezen", stop, by=user, taak=Taak.PRIVACY)
        mag = user.may(SCHRIJVEN, stop.gemeente_id) and stop.opgeheven_op is None
        return super().get_context_data(stop=stop, mag=mag, **kwargs)

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        vernietigen.lift_stop(self.stop(), by=by, reden=form.cleaned_data["reden"])
        return reverse("casework:bewaren")
