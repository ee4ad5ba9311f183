"""What every command of the operator shares."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import muur
from accounts.rechten import SYSTEEM


class Opdracht(BaseCommand):
    """Work on the server itself: it has all rows, and says so to the database."""

    permission = SYSTEEM

    def execute(self, *args: Any, **options: Any) -> str | None:
        with muur.systeem():
            return super().execute(*args, **options)
