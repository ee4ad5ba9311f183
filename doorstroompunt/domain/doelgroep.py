"""The statutory group of the Doorstroompunt (WEB 9.2.1) and the school-first rule (9.2.5 lid 5).

Whether leerplicht or kwalificatieplicht still applies is a question of the Leerplichtwet; the
caller answers it (`onder_plicht`), because this app does not know that law.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from casework import parameters
from casework.leeftijd import reach_age


@dataclass(frozen=True, slots=True)
class DoelgroepRegels:
    """Field names are the parameter names of casework/parameters.py."""

    leeftijdsgrens_dsp: int
    dsp_weken_afwezig: int
    schrikkeldag: str

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(**parameters.waarden(cls.__dataclass_fields__, day))


@dataclass(frozen=True, slots=True)
class DoelgroepFeiten:
    """What is known on the day that is asked about."""

    geboortedatum: date
    onder_plicht: bool
    startkwalificatie_datum: date | None = None
    # At a Dutch school, instelling, hbo or wo; a school abroad does not count.
    ingeschreven: bool = False
    # Consecutive weeks absent without valid reason; a school may report sooner than the law.
    weken_afwezig: Decimal = Decimal(0)
    weken_grens_school: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Doelgroep:
    """The three conditions of WEB 9.2.1, each with its own answer, so a screen can say why not."""

    leeftijd_en_plicht: bool  # a: no duty any more, and younger than the limit
    zonder_startkwalificatie: bool  # b
    niet_op_school: bool  # c: not enrolled, or enrolled and long absent

    @property
    def hoort_erbij(self) -> bool:
        return self.leeftijd_en_plicht and self.zonder_startkwalificatie and self.niet_op_school


def doelgroep(
    feiten: DoelgroepFeiten, day: date, regels: DoelgroepRegels | None = None
) -> Doelgroep:
    """WEB 9.2.1 on a day. A job or an entree diploma takes nobody out."""
    regels = regels or DoelgroepRegels.on(day)
    te_oud_op = reach_age(feiten.geboortedatum, regels.leeftijdsgrens_dsp, regels.schrikkeldag)
    behaald = feiten.startkwalificatie_datum
    grens = Decimal(regels.dsp_weken_afwezig)
    if feiten.weken_grens_school is not None:
        grens = min(grens, feiten.weken_grens_school)
    return Doelgroep(
        leeftijd_en_plicht=not feiten.onder_plicht and day < te_oud_op,
        zonder_startkwalificatie=behaald is None or behaald > day,
        niet_op_school=not feiten.ingeschreven or feiten.weken_afwezig >= grens,
    )


class Bewijs(StrEnum):
    """Proof of school by which the school is asked first (WEB 9.2.5 lid 5)."""

    ENTREE = "entree"
    VSO = "vso"
    PRO = "pro"


_TERMIJN: Final = {
    Bewijs.ENTREE: "school_eerst_entree_jaren",
    Bewijs.VSO: "school_eerst_pro_vso_jaren",
    Bewijs.PRO: "school_eerst_pro_vso_jaren",
}


def school_first_until(bewijzen: Collection[tuple[Bewijs, date]], day: date) -> date | None:
    """Day from which the school need not be consulted first; None: the rule does not apply.

    A diploma of less than a year (entree) or two years (vso, pro) old. Before 1 January 2026
    the rule did not exist.
    """
    ends = []
    for bewijs, behaald in bewijzen:
        try:
            jaren = parameters.waarde(_TERMIJN[bewijs], day)
        except LookupError:
            continue
        if behaald <= day < (end := reach_age(behaald, jaren)):
            ends.append(end)
    return max(ends, default=None)


def may_start_support(
    bewijzen: Collection[tuple[Bewijs, date]],
    day: date,
    *,
    overleg_school_op: date | None = None,
    reden_afwijking: str = "",
) -> bool:
    """School first: consulted, or a logged justified interest (lid 7), or no recent proof."""
    if school_first_until(bewijzen, day) is None:
        return True
    overlegd = overleg_school_op is not None and overleg_school_op <= day
    return overlegd or bool(reden_afwijking.strip())
