"""manage.py wissel_sleutels: after a new key was put in front of FIELD_KEYS."""

from typing import Any

from django.core.management.base import CommandError

from accounts.factoren import rewrite_secrets
from accounts.opdracht import Opdracht
from casework.domain.sleutels import encrypted_columns, rotate

ONBEKEND = (
    "In {} staat een waarde met een sleutel die niet in FIELD_KEYS staat."
    " Zet de oude sleutel erbij en start opnieuw."
)


class Command(Opdracht):
    help = (
        "Schrijft elk versleuteld gegeven opnieuw met de nieuwste sleutel (de eerste van"
        " FIELD_KEYS). Daarna mag de oude sleutel weg. Afbreken mag: opnieuw starten gaat verder."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for table, column in encrypted_columns():
            try:
                done = rotate(table, column)
            except KeyError:
                raise CommandError(ONBEKEND.format(f"{table}.{column}")) from None
            self.stdout.write(f"{table}.{column}: {done} opnieuw geschreven")
        try:
            done = rewrite_secrets()
        except KeyError:
            raise CommandError(ONBEKEND.format("mfa_authenticator")) from None
        self.stdout.write(f"mfa_authenticator: {done} opnieuw geschreven")
