"""Read the address files of schools that DUO publishes."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from koppelingen.domain.scholen import Uitkomst, update_scholen
from koppelingen.scholen import read_scholen


class Command(Opdracht):
    help = "Werkt de scholen bij naar de adressenbestanden van DUO: open, dicht, nieuwe naam."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pad", nargs="+", type=Path, help="CSV-bestand, of map met bestanden")
        parser.add_argument(
            "--peildatum",
            type=date.fromisoformat,
            metavar="JJJJ-MM-DD",
            help="dag van de lijst, als die niet in de bestandsnaam staat",
        )
        parser.add_argument(
            "--toch", action="store_true", help="ook als de lijst erg veel scholen sluit"
        )
        parser.add_argument("--json", action="store_true", help="de telling als JSON op stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        result = []
        try:
            for lijst in read_scholen(options["pad"], options["peildatum"]):
                uitkomst = update_scholen(lijst, toch=options["toch"])
                result.append({"peildatum": lijst.peildatum.isoformat(), **uitkomst.as_dict()})
                if not options["json"]:
                    self.print(lijst.peildatum, uitkomst)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, indent=1))

    def print(self, dag: date, uitkomst: Uitkomst) -> None:
        self.stdout.write(f"Scholen op {dag:%d-%m-%Y}: {uitkomst.gelezen} rijen gelezen.")
        for naam, aantal in uitkomst.as_dict().items():
            if aantal and naam != "gelezen":
                self.stdout.write(f"  {naam.replace('_', ' ')}: {aantal}")
        if uitkomst.zonder_gemeente:
            self.stdout.write("  Lees eerst de gemeenten in (import_gemeenten).")
