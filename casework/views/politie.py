"""Police data of a dossier: the reason first, then the list; and one object in detail."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.domain import regime
from casework.domain.betrokkenen import add_betrokkene
from casework.domain.onderzoek import link
from casework.domain.politiezicht import (
    count_police_data,
    find_targeted,
    give_reason,
    record_shown,
    refused,
)
from casework.domain.verstrekking import Verstrekkinginvoer, register
from casework.errors import DomainError
from casework.forms.politie import (
    BetrokkeneForm,
    GerichtForm,
    KoppelForm,
    OvergangForm,
    RedenForm,
    TerugForm,
    VerstrekkingForm,
)
from casework.models import Betrokkene, Jongere, Onderzoek, Regimeverzoek, Verstrekking
from casework.politiecodes import Inzagereden
from casework.politiezicht import keep_reason
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of

Response = HttpResponseBase


def ask_reason(request: HttpRequest, jongere: Jongere) -> HttpResponse:
    """To the form for a reason, which leads back to the page that was asked."""
    page = reverse("casework:jongere_politie", args=[jongere.uuid])
    back = request.path if request.method == "GET" else jongere.get_absolute_url()
    messages.warning(request, "Dit zijn politiegegevens. Kies eerst een reden.")
    return redirect(f"{page}?{urlencode({'volgende': back})}")


class RedenMixin:
    """Before a page about one object: is it police data that needs a reason first?"""

    politiemodel: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        user: Any = request.user
        if row := refused(self.politiemodel, user, uuid=kwargs["uuid"]):
            return ask_reason(request, row.jongere)
        response: Response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        return response


class JongerePolitieView(JongereMixin, FormView):
    """The reason of this user for this dossier; once given, all police data in it."""

    permission = "opsporing.lezen"
    template_name = "casework/politie/dossier.html"
    form_class = RedenForm
    tab = "politie"

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        data = form.cleaned_data
        give_reason(self.jongere, by=user, code=data["code"], toelichting=data["toelichting"])
        keep_reason(self.request, self.jongere, data["code"], gericht=False)
        back = self.request.GET.get("volgende", "")
        safe = url_has_allowed_host_and_scheme(back, {self.request.get_host()})
        return redirect(back if safe else self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        zicht = user.politiezicht
        code = zicht.redenen.get(self.jongere.pk) if zicht else None
        rows = regime.objects_of(self.jongere, user, wpg=True) if code else []
        record_shown(rows, by=user, handeling="lijst")
        return super().get_context_data(
            aantal=count_police_data(self.jongere, user, today()),
            reden=Inzagereden(code).label if code else "",
            rijen=rows,
            gewone=regime.objects_of(self.jongere, user, wpg=False) if code else [],
            **kwargs,
        )


class GerichtView(RechtMixin, FormView):
    """Police data older than a year: one exact case or person, with a reason (Wpg 8)."""

    permission = "opsporing.lezen"
    limiet = "zoeken"
    template_name = "casework/politie/gericht.html"
    form_class = GerichtForm

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        data = form.cleaned_data
        jongere = find_targeted(
            user,
            zaak=data["zaak"],
            nummer=data["nummer"],
            achternaam=data.get("achternaam") or "",
            geboren=data.get("geboren"),
        )
        if jongere is None:
            form.add_error(None, "Er is geen dossier gevonden met politiegegevens die u mag zien.")
            return self.form_invalid(form)
        toelichting = data["toelichting"]
        give_reason(jongere, by=user, code=data["code"], toelichting=toelichting, gericht=True)
        keep_reason(self.request, jongere, data["code"], gericht=True)
        return redirect("casework:jongere_politie", jongere.uuid)


class OnderdeelMixin(RechtMixin):
    """View about one object of a dossier, by the name of its model and its uuid."""

    permission = "opsporing.lezen"
    request: HttpRequest
    kwargs: dict[str, Any]
    onderdeel: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        user: Any = request.user
        if user.may(self.permission):  # who may not is refused below, whatever is asked
            model = regime.model_of(kwargs["onderdeel"])
            if model is None:
                raise Http404
            if row := refused(model, user, uuid=kwargs["uuid"]):
                return ask_reason(request, row.jongere)
            rows = model.objects.visible_to(user).select_related("jongere__gemeente")
            self.onderdeel = get_object_or_404(rows, uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def adres(self) -> str:
        return reverse("casework:politie_onderdeel", kwargs=self.kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jongere = self.onderdeel.jongere
        own = {
            "onderdeel": self.onderdeel,
            "adres": self.adres,
            "politieadres": reverse("casework:jongere_politie", args=[jongere.uuid]),
            "jongere": jongere,
            "identiteit": identity_of(jongere, self.request.user),
        }
        return super().get_context_data(**kwargs | own)  # type: ignore[misc]  # mixed into a ContextMixin


class OnderdeelView(OnderdeelMixin, TemplateView):
    """What is known of one object as police data."""

    template_name = "casework/politie/onderdeel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        own = {"object_uuid": self.onderdeel.uuid}
        record_shown([self.onderdeel], by=user, handeling="tonen")
        verzoek = Regimeverzoek.objects.visible_to(user).filter(akkoord=None, **own).first()
        return super().get_context_data(
            betrokkenen=Betrokkene.objects.visible_to(user).filter(**own).order_by("pk"),
            verstrekkingen=Verstrekking.objects.visible_to(user).filter(**own).order_by("-pk"),
            verzoek=verzoek,
            mag_schrijven=user.may(regime.SCHRIJVEN, regime.gemeente_of(self.onderdeel)),
            **kwargs,
        )


class OnderdeelFormView(OnderdeelMixin, FormView):
    """A form about one object; a refusal of the domain is shown above it."""

    permission = "opsporing.schrijven"
    template_name = "casework/politie/formulier.html"
    titel = uitleg = knop = klaar = ""

    def perform(self, data: dict[str, Any], user: Any) -> None:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.perform(form.cleaned_data, self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect("casework:jongere_politie", self.onderdeel.jongere.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"titel": self.titel, "uitleg": self.uitleg, "knop": self.knop}


class NaarWpgView(OnderdeelFormView):
    form_class = OvergangForm
    titel, knop = "Politiegegeven maken", "Politiegegeven maken"
    uitleg = (
        "Collega's zonder opsporing zien dit onderdeel daarna niet meer. Terug kan alleen als een"
        " andere boa dat goedkeurt."
    )
    klaar = "Dit is nu een politiegegeven."

    def perform(self, data: dict[str, Any], user: Any) -> None:
        regime.to_wpg(self.onderdeel, regime.Overgang(**data), by=user, day=today())


class NaarAvgView(OnderdeelFormView):
    form_class = TerugForm
    titel, knop = "Terug naar AVG vragen", "Vragen"
    uitleg = "Een andere boa beslist over uw vraag. Tot die tijd verandert er niets."
    klaar = "Uw vraag is opgeslagen. Een andere boa beslist."

    def perform(self, data: dict[str, Any], user: Any) -> None:
        regime.ask_back(self.onderdeel, by=user, reden=data["reden"], now=timezone.now())


class BetrokkeneView(OnderdeelFormView):
    form_class = BetrokkeneForm
    titel, knop, klaar = "Persoon toevoegen", "Persoon opslaan", "De persoon is opgeslagen."

    def perform(self, data: dict[str, Any], user: Any) -> None:
        add_betrokkene(self.onderdeel, by=user, **data)


class KoppelView(OnderdeelFormView):
    form_class = KoppelForm
    titel, knop = "Aan een onderzoek koppelen", "Koppelen"
    uitleg = "Daarna zien alleen de collega's van dat onderzoek dit onderdeel."
    klaar = "Het onderdeel hoort nu bij het onderzoek."

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Onderzoek.objects.visible_to(user).filter(gesloten_op=None)
        own = rows.filter(gemeente=regime.gemeente_of(self.onderdeel)).order_by("naam", "pk")
        return super().get_form_kwargs() | {"onderzoeken": own}

    def perform(self, data: dict[str, Any], user: Any) -> None:
        link(self.onderdeel, data["onderzoek"], by=user)


class VerstrekView(OnderdeelFormView):
    form_class = VerstrekkingForm
    titel, knop = "Verstrekking vastleggen", "Vastleggen"
    uitleg = "Staat de ontvanger niet in de lijst? Dan moet eerst een andere boa akkoord geven."
    klaar = "De verstrekking is vastgelegd."

    def get_initial(self) -> dict[str, Any]:
        return {"verstrekt_op": today()}

    def perform(self, data: dict[str, Any], user: Any) -> None:
        row = register(self.onderdeel, Verstrekkinginvoer(**data), by=user, now=timezone.now())
        if row.wacht:
            self.klaar = "Verstrek nog niets. Een andere boa moet eerst akkoord geven."
