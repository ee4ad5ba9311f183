"""The help page of the steps: generated from every table, and up to date."""

from django.core.management import call_command
from django.template.loader import get_template

from casework.diagramopdracht import pages
from leerplicht.management.commands.masdiagram import Command


def test_help_page_shows_each_table_as_it_is():
    """Run `manage.py masdiagram` after a change of a table."""
    page = get_template("hulp/stappen.html").template.source
    for tabel in Command.tabellen:
        for path, text in pages(tabel).items():
            assert path.read_text(encoding="utf-8") == text, path.name
            assert f"hulp/{tabel.naam}/{path.name}" in page


def test_masdiagram_writes_the_same_files(capsys, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates/hulp").mkdir(parents=True)

    call_command("masdiagram")

    written = {str(p.relative_to(tmp_path / "templates/hulp")) for p in tmp_path.rglob("*.*")}
    assert written == {
        f"{t.naam}/{name}" for t in Command.tabellen for name in ("diagram.svg", "tabel.html")
    }
