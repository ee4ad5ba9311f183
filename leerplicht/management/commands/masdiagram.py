from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from leerplicht.domain.mas import MAS
from leerplicht.domain.mas_diagram import draw, rows


class Command(BaseCommand):
    help = "Write the drawing and the table of the MAS for the help page, from the table of steps."
    permission = "systeem"

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))


def pages() -> dict[Path, str]:
    """Generated files and what must be in them; a test compares."""
    folder = settings.BASE_DIR / "templates" / "hulp" / "mas"
    table = render_to_string(
        "hulp/mas/tabel_bron.html", {"rows": rows(MAS), "toestanden": MAS.toestanden.values()}
    )
    return {folder / "diagram.svg": draw(MAS), folder / "tabel.html": table}
