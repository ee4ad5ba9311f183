"""Fill an empty database with the demo region and print its accounts."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from casework.schooljaar import today
from koppelingen.demo.laden import fill, is_filled
from koppelingen.demo.maken import JONGEREN
from koppelingen.demo.medewerkers import DEMO_WACHTWOORD, MEDEWERKERS

MINSTE, MEESTE = 200, 50_000


def parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is geen datum zoals 2026-11-24.") from None


def parse_number(text: str) -> int:
    if not text.isdigit() or not MINSTE <= int(text) <= MEESTE:
        raise ArgumentTypeError(f"Kies een aantal van {MINSTE} tot en met {MEESTE}.")
    return int(text)


class Command(Opdracht):
    help = (
        "Vult een lege database met de demo-regio (verzonnen gemeenten, scholen en personen) en"
        " toont de accounts. Een tweede keer verandert er niets."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--peildatum",
            type=parse_day,
            metavar="JJJJ-MM-DD",
            help="de dag waarop de demo speelt; standaard vandaag",
        )
        parser.add_argument(
            "--jongeren",
            type=parse_number,
            default=JONGEREN,
            metavar="AANTAL",
            help="standaard 12000",
        )
        parser.add_argument("--json", action="store_true", help="de accounts als JSON op stdout")

    def handle(self, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "De demo heeft bekende wachtwoorden."
                " Zij draait alleen met LEERRECHT_DEMO=1 of DEBUG=1."
            )
        say = self.stderr.write if options["json"] else self.stdout.write
        gevuld = is_filled()
        if gevuld:
            say("De demo-regio staat er al; er is niets veranderd.")
        else:
            try:
                fill(options["peildatum"] or today(), options["jongeren"], say)
            except DomainError as error:
                raise CommandError(str(error)) from error
        self._print_accounts(gevuld, as_json=options["json"])

    def _print_accounts(self, gevuld: bool, *, as_json: bool) -> None:
        if as_json:
            rows = [{"email": m.email, "naam": m.naam, "functie": m.functie} for m in MEDEWERKERS]
            document = {"stond_er_al": gevuld, "wachtwoord": DEMO_WACHTWOORD, "accounts": rows}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"Inloggen kan met wachtwoord {DEMO_WACHTWOORD} als:")
        for m in MEDEWERKERS:
            self.stdout.write(f"  {m.email:<26} {m.naam}, {m.functie.lower()}: {m.uitleg}")
