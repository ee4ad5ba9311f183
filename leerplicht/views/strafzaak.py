"""The case against one suspect: its page, the text, a verhoor and the bundle."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import FormView, View

from casework.domain.akte import akte_on
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.models import Document
from casework.schooljaar import today
from leerplicht.domain import bundel
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.domain.strafzaak import INHOUD, terms
from leerplicht.forms.opsporing import BundelForm, TekstForm, VerhoorForm
from leerplicht.models import Strafzaak, Verhoor
from leerplicht.opsporingscodes import Straf
from leerplicht.views.zaken import ZaakMixin, ZaakStapView, ZaakView


class StrafzaakMixin(ZaakMixin):
    politiemodel = Strafzaak
    tabel = STRAF
    stapadres = "leerplicht:strafstap"


class StrafzaakView(StrafzaakMixin, ZaakView):
    template_name = "leerplicht/strafzaak.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        zaak, day = self.zaak, today()
        verhoren = list(Verhoor.objects.visible_to(user).filter(zaak=zaak).order_by("begin", "pk"))
        made = Document.objects.visible_to(user).filter(pk=zaak.bundel_id).first()
        record_shown([*verhoren, made], by=user, handeling="tonen")
        busy = bundel.is_busy(zaak, timezone.now())
        return super().get_context_data(
            verhoren=verhoren,
            bundel=made,
            bundelwerk=progress_of(zaak) if busy else None,
            bundel_mislukt=not busy and zaak.bundel_stand not in ("", "klaar"),
            termijnen=terms(zaak, day),
            straffen=[Straf(code).label for code in zaak.straffen],
            akte=akte_on(user, day),
            eigen=zaak.boa_id == user.pk,
            **kwargs,
        )


class StrafStapView(StrafzaakMixin, ZaakStapView):
    def get_initial(self) -> dict[str, Any]:
        akte = akte_on(self.zaak.boa, today())
        return super().get_initial() | {"eed": akte.eed if akte else ""}


class BijZaakView(StrafzaakMixin, FormView):
    """A form at a case; a refusal of the domain stands above it and nothing is lost."""

    permission = "opsporing.schrijven"
    template_name = "leerplicht/zaakformulier.html"
    titel = uitleg = knop = klaar = ""

    def apply(self, form: Any) -> Any:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.apply(form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect(self.zaak)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"titel": self.titel, "uitleg": self.uitleg, "knop": self.knop}
        return super().get_context_data(**own | kwargs)


class TekstView(BijZaakView):
    form_class = TekstForm
    titel, knop = "Proces-verbaal schrijven", "Opslaan"
    uitleg = (
        "Feiten en oordeel staan apart. Tot u ondertekent kunt u alles veranderen. Om te"
        " ondertekenen zijn nodig: het adres, de controle van de identiteit, het feit en de plaats,"
        " de bevindingen, wat is geprobeerd en uw oordeel."
    )
    klaar = "Het proces-verbaal is opgeslagen."

    def get_initial(self) -> dict[str, Any]:
        return {veld: getattr(self.zaak, veld) for veld in INHOUD}

    def apply(self, form: Any) -> Any:
        return form.apply(self.zaak, by=self.request.user)


class VerhoorView(BijZaakView):
    form_class = VerhoorForm
    titel, knop, klaar = "Verhoor vastleggen", "Verhoor vastleggen", "Het verhoor is vastgelegd."
    uitleg = (
        "Een verhoor is geen gesprek. Zeg eerst welk feit het is, dat antwoorden niet hoeft (de"
        " cautie), en dat een raadsman mag helpen."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"rol": "VERDACHTE", "naam": self.zaak.naam, "taal": "Nederlands"}

    def apply(self, form: Any) -> Any:
        return form.apply(self.zaak, by=self.request.user, now=timezone.now())


class BundelView(BijZaakView):
    """A worker makes it; the page of the case shows how far it is."""

    limiet = "downloaden"
    form_class = BundelForm
    titel, knop = "Proces-verbaal met bijlagen", "Pdf maken"
    uitleg = (
        "In de pdf staan het proces-verbaal, de verhoren en een lijst van meldingen en stappen van"
        " de opsporing. Verslagen van hulp en gesprekken staan er niet in."
    )
    klaar = "De pdf wordt gemaakt. U kunt verder werken."

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        rows = Document.objects.visible_to(user).filter(jongere=self.zaak.jongere_id)
        rows = rows.filter(bestandsnaam__iendswith=".pdf", adres_geheim=False)
        return super().get_form_kwargs() | {"documenten": rows.order_by("datum", "pk")}

    def apply(self, form: Any) -> Any:
        user: Any = self.request.user
        bijlagen = list(form.cleaned_data["bijlagen"])
        record_shown(bijlagen, by=user, handeling="downloaden")
        bundel.request(self.zaak, bijlagen, by=user, now=timezone.now())


class BundelVoortgangView(StrafzaakMixin, View):
    def get(self, request: Any, uuid: Any) -> HttpResponse:
        if not request.htmx:
            return redirect(self.zaak)
        if not bundel.is_busy(self.zaak, timezone.now()):
            return HttpResponse(headers={"HX-Refresh": "true"})
        werk = progress_of(self.zaak)
        return render(request, "includes/werk.html", {"werk": werk, "url": request.path})


def progress_of(zaak: Strafzaak) -> dict[str, Any]:
    return {
        "voortgang": zaak.bundel_voortgang,
        "stap": zaak.bundel_stap,
        "get_absolute_url": zaak.get_absolute_url(),
    }
