"""How allauth behaves here: no sign-up, and every login is on record."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.context import request_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts import muur
from accounts.factoren import came_by_organisation, has_app
from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.sessies import begin, is_vers, program_of
from accounts.spoor import spoor_of

logger = logging.getLogger(__name__)


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
        begin(request.session)
        if isinstance(user, Gebruiker):
            self._note_login(request, user)

    def _note_login(self, request: HttpRequest, user: Gebruiker) -> None:
        muur.wordt(user)
        spoor_of(request).mark(user)
        programma = program_of(self.get_http_user_agent(request))
        nieuw = _is_new_place(user, programma)
        with transaction.atomic():
            record("gebruiker.ingelogd", user, by=user, programma=programma)
        if nieuw:
            self.send_notification_mail("account/email/nieuwe_plek", user, {"programma": programma})

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
        _note_refusal(request, "gebruiker.geweigerd", credentials.get("email") or "")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The same question as RechtMixin.vers asks."""
        return not is_vers(self.request)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Where the user came in: at his organisation, else by his factor, else by password."""
        if came_by_organisation(self.request):
            return [{"id": "organisatie", "url": reverse("organisatie_login")}]
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [m for m in methods if m["id"].startswith("mfa_reauthenticate")]
        # The first is where the user is sent: his key when he has no app, else the code.
        if not has_app(user):
            factors.reverse()
        return factors or methods

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """A mail server that is down must not undo what the mail is about.

        allauth also sends after the commit, which may be when its own middleware is done.
        """
        address = email or getattr(user, "email", None)
        try:
            with request_context(self.request):
                super().send_notification_mail(template_prefix, user, context, address)
        except (SMTPException, OSError):
            logger.exception("Bericht %s niet verstuurd", template_prefix)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Silent: the pages say themselves what happened, in the words of this product."""

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Through the same backends as logging in, so a lockout counts here as well."""
        found = authenticate(self.request, email=getattr(user, "email", ""), password=password)
        if found is None:
            _note_refusal(self.request, "gebruiker.geweigerd", getattr(user, "email", ""))
        return found is not None and found.pk == user.pk


def _note_refusal(request: HttpRequest, actie: str, email: str) -> None:
    user = Gebruiker.objects.filter(email=email.strip().lower()).first()
    if user is not None:
        oorsprong = spoor_of(request).oorsprong
        with transaction.atomic():
            record(actie, user, by=None, geweigerd=True, oorsprong=oorsprong)


def _is_new_place(user: Gebruiker, programma: str) -> bool:
    """Whether earlier logins are known, and none was with this program."""
    logins = user.gebeurtenissen.filter(actie="gebruiker.ingelogd")
    if logins.filter(gegevens__programma=programma).exists():
        return False
    return logins.filter(gegevens__has_key="programma").exists()


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    """What both limits answer, whether the account exists or not."""
    _note_refusal(request, "gebruiker.buitengesloten", axes_username(request, None))
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
