"""Scheduled work on the log."""

from accounts.rechten import SYSTEEM
from config.celery import app


@app.task(name="accounts.chain_logboek", permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def chain_logboek() -> None:
    """Every minute: new events get their place in the chain, and a row in the LDV."""
    from accounts.domain.logboek_keten import chain_waiting
    from accounts.domain.logboek_ldv import write_verwerkingen

    chain_waiting()
    write_verwerkingen()


@app.task(name="accounts.end_rights", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def end_rights() -> dict[str, int]:
    """Just after midnight: rights nobody reviewed lapse, and who has none left is logged out."""
    from accounts.domain import toegangscontrole, vertrek
    from accounts.domain.beheer import vandaag

    day = vandaag()
    toegangscontrole.begin(day)
    return {
        "vervallen": toegangscontrole.lapse(day),
        "uitgelogd": vertrek.end_sessions_without_rights(day),
    }


@app.task(name="accounts.check_logboek", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def check_logboek() -> None:
    """Every night: check the whole log, keep the outcome, and anchor the newest place."""
    from accounts.domain.logboek_keten import check_and_anchor

    check_and_anchor()


@app.task(name="accounts.look_for_signals", acks_late=True, permission=SYSTEEM)  # type: ignore[untyped-decorator]  # celery has no types
def look_for_signals() -> None:
    """Every hour: peaks and odd places in the log, told to the privacy officers."""
    from django.utils import timezone

    from accounts.domain.signalen import look
    from accounts.signaalmail import tell_officers

    tell_officers(look(until=timezone.now()))
