"""Building a report: count once, freeze, render, store; progress is saved in committed steps."""

import logging
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.gebeurtenissen import record
from casework.errors import DomainError
from casework.schooljaar import today
from reporting.domain.document import Gegevens, make_pdf, page_count, sha256
from reporting.domain.stand import freeze
from reporting.models import Jaarverslag, Versie
from reporting.verslag.controle import check_report
from reporting.verslag.sjabloon import get_sjabloon

logger = logging.getLogger(__name__)
Status = Jaarverslag.Status


def report_progress(pk: int, percent: int, text: str) -> None:
    """Seen by the user at once: outside any transaction of the work itself."""
    Jaarverslag.objects.filter(pk=pk).update(voortgang=percent, voortgang_tekst=text)


def count_figures(pk: int, *, peildatum: date | None = None) -> None:
    """Count the figures of a report that has none; a second delivery changes nothing."""
    verslag = Jaarverslag.objects.get(pk=pk)
    if verslag.stand_id is not None:
        return
    report_progress(pk, 10, "De cijfers worden geteld")
    try:
        stand = freeze(verslag, peildatum=peildatum or today())
    except Exception as error:
        _failed(pk, error)
        raise
    with transaction.atomic():
        locked = Jaarverslag.objects.select_for_update().get(pk=pk)
        if locked.stand_id is None:
            locked.stand = stand
            locked.save(update_fields=["stand"])
    report_progress(pk, 40, "De cijfers zijn geteld")


def produce(pk: int) -> None:
    """Build the version that was asked for. Doing it twice changes nothing."""
    verslag = Jaarverslag.objects.get(pk=pk)
    if verslag.status != Status.IN_BOUW:
        return
    if not verslag.versies.filter(nummer=verslag.bouw_nummer).exists():
        try:
            _build(pk)
        except DomainError as error:
            _failed(pk, error)
            return  # the user reads why; trying again gives the same answer
        except Exception as error:
            _failed(pk, error)
            raise
    Jaarverslag.objects.filter(pk=pk, status=Status.IN_BOUW).update(
        status=Status.TE_CONTROLEREN, voortgang=100, voortgang_tekst="Klaar"
    )


def _failed(pk: int, error: Exception) -> None:
    logger.warning("report %s: %s", pk, error)
    text = (
        str(error)
        if isinstance(error, DomainError)
        else "Er ging iets mis. Probeer het nog eens of meld het bij de beheerder."
    )
    Jaarverslag.objects.filter(pk=pk).update(
        status=Status.CONCEPT, fout=text, voortgang=0, voortgang_tekst=""
    )


def _build(pk: int) -> None:
    count_figures(pk)
    verslag = Jaarverslag.objects.select_related("stand", "gevraagd_door").get(pk=pk)
    assert verslag.stand is not None
    report_progress(pk, 50, "De PDF wordt gemaakt")
    secties, kader = verslag.sectiedata(), verslag.kader()
    pdf = make_pdf(secties, kader, gegevens(verslag))
    report_progress(pk, 90, "De tekst wordt vergeleken met de cijfers")
    controle = [f.to_json() for f in check_report(secties, kader)]
    with transaction.atomic():
        locked = Jaarverslag.objects.select_for_update().get(pk=pk)
        if locked.versies.filter(nummer=locked.bouw_nummer).exists():
            return
        versie = Versie(
            verslag=locked,
            nummer=locked.bouw_nummer,
            titel=kader.titel,
            stand=verslag.stand,
            secties=[s.to_json() for s in secties],
            sha256=sha256(pdf),
            paginas=page_count(pdf),
            controle=controle,
            gemaakt_door=verslag.gevraagd_door,
        )
        versie.pdf.save(f"jaarverslag-{locked.schooljaar}.pdf", ContentFile(pdf), save=False)
        versie.save(force_insert=True)
        record(
            "verslag.gemaakt",
            locked,
            by=verslag.gevraagd_door,
            versie=versie.nummer,
            sha256=versie.sha256,
        )


def gegevens(verslag: Jaarverslag) -> Gegevens:
    assert verslag.stand is not None
    names = dict(verslag.stand.gebieden)
    return Gegevens(
        titel=verslag.titel,
        schooljaar=verslag.schooljaar,
        gemeenten=[names[code] for code in verslag.stand.gemeenten],
        omslag=get_sjabloon(verslag.sjabloon).omslag,
        nummer=verslag.bouw_nummer or 1,
        gemaakt_op=today(),
        catalogusversie=verslag.stand.catalogusversie,
        stand_sha256=verslag.stand.sha256,
    )
