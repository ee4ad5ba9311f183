"""The only beheerder lost telephone and recovery codes: manage.py wis_tweede_stap EMAIL"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from accounts.domain.toegang import forget_factor
from accounts.models import Gebruiker
from accounts.opdracht import Opdracht


class Command(Opdracht):
    help = (
        "Wist de tweede stap van een gebruiker en logt hem overal uit. Bij de volgende keer"
        " inloggen stelt de gebruiker een nieuwe in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        user = Gebruiker.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("Er is geen gebruiker met dit e-mailadres.")
        forget_factor(user, by=None)
        self.stdout.write(f"De tweede stap van {user.naam} is gewist.")
