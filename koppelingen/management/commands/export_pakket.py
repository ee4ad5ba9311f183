"""manage.py export_pakket --gemeente CODE... [--jongere ID] PAD"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from casework.schooljaar import today
from koppelingen.domain.uitvoeren import export_pakket, find_gemeenten, find_jongere

WRONG_ARGUMENTS = 2


class Command(Opdracht):
    help = "Schrijft de dossiers van een gemeente, of van een jongere, als pakket (map of zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--gemeente",
            action="append",
            required=True,
            metavar="CODE",
            help="CBS-code van vier cijfers; mag vaker",
        )
        parser.add_argument("--jongere", metavar="ID", help="alleen deze jongere (uuid)")
        parser.add_argument(
            "--wpg-akkoord",
            default="",
            metavar="NAAM",
            help="naam van wie akkoord geeft voor politiegegevens; zonder blijven die achterwege",
        )
        parser.add_argument("--json", action="store_true", help="het resultaat als JSON op stdout")
        parser.add_argument("pad", type=Path, help="nieuwe map, of een naam die eindigt op .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            gemeenten = find_gemeenten(options["gemeente"])
            jongere = find_jongere(options["jongere"]) if options["jongere"] else None
        except DomainError as error:
            raise CommandError(str(error), returncode=WRONG_ARGUMENTS) from error
        try:
            uitkomst = export_pakket(
                options["pad"],
                gemeenten,
                day=today(),
                by=None,
                jongere=jongere,
                wpg_akkoord=options["wpg_akkoord"].strip(),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        if uitkomst.weggelaten_wpg:
            self.stderr.write(
                f"Let op: {uitkomst.weggelaten_wpg} politiegegevens (Wpg) zijn weggelaten."
                " Geef --wpg-akkoord NAAM om ze mee te geven."
            )
        if options["json"]:
            result = {
                "pad": str(options["pad"]),
                "rijen": uitkomst.rijen,
                "documenten": uitkomst.documenten,
                "weggelaten_wpg": uitkomst.weggelaten_wpg,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            return
        for naam, rijen in uitkomst.rijen.items():
            self.stdout.write(f"  {naam}: {rijen}")
        self.stdout.write(
            f"{uitkomst.totaal} rijen en {uitkomst.documenten} documenten geschreven"
            f" naar {options['pad']}."
        )
