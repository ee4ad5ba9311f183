"""Check the hash chain of the log and the anchors outside the database."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from accounts.domain.logboek_keten import Uitkomst, check
from accounts.opdracht import Opdracht


class Command(Opdracht):
    help = "Controleert het logboek; noemt de eerste regel die niet klopt en eindigt dan met 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        uitkomst = check()
        self.stdout.write(_json(uitkomst) if options["json"] else _text(uitkomst))
        if not uitkomst.goed:
            sys.exit(1)


def _json(uitkomst: Uitkomst) -> str:
    return json.dumps(
        {
            "goed": uitkomst.goed,
            "regels": uitkomst.regels,
            "wachtend": uitkomst.wachtend,
            "ankers": uitkomst.ankers,
            "gebeurtenis": uitkomst.gebeurtenis_id,
            "uitleg": uitkomst.uitleg,
        }
    )


def _text(uitkomst: Uitkomst) -> str:
    lines = [
        uitkomst.uitleg,
        f"{uitkomst.regels} regels, waarvan {uitkomst.wachtend} nog zonder plaats in de keten.",
        f"{uitkomst.ankers} ankers buiten de database."
        if uitkomst.ankers
        else "Er is nog geen anker buiten de database.",
    ]
    return "\n".join(lines)
