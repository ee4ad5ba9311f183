"""Entering family, address, school and diploma from the dossier."""

from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView

from casework.errors import DomainError
from casework.forms.gegevens import (
    AdresForm,
    BereikForm,
    DiplomaForm,
    InschrijvingForm,
    RelatieForm,
    UitschrijvingForm,
)
from casework.models import Inschrijving, Jongere, Relatie
from casework.schooljaar import today
from casework.views.basis import JongereMixin


class GegevenView(JongereMixin, FormView):
    """A form about this jongere; afterwards the tab it belongs to."""

    permission = "dossier.schrijven"
    template_name = "casework/contactformulier.html"
    tab_url = "casework:jongere_gezin"
    titel = klaar = ""
    knop = "Opslaan"

    def over(self) -> Any:
        """The row the form is about."""
        return self.jongere

    def get_success_url(self) -> str:
        return reverse(self.tab_url, args=[self.jongere.uuid])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.apply(self.over(), by=self.request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        # Who moved away may be out of sight now.
        seen = Jongere.objects.visible_to(self.request.user).filter(pk=self.jongere.pk)
        return redirect(self.get_success_url() if seen.exists() else "casework:jongeren")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            titel=self.titel,
            knop=self.knop,
            terug=reverse(self.tab_url, args=[self.jongere.uuid]),
            concept=f"{type(self).__name__}-{self.jongere.pk}",
            **kwargs,
        )


class RelatieBijView(GegevenView):
    form_class = RelatieForm
    titel = "Ouder of verzorger toevoegen"
    klaar = "De persoon is toegevoegd."


class VanJongereView(GegevenView):
    """About a row of a jongere; `model` is in sight with its jongere."""

    model: Any

    @cached_property
    def rij(self) -> Any:
        rows = self.model.objects.visible_to(self.request.user).select_related("jongere__gemeente")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def over(self) -> Any:
        return self.rij

    @property
    def jongere(self) -> Jongere:
        return cast("Jongere", self.rij.jongere)


class RelatieView(VanJongereView):
    model = Relatie
    form_class = BereikForm
    titel = "Gegevens van ouder of verzorger"
    klaar = "De gegevens zijn opgeslagen."

    def get_initial(self) -> dict[str, Any]:
        row = self.rij
        fields = {naam: getattr(row, naam) for naam in ("telefoon", "email", "gezag")}
        return fields | {"contactpersoon": bool(row.contactpersoon)}


class AdresBijView(GegevenView):
    form_class = AdresForm
    titel = "Verhuizing vastleggen"
    klaar = "Het adres is opgeslagen."

    def get_initial(self) -> dict[str, Any]:
        return {"van": today(), "gemeente": self.jongere.gemeente_id}


class InschrijvingBijView(GegevenView):
    form_class = InschrijvingForm
    tab_url = "casework:jongere_school"
    titel = "Inschrijving toevoegen"
    klaar = "De inschrijving is toegevoegd."

    def get_initial(self) -> dict[str, Any]:
        return {"begindatum": today()}


class UitschrijvingView(VanJongereView):
    model = Inschrijving
    form_class = UitschrijvingForm
    tab_url = "casework:jongere_school"
    titel = "Uitschrijving vastleggen"
    klaar = "De laatste dag is opgeslagen."

    def get_initial(self) -> dict[str, Any]:
        row = self.rij
        return {"laatste_dag": row.einddatum or today(), "reden": row.reden_einde}


class DiplomaBijView(GegevenView):
    form_class = DiplomaForm
    tab_url = "casework:jongere_school"
    titel = "Diploma toevoegen"
    klaar = "Het diploma is toegevoegd."
