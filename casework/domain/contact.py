"""Contacts and things to do: small records of every day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.bevoegd import require_for
from casework.domain.plaats import gemeente_on
from casework.domain.politie import follow
from casework.errors import DomainError, NotAuthorised
from casework.models import Actie, Contactmoment, Jongere, Werkproces
from casework.schooljaar import amsterdam_date


@dataclass(frozen=True, slots=True)
class Contactinvoer:
    """What a user tells about one contact."""

    datum: datetime
    kanaal: str
    met: str = ""
    richting: str = ""
    preventief: bool = False
    uitkomst: str = ""
    verslag: str = ""
    # Of police data only: the opinion apart from the facts, and where these came from.
    oordeel: str = ""
    herkomst: str = ""
    categorie: str = ""


@transaction.atomic
def add_contact(
    jongere: Jongere,
    *,
    by: Gebruiker,
    taak: str,
    invoer: Contactinvoer,
    werkproces: Werkproces | None = None,
) -> Contactmoment:
    """Write a contact; the gemeente of its day is frozen.

    Raises NotAuthorised, and DomainError for police data without origin or kind of person.
    """
    gemeente = gemeente_on(jongere, amsterdam_date(invoer.datum))
    plaats = werkproces.gemeente if werkproces else gemeente
    require_for(by, taak, jongere, plaats.pk if plaats else None)
    politie = follow(werkproces)
    if politie:
        politie |= _facts(invoer)
    contact = Contactmoment.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        taak=taak,
        gemeente=gemeente,
        gebruiker=by,
        datum=invoer.datum,
        kanaal=invoer.kanaal,
        met=invoer.met,
        richting=invoer.richting,
        preventief=invoer.preventief,
        uitkomst=invoer.uitkomst,
        verslag=invoer.verslag,
        **politie,
    )
    record("contact.vastgelegd", contact, by=by, kanaal=contact.kanaal)
    return contact


def _facts(invoer: Contactinvoer) -> dict[str, str]:
    """Wpg 3, 4 and 6b: origin, facts apart from opinion, what kind of person this is."""
    if not invoer.herkomst:
        raise DomainError("Kies waar deze politiegegevens vandaan komen.")
    if not invoer.categorie:
        raise DomainError("Kies wat de jongere is: verdachte, getuige of iets anders.")
    return {
        "oordeel": invoer.oordeel,
        "herkomst": invoer.herkomst,
        "categorie": invoer.categorie,
    }


@transaction.atomic
def add_actie(
    jongere: Jongere,
    *,
    by: Gebruiker,
    taak: str,
    omschrijving: str,
    vervalt_op: date,
    werkproces: Werkproces | None = None,
) -> Actie:
    """Something for this user to do before a date. Raises NotAuthorised."""
    gemeente_id = werkproces.gemeente_id if werkproces else jongere.gemeente_id
    require_for(by, taak, jongere, gemeente_id)
    actie = Actie.objects.create(
        jongere=jongere,
        werkproces=werkproces,
        taak=taak,
        gemeente_id=gemeente_id,
        omschrijving=omschrijving,
        toegewezen_aan=by,
        vervalt_op=vervalt_op,
        **follow(werkproces),
    )
    record("actie.gemaakt", actie, by=by)
    return actie


@transaction.atomic
def complete_actie(actie: Actie, *, by: Gebruiker) -> Actie:
    """Tick off; doing it twice changes nothing. Raises NotAuthorised, DomainError for a term."""
    actie = Actie.objects.select_for_update(of=("self",)).select_related("jongere").get(pk=actie.pk)
    if actie.jongere:
        require_for(by, actie.taak, actie.jongere, actie.gemeente_id)
    elif actie.toegewezen_aan_id != by.pk:
        raise NotAuthorised("Deze actie is van een collega.")
    if actie.is_termijn:
        raise DomainError("Een termijn vervalt door de volgende stap in het werkproces te doen.")
    if actie.gedaan_op is None:
        actie.gedaan_op, actie.gedaan_door = timezone.now(), by
        actie.save(update_fields=["gedaan_op", "gedaan_door"])
        record("actie.gedaan", actie, by=by)
    return actie


def contact_of(gegevens: Mapping[str, Any]) -> Contactinvoer:
    """From cleaned form data with the names of this class."""
    return Contactinvoer(**{k: gegevens[k] for k in Contactinvoer.__slots__ if k in gegevens})
