"""Break-glass: a closed dossier opens for one user for a few hours, and somebody reviews it."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import muur
from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak, gemeenten_for, valid_on
from casework.domain.betrokkenheid import report_refused
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.kalender import add_werkdagen
from casework.models import Jongere, Noodtoegang
from casework.models.jongere import JongereQuerySet
from casework.models.zicht import known_to
from casework.parameters import waarde
from casework.schooljaar import amsterdam_date

VRAGEN: Final = "dossier.lezen"
LEZEN: Final = "privacy.lezen"
BEOORDELEN: Final = "privacy.schrijven"


@transaction.atomic
def ask(
    persoon: JongereQuerySet, reden: str, *, by: Gebruiker
) -> tuple[Jongere | None, Noodtoegang | None]:
    """Who was asked for when the user may open it now, with the noodtoegang that made it so.

    Nobody, more than one, somebody elsewhere and own family all give the same answer.
    """
    with muur.even_met_doel("nood"):
        found = list(persoon.within_rights(by).distinct()[:2])
    jongere = found[0] if len(found) == 1 else None
    if jongere and jongere.pk in set(known_to(by)):
        report_refused(jongere, by=by)
        return None, None
    if jongere is None:
        record("noodtoegang.niets_gevonden", by, by=by, geweigerd=True)
        return None, None
    if Jongere.objects.visible_to(by).filter(pk=jongere.pk).exists():
        return jongere, None
    return jongere, _give(jongere, reden, by)


def _give(jongere: Jongere, reden: str, by: Gebruiker) -> Noodtoegang:
    now = timezone.now()
    day = amsterdam_date(now)
    eigen = gemeenten_for(by, VRAGEN)
    gemeente = jongere.gemeente_id if jongere.gemeente_id in eigen else min(eigen)
    row = Noodtoegang.objects.create(
        gebruiker=by,
        jongere=jongere,
        gemeente_id=gemeente,
        reden=reden,
        van=now,
        tot=now + timedelta(hours=waarde("noodtoegang_uren", day)),
        beoordelen_voor=add_werkdagen(day, waarde("noodtoegang_beoordelen_werkdagen", day)),
    )
    record("noodtoegang.gegeven", row, by=by, tot=row.tot.isoformat(timespec="minutes"))
    transaction.on_commit(lambda: _warn(row))
    return row


def _warn(row: Noodtoegang) -> None:
    """A mail without a person in it; the page tells the rest."""
    rights = Bevoegdheid.objects.filter(
        valid_on(amsterdam_date(row.van)),
        taak=Taak.PRIVACY,
        rol__in=[Rol.BEHANDELAAR, Rol.LEIDINGGEVENDE],
        gemeente=row.gemeente_id,
        gebruiker__is_active=True,
    )
    to = {mail for mail in rights.values_list("gebruiker__email", flat=True) if mail}
    text = (
        f"Noodtoegang {row} is gebruikt. Beoordeel het in Leerrecht bij Noodtoegang,"
        f" uiterlijk op {row.beoordelen_voor:%d-%m-%Y}."
    )
    for address in sorted(to):
        try:
            send_mail("Leerrecht: noodtoegang beoordelen", text, None, [address])
        except (SMTPException, OSError):
            logging.getLogger(__name__).exception("Geen mail over noodtoegang %s", row)


def visible_to(user: Gebruiker) -> "QuerySet[Noodtoegang]":
    rows = Noodtoegang.objects.filter(gemeente__in=gemeenten_for(user, LEZEN))
    return rows.select_related("gebruiker", "gemeente", "beoordeeld_door")


def to_review(user: Gebruiker) -> "QuerySet[Noodtoegang]":
    return visible_to(user).filter(oordeel="")


@transaction.atomic
def review(row: Noodtoegang, *, by: Gebruiker, oordeel: str, toelichting: str) -> Noodtoegang:
    """Raises NotAuthorised, DomainError for the user himself and for a second review."""
    row = Noodtoegang.objects.select_for_update().get(pk=row.pk)
    require(by, BEOORDELEN, row.gemeente_id)
    if by.pk == row.gebruiker_id:
        raise DomainError("Een ander dan de gebruiker zelf beoordeelt dit.")
    if row.oordeel:
        raise DomainError("Dit is al beoordeeld.")
    row.oordeel, row.toelichting = oordeel, toelichting
    row.beoordeeld_door, row.beoordeeld_op = by, timezone.now()
    row.save(update_fields=["oordeel", "toelichting", "beoordeeld_door", "beoordeeld_op"])
    record("noodtoegang.beoordeeld", row, by=by, taak=Taak.PRIVACY, uitkomst=oordeel)
    return row


def is_late(row: Noodtoegang, day: date) -> bool:
    return not row.oordeel and row.beoordelen_voor < day
