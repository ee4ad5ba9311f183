"""Base of the commands that write the help page of a process from its table of steps."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from accounts.rechten import SYSTEEM
from casework.domain.diagram import draw, rows
from casework.domain.proces import Procestabel


def pages(tabel: Procestabel[Any]) -> dict[Path, str]:
    """Generated files and what must be in them; a test compares."""
    folder = settings.BASE_DIR / "templates" / "hulp" / tabel.naam
    context = {"rows": rows(tabel), "toestanden": tabel.toestanden.values()}
    table = render_to_string("hulp/procestabel.html", context)
    return {folder / "diagram.svg": draw(tabel), folder / "tabel.html": table}


class DiagramCommand(BaseCommand):
    help = "Write the drawing and the table of each process for the help pages, from its steps."
    permission = SYSTEEM
    tabellen: ClassVar[Sequence[Procestabel[Any]]]

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in (row for tabel in self.tabellen for row in pages(tabel).items()):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
