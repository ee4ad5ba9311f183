"""Scheduled work of the Doorstroompunt."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="doorstroompunt.follow_calendar", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_calendar() -> dict[str, int]:
    """Each night: first who left the group, then who may be approached again."""
    from casework.schooljaar import today
    from doorstroompunt.domain import nacht

    day = today()
    return {"buiten": nacht.leave_group(day), "opnieuw": nacht.approach_again(day)}
