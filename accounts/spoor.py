"""Where a request came from and which trace it belongs to, for every event it leaves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from axes.helpers import get_client_ip_address
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker, new_trace_id

# W3C Trace Context, version 00; all zeros is no trace.
TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}")
NETWERK = {4: 24, 6: 48}  # bits kept: the place in the network, not the device


@dataclass(frozen=True, slots=True)
class Spoor:
    trace_id: str
    oorsprong: str
    ouder_span: str = ""  # of the program that called us

    def mark(self, user: Gebruiker) -> None:
        """Events that this user leaves from now on carry this trace and origin."""
        user.trace_id, user.oorsprong, user.ouder_span = (
            self.trace_id,
            self.oorsprong,
            self.ouder_span,
        )


def spoor_of(request: HttpRequest) -> Spoor:
    """The same for the whole request."""
    found: Spoor | None = getattr(request, "spoor", None)
    if found is None:
        match = TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
        trace, span = match.groups() if match else (new_trace_id(), "")
        found = Spoor(trace, network_of(get_client_ip_address(request) or ""), span)
        request.spoor = found  # type: ignore[attr-defined]  # ours
    return found


def network_of(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{ip}/{NETWERK[ip.version]}", strict=False))


class SpoorMiddleware:
    """Marks the user, and records a page that was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if user.is_authenticated:
            spoor_of(request).mark(user)
        response = self.get_response(request)
        if response.status_code == 403 and user.is_authenticated and user.pk:
            _record_refusal(request, user)
        return response


def _record_refusal(request: HttpRequest, user: Gebruiker) -> None:
    """By the name of the page: an address may hold what somebody typed."""
    match = request.resolver_match
    with transaction.atomic():
        record(
            "pagina.geweigerd",
            user,
            by=user,
            geweigerd=True,
            pagina=match.view_name if match else None,
            methode=request.method,
        )
