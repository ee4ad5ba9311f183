from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig


def count(
    codes: list[str], schooljaren: list[str], indicatoren: list[str]
) -> Iterable[dict[str, Any]]:
    """Figures for who may not import this app: an import compares them with its manifest."""
    from casework.schooljaar import Schooljaar
    from reporting.indicatoren import collect

    years = [Schooljaar.parse(text) for text in schooljaren]
    return [cijfer.to_json() for cijfer in collect(codes, years, indicatoren)]


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from casework.uitbreiding import UITBREIDINGEN  # models must be loaded first

        UITBREIDINGEN.cijfers = count
