"""manage.py jaarverslag --gemeente CODE... --schooljaar JJJJ-JJJJ --sjabloon NAAM --uit BESTAND"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from casework.models import Gemeente
from casework.schooljaar import Schooljaar
from reporting.domain.bouwen import produce
from reporting.domain.jaarverslag import create_verslag, request_build
from reporting.models import Jaarverslag, Versie
from reporting.verslag.sjabloon import all_sjablonen, get_sjabloon

WRONG_ARGUMENTS = 2


def parse_schooljaar(text: str) -> Schooljaar:
    try:
        return Schooljaar.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


class Command(Opdracht):
    help = (
        "Maak het jaarverslag als PDF, met dezelfde stappen als het scherm. "
        f"Sjablonen: {', '.join(all_sjablonen())}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gemeente", nargs="+", action="extend", required=True, metavar="CODE")
        parser.add_argument(
            "--schooljaar", type=parse_schooljaar, required=True, metavar="JJJJ-JJJJ"
        )
        parser.add_argument("--sjabloon", required=True, metavar="NAAM")
        parser.add_argument("--uit", type=Path, required=True, metavar="BESTAND.pdf")
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, **options: Any) -> None:
        uit: Path = options["uit"]
        if not uit.resolve().parent.is_dir():
            raise CommandError(f"De map {uit.parent} bestaat niet.", returncode=WRONG_ARGUMENTS)
        try:
            get_sjabloon(options["sjabloon"])
        except DomainError as error:
            raise CommandError(str(error), returncode=WRONG_ARGUMENTS) from None
        gemeenten = self._gemeenten(options["gemeente"])
        try:
            verslag = create_verslag(
                gemeenten, options["schooljaar"], options["sjabloon"], by=None, queue=False
            )
        except DomainError as error:
            raise CommandError(str(error)) from None
        versie = self._build(verslag)
        with versie.pdf.open() as pdf:
            uit.write_bytes(pdf.read())
        if not options["json"]:
            self.stdout.write(f"{verslag} is gemaakt: {uit}")
            return
        answer = {
            "verslag": str(verslag.uuid),
            "bestand": str(uit),
            "paginas": versie.paginas,
            "sha256": versie.sha256,
            "peildatum": str(versie.stand.peildatum),
        }
        self.stdout.write(json.dumps(answer, indent=2))

    def _gemeenten(self, codes: Sequence[str]) -> list[Gemeente]:
        found = {g.code: g for g in Gemeente.objects.filter(code__in=codes)}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise CommandError(
                f"Deze gemeente is niet bekend: {', '.join(unknown)}.", returncode=WRONG_ARGUMENTS
            )
        return list(found.values())

    def _build(self, verslag: Jaarverslag) -> Versie:
        """Build here and now; a report that fails leaves nothing behind."""
        request_build(verslag, by=None, queue=False)
        produce(verslag.pk)
        verslag.refresh_from_db()
        versie = verslag.laatste_versie
        if versie is None:
            fout = verslag.fout
            verslag.delete()
            raise CommandError(fout)
        return versie
