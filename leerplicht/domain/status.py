"""Status of a jongere under the law on a day: one pure function over facts.

The ladder: not resident, before leerplicht, a running duty with or without exemption, and after
the duties the Doorstroompunt group. Case table: tests/data/leerplicht-status-cases.csv.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casework.gronden import Plicht
from casework.perioden import Periode

from . import plicht
from .feiten import Feiten, Vrijstelling
from .regels import Regels

ALTIJD = Periode()


class Statuscode(StrEnum):
    GEEN = "geen"
    LEERPLICHTIG = "leerplichtig"
    KWALIFICATIEPLICHTIG = "kwalificatieplichtig"
    VRIJGESTELD = "vrijgesteld"
    DOORSTROOMPUNT = "doorstroompunt"
    BUITEN_DOELGROEP = "buiten_doelgroep"

    @property
    def under_duty(self) -> bool:
        """Under leerplicht or kwalificatieplicht, exempted or not (task leerplicht)."""
        return self in _ONDER_PLICHT


_ONDER_PLICHT = frozenset(
    {Statuscode.LEERPLICHTIG, Statuscode.KWALIFICATIEPLICHTIG, Statuscode.VRIJGESTELD}
)


@dataclass(frozen=True, slots=True)
class Status:
    """The duties are shown as this jongere has them: cut to the residence around the day."""

    code: Statuscode
    leerplicht: Periode | None
    kwalificatieplicht: Periode | None
    # Who answers for attendance; enrolment is always the adults' alone (Lpw 2 lid 1).
    verantwoordelijk: str = ""
    # R14; None: no Doorstroompunt status, or enrolment unknown.
    doorstroompunt_actief: bool | None = None


def leerplichtstatus(feiten: Feiten, peildatum: date, regels: Regels | None = None) -> Status:
    """Apply R1 to R14 on one day. `regels` default: the law as on the peildatum."""
    regels = regels or Regels.on(peildatum)
    verblijf = residence_around(feiten.verblijf, peildatum)
    leer = plicht.leerplicht(feiten, peildatum, regels)
    assert leer.van and leer.tot  # both ages give a date
    kwal = plicht.kwalificatieplicht(feiten, leer.tot, regels)
    code = _code(feiten, peildatum, regels, leer, kwal)
    return Status(
        code=code,
        leerplicht=verblijf.overlap(leer) if leer.van < leer.tot else None,
        kwalificatieplicht=verblijf.overlap(kwal) if kwal else None,
        verantwoordelijk=_verantwoordelijk(code, feiten.geboortedatum, peildatum, regels),
        doorstroompunt_actief=(
            is_actief(feiten, regels) if code == Statuscode.DOORSTROOMPUNT else None
        ),
    )


def residence_around(verblijf: tuple[Periode, ...], day: date) -> Periode:
    """The stay that covers a day, else the first one to come, else the last one."""
    if not verblijf:
        return ALTIJD
    ordered = sorted(verblijf, key=lambda stay: stay.van or date.min)
    for stay in ordered:
        if stay.tot is None or day < stay.tot:
            return stay
    return ordered[-1]


def _code(
    feiten: Feiten, day: date, regels: Regels, leer: Periode, kwal: Periode | None
) -> Statuscode:
    if day not in residence_around(feiten.verblijf, day):
        return Statuscode.BUITEN_DOELGROEP
    if leer.van and day < leer.van:
        return Statuscode.GEEN
    if day in leer:
        vrij = is_vrijgesteld(feiten.vrijstellingen, Plicht.LEERPLICHT, day, regels)
        return Statuscode.VRIJGESTELD if vrij else Statuscode.LEERPLICHTIG
    if kwal and day in kwal:
        vrij = is_vrijgesteld(feiten.vrijstellingen, Plicht.KWALIFICATIEPLICHT, day, regels)
        return Statuscode.VRIJGESTELD if vrij else Statuscode.KWALIFICATIEPLICHTIG
    if in_doelgroep(feiten, day, regels):
        return Statuscode.DOORSTROOMPUNT
    return Statuscode.BUITEN_DOELGROEP


def is_vrijgesteld(
    vrijstellingen: tuple[Vrijstelling, ...], soort: Plicht, day: date, regels: Regels
) -> bool:
    """Whether an exemption from enrolment lifts this duty on this day (Lpw 5, 5a, 15)."""
    return any(
        _lifts(vrijstelling, soort, regels)
        and day in vrijstelling.periode
        and (not vrijstelling.grond.seizoen or regels.in_seizoen(day))
        for vrijstelling in vrijstellingen
    )


def _lifts(vrijstelling: Vrijstelling, soort: Plicht, regels: Regels) -> bool:
    grond = vrijstelling.grond
    return soort in grond.heft_op or (grond.seizoen and regels.trekkend_ook_kwalificatieplicht)


def in_doelgroep(feiten: Feiten, day: date, regels: Regels) -> bool:
    """R13, for a day without duties: young enough and no startkwalificatie (WEB 9.2.1 a, b)."""
    behaald = feiten.startkwalificatie_datum
    if behaald and behaald <= day:
        return False
    if not regels.dsp_open_vrijstelling_telt and _has_open_vrijstelling(feiten, day):
        return False
    return day < regels.reach(feiten.geboortedatum, regels.leeftijdsgrens_dsp)


def _has_open_vrijstelling(feiten: Feiten, day: date) -> bool:
    """An open-ended 5 onder a ("nooit geschikt"); many regions do not approach this jongere."""
    return any(
        v.grond.code == "5a" and v.periode.tot is None and day in v.periode
        for v in feiten.vrijstellingen
    )


def is_actief(feiten: Feiten, regels: Regels) -> bool | None:
    """R14: not enrolled, or absent four weeks (or the school's shorter period) without reason."""
    ingeschreven = feiten.ingeschreven_in_nederland
    if ingeschreven is None:
        return None
    grens = Decimal(regels.dsp_weken_afwezig)
    if feiten.afwezig_weken_grens is not None:
        grens = min(grens, feiten.afwezig_weken_grens)
    return not ingeschreven or feiten.afwezig_weken >= grens


def _verantwoordelijk(code: Statuscode, geboren: date, day: date, regels: Regels) -> str:
    if code not in (Statuscode.LEERPLICHTIG, Statuscode.KWALIFICATIEPLICHTIG):
        return ""
    if regels.age(geboren, day) < regels.leeftijd_medeverantwoordelijk:
        return "ouders"
    return "ouders+jongere"
