"""manage.py jaarcijfers --gemeente CODE... --schooljaar JJJJ-JJJJ... [--indicator ID...]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS
from reporting.indicatoren import collect, not_available
from reporting.indicatoren.uitvoer import FORMATEN, Antwoord

WRONG_ARGUMENTS = 2


class Command(Opdracht):
    help = (
        "Reken de cijfers van het jaarverslag uit voor deze gemeenten en schooljaren: alle "
        "indicatoren, of alleen die u noemt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
        parser.add_argument("--gemeente", metavar="CODE", help="CBS-code, zoals 0637", **several)
        parser.add_argument("--schooljaar", metavar="JJJJ-JJJJ", help="zoals 2022-2023", **several)
        parser.add_argument("--indicator", metavar="ID", help="zoals lp_meldingen", **several)
        parser.add_argument(
            "--formaat", default="json", metavar="SOORT", help=f"{', '.join(FORMATEN)} (json)"
        )
        parser.add_argument("--uit", type=Path, metavar="BESTAND", help="anders op stdout")
        parser.add_argument(
            "--json", action="store_true", help="met --uit: samenvatting als JSON op stdout"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        uit: Path | None = options["uit"]
        self._check(options)
        gemeenten = list(dict.fromkeys(options["gemeente"]))
        asked = list(dict.fromkeys(options["indicator"])) or None
        jaren = _schooljaren(options["schooljaar"])
        try:
            cijfers = collect(gemeenten, jaren, asked)
        except DomainError as error:
            raise CommandError(str(error), returncode=WRONG_ARGUMENTS) from None
        content = FORMATEN[options["formaat"]].write(Antwoord(gemeenten, jaren, cijfers))
        missing = not_available(asked)
        if missing:
            self.stderr.write(f"Nog niet beschikbaar: {', '.join(missing)}.")
        if uit is None:
            self._print(content)
            return
        _save(uit, content)
        self._report(uit, len(cijfers), missing, as_json=options["json"])

    def _check(self, options: dict[str, Any]) -> None:
        """Wrong arguments, in Dutch."""
        if not options["gemeente"] or not options["schooljaar"]:
            raise CommandError(
                "Geef ten minste één gemeente (--gemeente 0637) en één schooljaar "
                "(--schooljaar 2022-2023).",
                returncode=WRONG_ARGUMENTS,
            )
        if options["formaat"] not in FORMATEN:
            raise CommandError(
                f"'{options['formaat']}' is geen formaat. Kies uit {', '.join(FORMATEN)}.",
                returncode=WRONG_ARGUMENTS,
            )
        if options["json"] and options["uit"] is None and options["formaat"] != "json":
            raise CommandError(
                f"--json gaat niet samen met --formaat {options['formaat']} zonder --uit.",
                returncode=WRONG_ARGUMENTS,
            )
        unknown = [name for name in options["indicator"] if name not in CATALOGUS]
        if unknown:
            raise CommandError(
                f"Deze indicator is niet bekend: {', '.join(unknown)}.", returncode=WRONG_ARGUMENTS
            )
        if options["uit"] and not options["uit"].resolve().parent.is_dir():
            raise CommandError(
                f"De map {options['uit'].parent} bestaat niet.", returncode=WRONG_ARGUMENTS
            )

    def _print(self, content: bytes) -> None:
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(content.decode(), ending="")
        else:
            binary.write(content)
            binary.flush()

    def _report(self, uit: Path, aantal: int, missing: list[str], *, as_json: bool) -> None:
        if as_json:
            summary = {"cijfers": aantal, "uit": str(uit), "nog_niet_beschikbaar": missing}
            self.stdout.write(json.dumps(summary))
        else:
            self.stdout.write(f"{aantal} cijfers berekend en geschreven naar {uit}.")


def _schooljaren(texts: list[str]) -> list[Schooljaar]:
    try:
        return sorted({Schooljaar.parse(text) for text in texts})
    except ValueError as error:
        raise CommandError(str(error), returncode=WRONG_ARGUMENTS) from None


def _save(uit: Path, content: bytes) -> None:
    """Whole or not at all."""
    beside = uit.with_name(f".{uit.name}.nieuw")
    try:
        beside.write_bytes(content)
        beside.replace(uit)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandError(f"{uit} kan niet worden geschreven: {error.strerror}.") from error
