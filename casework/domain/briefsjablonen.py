"""The texts of a gemeente, by date; what it did not write comes with the program."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.briefsoorten import standaardtekst
from casework.domain.bevoegd import require
from casework.domain.samenvoegen import check_text
from casework.errors import DomainError
from casework.models import Briefafzender, Briefsjabloon, Gemeente

BEHEREN = "brief.beheren"


@dataclass(frozen=True, slots=True)
class Tekst:
    onderwerp: str
    tekst: str


def text_on(gemeente: Gemeente, soort: str, day: date) -> Tekst:
    row = Briefsjabloon.objects.on(gemeente.pk, soort, day)
    return Tekst(row.onderwerp, row.tekst) if row else Tekst(*standaardtekst(soort))


@transaction.atomic
def save_text(
    gemeente: Gemeente, soort: str, tekst: Tekst, *, van: date, day: date, by: Gebruiker
) -> Briefsjabloon:
    """A next version. Raises NotAuthorised, SjabloonFout for a field nobody knows."""
    require(by, BEHEREN, gemeente.pk)
    if van < day:
        raise DomainError("Een tekst kan niet in het verleden ingaan.")
    check_text(soort, tekst.onderwerp, tekst.tekst)
    row = Briefsjabloon.objects.create(
        gemeente=gemeente,
        soort=soort,
        van=van,
        onderwerp=tekst.onderwerp,
        tekst=tekst.tekst,
        gemaakt_door=by,
    )
    record("briefsjabloon.gemaakt", row, by=by, soort=soort, van=van.isoformat())
    return row


@transaction.atomic
def save_sender(gemeente: Gemeente, velden: dict[str, str], *, by: Gebruiker) -> Briefafzender:
    require(by, BEHEREN, gemeente.pk)
    row, _ = Briefafzender.objects.update_or_create(gemeente=gemeente, defaults=velden)
    record("briefafzender.gewijzigd", row, by=by)
    return row
