"""How a user logs in, changed by a beheerder or by the operator: sessions, factor, link."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts.domain.beheer import BeheerFout, require_everywhere, vandaag
from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.oidc import PROVIDER, identity
from accounts.rechten import Taak
from accounts.sessies import end_sessions


@transaction.atomic
def log_out_everywhere(user: Gebruiker, *, by: Gebruiker) -> None:
    """End every session of a user. Raises BeheerFout."""
    require_everywhere(user, by, vandaag())
    end_sessions(user)
    record("gebruiker.overal_uitgelogd", user, by=by, taak=Taak.BEHEER)


@transaction.atomic
def link(user: Gebruiker, nummer: str, *, by: Gebruiker) -> None:
    """Let this identity number of the organisation log in as this user; empty ends the link.

    Raises BeheerFout when another user has the number.
    """
    require_everywhere(user, by, vandaag())
    rows = SocialAccount.objects.filter(provider=PROVIDER)
    uid = identity(nummer)
    if nummer and rows.filter(uid=uid).exclude(user=user).exists():
        raise BeheerFout("Dit nummer hoort al bij een andere gebruiker.")
    if rows.filter(user=user, uid=uid).exists():
        return
    rows.filter(user=user).delete()
    if nummer:
        SocialAccount.objects.create(user=user, provider=PROVIDER, uid=uid, extra_data={})
    end_sessions(user)
    record("gebruiker.gekoppeld" if nummer else "gebruiker.ontkoppeld", user, by=by, taak="beheer")


@transaction.atomic
def forget_factor(user: Gebruiker, *, by: Gebruiker | None) -> None:
    """Without telephone and recovery codes: the user sets a second factor anew at his next login.

    `by` is None for the operator on the server. Raises BeheerFout.
    """
    if by is not None:
        if by.pk == user.pk:
            raise BeheerFout("U kunt uw eigen tweede stap hier niet wissen. Vraag een collega.")
        require_everywhere(user, by, vandaag())
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user)
    record("gebruiker.factor_gewist", user, by=by, taak=Taak.BEHEER)
