"""Work of reporting that takes longer than a page may."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="reporting.build_jaarverslag", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def build_jaarverslag(verslag_id: int) -> None:
    from reporting.domain.bouwen import produce

    produce(verslag_id)


@app.task(name="reporting.count_figures", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def count_figures(verslag_id: int) -> None:
    from reporting.domain import bouwen

    bouwen.count_figures(verslag_id)


@app.task(name="reporting.make_concepten", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def make_concepten() -> None:
    """On JAARVERSLAG_CONCEPT_DAG: a concept per gemeente over the year that has ended."""
    from casework.schooljaar import today
    from reporting.domain import jaarverslag

    jaarverslag.make_concepten(today())
