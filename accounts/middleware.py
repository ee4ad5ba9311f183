"""Session limits, the trace id of a request, and no storing of pages in caches."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import new_trace_id
from accounts.sessies import stand, touch

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitMiddleware:
    """Ends a session after its idle or absolute limit; the way back keeps the page.

    Requests with the header X-Achtergrond (polling, the warning itself) are no activity.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if stand(request.session).verlopen:
            return _ended(request)
        if "X-Achtergrond" not in request.headers or request.method == "POST":
            touch(request.session)
        request.user.trace_id = new_trace_id()
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    request.session["sessie_verlopen"] = True
    target = f"{reverse('account_login')}?{urlencode({'next': _page(request)})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=200, headers={"HX-Redirect": target})
    if request.path.startswith("/api/") or "X-Achtergrond" in request.headers:
        return HttpResponse(status=401)
    return HttpResponseRedirect(target)


def _page(request: HttpRequest) -> str:
    """The page the user was looking at: for a sent form that is the form, not its address."""
    if "HX-Current-URL" in request.headers:
        source = request.headers["HX-Current-URL"]
    elif request.method == "GET":
        return request.get_full_path()
    else:
        source = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(source, {request.get_host()}):
        return "/"
    parts = urlsplit(source)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
