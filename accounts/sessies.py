"""How long a session lives: an idle limit and an absolute limit, both from the settings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

    from accounts.models import Gebruiker

BEGIN, ACTIEF = "sessie_begin", "sessie_actief"
# First match wins: most browsers also name the ones they descend from.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMEN = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
WRITE_AFTER = 30  # seconds; writing every request would cost a query each


@dataclass(frozen=True, slots=True)
class Stand:
    """What is left of a session, in seconds."""

    tot_stil: int
    tot_einde: int

    @property
    def seconden(self) -> int:
        return max(0, min(self.tot_stil, self.tot_einde))

    @property
    def verlengbaar(self) -> bool:
        """Whether activity helps: the absolute limit cannot be moved."""
        return self.tot_einde > self.tot_stil

    @property
    def verlopen(self) -> bool:
        return self.seconden == 0


def stand(session: "SessionBase") -> Stand:
    now = int(timezone.now().timestamp())
    begin = int(session.get(BEGIN, now))
    actief = int(session.get(ACTIEF, now))
    return Stand(
        tot_stil=actief + settings.SESSION_IDLE_SECONDS - now,
        tot_einde=begin + settings.SESSION_ABSOLUTE_SECONDS - now,
    )


def begin(session: "SessionBase") -> None:
    """The limits count from this login."""
    session[BEGIN] = session[ACTIEF] = int(timezone.now().timestamp())


def is_vers(request: HttpRequest) -> bool:
    """Whether the user proved a short while ago who he is: by logging in, or by a step-up."""
    records = get_authentication_records(request, request.user)
    moments = [float(r["at"]) for r in records if r.get("reauthenticated")]
    proven = max([float(request.session.get(BEGIN, 0)), *moments])
    limit: int = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return timezone.now().timestamp() - proven < limit


def want_new_key(request: HttpRequest) -> None:
    """A new session key when the request is done: not within its transaction, which may fail."""
    request.wil_nieuwe_sleutel = True  # type: ignore[attr-defined]  # a mark for the middleware


def renew_key(request: HttpRequest) -> None:
    """The new key that was asked for; the list of sessions follows."""
    if not getattr(request, "wil_nieuwe_sleutel", False):
        return
    old = request.session.session_key
    request.session.cycle_key()
    own = UserSession.objects.filter(session_key=old)
    own.update(session_key=request.session.session_key)


def end_sessions(user: "Gebruiker", keep: str | None = None) -> None:
    """Log a user out everywhere, or everywhere else."""
    for sessie in UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep):
        sessie.end()


def touch(session: "SessionBase") -> None:
    """Note activity, at most once in WRITE_AFTER seconds."""
    now = int(timezone.now().timestamp())
    if BEGIN not in session:
        session[BEGIN] = now
    if now - int(session.get(ACTIEF, 0)) >= WRITE_AFTER:
        session[ACTIEF] = now


def program_of(user_agent: str) -> str:
    """ "Chrome op Windows", out of what the browser says of itself."""
    browser = next((naam for deel, naam in BROWSERS.items() if deel in user_agent), "")
    systeem = next((naam for deel, naam in SYSTEMEN.items() if deel in user_agent), "")
    return " op ".join(filter(None, (browser, systeem))) or "Onbekend programma"
