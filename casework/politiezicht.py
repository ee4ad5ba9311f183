"""Why a user looks at police data, kept in the session for some minutes: for one dossier, or for
the lists of work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.rechten import Politiezicht
from casework.models import Jongere
from casework.parameters import waarde
from casework.schooljaar import today

SLEUTEL = "politiezicht"
LIJST = "politielijst"


class PolitiezichtMiddleware:
    """`visible_to` asks the user what holds in this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if user.is_authenticated and SLEUTEL in request.session:
            user.politiezicht = zicht_of(request)
        return self.get_response(request)


def zicht_of(request: HttpRequest) -> Politiezicht:
    now = timezone.now().timestamp()
    rows = request.session.get(SLEUTEL, {})
    valid = {int(pk): row for pk, row in rows.items() if row["tot"] > now}
    return Politiezicht(
        today(),
        {pk: row["code"] for pk, row in valid.items()},
        frozenset(pk for pk, row in valid.items() if row["gericht"]),
    )


def keep_reason(request: HttpRequest, jongere: Jongere, code: str, *, gericht: bool) -> None:
    """Holds in this session only; a targeted search of before stays one."""
    user: Any = request.user
    tot = timezone.now() + timedelta(minutes=waarde("wpg_inzage_minuten", today()))
    gericht = gericht or jongere.pk in zicht_of(request).gericht
    row = {"code": code, "tot": tot.timestamp(), "gericht": gericht}
    request.session[SLEUTEL] = {**request.session.get(SLEUTEL, {}), str(jongere.pk): row}
    user.politiezicht = zicht_of(request)


def keep_list_reason(request: HttpRequest, code: str) -> None:
    """For lists of work only; to open what stands in them asks a reason for that dossier."""
    tot = timezone.now() + timedelta(minutes=waarde("wpg_inzage_minuten", today()))
    request.session[LIJST] = {"code": code, "tot": tot.timestamp()}


def list_reason(request: HttpRequest) -> str:
    row = request.session.get(LIJST)
    return row["code"] if row and row["tot"] > timezone.now().timestamp() else ""
