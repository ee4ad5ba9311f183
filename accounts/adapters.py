"""How allauth behaves here: no sign-up, and every login is on record."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the beheerder."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as axes counts: behind the proxy that of the visitor."""
        address: str = import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)
        return address

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session.pop("sessie_verlopen", None)
        if isinstance(user, Gebruiker):
            with transaction.atomic():
                record("gebruiker.ingelogd", user, by=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if isinstance(user, Gebruiker):
            with transaction.atomic():
                record("gebruiker.uitgelogd", user, by=user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many attempts on one account from everywhere: the page of a lockout."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(locked_out(request)) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A refusal names the account when there is one, and never the typed password."""
        super().authentication_failed(request, **credentials)
        email = credentials.get("email") or ""
        user = Gebruiker.objects.filter(email=email.strip().lower()).first()
        if user is not None:
            with transaction.atomic():
                record("gebruiker.geweigerd", user, by=None)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Silent: the pages say themselves what happened, in the words of this product."""

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Through the same backends as logging in, so a lockout counts here as well."""
        found = authenticate(self.request, email=getattr(user, "email", ""), password=password)
        return found is not None and found.pk == user.pk


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    """What both limits answer, whether the account exists or not."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    seconds = int(wait.total_seconds())
    page = render(request, "account/lockout.html", {"minuten": seconds // 60}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account an attempt is for. allauth passes `email`; the form field is `login`.

    Without this axes counts no account and lets the right password in during a lockout.
    """
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login") or ""
    return str(name).strip().lower()
