"""Scheduled work of leerplicht."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="leerplicht.follow_thuiszitters", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_thuiszitters() -> dict[str, int]:
    """Each night: who gets the label, and whose stay at home goes a step up."""
    from casework.schooljaar import today
    from leerplicht.domain import thuiszitters

    day = today()
    return {"label": thuiszitters.label_due(day), "opgeschaald": thuiszitters.escalate(day)}
