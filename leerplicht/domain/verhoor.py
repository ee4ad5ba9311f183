"""Hearing a suspect or witness (Sv 27c, 29): only in a case, by a boa, after the cautie."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.akte import require_akte
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.leeftijd import age_on
from casework.models import Contactmoment
from casework.parameters import waarde
from casework.politiecodes import Categorie
from casework.schooljaar import amsterdam_date
from leerplicht.codes import Verdachte
from leerplicht.models import Strafzaak, Verhoor
from leerplicht.opsporingscodes import Verhoorrol

from .halt_tabel import police_fields
from .mas import BOA

ZIN: Final = 40  # from this length the same sentence in a talk is no chance


@dataclass(frozen=True, slots=True)
class Verhoorinvoer:
    rol: str
    naam: str
    begin: datetime
    plaats: str
    verklaring: str
    cautie_gegeven_op: datetime | None = None
    recht_op_raadsman_meegedeeld: bool = False
    raadsman: str = ""
    tolk: str = ""
    taal: str = "Nederlands"
    aanwezigen: str = ""
    ouders_ingelicht: str = ""
    waarneming: str = ""


@transaction.atomic
def add_verhoor(zaak: Strafzaak, *, by: Gebruiker, now: datetime, invoer: Verhoorinvoer) -> Verhoor:
    """Raises NotAuthorised, DomainError without akte, cautie or rights, or with copied text."""
    require(by, BOA, zaak.gemeente_id)
    require_akte(by, amsterdam_date(invoer.begin))
    if zaak.toestand != "concept":
        raise DomainError("Het proces-verbaal is al ondertekend.")
    if invoer.begin > now:
        raise DomainError("Het verhoor is nog niet geweest.")
    if text := _rights(zaak, invoer) or copied(zaak.jongere_id, invoer.verklaring, by):
        raise DomainError(text)
    verhoor = Verhoor.objects.create(
        zaak=zaak,
        jongere_id=zaak.jongere_id,
        gemeente_id=zaak.gemeente_id,
        boa=by,
        **{veld: getattr(invoer, veld) for veld in Verhoorinvoer.__slots__},
        **police_fields(zaak) | {"categorie": _category(zaak, invoer.rol)},
    )
    record("verhoor.vastgelegd", verhoor, by=by, taak=Taak.OPSPORING, soort=verhoor.rol)
    return verhoor


def _category(zaak: Strafzaak, rol: str) -> str:
    """What the youth is in this verhoor."""
    about = zaak.soort == Verdachte.JONGERE
    if rol == Verhoorrol.VERDACHTE:
        return Categorie.VERDACHTE if about else Categorie.OVERIG
    return Categorie.OVERIG if about else Categorie.GETUIGE


def _rights(zaak: Strafzaak, invoer: Verhoorinvoer) -> str:
    """What a suspect is told before the first question."""
    if invoer.rol != Verhoorrol.VERDACHTE:
        return ""
    if invoer.cautie_gegeven_op is None:
        return "Vul in wanneer u de cautie gaf."
    if invoer.cautie_gegeven_op > invoer.begin:
        return "De cautie gaat vooraf aan het verhoor."
    if not invoer.recht_op_raadsman_meegedeeld or not invoer.raadsman:
        return "Deel het recht op een raadsman mee en leg vast of de verdachte afstand doet."
    day = amsterdam_date(invoer.begin)
    young = age_on(zaak.jongere.geboortedatum, day) < waarde("halt_ouders_onder", day)
    if zaak.soort == Verdachte.JONGERE and young and not invoer.ouders_ingelicht.strip():
        return "Onder de 16 jaar: schrijf op hoe de ouders zijn ingelicht, of waarom niet."
    return ""


def copied(jongere_id: int, verklaring: str, by: Gebruiker) -> str:
    """A talk about help had no cautie; its words are no statement."""
    said = _plain(verklaring)
    talks = Contactmoment.objects.visible_to(by).filter(jongere=jongere_id, regime="AVG")
    for text in talks.exclude(verslag="").values_list("verslag", flat=True):
        if any(zin in said for part in text.split(".") if len(zin := _plain(part)) >= ZIN):
            return (
                "Een zin uit een gewoon gesprek staat in de verklaring. In dat gesprek gaf u geen"
                " cautie. Schrijf op wat de verdachte nu zegt."
            )
    return ""


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
