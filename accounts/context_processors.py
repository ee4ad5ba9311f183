"""What the shell of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Gebruiker
from accounts.navigatie import menu_for
from accounts.sessies import stand


def werkplek(request: HttpRequest) -> dict[str, Any]:
    shell: dict[str, Any] = {
        "demo": settings.DEMO,
        "organisatie_login": bool(settings.OIDC_ISSUER),
        "tweede_stap_verplicht": settings.MFA_VERPLICHT,
        "thema": settings.THEMA,
        "thema_css": f"css/themes/{settings.THEMA}.css",
    }
    user = getattr(request, "user", None)  # absent when an error page is made early
    if isinstance(user, Gebruiker):
        shell |= {
            "navigatie": menu_for(user, request),
            "mag_zoeken": user.may("dossier.lezen"),
            "sessie_seconden": stand(request.session).seconden,
        }
    return shell
