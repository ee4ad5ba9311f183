"""All letters of a round as one PDF, in order: to print and put in envelopes in one go.

The file holds many addresses, so it is there for some days only.
"""

import logging
import uuid
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.brieven_maken import letter_of
from casework.domain.jongere import may_reveal
from casework.domain.ontvangers import Ontvanger
from casework.errors import DomainError
from casework.models import Brief, Brievenronde
from casework.uitbreiding import UITBREIDINGEN

logger = logging.getLogger(__name__)
Stand = Brievenronde.Afdrukstand
AF: Final = frozenset({Brief.Status.GEMAAKT, Brief.Status.VERSTUURD})
SAMENSTELLEN: Final = 60  # percent; the rest is writing the PDF


@transaction.atomic
def request(ronde: Brievenronde, *, by: Gebruiker) -> None:
    """Have it made, again when it was made before. Raises DomainError."""
    ronde = Brievenronde.objects.visible_to(by).select_for_update().get(pk=ronde.pk)
    if ronde.status != Brievenronde.Status.KLAAR or not letters(ronde, by).exists():
        raise DomainError("Er zijn geen brieven om af te drukken.")
    if ronde.afdruk_bezig:
        raise DomainError("De afdruk wordt al gemaakt.")
    ronde.afdruk_stand, ronde.voortgang, ronde.stap = Stand.WACHT, 0, ""
    ronde.save(update_fields=["afdruk_stand", "voortgang", "stap"])
    record("brievenronde.afdruk_gevraagd", ronde, by=by, soort=ronde.soort)
    from casework.tasks import print_ronde

    transaction.on_commit(partial(print_ronde.delay, ronde.pk), robust=True)


def letters(ronde: Brievenronde, by: Gebruiker) -> Any:
    """In the order of making. Police data is printed from its own dossier."""
    rows = Brief.objects.visible_to(by).filter(ronde=ronde, status__in=AF, regime="AVG")
    return rows.select_related(
        "jongere", "gemeente", "adres", "school", "relatie", "tweede"
    ).order_by("pk")


def make(pk: int) -> None:
    """The worker's part; the rights are those of this moment."""
    rows = Brievenronde.objects.filter(pk=pk, afdruk_stand__in=[Stand.WACHT, Stand.BEZIG])
    if not rows.update(afdruk_stand=Stand.BEZIG):
        return
    ronde = Brievenronde.objects.select_related("gemaakt_door").get(pk=pk)
    try:
        # Outside the transaction: how far it is must be seen while it is made.
        pdf, secret = _render(ronde, rows)
        with transaction.atomic():
            drop(ronde)
            ronde.afdruk.save(f"{uuid.uuid4().hex}.pdf", ContentFile(pdf), save=False)
            stand = {"afdruk_stand": Stand.KLAAR, "afdruk_op": timezone.now()}
            rows.update(afdruk=ronde.afdruk.name, stap="", **stand)
            for brief in secret:
                record(
                    "adres.getoond",
                    brief.jongere,
                    by=ronde.gemaakt_door,
                    taak=brief.taak,
                    soort="brief",
                )
    except Exception as error:
        # A rule of the law of letters says why; of anything else the log of the server does.
        if not isinstance(error, DomainError):
            logger.exception("De afdruk van ronde %s is niet gemaakt", pk)
        rows.update(afdruk_stand=Stand.MISLUKT, stap="")


def _render(ronde: Brievenronde, rows: Any) -> tuple[bytes, list[Brief]]:
    by = ronde.gemaakt_door
    found = list(letters(ronde, by))
    secret = [brief for brief in found if brief.geheim]
    shut = {brief.pk for brief in secret if not may_reveal(brief.jongere, "adres", by)}
    found = [brief for brief in found if brief.pk not in shut]
    if not found:
        raise DomainError("Er zijn geen brieven om af te drukken.")
    pages = []
    for number, brief in enumerate(found):
        if number % 10 == 0:
            _tell(rows, SAMENSTELLEN * number // len(found), f"Brief {number + 1}")
        pages.append(letter_of(brief, reader_of(brief), by))
    _tell(rows, SAMENSTELLEN, "PDF schrijven")
    assert UITBREIDINGEN.pdf is not None
    html = render_to_string(
        "casework/pdf/brieven.html", {"brieven": pages, "gemeente": found[0].gemeente}
    )
    return UITBREIDINGEN.pdf(html), [brief for brief in secret if brief.pk not in shut]


def _tell(rows: Any, voortgang: int, stap: str) -> None:
    rows.update(voortgang=voortgang, stap=stap)


def reader_of(brief: Brief) -> Ontvanger:
    """As the letter was made, also when somebody moved since."""
    return Ontvanger(
        brief.partij,
        brief.aan,
        "",
        brief.relatie,
        brief.tweede,
        brief.school,
        brief.adres,
        brief.geheim,
    )


@transaction.atomic
def fetched(ronde: Brievenronde, *, by: Gebruiker) -> None:
    """The trace of a download; the caller sends the file."""
    record("brievenronde.afdruk_opgehaald", ronde, by=by, soort=ronde.soort)


def drop(ronde: Brievenronde) -> None:
    if ronde.afdruk:
        ronde.afdruk.delete(save=False)


def forget_old() -> int:
    """Files whose days are over; the letters stay in the dossiers."""
    before = timezone.now() - timedelta(days=settings.BRIEF_AFDRUK_DAGEN)
    old = list(Brievenronde.objects.filter(afdruk_op__lt=before))
    for ronde in old:
        forget(ronde)
    return len(old)


def forget(ronde: Brievenronde) -> None:
    drop(ronde)
    Brievenronde.objects.filter(pk=ronde.pk).update(afdruk="", afdruk_op=None, afdruk_stand="")
