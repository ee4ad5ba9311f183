"""Exemptions that DUO must hear of by itself: those that began, and those that end earlier."""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.codes import Processtatus
from casework.domain.proces import perform
from casework.errors import DomainError
from leerplicht.models import Vrijstelling

from .tabellen import tabel_of
from .vrijstelling_proces import to_report

# Decided and made known; the next step of both tables is to tell DUO.
TE_MELDEN: Final = ("kg_geregistreerd", "av_bekendgemaakt")


def waiting() -> "QuerySet[Vrijstelling]":
    ready = (
        Q(werkproces__toestand__in=TE_MELDEN)
        | Q(werkproces__status=Processtatus.GESLOTEN)
        | Q(werkproces__isnull=True)
    )
    return to_report().filter(ready).select_related("jongere__gemeente", "gemeente", "werkproces")


@transaction.atomic
def mark_reported(pk: int, day: date) -> Vrijstelling | None:
    """Take the step "Aan DUO gemeld"; None when a colleague was faster or the step is refused."""
    row = waiting().select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return None
    werkproces, gegevens = row.werkproces, {"datum": day}
    if werkproces and werkproces.toestand in TE_MELDEN:
        try:
            with transaction.atomic():
                tabel = tabel_of(werkproces)
                perform(werkproces, "duo_melden", tabel=tabel, by=None, day=day, gegevens=gegevens)
        except DomainError:
            return None
    row.gemeld_duo_op = day
    row.save(update_fields=["gemeld_duo_op"])
    record("vrijstelling.duo_gemeld", row, by=None, taak=Taak.LEERPLICHT)
    return row
