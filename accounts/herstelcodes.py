"""Recovery codes: shown once, then only their hashes are kept, each good for one login.

allauth would keep a seed from which all codes can be made again; it is told not to make any
(MFA_SUPPORTED_TYPES), and reads a row of ours as one without codes (`migrated_codes`).
"""

import json
import re
import secrets
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

SOORT: Final = Authenticator.Type.RECOVERY_CODES
TE_TONEN: Final = "herstelcodes"  # in the session, encrypted, until the page that shows them
VORM: Final = re.compile(r"\d{8}")


@transaction.atomic
def renew(request: HttpRequest) -> None:
    """New codes for this user; the old ones no longer work. They wait to be shown once."""
    user: Any = request.user
    codes = [f"{secrets.randbelow(10**8):08}" for _ in range(settings.HERSTELCODES)]
    Authenticator.objects.filter(user_id=user.pk, type=SOORT).delete()
    row = Authenticator(user_id=user.pk, type=SOORT, data={"migrated_codes": []})
    _keep(row, [make_password(code) for code in codes])
    request.session[TE_TONEN] = get_adapter().encrypt(json.dumps(codes))


def take_shown(request: HttpRequest) -> list[str]:
    """The codes that wait to be shown; the next time there are none."""
    waiting = request.session.pop(TE_TONEN, None)
    codes: list[str] = json.loads(get_adapter().decrypt(waiting)) if waiting else []
    return codes


def count_left(user: Any) -> int:
    row = Authenticator.objects.filter(user_id=user.pk, type=SOORT).first()
    return len(_hashes(row)) if row else 0


@transaction.atomic
def spend(user: Any, code: str) -> Authenticator | None:
    """The row of the user when this is one of his codes; the code is then used up."""
    if not VORM.fullmatch(code):
        return None
    rows = Authenticator.objects.select_for_update().filter(user_id=user.pk, type=SOORT)
    row = rows.first()
    hashes = _hashes(row) if row else []
    found = next((h for h in hashes if check_password(code, h)), None)
    if row is None or found is None:
        return None
    _keep(row, [h for h in hashes if h != found])
    return row


def _hashes(row: Authenticator) -> list[str]:
    """Eight digits can be guessed from a hash, so the hashes are encrypted as well."""
    stored = row.data.get("hashes")
    hashes: list[str] = json.loads(get_adapter().decrypt(stored)) if stored else []
    return hashes


def _keep(row: Authenticator, hashes: list[str]) -> None:
    row.data["hashes"] = get_adapter().encrypt(json.dumps(hashes))
    row.save()
