from collections.abc import Iterable
from datetime import date
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


def make_pdf(html: str) -> bytes:
    """A document of another app, through the same gate as the yearly report."""
    from reporting.domain.document import checked_pdf

    return checked_pdf(html)


def keep_figures(code: str, beginjaren: list[int], day: date) -> list[dict[str, Any]]:
    from reporting.domain.stand import keep_figures

    return keep_figures(code, beginjaren, day)


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from casework.uitbreiding import UITBREIDINGEN  # models must be loaded first

        UITBREIDINGEN.cijfers = count
        UITBREIDINGEN.pdf = make_pdf
        UITBREIDINGEN.bewaar_cijfers = keep_figures
