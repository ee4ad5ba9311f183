"""The first user of a new installation: manage.py maak_beheerder EMAIL --naam N --gemeente CODE"""

import getpass
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.domain.beheer import BeheerFout, make_beheerder, vandaag
from accounts.models import Bevoegdheid, Gebruiker
from accounts.opdracht import Opdracht

OMGEVING = "LEERRECHT_WACHTWOORD"


def gemeentecode(text: str) -> str:
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(f"'{text}' is geen gemeentecode van vier cijfers.")
    return text


def _checked(email: str, naam: str) -> tuple[str, str]:
    """Raises CommandError when this is no address, or there is no name."""
    email, naam = email.strip().lower(), naam.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"'{email}' is geen e-mailadres.") from None
    if not naam:
        raise CommandError("Vul een naam in met --naam.")
    return email, naam


class Command(Opdracht):
    help = (
        "Maakt een beheerder (en zo nodig de gemeente). Het wachtwoord komt uit de omgeving"
        f" ({OMGEVING}) of wordt gevraagd. Bestaat de gebruiker al, dan komt alleen het recht"
        " erbij."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--naam", required=True, metavar="NAAM")
        parser.add_argument(
            "--gemeente", required=True, nargs="+", type=gemeentecode, metavar="CODE"
        )
        parser.add_argument(
            "--gemeentenaam", default="", metavar="NAAM", help="van een gemeente die er nog niet is"
        )

    def handle(self, **options: Any) -> None:
        email, naam = _checked(options["email"], options["naam"])
        bestaat = Gebruiker.objects.filter(email__iexact=email).exists()
        wachtwoord = "" if bestaat else self._password(email, naam)
        try:
            with transaction.atomic():
                gemeenten = [
                    self._gemeente(c, options["gemeentenaam"]) for c in options["gemeente"]
                ]
                user, nieuw = make_beheerder(
                    email, naam=naam, gemeenten=gemeenten, wachtwoord=wachtwoord, day=vandaag()
                )
        except BeheerFout as error:
            raise CommandError(str(error)) from error
        plaatsen = ", ".join(str(recht.gemeente) for recht in nieuw)
        self.stdout.write(
            f"{user.email} is nu beheerder in {plaatsen}."
            if nieuw
            else f"{user.email} was hier al beheerder; er is niets veranderd."
        )

    def _gemeente(self, code: str, naam: str) -> Any:
        model: Any = Bevoegdheid._meta.get_field("gemeente").related_model
        gemeente, _ = model.objects.get_or_create(
            code=code, defaults={"naam": naam.strip() or f"Gemeente {code}"}
        )
        return gemeente

    def _password(self, email: str, naam: str) -> str:
        wachtwoord = os.environ.get(OMGEVING) or self._ask()
        try:
            validate_password(wachtwoord, Gebruiker(email=email, naam=naam))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return wachtwoord

    def _ask(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        eerste = getpass.getpass("Wachtwoord: ")
        if eerste != getpass.getpass("Nog een keer: "):
            raise CommandError("De twee wachtwoorden zijn niet gelijk.")
        return eerste
