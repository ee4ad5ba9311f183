"""What every view shares: log in, hold the permission it names, prove it again where asked."""

from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.limiet import refusal, too_often
from accounts.rechten import INGELOGD, OPENBAAR, PERMISSIES
from accounts.sessies import is_vers


class RechtMixin:
    """Views name their permission: a key of PERMISSIES, or INGELOGD."""

    permission: str = ""
    # True: only shortly after proving who one is; a POST in between goes on where it was.
    vers: bool = False
    # A key of settings.LIMIETEN: how often one may ask for this.
    limiet: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission not in PERMISSIES and self.permission not in {
            INGELOGD,
            OPENBAAR,
        }:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission.")
        user: Any = request.user
        if self.permission in PERMISSIES and not user.may(self.permission):
            raise PermissionDenied("U hebt geen recht op deze pagina.")
        if self.limiet and (wacht := too_often(request, self.limiet)):
            return refusal(request, wacht)
        if self.vers and not is_vers(request):
            # A form that was sent before and given up must not be sent by this later step-up.
            request.session.pop(STATE_SESSION_KEY, None)
            raise ReauthenticationRequired
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        return response
