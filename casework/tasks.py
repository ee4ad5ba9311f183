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


@app.task(name="casework.remove_police_data", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def remove_police_data() -> dict[str, int]:
    """Every night: out of use what is five years old (Wpg 8)."""
    from casework.domain.politietermijnen import remove_due
    from casework.schooljaar import today

    return {"verwijderd": remove_due(today())}


@app.task(name="casework.follow_akten", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_akten() -> dict[str, int]:
    """Every night: which boa must ask a new akte."""
    from casework.domain.akte import remind
    from casework.schooljaar import today

    return {"herinnerd": remind(today())}


@app.task(name="casework.scan_waiting", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def scan_waiting() -> dict[str, int]:
    from casework.domain import documenten

    return {"gescand": documenten.scan_waiting(), "vergeten": documenten.forget_refused()}


@app.task(name="casework.make_inzage", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def make_inzage(pk: int) -> None:
    from casework.domain import inzage

    inzage.perform(pk)


@app.task(name="casework.forget_inzages", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def forget_inzages() -> int:
    from casework.domain import inzage

    return inzage.forget_old()


@app.task(name="casework.propose_vernietiging", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def propose_vernietiging() -> int:
    """Every night; doing it twice on a day changes nothing."""
    from casework.domain import bewaartermijn
    from casework.schooljaar import today

    return bewaartermijn.propose(today())


@app.task(name="casework.destroy", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def destroy(pk: int) -> None:
    from casework.domain import vernietigen
    from casework.schooljaar import today

    vernietigen.perform(pk, today())


@app.task(name="casework.make_brieven", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def make_brieven(pk: int) -> None:
    from casework.domain import brieven_maken

    brieven_maken.make(pk)


@app.task(name="casework.make_due_brieven", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def make_due_brieven() -> int:
    """Rounds whose time to think again is over, and those a worker left half-way."""
    from casework.domain import brieven_afdruk, brieven_maken

    brieven_afdruk.forget_old()
    return brieven_maken.make_due()


@app.task(name="casework.print_ronde", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def print_ronde(pk: int) -> None:
    from casework.domain import brieven_afdruk

    brieven_afdruk.make(pk)
