"""Login by the organisation itself (OpenID Connect, Entra ID): who may come in, and on what proof.

A user is the pair of issuer and identity number, linked by a beheerder beforehand. E-mail
addresses in a token mean nothing here.
"""

import secrets
from hashlib import sha256
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PROVIDER = "organisatie"
VERPLICHTE_CLAIMS = frozenset({"iss", "aud", "exp", "iat", "sub", "nonce"})


class _OwnSession(requests.Session):
    """Calls to the provider: bounded in time, and never to where somebody else sends us."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs |= {"timeout": settings.OIDC_SECONDS, "allow_redirects": False}
        return super().request(*args, **kwargs)


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never: an address belongs to whoever writes it in a token."""

    def get_requests_session(self) -> requests.Session:
        return _OwnSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        wanted = str(sociallogin.state.get("nonce") or "")
        given = str(sociallogin.account.extra_data["id_token"]["nonce"])
        if not wanted or not secrets.compare_digest(wanted.encode(), given.encode()):
            raise ImmediateHttpResponse(refused(request))
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(
                render(
                    request,
                    "account/onbekend.html",
                    {"nummer": sociallogin.account.uid.partition(":")[2]},
                    status=403,
                )
            )

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(refused(request))


class OrganisatieAdapter(OpenIDConnectOAuth2Adapter):
    """allauth skips the signature of a token that it fetched itself; here it always counts."""

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        claims = self._checked(app, kwargs["response"].get("id_token") or "")
        _require_factor(claims)
        uid = claims.get(settings.OIDC_UID_CLAIM)
        if not isinstance(uid, str) or not uid:
            raise OAuth2Error("no identity")
        # Only what is needed is kept: no name, address or groups out of the token.
        kept = {"nummer": identity(uid), "nonce": claims["nonce"]}
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def _checked(self, app: Any, id_token: str) -> dict[str, Any]:
        if self.openid_config["issuer"] != settings.OIDC_ISSUER:
            raise OAuth2Error("other issuer")
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=settings.OIDC_ISSUER,
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:  # no key named, or one of another kind
            raise OAuth2Error("bad token") from error
        if not claims.keys() >= VERPLICHTE_CLAIMS:
            raise OAuth2Error("claims are missing")
        return claims


def _require_factor(claims: dict[str, Any]) -> None:
    """The token says that a second factor was used; empty setting: the tenant guarantees it."""
    if not settings.OIDC_FACTOR_WAARDE:
        return
    given = claims.get(settings.OIDC_FACTOR_CLAIM) or []
    if settings.OIDC_FACTOR_WAARDE not in ([given] if isinstance(given, str) else given):
        raise OAuth2Error("no second factor")


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "account/organisatie_fout.html", status=401)


def identity(nummer: str) -> str:
    """The issuer is part of who somebody is: another issuer never finds the same user."""
    return f"{sha256(settings.OIDC_ISSUER.encode()).hexdigest()[:16]}:{nummer}"


def external_number(user: Any) -> str:
    """The identity number a user is linked to, at the issuer of now."""
    rows = SocialAccount.objects.filter(user_id=user.pk, uid__startswith=identity(""))
    return (rows.values_list("uid", flat=True).first() or "").partition(":")[2]
