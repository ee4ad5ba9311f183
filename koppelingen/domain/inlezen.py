"""Starting and performing a reading of a package, with progress that can be watched."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Gebruiker
from koppelingen.models import Inleesrun
from koppelingen.pakket.fouten import PakketGeweigerd
from koppelingen.pakket.inlezen import Opties, read_pakket
from koppelingen.pakket.rapport import Rapport


def perform_run(
    run: Inleesrun, pad: Path, opties: Opties, melden: Callable[[str, int], None] | None = None
) -> Rapport:
    """Read the package of this run; its row tells how it went.

    Raises PakketGeweigerd when the package is refused; any other error is left with the run as
    'mislukt' and raised on. In both cases nothing was loaded.
    """
    Inleesrun.objects.filter(pk=run.pk).update(
        status=Inleesrun.Status.BEZIG, voortgang=0, stap="Controleren", melding=""
    )
    run.quarantaine.all().delete()
    try:
        with _outside_transaction(run.pk) as write:
            rapport = read_pakket(pad, run, opties, melden or write)
    except PakketGeweigerd as error:
        _finish(run, Inleesrun.Status.GEWEIGERD, str(error))
        raise
    except BaseException:
        _finish(
            run,
            Inleesrun.Status.MISLUKT,
            "Het inlezen is afgebroken. Er is niets geladen; probeer het opnieuw.",
        )
        raise
    run.bronsysteem = rapport.bronsysteem
    run.gemeentecodes = [code for code in rapport.gemeentecodes if len(code) == 4]
    run.rapport = json.loads(json.dumps(rapport.head()))
    _finish(run, Inleesrun.Status.KLAAR, "")
    return rapport


def _finish(run: Inleesrun, status: str, melding: str) -> None:
    run.status, run.melding, run.klaar_op = status, melding, timezone.now()
    run.stap = ""
    if status == Inleesrun.Status.KLAAR:
        run.voortgang = 100
    run.save()


@contextmanager
def _outside_transaction(run_id: int) -> Iterator[Callable[[str, int], None]]:
    """Writes progress over a connection of its own, so that others see it during the run."""
    other = connection.copy()
    other.settings_dict = other.settings_dict | {"ATOMIC_REQUESTS": False}
    last: tuple[str, int] = ("", -1)

    def write(stap: str, percentage: int) -> None:
        nonlocal last
        if (stap, percentage) == last:
            return
        last = (stap, percentage)
        try:
            with other.cursor() as cursor:
                cursor.execute(
                    "UPDATE koppelingen_inleesrun SET stap = %s, voortgang = %s WHERE id = %s",
                    [stap[:100], percentage, run_id],
                )
        except DatabaseError:
            return  # progress is a courtesy; the run goes on without it

    try:
        yield write
    finally:
        other.close()


def new_run(
    *,
    bestandsnaam: str,
    gebruiker: Gebruiker | None,
    proef: bool,
    wpg_akkoord: str,
) -> Inleesrun:
    with transaction.atomic():
        return Inleesrun.objects.create(
            bestandsnaam=bestandsnaam[:255],
            gebruiker=gebruiker,
            proef=proef,
            wpg_akkoord=wpg_akkoord[:200],
        )


def opties_of(run: Inleesrun, vandaag: date) -> Opties:
    """Options of a run that was started on screen: bound to what its user administers."""
    codes: frozenset[str] | None = None
    if run.gebruiker:
        from casework.models import Gemeente

        rows = Gemeente.objects.permitted(run.gebruiker, "pakket.inlezen")
        codes = frozenset(rows.values_list("code", flat=True))
    return Opties(
        vandaag=vandaag,
        proef=run.proef,
        wpg_akkoord=run.wpg_akkoord,
        gebruiker=run.gebruiker,
        gemeentecodes=codes,
    )
