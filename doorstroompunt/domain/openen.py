"""Opening a traject: from a melding, a school, the youth; a double signal joins what runs."""

from datetime import date

from django.db import transaction

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require_for
from casework.domain.plaats import gemeente_on
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Jongere, Verzuimmelding
from doorstroompunt.codes import Trajectsoort
from doorstroompunt.models import Traject

from .aanleg import Trajectinvoer, attach_melding, create_traject, runs_in
from .soorten import BUITEN, reason_outside
from .traject import TRAJECT, may_write


@transaction.atomic
def open_traject(
    jongere: Jongere,
    *,
    by: Gebruiker,
    day: date,
    invoer: Trajectinvoer,
    melding: Verzuimmelding | None = None,
    op_werklijst: bool = False,
) -> tuple[Traject, bool]:
    """The running traject of this kind, or a new one (True); a melding is attached to it.

    `op_werklijst`: looked into already, so it goes to the work list at once.
    Raises NotAuthorised, DomainError.
    """
    jongere = Jongere.objects.select_for_update(of=("self",)).get(pk=jongere.pk)
    running = find_running(jongere, invoer.soort)
    elsewhere = "" if running else runs_in(jongere, invoer.soort)
    if running is None and not elsewhere:
        traject = _new(jongere, invoer, by=by, day=day)
    elif running and may_write(by, running):
        traject = running
    else:
        waar = running.gemeente if running else elsewhere
        raise DomainError(
            f"Er loopt al een traject in {waar}. Vraag die gemeente om een overdracht."
        )
    if melding:
        attach_melding(traject, melding, by=by)
    if running is None and op_werklijst:
        perform(traject, "screenen", tabel=TRAJECT, by=by, day=day)
        traject = perform(traject, "op_werklijst", tabel=TRAJECT, by=by, day=day)
    return traject, running is None


def find_running(jongere: Jongere, soort: str) -> Traject | None:
    """In sight of who asks."""
    rows = Traject.objects.open().filter(jongere=jongere, soort=soort)
    return rows.select_related("gemeente", "jongere").order_by("datum_melding", "pk").first()


def _new(jongere: Jongere, invoer: Trajectinvoer, *, by: Gebruiker, day: date) -> Traject:
    gemeente = gemeente_on(jongere, invoer.datum_melding)
    require_for(by, Taak.DOORSTROOMPUNT, jongere, gemeente.pk if gemeente else None)
    if invoer.datum_melding > day:
        raise DomainError("De datum van de melding ligt in de toekomst.")
    if invoer.soort == Trajectsoort.VSV and invoer.datum_uitval is None:
        raise DomainError("Vul bij een voortijdig schoolverlater de datum van uitval in.")
    if invoer.datum_uitval and invoer.datum_uitval > day:
        raise DomainError("De datum van uitval ligt in de toekomst.")
    if reden := reason_outside(jongere, invoer.soort, day):
        raise DomainError(f"De jongere hoort niet bij de doelgroep: {BUITEN[reden][0].lower()}.")
    return create_traject(jongere, invoer, by=by, day=day, behandelaar=by)
