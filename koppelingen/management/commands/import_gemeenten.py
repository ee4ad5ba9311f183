"""Read lists of gemeenten, mergers and Doorstroompunt regions."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from koppelingen.domain.gebieden import update_gebieden
from koppelingen.gebieden import read_gebieden

ZINNEN = {
    "jongeren_bij_opgeheven": "jongeren die nog bij een opgeheven gemeente staan",
    "rechten_bij_opgeheven": "rechten die nog gelden voor een opgeheven gemeente",
}


class Command(Opdracht):
    help = "Werkt gemeenten, herindelingen en Doorstroompuntregio's bij naar lijsten (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pad", nargs="+", type=Path, help="CSV-bestand, of map met bestanden")
        parser.add_argument("--json", action="store_true", help="de telling als JSON op stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            gebieden = read_gebieden(options["pad"])
            uitkomst = update_gebieden(gebieden).as_dict()
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            result = {**uitkomst, "overgeslagen": gebieden.overgeslagen}
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            return
        for naam, aantal in uitkomst.items():
            if naam not in ZINNEN:
                self.stdout.write(f"  {naam}: {aantal}")
            elif aantal:
                self.stdout.write(f"Let op, {ZINNEN[naam]}: {aantal}")
        for naam in gebieden.overgeslagen:
            self.stdout.write(f"  {naam} is overgeslagen: de kolommen zijn niet bekend.")
