"""The proces-verbaal (Lpw art. 22 lid 3): police data, apart from the werkproces it belongs to."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.akte import require_akte
from casework.domain.bevoegd import require
from casework.domain.plaats import gemeente_on
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Werkproces
from casework.politiecodes import Categorie, Herkomst, Wpggrond
from leerplicht.codes import Verdachte
from leerplicht.models import ProcesVerbaal

from .mas import BOA
from .mas_voorwaarden import VERZUIMSOORT_VAN_WERKPROCES, no_suspect
from .tabellen import tabel_of


@dataclass(frozen=True, slots=True)
class PvInvoer:
    verdachte: str
    pv_datum: date
    pv_nummer: str = ""
    ingezonden_op: date | None = None
    afwijking: str = ""  # of the guideline: why this route all the same
    afwijking_uitleg: str = ""


@transaction.atomic
def draw_up_pv(
    werkproces: Werkproces, *, by: Gebruiker, day: date, invoer: PvInvoer
) -> ProcesVerbaal:
    """Write the proces-verbaal and bring the werkproces to route 4; nothing of it in the steps.

    Raises NotAuthorised without opsporing, DomainError outside the table or against who cannot be
    suspect of it.
    """
    jongere = werkproces.jongere
    gemeente = gemeente_on(jongere, invoer.pv_datum) or werkproces.gemeente
    require(by, BOA, werkproces.gemeente_id or jongere.gemeente_id)
    require_akte(by, day)
    if text := no_suspect(werkproces, invoer.verdachte, day):
        raise DomainError(text)
    if invoer.ingezonden_op and invoer.ingezonden_op < invoer.pv_datum:
        raise DomainError("Het proces-verbaal is niet voor de datum zelf ingezonden.")
    pv = ProcesVerbaal.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        werkproces=werkproces,
        melding=werkproces.meldingen.order_by("-melddatum", "-pk").first(),
        verdachte=invoer.verdachte,
        verzuimsoort=VERZUIMSOORT_VAN_WERKPROCES.get(werkproces.soort, "RELATIEF"),
        pv_datum=invoer.pv_datum,
        pv_nummer=invoer.pv_nummer,
        ingezonden_op=invoer.ingezonden_op,
        verbalisant=by,
        eerste_verwerking=day,
        herkomst=Herkomst.EIGEN,
        wpg_grond=Wpggrond.ARTIKEL_9 if werkproces.onderzoek_id else Wpggrond.ARTIKEL_8,
        categorie=Categorie.VERDACHTE
        if invoer.verdachte == Verdachte.JONGERE
        else Categorie.OVERIG,
        onderzoek_id=werkproces.onderzoek_id,
    )
    record("pv.opgemaakt", pv, by=by, taak=Taak.OPSPORING)
    if werkproces.toestand != "strafrecht":  # a second suspect: the route runs already
        perform(
            werkproces,
            "strafrecht_inzetten",
            tabel=tabel_of(werkproces),
            by=by,
            day=day,
            gegevens={
                "afwijking": invoer.afwijking,
                "afwijking_uitleg": invoer.afwijking_uitleg,
            },
        )
    return pv
