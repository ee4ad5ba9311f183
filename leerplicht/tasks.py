"""Scheduled work of leerplicht."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="leerplicht.follow_thuiszitters", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_thuiszitters() -> dict[str, int]:
    """Each night: who gets the label, and whose stay at home goes a step up."""
    from casework.schooljaar import today
    from leerplicht.domain import thuiszitlabel, thuiszitters

    day = today()
    return {"label": thuiszitlabel.label_due(day), "opgeschaald": thuiszitters.escalate(day)}


@app.task(name="leerplicht.signal_absoluut", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def signal_absoluut() -> dict[str, int]:
    """Each night, so on 1 October as well: who has no school and no exemption."""
    from casework.schooljaar import today
    from leerplicht.domain import absoluut

    return absoluut.signal(today())


@app.task(name="leerplicht.follow_vrijstellingen", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_vrijstellingen() -> dict[str, int]:
    """Each night, before the look for absoluut verzuim: what ended, and the look at 5 onder a."""
    from casework.schooljaar import today
    from leerplicht.domain import vrijstelling_herinneren, vrijstelling_proces

    day = today()
    return vrijstelling_proces.follow(day) | {"herinnerd": vrijstelling_herinneren.remind(day)}


@app.task(name="leerplicht.follow_plicht", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_plicht() -> dict[str, int]:
    """Each night, before the look at thuiszitters: open work whose youth moved or has no duty."""
    from casework.schooljaar import today
    from leerplicht.domain import plichteinde

    return plichteinde.follow(today())


@app.task(name="leerplicht.follow_meldplicht", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def follow_meldplicht() -> dict[str, int]:
    """Each night, after exemptions and absoluut verzuim: what other bodies must be told."""
    from casework.schooljaar import today
    from leerplicht.domain import meldplicht

    return meldplicht.follow(today())


@app.task(name="leerplicht.make_bundel", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def make_bundel(pk: int) -> None:
    from leerplicht.domain import bundel

    bundel.make(pk)
