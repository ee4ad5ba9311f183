"""Reports that somebody asked for a page about a youth he knows outside work."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class BetrokkeneMiddleware:
    """The answer is that of a page that does not exist; this only leaves the trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 404 and match and "uuid" in match.kwargs:
            self._report(request.user, match.kwargs["uuid"])
        return response

    def _report(self, user: Any, uuid: Any) -> None:
        from casework.domain.betrokkenheid import refused_behind, report_refused

        if user.is_authenticated and (jongere := refused_behind(uuid, user)):
            report_refused(jongere, by=user)
