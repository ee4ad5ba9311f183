"""To the login page of the organisation and back."""

import secrets
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View
from requests import RequestException

from accounts.oidc import PROVIDER, OrganisatieAdapter, refused
from accounts.rechten import OPENBAAR
from accounts.toegang import RechtMixin


class OrganisatieLoginView(RechtMixin, View):
    """Who is logged in already comes here to prove it again."""

    permission = OPENBAAR

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404("Inloggen met de organisatie is hier niet ingesteld.")
        nonce = secrets.token_urlsafe(32)
        params = {"nonce": nonce}
        if request.user.is_authenticated:
            params |= {"prompt": "login", "max_age": "0"}
        provider = OrganisatieAdapter(request, PROVIDER).get_provider()
        next_url = get_next_redirect_url(request)
        try:
            answer: HttpResponse = provider.redirect(
                request, process="login", next_url=next_url, auth_params=params, nonce=nonce
            )
        except (RequestException, ValueError):
            return refused(request)
        return answer


class OrganisatieTerugView(RechtMixin, View):
    permission = OPENBAAR

    def get(self, request: HttpRequest, provider_id: str) -> Any:
        if not settings.OIDC_ISSUER:
            raise Http404("Inloggen met de organisatie is hier niet ingesteld.")
        adapter = OrganisatieAdapter(request, provider_id)
        return OAuth2CallbackView.adapter_view(adapter)(request)
