"""Send statuses to the verzuimregister of DUO and read its answers, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.opdracht import Opdracht
from koppelingen.domain.duo import exchange


class Command(Opdracht):
    help = "Stuurt de wachtende statussen naar DUO en leest de antwoorden (DUO_REGISTER)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DUO_REGISTER:
            raise CommandError("Er is geen koppeling met DUO: zet DUO_REGISTER op csv.")
        for naam, aantal in exchange(timezone.now()).items():
            self.stdout.write(f"{naam.replace('_', ' ')}: {aantal}")
