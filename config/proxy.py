"""The address of the visitor, for lockouts and logs."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Behind the proxy the last address it wrote; a header of the visitor comes before that."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TLS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
