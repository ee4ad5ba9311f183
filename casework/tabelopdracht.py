"""Base of the commands that run a rule over a CSV table (`--csv`, `--uit`, `--json`)."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from .casetabel import Row, TableError, run_table


class TableCommand(BaseCommand):
    """Exit 0: written; 1: refused, reasons on stderr, nothing written; 2: wrong arguments."""

    required: ClassVar[tuple[str, ...]]
    key: ClassVar[str]
    # No database, so neither system checks nor migrations are asked for.
    requires_system_checks = ()

    def compute(self, row: Row) -> Mapping[str, str]:
        raise NotImplementedError  # every subclass says its own

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--csv",
            type=Path,
            metavar="IN.csv",
            help="tabel met gevallen (UTF-8)",
        )
        parser.add_argument(
            "--uit",
            type=Path,
            metavar="UIT.csv",
            help="bestand voor de uitkomst",
        )
        parser.add_argument("--json", action="store_true", help="samenvatting als JSON op stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["csv"] is None or options["uit"] is None:
            raise CommandError(
                "Geef de invoer met --csv IN.csv en de uitvoer met --uit UIT.csv.", returncode=2
            )
        try:
            aantal = run_table(
                options["csv"],
                options["uit"],
                self.compute,
                required=self.required,
                key=self.key,
            )
        except TableError as error:
            raise CommandError(
                f"De invoer is geweigerd; er is niets geschreven.\n{error}"
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps({"rijen": aantal, "uit": str(options["uit"])}))
        else:
            self.stdout.write(f"{aantal} rijen berekend en geschreven naar {options['uit']}.")
