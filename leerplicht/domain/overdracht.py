"""Handing over to the Doorstroompunt: one step for each table, once the duty is over."""

from datetime import date

from casework.codes import Stapsoort
from casework.domain.proces import Stap, Veld
from casework.models import Werkproces

from . import mas_effecten as effect
from .dossierfeiten import feiten_of
from .mas_begin import SCHRIJVEN
from .mas_velden import MELDINGEN_SLUITEN, TOELICHTING
from .status import Statuscode, leerplichtstatus


def duty_is_over(werkproces: Werkproces, day: date) -> str | None:
    """By age, startkwalificatie or leaving; an exemption is no end of the duty."""
    jongere = werkproces.jongere
    code = leerplichtstatus(feiten_of(jongere, day), day).code
    if code in (Statuscode.DOORSTROOMPUNT, Statuscode.BUITEN_DOELGROEP):
        return None
    return "De jongere valt nog onder leerplicht of kwalificatieplicht, of is daar te jong voor."


def handing_over(
    van: frozenset[str], velden: tuple[Veld, ...] = (TOELICHTING, MELDINGEN_SLUITEN)
) -> Stap[Werkproces]:
    return Stap(
        "overdragen_doorstroompunt",
        "Overdragen aan het Doorstroompunt",
        van,
        "afgesloten",
        Stapsoort.DOORVERWIJZING,
        permissie=SCHRIJVEN,
        velden=velden,
        voorwaarden=(duty_is_over,),
        effect=effect.hand_over,
        uitleg="Voor wie 18 is geworden of niet meer onder de plicht valt.",
        artikel="WEB 9.2",
        bijzonder=True,
    )
