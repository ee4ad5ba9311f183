"""Work of koppelingen that takes longer than a page may."""

from datetime import timedelta

from django.utils import timezone

from accounts.rechten import SYSTEEM
from casework.schooljaar import today
from config.celery import app
from koppelingen.pakket.fouten import NogBezig

# How long a package or a refused row stays here when it is done with.
BEWAREN = timedelta(days=7)
# Whoever holds the package may be a process that is gone already: then it must not stay here.
OPNIEUW = {"autoretry_for": (NogBezig,), "default_retry_delay": 5, "max_retries": None}


@app.task(name="koppelingen.read_package", acks_late=True, permission=SYSTEEM, **OPNIEUW)  # type: ignore[untyped-decorator]  # celery has no types
def read_package(run_id: int) -> None:
    from koppelingen.domain.inlezen import perform_upload

    perform_upload(run_id, today())


@app.task(name="koppelingen.write_package", acks_late=True, permission=SYSTEEM, **OPNIEUW)  # type: ignore[untyped-decorator]  # celery has no types
def write_package(uitvoer_id: int) -> None:
    from koppelingen.domain.uitvoeren import perform_uitvoer

    perform_uitvoer(uitvoer_id, today())


@app.task(name="koppelingen.forget_packages", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def forget_packages() -> None:
    """Every night: packages on disk, and refused rows, that nobody needs any more."""
    from koppelingen.domain import duo, inlezen, quarantaine, uitvoeren

    before = timezone.now() - BEWAREN
    inlezen.forget_old_files(before)
    uitvoeren.forget_packages(before)
    quarantaine.forget_rows(before)
    duo.forget_files(before)


@app.task(name="koppelingen.exchange_duo", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def exchange_duo() -> dict[str, int]:
    """Every quarter of an hour: reports and answers from DUO, statuses back."""
    from koppelingen.domain.duo import exchange

    return exchange(timezone.now())
