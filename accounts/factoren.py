"""The second factor at login: who has one, and how allauth keeps its secret."""

import base64
from typing import Any, ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Gebruiker
from accounts.versleuteling import decrypt, encrypt

GEHEIM = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "hashes"}


class MFAAdapter(DefaultMFAAdapter):
    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Vul de nieuwste code in.",
        "onbekende_sleutel": "Deze sleutel klopt niet. Gebruik de sleutel die u hebt ingesteld.",
    }

    def get_totp_issuer(self) -> str:
        return "Leerrecht"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(base64.b64decode(encrypted_text))

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What the field for the name of a new key holds."""
        return f"Sleutel {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


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


def has_key(user: Any) -> bool:
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return rows.exists()


def has_app(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


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
