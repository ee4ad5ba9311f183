"""From a chosen file to a document of the dossier: checked, scanned, and only then there."""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework import tasks
from casework.domain.bestandscontrole import BestandFout, check_file
from casework.domain.bevoegd import require_for
from casework.domain.plaats import gemeente_on
from casework.domain.politie import follow
from casework.models import Aangeboden, Document, Jongere, Politiegegeven, Werkproces
from casework.scanner import ScannerWeg, scanner

logger = logging.getLogger(__name__)
PER_KEER = 100  # files of one round of the nightly and five-minute work


@dataclass(frozen=True, slots=True)
class Documentinvoer:
    """What a user tells about one file."""

    soort: str
    datum: date
    titel: str = ""


@transaction.atomic
def offer(
    jongere: Jongere,
    bestand: "UploadedFile[bytes]",
    *,
    by: Gebruiker,
    taak: str,
    invoer: Documentinvoer,
    werkproces: Werkproces | None = None,
) -> Aangeboden:
    """Keep the file until it has been scanned. Raises NotAuthorised, BestandFout."""
    require_for(by, taak, jongere, werkproces.gemeente_id if werkproces else None)
    naam = safe_name(bestand.name or "")
    if (bestand.size or 0) > settings.DOCUMENT_MAX_BYTES:  # before it is read into memory
        raise BestandFout(f"Dit bestand is groter dan {settings.DOCUMENT_MAX_BYTES >> 20} MB.")
    data = check_file(naam, bestand.read())
    aangeboden = Aangeboden.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        taak=taak,
        gemeente=werkproces.gemeente if werkproces else gemeente_on(jongere, invoer.datum),
        gebruiker=by,
        bestand=ContentFile(data, "bestand"),
        bestandsnaam=naam,
        titel=invoer.titel or naam.rpartition(".")[0][:200],
        soort=invoer.soort,
        datum=invoer.datum,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        **follow(werkproces),
    )
    record("document.aangeboden", aangeboden, by=by, soort=aangeboden.soort)
    # A broker that is down is no reason to lose the file: the beat comes by.
    transaction.on_commit(partial(tasks.scan_document.delay, aangeboden.pk), robust=True)
    return aangeboden


def safe_name(naam: str) -> str:
    """The last part of the name, without what a file system or header could stumble over."""
    last = re.split(r"[/\\]", naam)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\"<>:|?*]", "", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:200]}{dot}{ending[:10]}" if dot else ending[:200]


def scan(pk: int) -> bool:
    """Scan one file that waits; True when it waits no longer. Safe to do twice.

    Raises ScannerWeg when there is no verdict: nothing has changed then.
    """
    with transaction.atomic():
        row = (
            Aangeboden.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=pk)
            .first()
        )
        if row is None:
            return False
        with row.bestand.open("rb") as stream:
            oordeel = scanner().scan(stream)
        if oordeel.schoon:
            _accept(row)
        else:
            _refuse(row, oordeel.gevonden)
    return True


def _accept(row: Aangeboden) -> Document:
    """The document takes over the file itself; nothing is copied."""
    document = Document.objects.create(
        jongere_id=row.jongere_id,
        werkproces_id=row.werkproces_id,
        taak=row.taak,
        gemeente_id=row.gemeente_id,
        **{veld.attname: getattr(row, veld.attname) for veld in Politiegegeven._meta.fields},
        bestand=row.bestand.name,
        bestandsnaam=row.bestandsnaam,
        titel=row.titel,
        soort=row.soort,
        datum=row.datum,
        bytes=row.bytes,
        sha256=row.sha256,
    )
    record("document.vastgelegd", document, by=row.gebruiker, soort=document.soort)
    row.delete()
    return document


def _refuse(row: Aangeboden, signature: str) -> None:
    logger.warning("Document %s geweigerd: %s", row.uuid, signature)
    record("document.geweigerd", row, by=row.gebruiker, soort=row.soort)
    row.geweigerd_op = timezone.now()
    transaction.on_commit(partial(default_storage.delete, str(row.bestand.name)))
    row.save(update_fields=["geweigerd_op"])


def scan_waiting() -> int:
    """All that waits, oldest first; stops at once when the scanner is down."""
    done = 0
    for pk in _waiting():
        try:
            done += scan(pk)
        except ScannerWeg as error:
            logger.error("De virusscanner antwoordt niet: %s", error)
            break
    return done


def _waiting() -> Iterator[int]:
    yield from Aangeboden.objects.waiting().order_by("pk").values_list("pk", flat=True)[:PER_KEER]


def forget_refused() -> int:
    """Refused files are gone already; their line stays on the page for some time."""
    before = timezone.now() - timedelta(days=settings.DOCUMENT_GEWEIGERD_DAGEN)
    return Aangeboden.objects.filter(geweigerd_op__lt=before).delete()[0]
