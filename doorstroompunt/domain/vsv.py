"""Nieuwe voortijdig schoolverlaters between two reference days, by the national definition.

t0 = 1 October of year T, t1 = 1 October of T+1. Definition A holds for cohorts up to and with
2025/2026, B from 2026/2027 (docs/beleid/vsv.md). The result is an estimate for early signals; the
figures DUO publishes are the truth. Counts persons. Case table: tests/data/vsv-cases.csv.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from casework import gronden, parameters
from casework.leeftijd import age_on


class Soort(StrEnum):
    """Kind of education as the definition tells them apart."""

    PO = "po"
    SO = "so"
    VSO = "vso"
    PRO = "pro"
    VO = "vo"
    VAVO = "vavo"
    MBO = "mbo"
    MBO_NBI = "mbo_nbi"
    EDUCATIE = "educatie"
    IB = "ib"
    ENGELSE_STROOM = "engelse_stroom"
    HBO = "hbo"
    WO = "wo"
    BUITENLAND = "buitenland"
    OVERIG = "overig"


POPULATIE: Final = frozenset({Soort.VO, Soort.VAVO, Soort.MBO})
BUITEN: Final = frozenset(
    {Soort.PRO, Soort.SO, Soort.VSO, Soort.EDUCATIE, Soort.IB, Soort.ENGELSE_STROOM}
)
NOG_ONDERWIJS: Final = frozenset({Soort.VO, Soort.VAVO, Soort.MBO, Soort.HBO, Soort.WO})
# Of several enrolments the first of these counts: a Rutte-leerling is vavo, not vo.
_VOORRANG: Final = (Soort.VAVO, Soort.MBO, Soort.VO)
STARTKWALIFICATIE: Final = frozenset(
    {"havo", "vwo", "hbo", "wo", "ho", "mbo-2", "mbo-3", "mbo-4", "startkwalificatie"}
)
ENTREE: Final = "mbo-1"


@dataclass(frozen=True, slots=True)
class Deelname:
    """One enrolment that covers a reference day."""

    soort: Soort
    bekostigd: bool = True
    eerste_jaar_nl: bool = False
    van: date = date.min
    niveau: str = ""
    instelling: str = ""


@dataclass(frozen=True, slots=True)
class Diploma:
    soort: str  # "havo", "mbo-2", "vmbo-bb"
    datum: date


@dataclass(frozen=True, slots=True)
class VsvFeiten:
    """One person around the two reference days; a gemeente is "" without BRP residence."""

    t0: date
    geboortedatum: date
    op_t0: Collection[Deelname] = ()
    op_t1: Collection[Deelname] = ()
    diplomas: Collection[Diploma] = ()
    gronden_op_t1: Collection[str] = ()  # package codes of vrijstelling valid on t1
    gemeente_t0: str = ""
    gemeente_t1: str = ""
    werkuren_t1: Decimal = Decimal(0)  # hours a week on an arbeidsovereenkomst

    @property
    def t1(self) -> date:
        return self.t0.replace(year=self.t0.year + 1)


@dataclass(frozen=True, slots=True)
class Definitie:
    naam: str
    leeftijdsgrens_t0: int | None
    entree_uren: int | None  # None: a job never takes an entree graduate out
    mbo_nbi_is_onderwijs: bool
    adresdatum: str

    @classmethod
    def named(cls, naam: str, t0: date) -> Self:
        """Definition A or B, with the settings as on t0."""
        letter = naam.lower()
        return cls(
            naam=naam,
            leeftijdsgrens_t0=parameters.waarde(f"vsv_{letter}_leeftijdsgrens_t0", t0),
            entree_uren=parameters.waarde(f"vsv_{letter}_entree_uren", t0),
            mbo_nbi_is_onderwijs=parameters.waarde("vsv_mbo_nbi_is_onderwijs", t0),
            adresdatum=parameters.waarde("vsv_adresdatum", t0),
        )

    @classmethod
    def on(cls, t0: date) -> Self:
        return cls.named(parameters.waarde("vsv_definitie", t0), t0)


@dataclass(frozen=True, slots=True)
class Vsv:
    in_startpopulatie: bool
    is_nieuwe_vsver: bool | None  # None outside the startpopulatie
    gemeente: str = ""
    deelname: Deelname | None = None  # sector, niveau and instelling of the count
    entree_gediplomeerde: bool = False  # definition B reports with and without these


BUITEN_POPULATIE: Final = Vsv(in_startpopulatie=False, is_nieuwe_vsver=None)


def vsv(feiten: VsvFeiten, definitie: Definitie | None = None) -> Vsv:
    """Whether a person is in the startpopulatie and is a nieuwe vsv'er of this cohort."""
    definitie = definitie or Definitie.on(feiten.t0)
    deelname = main_deelname(feiten.op_t0)
    if deelname is None or not _in_startpopulatie(feiten, deelname, definitie):
        return BUITEN_POPULATIE
    return Vsv(
        in_startpopulatie=True,
        is_nieuwe_vsver=_is_nieuwe_vsver(feiten, definitie),
        gemeente=feiten.gemeente_t1 if definitie.adresdatum == "t1" else feiten.gemeente_t0,
        deelname=deelname,
        entree_gediplomeerde=_has_entree(feiten) and not _has_startkwalificatie(feiten),
    )


def main_deelname(deelnames: Collection[Deelname]) -> Deelname | None:
    """The one funded enrolment that counts: vavo, then mbo, then vo; of equals the latest."""
    tellend = [d for d in deelnames if d.bekostigd and d.soort in POPULATIE]
    tellend.sort(key=lambda d: d.van, reverse=True)
    return min(tellend, key=lambda d: _VOORRANG.index(d.soort), default=None)


def _in_startpopulatie(feiten: VsvFeiten, deelname: Deelname, definitie: Definitie) -> bool:
    grens = definitie.leeftijdsgrens_t0
    soorten = {d.soort for d in (*feiten.op_t0, *feiten.op_t1)}
    return (
        (grens is None or age_on(feiten.geboortedatum, feiten.t0) < grens)
        and bool(feiten.gemeente_t0 and feiten.gemeente_t1)
        and not soorten & BUITEN
        and not gronden.VRIJSTELLING.intersection(feiten.gronden_op_t1)
        and not (deelname.soort == Soort.VO and deelname.eerste_jaar_nl)
    )


def _is_nieuwe_vsver(feiten: VsvFeiten, definitie: Definitie) -> bool:
    onderwijs = NOG_ONDERWIJS | ({Soort.MBO_NBI} if definitie.mbo_nbi_is_onderwijs else set())
    if any(d.soort in onderwijs for d in feiten.op_t1) or _has_startkwalificatie(feiten):
        return False
    uren = definitie.entree_uren
    return not (uren is not None and _has_entree(feiten) and feiten.werkuren_t1 >= uren)


def _has_startkwalificatie(feiten: VsvFeiten) -> bool:
    """Held up to and with 31 December after t1."""
    grens = date(feiten.t1.year, 12, 31)
    return any(d.soort in STARTKWALIFICATIE and d.datum <= grens for d in feiten.diplomas)


def _has_entree(feiten: VsvFeiten) -> bool:
    return any(d.soort == ENTREE and d.datum <= feiten.t1 for d in feiten.diplomas)
