"""The package of an inzage: asked, made by a worker, fetched for some days, then gone."""

import hashlib
import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.domain.bevoegd import require
from casework.domain.inzage_inhoud import Deel, Vraag, all_parts, as_words, names_of
from casework.domain.inzage_tabellen import TABELLEN
from casework.domain.verzoeken import SCHRIJVEN, taak_of
from casework.errors import DomainError
from casework.models import Inzage, Verzoek
from casework.uitbreiding import UITBREIDINGEN

Status = Inzage.Status
FOUT = "Het maken is mislukt. Probeer het opnieuw, of meld het bij de beheerder."


@transaction.atomic
def request(verzoek: Verzoek, reden: str, *, by: Gebruiker) -> Inzage:
    """Put the package in the queue."""
    require(by, SCHRIJVEN, verzoek.gemeente_id)
    locked = Verzoek.objects.select_for_update().get(pk=verzoek.pk)
    if locked.jongere_id is None:
        raise DomainError("De gegevens van deze jongere zijn vernietigd.")
    if locked.regime != "AVG":
        raise DomainError("Politiegegevens geeft u niet zo: dit pakket is voor de AVG.")
    if any(inzage.is_bezig for inzage in locked.inzages.all()):
        raise DomainError("Er wordt al een pakket gemaakt.")
    inzage = Inzage.objects.create(
        verzoek=locked,
        jongere_id=locked.jongere_id,
        gemeente_id=locked.gemeente_id,
        gemaakt_door=by,
        reden=reden,
    )
    record("inzage.gevraagd", inzage, by=by, taak=taak_of(locked), reden=reden)
    from casework.tasks import make_inzage

    transaction.on_commit(partial(make_inzage.delay, inzage.pk))
    return inzage


def perform(pk: int) -> None:
    """Make the files; a second delivery of the message finds them made."""
    if not Inzage.objects.filter(pk=pk, status__in=[Status.WACHT, Status.BEZIG]).update(
        status=Status.BEZIG
    ):
        return
    inzage = Inzage.objects.select_related("verzoek", "jongere__gemeente", "gemaakt_door").get(
        pk=pk
    )
    try:
        _make(inzage)
    except Exception:
        Inzage.objects.filter(pk=pk).update(status=Status.MISLUKT, stap=FOUT)
        raise


def _progress(inzage: Inzage, percent: int, stap: str) -> None:
    """Seen at once: outside any transaction of the work itself."""
    Inzage.objects.filter(pk=inzage.pk).update(voortgang=percent, stap=stap)


def _make(inzage: Inzage) -> None:
    gemeenten = sorted(gemeenten_for(inzage.gemaakt_door, SCHRIJVEN))
    voor_ouder = inzage.verzoek.aanvrager == Verzoek.Aanvrager.VERTEGENWOORDIGER
    vraag = Vraag(inzage.jongere, gemeenten, voor_ouder)
    delen: list[Deel] = []
    for nummer, deel in enumerate(all_parts(vraag), start=1):
        delen.append(deel)
        _progress(inzage, min(60, 60 * nummer // len(TABELLEN)), deel.titel)
    _progress(inzage, 60, "De PDF wordt gemaakt")
    inhoud = _content(inzage, names_of(gemeenten), delen)
    assert UITBREIDINGEN.pdf is not None
    pdf = UITBREIDINGEN.pdf(render_to_string("casework/pdf/inzage.html", inhoud))
    _store(inzage.pk, pdf, _as_json(inhoud))


def _content(inzage: Inzage, gemeenten: list[str], delen: list[Deel]) -> dict[str, Any]:
    return {
        "naam": inzage.jongere.naam,
        "gemeenten": gemeenten,
        "gemaakt_op": timezone.now(),
        "aanvrager": inzage.verzoek.get_aanvrager_display(),
        "ontvangen_op": inzage.verzoek.ontvangen_op,
        "delen": delen,
    }


def _as_json(inhoud: dict[str, Any]) -> bytes:
    data = {
        "naam": inhoud["naam"],
        "gemeenten": inhoud["gemeenten"],
        "gemaakt_op": as_words(inhoud["gemaakt_op"]),
        "delen": [{"titel": d.titel, "rijen": d.rijen} for d in inhoud["delen"]],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def _store(pk: int, pdf: bytes, tekst: bytes) -> None:
    inzage = Inzage.objects.select_for_update().get(pk=pk)
    if inzage.status != Status.BEZIG:
        return
    # The name on the disk tells nothing about the person.
    inzage.pdf.save(f"{inzage.uuid}.pdf", ContentFile(pdf), save=False)
    inzage.json.save(f"{inzage.uuid}.json", ContentFile(tekst), save=False)
    inzage.status, inzage.voortgang, inzage.stap = Status.KLAAR, 100, ""
    inzage.klaar_op = timezone.now()
    inzage.save()
    record(
        "inzage.gemaakt",
        inzage,
        by=inzage.gemaakt_door,
        taak=taak_of(inzage.verzoek),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


@transaction.atomic
def fetched(inzage: Inzage, soort: str, *, by: Gebruiker) -> None:
    """The trace of a download; the caller sends the file."""
    record("inzage.opgehaald", inzage, by=by, taak=taak_of(inzage.verzoek), soort=soort)


def kept_until(inzage: Inzage) -> datetime | None:
    if inzage.klaar_op is None:
        return None
    return inzage.klaar_op + timedelta(days=settings.INZAGE_BEWAREN_DAGEN)


def forget_old() -> int:
    """Files whose days are over; that there was a package stays with the request."""
    before = timezone.now() - timedelta(days=settings.INZAGE_BEWAREN_DAGEN)
    old = Inzage.objects.filter(klaar_op__lt=before, status=Status.KLAAR)
    for inzage in old:
        drop_files(inzage)
        with transaction.atomic():
            Inzage.objects.filter(pk=inzage.pk).update(status=Status.VERWIJDERD, pdf="", json="")
            record("inzage.verwijderd", inzage, by=None, taak=taak_of(inzage.verzoek))
    return len(old)


def drop_files(inzage: Inzage) -> None:
    for file in (inzage.pdf, inzage.json):
        if file:
            file.delete(save=False)
