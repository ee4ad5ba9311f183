"""Starting and performing a reading of a package, with progress that can be watched."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.errors import DomainError
from casework.models import Gemeente
from koppelingen.domain.voortgang import only_worker, outside_transaction
from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.pakket.fouten import PakketBezig, PakketGeweigerd
from koppelingen.pakket.herstel import write_herstel
from koppelingen.pakket.inlezen import Opties, check_upload, read_pakket
from koppelingen.pakket.rapport import Rapport

Status = Inleesrun.Status
AFGEBROKEN = "Het inlezen is afgebroken. Er is niets geladen; probeer het opnieuw."


def perform_run(
    run: Inleesrun, pad: Path, opties: Opties, melden: Callable[[str, int], None] | None = None
) -> Rapport:
    """Read the package of this run; its row tells how it went.

    Raises PakketGeweigerd when the package is refused; any other error is left with the run as
    'mislukt' and raised on. In both cases nothing was loaded.
    """
    Inleesrun.objects.filter(pk=run.pk).update(
        status=Status.BEZIG, voortgang=0, stap="Controleren", melding=""
    )
    run.quarantaine.all().delete()
    try:
        with outside_transaction(run) as write:
            rapport = read_pakket(pad, run, opties, melden or write)
    except PakketGeweigerd as error:
        _finish(run, Status.GEWEIGERD, str(error))
        raise
    except BaseException:
        _finish(run, Status.MISLUKT, AFGEBROKEN)
        raise
    run.bronsysteem = rapport.bronsysteem
    run.gemeentecodes = [code for code in rapport.gemeentecodes if len(code) == 4]
    run.rapport = json.loads(json.dumps(rapport.head()))
    _finish(run, Status.KLAAR, "")
    return rapport


@transaction.atomic
def _finish(run: Inleesrun, status: str, melding: str) -> None:
    run.status, run.melding, run.klaar_op = status, melding, timezone.now()
    run.stap = ""
    offered = Quarantaine.objects.filter(vervolg=run, opgelost_op__isnull=True)
    if status == Status.KLAAR:
        run.voortgang = 100
        offered.update(opgelost_op=run.klaar_op)
    else:
        offered.update(vervolg=None)
    run.save()


def new_run(
    *,
    bestandsnaam: str,
    gebruiker: Gebruiker | None,
    proef: bool,
    wpg_akkoord: str,
    **meer: Any,
) -> Inleesrun:
    with transaction.atomic():
        return Inleesrun.objects.create(
            bestandsnaam=bestandsnaam[:255],
            gebruiker=gebruiker,
            proef=proef,
            wpg_akkoord=wpg_akkoord[:200],
            **meer,
        )


def opties_of(run: Inleesrun, vandaag: date) -> Opties:
    """Options of a run that was started on screen: bound to what its user administers."""
    return Opties(
        vandaag=vandaag,
        proef=run.proef,
        wpg_akkoord=run.wpg_akkoord,
        gebruiker=run.gebruiker,
        gemeentecodes=_codes(run.gebruiker, "pakket.inlezen") if run.gebruiker else None,
    )


def _codes(user: Gebruiker, permissie: str) -> frozenset[str]:
    return frozenset(Gemeente.objects.permitted(user, permissie).values_list("code", flat=True))


def upload(
    bestand: "UploadedFile[Any]", *, by: Gebruiker, proef: bool, wpg: bool, vandaag: date
) -> Inleesrun:
    """Keep the zip and put it in the queue. Raises DomainError for what is wrong at first sight."""
    naam = Path(bestand.name or "pakket.zip").name
    stream = bestand.file
    assert stream is not None
    opties = Opties(vandaag=vandaag, gebruiker=by, gemeentecodes=_codes(by, "pakket.inlezen"))
    manifest = check_upload(naam, stream, opties)
    elders = sorted(set(manifest.gemeentecodes) - _codes(by, "opsporing.schrijven"))
    if wpg and elders:
        raise DomainError(
            "U mag geen politiegegevens (Wpg) inlezen voor gemeente"
            f" {', '.join(elders)}: dat kan alleen met de taak opsporing."
        )
    stream.seek(0)
    with transaction.atomic():
        run = new_run(
            bestandsnaam=naam,
            gebruiker=by,
            proef=proef,
            wpg_akkoord=by.naam if wpg else "",
            bronsysteem=manifest.bronsysteem,
        )
        run.bestand.save(f"{run.uuid}.zip", bestand)
        record("pakket.aangeboden", run, by=by, proef=proef)
        queue(run)
    return run


def queue(run: Inleesrun) -> None:
    from koppelingen.tasks import read_package

    transaction.on_commit(partial(read_package.delay, run.pk))


@transaction.atomic
def load_after_dry_run(proef: Inleesrun, *, by: Gebruiker) -> Inleesrun:
    """The same zip once more, now to stay."""
    locked = Inleesrun.objects.select_for_update().get(pk=proef.pk)
    if locked.status != Status.KLAAR or not locked.proef or not locked.bestand:
        raise DomainError("Dit bestand is er niet meer. Bied het pakket opnieuw aan.")
    run = new_run(
        bestandsnaam=locked.bestandsnaam,
        gebruiker=by,
        proef=False,
        wpg_akkoord=locked.wpg_akkoord,
        bronsysteem=locked.bronsysteem,
        bestand=locked.bestand.name,
    )
    locked.bestand = ""
    locked.save(update_fields=["bestand"])
    record("pakket.aangeboden", run, by=by, proef=False)
    queue(run)
    return run


@transaction.atomic
def retry(run: Inleesrun, *, by: Gebruiker) -> None:
    """Put a run in the queue again that stopped, or whose worker seems to be gone."""
    locked = Inleesrun.objects.select_for_update().get(pk=run.pk)
    if not (locked.may_retry or locked.is_bezig):
        raise DomainError("Dit kan niet opnieuw: bied het pakket opnieuw aan.")
    if locked.may_retry:
        locked.status, locked.melding, locked.voortgang = Status.WACHT, "", 0
        locked.save(update_fields=["status", "melding", "voortgang"])
    record("pakket.opnieuw", locked, by=by)
    queue(locked)


def perform_upload(run_id: int, vandaag: date) -> None:
    """Read the package that waits; a second delivery of the same message changes nothing."""
    run = Inleesrun.objects.select_related("gebruiker", "vervolg_op").get(pk=run_id)
    with only_worker(run):
        run.refresh_from_db()
        if not run.is_bezig:
            return
        try:
            with _package_of(run) as pad:
                perform_run(run, pad, opties_of(run, vandaag)).telraam.close()
        except PakketBezig:
            return  # the zip stays: it may be tried again
        except PakketGeweigerd:
            forget_file(run)
            return
        documenten = run.quarantaine.filter(bestand="documenten")
        if not run.proef and not documenten.exists():
            forget_file(run)


@contextmanager
def _package_of(run: Inleesrun) -> Iterator[Path]:
    """The zip that came in, or the refused rows of an earlier run as a small package."""
    if run.bestand:
        yield Path(run.bestand.path)
        return
    if run.vervolg_op is None:
        raise PakketGeweigerd("Het bestand is er niet meer. Bied het pakket opnieuw aan.")
    with tempfile.TemporaryDirectory(prefix="herstel-") as folder:
        bron = _zip_with_documents(run.vervolg_op)
        write_herstel(Path(folder), run, run.vervolg_op, bron)
        yield Path(folder)


def _zip_with_documents(run: Inleesrun) -> Path | None:
    eerste: Inleesrun | None = run
    while eerste and not eerste.bestand:
        eerste = eerste.vervolg_op
    return Path(eerste.bestand.path) if eerste else None


def forget_file(run: Inleesrun) -> None:
    """A package holds whole dossiers: it does not stay when it is no longer needed."""
    if run.bestand:
        run.bestand.delete(save=False)
        Inleesrun.objects.filter(pk=run.pk).update(bestand="")


def forget_old_files(before: datetime) -> int:
    """Uploads that nobody went on with."""
    old = Inleesrun.objects.filter(aangemaakt_op__lt=before).exclude(bestand="")
    runs = [run for run in old if not run.is_bezig]
    for run in runs:
        forget_file(run)
    return len(runs)
