"""The worker's part of letters: the PDF, the document in the dossier and the contact."""

import hashlib
import logging
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.briefsoorten import Briefsoort, Partij
from casework.codes import Contactkanaal, ContactMet, Documentsoort, Richting
from casework.domain import ontvangers
from casework.domain.bevoegd import require_for
from casework.domain.brieven import GEEN_RECHT, long_date
from casework.domain.contact import Contactinvoer, add_contact
from casework.domain.jongere import may_reveal
from casework.domain.politie import follow
from casework.domain.samenvoegen import blocks
from casework.errors import DomainError
from casework.models import Brief, Briefafzender, Brievenronde, Document, Jongere
from casework.models.document import random_name
from casework.politiecodes import Categorie, Herkomst
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.verzending import VERZENDWIJZEN

logger = logging.getLogger(__name__)
Status = Brievenronde.Status
CONCEPT_DAGEN = 7
FOUT = "Het maken is mislukt. Probeer het opnieuw, of meld het bij de beheerder."
BESLUITEN = frozenset({Briefsoort.BESLUIT_VERLOF, Briefsoort.BESLUIT_VRIJSTELLING})
MET = {
    Partij.JONGERE: ContactMet.JONGERE,
    Partij.OUDERS: ContactMet.OUDER,
    Partij.SCHOOL: ContactMet.SCHOOL,
}


def make_due() -> int:
    """Every round whose time to think again is over; concepts nobody confirmed go."""
    now = timezone.now()
    old = Brievenronde.objects.filter(
        status=Status.CONCEPT, aangemaakt_op__lt=now - timedelta(days=CONCEPT_DAGEN)
    )
    old.delete()
    due = Brievenronde.objects.filter(status__in=[Status.WACHT, Status.BEZIG], maken_vanaf__lte=now)
    keys = list(due.values_list("pk", flat=True))
    for pk in keys:
        make(pk)
    return len(keys)


def make(pk: int) -> None:
    """All letters of a round that are still to be made; doing it twice makes nothing twice."""
    rows = Brievenronde.objects.filter(pk=pk, status__in=[Status.WACHT, Status.BEZIG])
    if not rows.filter(maken_vanaf__lte=timezone.now()).update(status=Status.BEZIG):
        return
    ronde = Brievenronde.objects.select_related("gemaakt_door").get(pk=pk)
    waits = ronde.brieven.filter(status=Brief.Status.CONCEPT).order_by("pk")
    todo = list(waits.values_list("pk", flat=True))
    for number, key in enumerate(todo):
        rows.update(voortgang=100 * number // len(todo), stap=f"Brief {number + 1}")
        _one(key, ronde)
    rows.update(status=Status.KLAAR, voortgang=100, stap="")


def _one(pk: int, ronde: Brievenronde) -> None:
    melding = ""
    try:
        with transaction.atomic():
            rows = Brief.objects.select_for_update(of=("self",)).filter(pk=pk, status="concept")
            brief = rows.select_related("jongere", "werkproces", "gemeente").first()
            if brief:
                _make(brief, ronde.gemaakt_door, ronde.verzendwijze)
    except DomainError as error:
        melding = str(error)
    except Exception:
        logger.exception("Brief %s is niet gemaakt", pk)
        melding = FOUT
    if melding:
        Brief.objects.filter(pk=pk).update(status=Brief.Status.MISLUKT, melding=melding[:300])


def _make(brief: Brief, by: Gebruiker, verzendwijze: str) -> None:
    """In one transaction; rights and address are those of this moment."""
    jongere = brief.jongere
    if not Jongere.objects.visible_to(by).filter(pk=jongere.pk).exists():
        raise DomainError("Dit dossier is niet meer voor u te zien.")
    require_for(by, brief.taak, jongere, brief.gemeente_id)
    one = ontvangers.again(brief)
    if one is None or one.bezwaar:
        raise DomainError("Deze ontvanger krijgt geen brief meer, of het adres is weg.")
    if one.geheim and not may_reveal(jongere, "adres", by):
        raise DomainError(GEEN_RECHT)
    if ontvangers.leaked(f"{brief.onderwerp}\n{brief.tekst}", one, jongere):
        raise DomainError("In de tekst staat een adres van iemand anders uit dit dossier.")
    assert UITBREIDINGEN.pdf is not None
    pdf = UITBREIDINGEN.pdf(page_of(brief, one, by))
    brief.document = _store(brief, pdf, geheim=one.geheim)
    brief.geheim, brief.adres, brief.status = one.geheim, one.adres, Brief.Status.GEMAAKT
    brief.save()
    _contact(brief, by)
    if one.geheim:
        record("adres.getoond", jongere, by=by, taak=brief.taak, soort="brief")
    record("brief.gemaakt", brief, by=by, soort=brief.soort)
    VERZENDWIJZEN[verzendwijze].verstuur(brief)


def page_of(brief: Brief, one: ontvangers.Ontvanger, by: Gebruiker) -> str:
    return render_to_string("casework/pdf/brief.html", _context(brief, one, by))


def letter_of(brief: Brief, one: ontvangers.Ontvanger, by: Gebruiker) -> str:
    """The letter without the document around it."""
    return render_to_string("casework/pdf/_brief.html", _context(brief, one, by))


def _context(brief: Brief, one: ontvangers.Ontvanger, by: Gebruiker) -> dict[str, Any]:
    return {
        "brief": brief,
        "regels": ontvangers.address_lines(one),
        "blokken": blocks(brief.tekst),
        "afzender": Briefafzender.objects.filter(gemeente=brief.gemeente_id).first(),
        "gemeente": brief.gemeente,
        "medewerker": by,
        "datum": long_date(brief.datum),
    }


def _store(brief: Brief, pdf: bytes, *, geheim: bool) -> Document:
    document = Document(
        jongere_id=brief.jongere_id,
        werkproces_id=brief.werkproces_id,
        taak=brief.taak,
        gemeente_id=brief.gemeente_id,
        bestandsnaam=f"brief-{brief.kenmerk}.pdf",
        titel=f"{brief.get_soort_display()} ({brief.get_partij_display().lower()})",
        soort=Documentsoort.BESLUIT if brief.soort in BESLUITEN else Documentsoort.BRIEF,
        datum=today(),
        bytes=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        adres_geheim=geheim,
        **follow(brief.werkproces),
    )
    # The name on the disk tells nothing, as with every document.
    name: Any = random_name(document, "")  # type: ignore[arg-type]  # asks no more of the row
    document.bestand.save(f"{name.rpartition('/')[2]}", ContentFile(pdf), save=False)
    document.save()
    return document


def _contact(brief: Brief, by: Gebruiker) -> None:
    w = brief.werkproces
    add_contact(
        brief.jongere,
        by=by,
        taak=brief.taak,
        werkproces=w,
        invoer=Contactinvoer(
            datum=timezone.now(),
            kanaal=Contactkanaal.BRIEF,
            met=MET[Partij(brief.partij)],
            richting=Richting.UIT,
            verslag=f"Brief {brief.kenmerk}: {brief.get_soort_display()}.",
            herkomst=(w.herkomst if w else "") or Herkomst.EIGEN,
            categorie=(w.categorie if w else "") or Categorie.OVERIG,
        ),
    )
