"""Administration of how a colleague logs in: his sessions and his second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from accounts.domain import toegang
from accounts.domain.beheer import BeheerFout
from accounts.factoren import has_factor
from accounts.models import Gebruiker
from accounts.oidc import external_number
from accounts.sessies import program_of
from accounts.views_beheer import GebruikerMixin


class ToegangView(GebruikerMixin, TemplateView):
    """Sessions and factor of one user; a POST ends or forgets them."""

    vers = True
    template_name = "accounts/beheer/gebruiker_toegang.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.get_gebruiker()
        sessies = UserSession.objects.purge_and_list(user)
        for sessie in sessies:
            sessie.programma = program_of(sessie.user_agent)
        return super().get_context_data(
            gebruiker=user,
            sessies=sessies,
            factor=has_factor(user),
            nummer=external_number(user),
            zelf=user.pk == self.request.user.pk,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = self.get_gebruiker()
        try:
            klaar = self._act(user, request.POST.get("actie", ""))
        except BeheerFout as error:
            messages.error(request, str(error))
        else:
            messages.success(request, klaar)
        return redirect("accounts:gebruiker_toegang", pk=user.pk)

    def _act(self, user: Gebruiker, actie: str) -> str:
        by: Any = self.request.user
        if actie == "uitloggen":
            toegang.log_out_everywhere(user, by=by)
            return f"{user.naam} is overal uitgelogd."
        if actie == "koppelen" and settings.OIDC_ISSUER:
            toegang.link(user, self.request.POST.get("nummer", "").strip()[:100], by=by)
            return f"De koppeling van {user.naam} is opgeslagen."
        if actie != "wissen":
            raise BeheerFout("Deze actie bestaat niet.")
        toegang.forget_factor(user, by=by)
        get_adapter().send_notification_mail("mfa/email/factor_gewist", user)
        return f"De tweede stap van {user.naam} is gewist."
