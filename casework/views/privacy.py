"""Requests of persons: the list, one request, its package and its corrections."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from accounts import muur
from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain import inzage as inzagepakket
from casework.domain import rectificatie, verzoeken
from casework.errors import DomainError
from casework.forms.privacy import BesluitForm, RectificatieForm, RedenForm, VerzoekForm, ZoekForm
from casework.models import Inzage, Jongere, Kennisgeving, Rectificatie, Verzoek
from casework.schooljaar import today
from casework.views.lijst import Lijst

KLEUREN = {"wacht": "info", "bezig": "info", "klaar": "success", "mislukt": "danger"}


class PrivacyMixin(RechtMixin):
    """Pages about persons whom the officer may not open by his own rights.

    The wall of the database knows the rows of who handles dossiers; for this work it has a rule
    of its own, by the gemeenten where its user does privacy.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        muur.met_doel("privacy")
        return super().dispatch(request, *args, **kwargs)


class PrivacyForm(PrivacyMixin, FormView):
    """A form of the privacy officer: what the domain refuses stands above it."""

    permission = verzoeken.SCHRIJVEN
    template_name = "casework/privacy/formulier.html"
    titel = knop = intro = klaar = ""

    def perform(self, form: Any) -> str:
        """Do it; the address to go on to."""
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            url = self.perform(form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if self.klaar:
            messages.success(self.request, self.klaar)
        return redirect(url)

    def kruimels(self) -> list[tuple[str, str]]:
        raise NotImplementedError  # every subclass says its own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:  # making it may look up whom the page is about
            kwargs["form"] = self.get_form()
        kruimels = self.kruimels()
        return super().get_context_data(
            titel=self.titel,
            knop=self.knop,
            intro=self.intro,
            kruimels=kruimels,
            terug=kruimels[-1][1],
            **kwargs,
        )


def verzoek_kruimel() -> tuple[str, str]:
    return "Verzoeken", reverse("casework:verzoeken")


class VerzoekenView(Lijst):
    permission = verzoeken.LEZEN
    template_name = "casework/privacy/verzoeken.html"
    personen = False  # no name of a youth is on it

    def rijen(self) -> Any:
        rows = Verzoek.objects.visible_to(self.request.user).select_related("gemeente")
        return rows.order_by("besluit", "uiterlijk_op", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(mag=self.request.user.may(verzoeken.SCHRIJVEN), **kwargs)
        for verzoek in context["object_list"]:
            verzoek.laat = verzoek.is_laat(today())
        return context


class JongereZoekView(PrivacyMixin, FormView):
    """First who it is about; the number goes on in the address, never a BSN."""

    permission = verzoeken.SCHRIJVEN
    limiet = "zoeken"
    template_name = "casework/privacy/formulier.html"
    form_class = ZoekForm
    doel = "casework:verzoek_nieuw"
    titel = "Nieuw verzoek"
    kruimel = staticmethod(verzoek_kruimel)

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        try:
            jongere = verzoeken.find_jongere(
                form.cleaned_data["jongere"], by=by, permissie=verzoeken.SCHRIJVEN
            )
        except DomainError as error:
            form.add_error("jongere", str(error))
            return self.form_invalid(form)
        return redirect(self.doel, jongere.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kruimel = self.kruimel()
        return super().get_context_data(
            titel=self.titel,
            knop="Zoeken",
            kruimels=[kruimel],
            terug=kruimel[1],
            intro="Over welke jongere gaat het?",
            **kwargs,
        )


def jongere_of(request: HttpRequest, uuid: Any) -> Jongere:
    """The youth in a gemeente of this officer, or 404; looking leaves a trace."""
    user: Any = request.user
    row = get_object_or_404(Jongere.objects.only("pk"), uuid=uuid)
    try:
        jongere = verzoeken.find_jongere(str(row.pk), by=user, permissie=verzoeken.SCHRIJVEN)
    except DomainError as error:
        raise Http404 from error
    record("dossier.gelezen", jongere, by=user, taak=Taak.PRIVACY, onderdeel="verzoek")
    return jongere


class VerzoekNieuwView(PrivacyForm):
    form_class = VerzoekForm
    titel, knop, klaar = "Nieuw verzoek", "Vastleggen", "Het verzoek is vastgelegd."

    def get_form_kwargs(self) -> dict[str, Any]:
        self.jongere = jongere_of(self.request, self.kwargs["uuid"])
        geboren = f"{self.jongere.geboortedatum:%d-%m-%Y}"
        self.intro = f"Over {self.jongere.naam}, geboren op {geboren}."
        return super().get_form_kwargs() | {"jongere": self.jongere, "by": self.request.user}

    def kruimels(self) -> list[tuple[str, str]]:
        return [verzoek_kruimel()]

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        invoer = verzoeken.Invoer(**form.cleaned_data)
        verzoek = verzoeken.register(self.jongere, invoer, by=by, today=today())
        return verzoek.get_absolute_url()


class VerzoekMixin(PrivacyMixin):
    request: HttpRequest
    kwargs: dict[str, Any]

    def verzoek(self) -> Verzoek:
        rows = Verzoek.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # logged in
        return get_object_or_404(
            rows.select_related("jongere", "gemeente", "vertegenwoordiger", "besloten_door"),
            uuid=self.kwargs["uuid"],
        )


class VerzoekView(VerzoekMixin, TemplateView):
    permission = verzoeken.LEZEN
    template_name = "casework/privacy/verzoek.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verzoek = self.verzoek()
        user: Any = self.request.user
        record("verzoek.gelezen", verzoek, by=user, taak=verzoeken.taak_of(verzoek))
        mag = user.may(verzoeken.SCHRIJVEN, verzoek.gemeente_id)
        return super().get_context_data(
            verzoek=verzoek,
            laat=verzoek.is_laat(today()),
            mag=mag,
            mag_besluiten=mag and not verzoek.besluit,
            inzages=verzoek.inzages.select_related("gemaakt_door"),
            rectificaties=[_shown(r) for r in verzoek.rectificaties.select_related("door")],
            **kwargs,
        )


def _shown(row: Rectificatie) -> dict[str, Any]:
    from django.apps import apps

    model = apps.get_model(row.object_type)
    return {
        "uuid": row.uuid,
        "wat": str(model._meta.verbose_name).capitalize(),
        "veld": str(model._meta.get_field(row.veld).verbose_name),
        "oud": row.oud,
        "nieuw": row.nieuw,
        "reden": row.reden,
        "door": row.door,
        "op": row.op,
    }


class BijVerzoekForm(VerzoekMixin, PrivacyForm):
    """A form about one request, that goes back to it."""

    def kruimels(self) -> list[tuple[str, str]]:
        verzoek = self.verzoek()
        return [verzoek_kruimel(), (str(verzoek), verzoek.get_absolute_url())]

    def act(self, verzoek: Verzoek, data: dict[str, Any], by: Any) -> Any:
        raise NotImplementedError  # every subclass says its own

    def perform(self, form: Any) -> str:
        verzoek = self.verzoek()
        done = self.act(verzoek, form.cleaned_data, self.request.user)
        url: str = (done or verzoek).get_absolute_url()
        return url


class VerlengView(BijVerzoekForm):
    form_class = RedenForm
    titel, knop, klaar = "Termijn verlengen", "Verlengen", "De termijn is verlengd."
    intro = "U hebt dan twee maanden extra. Vertel de aanvrager dat binnen een maand, met de reden."

    def act(self, verzoek: Verzoek, data: dict[str, Any], by: Any) -> None:
        verzoeken.extend(verzoek, data["reden"], by=by, today=today())


class BesluitView(BijVerzoekForm):
    form_class = BesluitForm
    titel, knop, klaar = "Besluit vastleggen", "Vastleggen", "Het besluit is vastgelegd."

    def act(self, verzoek: Verzoek, data: dict[str, Any], by: Any) -> None:
        verzoeken.decide(verzoek, data["besluit"], data["reden"], by=by, today=today())


class InzageNieuwView(BijVerzoekForm):
    vers = True
    limiet = "pdf"
    form_class = RedenForm
    titel, knop = "Inzagepakket maken", "Maak het pakket"
    intro = (
        "U krijgt een PDF en een JSON-bestand met alle gegevens van deze jongere in uw gemeenten."
        " Politiegegevens en namen van anderen staan er niet in. Lees het pakket na voordat u het"
        " verstuurt: in een notitie kan iets over een ander staan."
    )

    def act(self, verzoek: Verzoek, data: dict[str, Any], by: Any) -> Inzage:
        return inzagepakket.request(verzoek, data["reden"][:200], by=by)


class InzageMixin(PrivacyMixin):
    permission = verzoeken.SCHRIJVEN
    request: HttpRequest
    kwargs: dict[str, Any]

    def inzage(self) -> Inzage:
        rows = Inzage.objects.visible_to(self.request.user)  # type: ignore[arg-type]  # logged in
        return get_object_or_404(rows.select_related("verzoek"), uuid=self.kwargs["uuid"])


class InzageView(InzageMixin, TemplateView):
    template_name = "casework/privacy/inzage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inzage = self.inzage()
        return super().get_context_data(
            inzage=inzage,
            kleur=KLEUREN.get(inzage.status, "neutral"),
            bewaard_tot=inzagepakket.kept_until(inzage),
            **kwargs,
        )


class InzageVoortgangView(InzageMixin, View):
    def get(self, request: Any, uuid: Any) -> HttpResponse:
        inzage = self.inzage()
        if not request.htmx:
            return redirect(inzage)
        if not inzage.is_bezig:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {"werk": inzage, "url": request.path}
        return render(request, "includes/werk.html", context)


class InzageBestandView(InzageMixin, View):
    vers = True
    limiet = "downloaden"

    def get(self, request: Any, uuid: Any, soort: str) -> HttpResponseBase:
        inzage = self.inzage()
        file = {"pdf": inzage.pdf, "json": inzage.json}.get(soort)
        if not file:
            raise Http404("Dit bestand is er niet (meer).")
        inzagepakket.fetched(inzage, soort, by=request.user)
        naam = f"inzage-{inzage.verzoek.ontvangen_op:%Y-%m-%d}.{soort}"
        return FileResponse(file.open(), as_attachment=True, filename=naam)


class RectificeerView(BijVerzoekForm):
    """First the fact, then the new value: without a choice the page lists what can be."""

    form_class = RectificatieForm
    titel, knop, klaar = "Gegeven verbeteren", "Verbeteren", "Het gegeven is verbeterd."
    template_name = "casework/privacy/rectificeren.html"

    def get_form(self, form_class: Any = None) -> Any:
        verzoek = self.verzoek()
        if verzoek.jongere is None:
            raise Http404
        self.feiten = list(rectificatie.facts_of(verzoek.jongere))
        gekozen = self.request.GET.get("gegeven", "")
        self.gegeven = next((g for g in self.feiten if g.sleutel == gekozen), None)
        if self.gegeven is None:
            return None
        return RectificatieForm(**self.get_form_kwargs(), gegeven=self.gegeven)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form is None:
            return redirect(request.path)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        verzoek = self.verzoek()
        user: Any = self.request.user
        record("verzoek.gelezen", verzoek, by=user, taak=verzoeken.taak_of(verzoek))
        return context | {"feiten": self.feiten, "gegeven": self.gegeven}

    def act(self, verzoek: Verzoek, data: dict[str, Any], by: Any) -> Rectificatie:
        assert verzoek.jongere
        assert self.gegeven
        return rectificatie.rectify(
            verzoek.jongere,
            verzoek.gemeente,
            self.gegeven.sleutel,
            data["nieuw"],
            data["reden"],
            by=by,
            verzoek=verzoek,
        )


class RectificatieView(PrivacyMixin, TemplateView):
    permission = verzoeken.LEZEN
    template_name = "casework/privacy/rectificatie.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Rectificatie.objects.visible_to(user).select_related("door", "verzoek")
        row = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        record("rectificatie.gelezen", row, by=user, taak=Taak.PRIVACY)
        return super().get_context_data(
            rij=row,
            wat=_shown(row),
            kennisgevingen=row.kennisgevingen.select_related("gestuurd_door"),
            mag=user.may(verzoeken.SCHRIJVEN, row.gemeente_id),
            **kwargs,
        )


class KennisgevingView(PrivacyMixin, View):
    permission = verzoeken.SCHRIJVEN

    def post(self, request: Any, uuid: Any) -> HttpResponse:
        mine = Rectificatie.objects.visible_to(request.user)
        rows = Kennisgeving.objects.filter(rectificatie__in=mine)
        row = get_object_or_404(rows.select_related("rectificatie"), uuid=uuid)
        rectificatie.mark_sent(row, by=request.user)
        messages.success(request, "Afgevinkt: het bericht is gestuurd.")
        return redirect("casework:rectificatie", row.rectificatie.uuid)
