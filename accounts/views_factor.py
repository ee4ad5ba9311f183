"""Second factor of the user himself, and proving again who one is before a sensitive act."""

import json
from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from accounts.factoren import has_app, has_factor, has_key
from accounts.gebeurtenissen import record
from accounts.herstelcodes import count_left, renew, take_shown
from accounts.models import Gebruiker
from accounts.rechten import INGELOGD, OPENBAAR
from accounts.sessies import end_sessions, want_new_key
from accounts.spoor import spoor_of
from accounts.toegang import RechtMixin


def changed(request: HttpRequest, actie: str) -> None:
    """On record; the other sessions end, this one gets a new key."""
    user: Any = request.user
    with transaction.atomic():
        record(actie, user, by=user)
    end_sessions(user, keep=request.session.session_key)
    want_new_key(request)


def first_codes(request: HttpRequest) -> HttpResponse | None:
    """With the first factor come recovery codes: the page that shows them."""
    if count_left(request.user):
        return None
    renew(request)
    return redirect("mfa_view_recovery_codes")


def refused(request: HttpRequest, user: Any, stap: str = "code") -> None:
    oorsprong = spoor_of(request).oorsprong
    with transaction.atomic():
        record("gebruiker.geweigerd", user, by=None, geweigerd=True, oorsprong=oorsprong, stap=stap)


class CodeView(AuthenticateView):
    """The second step of logging in."""

    permission = OPENBAAR

    def form_invalid(self, form: Any) -> HttpResponse:
        stap = "sleutel" if form is self.webauthn_form else "code"
        refused(self.request, self.stage.login.user, stap)
        response: HttpResponse = super().form_invalid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = json.dumps(context["js_data"]["request_options"])
        keys = {"heeft_sleutel": has_key(user), "heeft_app": has_app(user)}
        return context | keys | {"opties": options}


class FactorenView(RechtMixin, IndexView):
    permission = INGELOGD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"heeft_factor": has_factor(user), "herstelcodes": count_left(user)}


class TotpInstelView(RechtMixin, ActivateTOTPView):
    permission = INGELOGD
    vers = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[n : n + 4] for n in range(0, len(secret), 4)]
        return context | {"sleutel": " ".join(groups)}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factor = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        # The code that proved the app cannot log in as well.
        factor.wrap().validate_code(form.cleaned_data["code"])
        changed(self.request, "gebruiker.factor_ingesteld")
        return first_codes(self.request) or response


class TotpWegView(RechtMixin, DeactivateTOTPView):
    permission = INGELOGD
    vers = True

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        changed(self.request, "gebruiker.factor_verwijderd")
        return response


class HerstelcodesView(RechtMixin, TemplateView):
    permission = INGELOGD
    vers = True
    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        left = count_left(user)
        if not left and not has_factor(user):
            raise Http404("Er zijn geen herstelcodes.")
        return super().get_context_data(
            codes=take_shown(self.request), over=left, totaal=settings.HERSTELCODES, **kwargs
        )


class HerstelcodesNieuwView(RechtMixin, FormView):
    permission = INGELOGD
    vers = True
    template_name = "mfa/recovery_codes/generate.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(over=count_left(self.request.user), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        if not has_factor(user):
            return redirect("mfa_index")
        renew(self.request)
        changed(self.request, "gebruiker.herstelcodes_vernieuwd")
        get_adapter().send_notification_mail("mfa/email/recovery_codes_generated", user)
        return redirect("mfa_view_recovery_codes")


class Bevestigd:
    """A step-up gives the session a new key and is on record."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        want_new_key(self.request)
        if isinstance(user, Gebruiker):
            with transaction.atomic():
                record("gebruiker.bevestigd", user, by=user)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # mixed into a FormView
        return response


class WachtwoordBevestigView(Bevestigd, ReauthenticateView):
    permission = INGELOGD


class CodeBevestigView(Bevestigd, ReauthenticateByCodeView):
    permission = INGELOGD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sleutel = self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn"))
        return context | {"heeft_app": has_app(user), "sleutel": has_key(user) and sleutel}

    def form_invalid(self, form: Any) -> HttpResponse:
        refused(self.request, self.request.user)
        response: HttpResponse = super().form_invalid(form)
        return response
