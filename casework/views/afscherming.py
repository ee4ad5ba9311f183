"""Closing a dossier, the two persons who open it, and colleagues who know the youth."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView, View

from accounts.rechten import INGELOGD
from accounts.toegang import RechtMixin
from casework.domain import afscherming as domein
from casework.domain import betrokkenheid
from casework.errors import DomainError
from casework.forms.afscherming import (
    AfsluitForm,
    BetrokkenForm,
    BetrokkenZelfForm,
    LijstForm,
    OpenenForm,
)
from casework.models import Afscherming, Afschermingverzoek
from casework.views.basis import JongereMixin

Soort = Afschermingverzoek.Soort


class AfschermingTabView(JongereMixin, TemplateView):
    """Whether the dossier is closed, to whom it is open, and who knows the youth."""

    permission = "dossier.schrijven"
    template_name = "casework/dossier/afscherming.html"
    tab = "afscherming"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        row = domein.closed_dossier(self.jongere)
        return super().get_context_data(
            afscherming=row,
            leden=row.leden.order_by("naam") if row else [],
            verzoek=row.verzoeken.filter(besluit_op__isnull=True).first() if row else None,
            mag_sluiten=any(
                by.may(domein.AFSCHERMEN, g) for g in domein.gemeenten_around(self.jongere.pk)
            ),
            mag_betrokken=by.may(domein.AFSCHERMEN, self.jongere.gemeente_id),
            betrokkenen=betrokkenheid.of_jongere(self.jongere),
            **kwargs,
        )


class _BijJongere(JongereMixin, FormView):
    permission = domein.AFSCHERMEN
    template_name = "casework/contactformulier.html"
    titel = knop = klaar = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"jongere": self.jongere}

    def perform(self, data: dict[str, Any]) -> None:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.perform(form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return self.done()

    def done(self) -> HttpResponse:
        return redirect("casework:jongere_afscherming", self.jongere.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            titel=self.titel,
            knop=self.knop,
            terug=self.jongere.get_absolute_url() + "afscherming/",
            **kwargs,
        )


class AfsluitenView(_BijJongere):
    vers = True
    form_class = AfsluitForm
    titel, knop = "Dossier afsluiten", "Afsluiten"
    klaar = "Het dossier is afgesloten. Alleen wie op de lijst staat ziet het nog."

    def perform(self, data: dict[str, Any]) -> None:
        self.afscherming = domein.close(self.jongere, by=self.request.user, **data)

    def done(self) -> HttpResponse:
        """Who is not on the list cannot go back to the dossier."""
        if self.afscherming.leden.filter(pk=self.request.user.pk).exists():
            return super().done()
        return redirect("casework:afschermingen")


class BetrokkenView(_BijJongere):
    form_class = BetrokkenForm
    titel, knop = "Collega kent deze jongere", "Vastleggen"
    klaar = "Vastgelegd. Deze collega ziet de jongere niet meer."

    def perform(self, data: dict[str, Any]) -> None:
        betrokkenheid.declare(data["collega"], self.jongere, data["soort"], by=self.request.user)


class BetrokkenVervaltView(JongereMixin, View):
    permission = domein.AFSCHERMEN

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(betrokkenheid.of_jongere(self.jongere), pk=kwargs["pk"])
        try:
            betrokkenheid.withdraw(row, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Vervallen: {row.gebruiker.naam} kent deze jongere niet.")
        return redirect("casework:jongere_afscherming", self.jongere.uuid)


class BetrokkenZelfView(RechtMixin, FormView):
    """Of one's own family. The answer never tells whether the youth is known here."""

    permission = INGELOGD
    limiet = "noodtoegang"
    template_name = "casework/betrokken_zelf.html"
    form_class = BetrokkenZelfForm

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        betrokkenheid.declare_self(form.kenmerken(), form.cleaned_data["soort"], by=by)
        messages.success(
            self.request,
            "Dank u. Is deze jongere bij ons bekend, dan kunt u het dossier niet meer openen.",
        )
        return redirect("casework:betrokken_zelf")


class AfschermingenView(RechtMixin, TemplateView):
    """Closed dossiers by their number only, and what waits for a second person."""

    permission = domein.BESLISSEN
    template_name = "casework/afschermingen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        verzoeken = domein.to_decide(by).select_related("afscherming__gemeente", "gevraagd_door")
        rows = domein.open_to_ask(by).select_related("gemeente").prefetch_related("leden")
        return super().get_context_data(
            verzoeken=verzoeken.order_by("gevraagd_op", "pk"),
            afschermingen=rows.order_by("pk") if by.may(domein.AFSCHERMEN) else [],
            **kwargs,
        )


class AfschermingVraagView(RechtMixin, FormView):
    """Ask to open the dossier ("openen"), or for another list ("lijst")."""

    permission = "dossier.schrijven"
    vers = True
    template_name = "casework/afscherming_vraag.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._afscherming: Afscherming | None = None

    @property
    def afscherming(self) -> Afscherming:
        if self._afscherming is None:
            if self.kwargs["actie"] not in Soort.values:
                raise Http404
            self._afscherming = get_object_or_404(
                domein.open_to_ask(self.request.user), uuid=self.kwargs["uuid"]
            )
        return self._afscherming

    def get_form(self, form_class: Any = None) -> Any:
        if self.afscherming and self.kwargs["actie"] == Soort.OPENEN:
            return OpenenForm(**self.get_form_kwargs())
        return LijstForm(afscherming=self.afscherming, **self.get_form_kwargs())

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        try:
            domein.ask(self.afscherming, by=by, soort=self.kwargs["actie"], **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request, "Uw verzoek wacht op een andere leidinggevende of beheerder."
        )
        return redirect(self.terug())

    def terug(self) -> str:
        by: Any = self.request.user
        if self.afscherming.leden.filter(pk=by.pk).exists():
            return self.afscherming.jongere.get_absolute_url() + "afscherming/"
        return "/afschermingen/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            afscherming=self.afscherming,
            titel=Soort(self.kwargs["actie"]).label,
            terug=self.terug(),
            **kwargs,
        )


class AfschermingBesluitView(RechtMixin, TemplateView):
    """The second person decides on what is asked, without seeing whom it is about."""

    permission = domein.BESLISSEN
    vers = True
    template_name = "casework/afscherming_besluit.html"

    def get_verzoek(self) -> Afschermingverzoek:
        rows = domein.to_decide(self.request.user).select_related(
            "afscherming__gemeente", "gevraagd_door"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verzoek = self.get_verzoek()
        nu, straks = set(verzoek.afscherming.leden.all()), set(verzoek.leden.all())
        lijst = verzoek.soort == Soort.LIJST
        return super().get_context_data(
            verzoek=verzoek,
            erbij=sorted(straks - nu, key=str) if lijst else [],
            eraf=sorted(nu - straks, key=str) if lijst else [],
            eigen=verzoek.gevraagd_door_id == self.request.user.pk,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verzoek = self.get_verzoek()
        keuze = request.POST.get("besluit", "")
        if keuze not in {"ja", "nee"}:
            messages.error(request, "Kies of u akkoord gaat.")
            return redirect("casework:afscherming_besluit", verzoek.uuid)
        try:
            domein.decide(verzoek, by=request.user, akkoord=keuze == "ja")
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("casework:afscherming_besluit", verzoek.uuid)
        messages.success(request, "Uw besluit is vastgelegd.")
        return redirect("casework:afschermingen")
