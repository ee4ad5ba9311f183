"""How allauth behaves here: no sign-up, and every login is on record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the beheerder."""
        return False

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


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account an attempt is for. allauth passes `email`; the form field is `login`.

    Without this axes counts no account and lets the right password in during a lockout.
    """
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login") or ""
    return str(name).strip().lower()
