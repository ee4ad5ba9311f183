"""The secret address of an agenda: made, renewed, switched off, and whose it is."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.models_agenda import Agendalink

LENGTE = 43  # letters of 32 random bytes


def _hash(sleutel: str) -> str:
    """Fast is safe here: nobody guesses 256 random bits."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


@transaction.atomic
def make(user: Gebruiker) -> str:
    """A new secret, told this once; the one before works no longer."""
    sleutel = secrets.token_urlsafe(32)
    link, new = Agendalink.objects.update_or_create(
        gebruiker=user, defaults={"hash": _hash(sleutel), "gemaakt_op": timezone.now()}
    )
    record("agendalink.gemaakt" if new else "agendalink.vernieuwd", link, by=user)
    return sleutel


@transaction.atomic
def stop(user: Gebruiker) -> None:
    """Twice changes nothing."""
    link = Agendalink.objects.filter(gebruiker=user).first()
    if link:
        record("agendalink.uit", link, by=user)
        link.delete()


def forget(user: Gebruiker) -> None:
    """With the user who can no longer log in; that has its own event."""
    Agendalink.objects.filter(gebruiker=user).delete()


def owner(sleutel: str) -> Gebruiker | None:
    """Who may log in and did so not long ago: somebody who left at the organisation stops too."""
    if len(sleutel) != LENGTE:
        return None
    since = timezone.now() - timedelta(days=settings.AGENDALINK_DAGEN)
    return Gebruiker.objects.filter(
        agendalink__hash=_hash(sleutel), is_active=True, last_login__gte=since
    ).first()
