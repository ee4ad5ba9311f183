"""The aktes and oaths of one colleague, by his beheerder."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from accounts.models import Gebruiker
from accounts.toegang import RechtMixin
from casework.errors import DomainError
from casework.forms.akte import AkteForm, AmbtseedForm
from casework.models import Ambtseed, BoaAkte
from casework.schooljaar import today


class AkteView(RechtMixin, FormView):
    permission = "beheer.schrijven"
    vers = True
    template_name = "casework/akte.html"

    def get_form_class(self) -> Any:
        return AmbtseedForm if "ambtseed" in self.request.POST else AkteForm

    def get_prefix(self) -> str | None:
        return "eed" if self.get_form_class() is AmbtseedForm else None

    def gebruiker(self) -> Gebruiker:
        by: Any = self.request.user
        found: Gebruiker = get_object_or_404(Gebruiker.objects.visible_to(by), pk=self.kwargs["pk"])
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.gebruiker()
        try:
            form.apply(user, by=self.request.user, day=today())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Vastgelegd.")
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        user = self.gebruiker()
        eden = Ambtseed.objects.visible_to(by).filter(gebruiker=user).select_related("gemeente")
        context = super().get_context_data(
            gebruiker=user,
            aktes=BoaAkte.objects.visible_to(by).filter(gebruiker=user),
            eden=eden,
            vandaag=today(),
            zelf=user.pk == by.pk,
            **kwargs,
        )
        sent = context["form"]
        oath = isinstance(sent, AmbtseedForm)
        return context | {
            "akteform": AkteForm() if oath else sent,
            "eedform": sent if oath else AmbtseedForm(prefix="eed"),
        }
