"""Session limits, the second factor, no pages in caches."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import muur
from accounts.factoren import must_set_factor
from accounts.sessies import renew_key, stand, touch

GetResponse = Callable[[HttpRequest], HttpResponse]


class MuurMiddleware:
    """One transaction around the request, in which the database knows for whom it works.

    Around the view alone is too little: lists are read while the page is written.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        with muur.voor_gebruiker(user if user.is_authenticated else None):
            return self.get_response(request)


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
        response = self.get_response(request)
        renew_key(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class ResourcePolicyMiddleware:
    """No other site may show what this one sends; Django has no setting for this header."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class TweedeStapMiddleware:
    """Where a second factor is obligatory, nothing works before it is set (MFA_VERPLICHT)."""

    VRIJ = frozenset(
        {
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_reauthenticate",
            "account_logout",
            "accounts:hulp",
            "accounts:hulp_pagina",
            "accounts:sessie",
            "accounts:toegankelijkheid",
            "gezond",
            "security_txt",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if (match and match.view_name in self.VRIJ) or not must_set_factor(request):
            return None
        target = reverse("mfa_activate_totp")
        if "HX-Request" in request.headers:
            return HttpResponse(status=200, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


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
