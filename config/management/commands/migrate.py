"""Django's own migrate, and the wall that belongs to the tables."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accounts.rechten import SYSTEEM
from config import muur


class Command(migrate.Command):
    permission = SYSTEEM

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"] or not _complete():
            return
        if muur.build() and options["verbosity"] >= 1:
            self.stdout.write("Rechten per rij in de database: bijgewerkt.")


def _complete() -> bool:
    """Whether every table is there: not after `migrate <app> <name>` back in time."""
    tables = set(connection.introspection.table_names())
    done = MigrationRecorder(connection).has_table()
    return done and all(m._meta.db_table in tables for m in apps.get_models())
