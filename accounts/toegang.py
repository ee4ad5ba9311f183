"""What every view shares: log in, hold the permission it names."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.rechten import INGELOGD, OPENBAAR, PERMISSIES


class RechtMixin:
    """Views name their permission: a key of PERMISSIES, or INGELOGD."""

    permission: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission not in PERMISSIES and self.permission not in {
            INGELOGD,
            OPENBAAR,
        }:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission.")
        user: Any = request.user
        if self.permission in PERMISSIES and not user.may(self.permission):
            raise PermissionDenied("U hebt geen recht op deze pagina.")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        return response
