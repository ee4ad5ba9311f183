"""Work of the dossier outside a page: the virus scan of files."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="casework.scan_document", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def scan_document(pk: int) -> None:
    """Right after the upload; when the scanner is down the round below tries again."""
    import logging

    from casework.domain.documenten import scan
    from casework.scanner import ScannerWeg

    try:
        scan(pk)
    except ScannerWeg as error:
        logging.getLogger(__name__).error("De virusscanner antwoordt niet: %s", error)


@app.task(name="casework.scan_waiting", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def scan_waiting() -> dict[str, int]:
    from casework.domain import documenten

    return {"gescand": documenten.scan_waiting(), "vergeten": documenten.forget_refused()}
