"""The second factor at login: who has one, and how allauth keeps its secret."""

import base64
from typing import ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Gebruiker
from accounts.versleuteling import decrypt, encrypt

GEHEIM = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class MFAAdapter(DefaultMFAAdapter):
    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Vul de nieuwste code in.",
    }

    def get_totp_issuer(self) -> str:
        return "Leerrecht"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(base64.b64decode(encrypted_text))


def must_set_factor(request: HttpRequest) -> bool:
    """Whether this session may do nothing yet.

    Who came in through the login of the organisation has proved a second factor there.
    """
    user = request.user
    if not settings.MFA_VERPLICHT or not isinstance(user, Gebruiker):
        return False
    return not (came_by_organisation(request) or has_factor(user))


def came_by_organisation(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


def has_factor(user: Gebruiker) -> bool:
    rows = Authenticator.objects.filter(user_id=user.pk)
    return rows.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


@transaction.atomic
def rewrite_secrets() -> int:
    """Number of secrets written anew with the newest key.

    Raises KeyError when one was written with a key that is no longer given.
    """
    adapter = MFAAdapter()
    rows = Authenticator.objects.select_for_update().filter(type__in=GEHEIM)
    for row in rows:
        naam = GEHEIM[Authenticator.Type(row.type)]
        row.data[naam] = adapter.encrypt(adapter.decrypt(row.data[naam]))
        row.save(update_fields=["data"])
    return len(rows)
