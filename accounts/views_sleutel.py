"""A security key as second factor: add, name, remove, and prove again with it."""

import json
from typing import Any

from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from accounts.factoren import has_app
from accounts.gebeurtenissen import record
from accounts.rechten import INGELOGD
from accounts.toegang import RechtMixin
from accounts.views_factor import Bevestigd, changed, first_codes, refused


class SleutelNieuwView(RechtMixin, AddWebAuthnView):
    permission = INGELOGD
    vers = True
    template_name = "mfa/sleutel/nieuw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = kwargs.get("form")
        if form is not None:  # the view of allauth drops the form with its errors
            context["form"] = form
        return context | {"opties": json.dumps(context["js_data"]["creation_options"])}

    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        changed(self.request, "gebruiker.sleutel_ingesteld")
        return first_codes(self.request) or response


class SleutelNaamView(RechtMixin, EditWebAuthnView):
    permission = INGELOGD
    vers = True
    template_name = "mfa/sleutel/naam.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_name(self.request)
        return response


def note_name(request: HttpRequest) -> None:
    user: Any = request.user
    with transaction.atomic():
        record("gebruiker.sleutel_hernoemd", user, by=user)


class SleutelWegView(RechtMixin, RemoveWebAuthnView):
    permission = INGELOGD
    vers = True
    template_name = "mfa/sleutel/verwijderen.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        changed(self.request, "gebruiker.sleutel_verwijderd")
        return response


class SleutelBevestigView(Bevestigd, ReauthenticateWebAuthnView):
    permission = INGELOGD
    template_name = "mfa/sleutel/bevestigen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": kwargs.get("form") or self.get_form(),
            "opties": json.dumps(context["js_data"]["request_options"]),
            "code": self.passthrough_next_url(reverse("mfa_reauthenticate")),
            "heeft_app": has_app(self.request.user),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again with what is wrong; allauth would go to the login page."""
        refused(self.request, self.request.user, "sleutel")
        return self.render_to_response(self.get_context_data(form=form))
