from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.domain.traject_diagram import draw, rows


class Command(BaseCommand):
    help = "Write the drawing and the table of a traject for the help page, from its steps."
    permission = "systeem"

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))


def pages() -> dict[Path, str]:
    """Generated files and what must be in them; a test compares."""
    folder = settings.BASE_DIR / "templates" / "hulp" / "traject"
    table = render_to_string(
        "hulp/mas/tabel_bron.html",
        {"rows": rows(TRAJECT), "toestanden": TRAJECT.toestanden.values()},
    )
    return {folder / "diagram.svg": draw(TRAJECT), folder / "tabel.html": table}
