"""Second factor of the user himself, and proving again who one is before a sensitive act."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import INGELOGD, OPENBAAR
from accounts.sessies import end_sessions, want_new_key
from accounts.spoor import spoor_of
from accounts.toegang import RechtMixin


def _changed(request: HttpRequest, actie: str) -> None:
    """On record; the other sessions end, this one gets a new key."""
    user: Any = request.user
    with transaction.atomic():
        record(actie, user, by=user)
    end_sessions(user, keep=request.session.session_key)
    want_new_key(request)


def _refused(request: HttpRequest, user: Any) -> None:
    oorsprong = spoor_of(request).oorsprong
    with transaction.atomic():
        record(
            "gebruiker.geweigerd", user, by=None, geweigerd=True, oorsprong=oorsprong, stap="code"
        )


class CodeView(AuthenticateView):
    """The second step of logging in."""

    permission = OPENBAAR

    def form_invalid(self, form: Any) -> HttpResponse:
        _refused(self.request, self.stage.login.user)
        response: HttpResponse = super().form_invalid(form)
        return response


class FactorenView(RechtMixin, IndexView):
    permission = INGELOGD


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
        _changed(self.request, "gebruiker.factor_ingesteld")
        return response


class TotpWegView(RechtMixin, DeactivateTOTPView):
    permission = INGELOGD
    vers = True

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _changed(self.request, "gebruiker.factor_verwijderd")
        return response


class HerstelcodesView(RechtMixin, ViewRecoveryCodesView):
    permission = INGELOGD
    vers = True


class HerstelcodesNieuwView(RechtMixin, GenerateRecoveryCodesView):
    permission = INGELOGD
    vers = True

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _changed(self.request, "gebruiker.herstelcodes_vernieuwd")
        return response


class _Bevestigd:
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


class WachtwoordBevestigView(_Bevestigd, ReauthenticateView):
    permission = INGELOGD


class CodeBevestigView(_Bevestigd, ReauthenticateByCodeView):
    permission = INGELOGD

    def form_invalid(self, form: Any) -> HttpResponse:
        _refused(self.request, self.request.user)
        response: HttpResponse = super().form_invalid(form)
        return response
