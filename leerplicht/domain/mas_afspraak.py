"""An appointment and what it is in the werkproces: a step when planned, a fact by its outcome.

The officer types it once. Facts go to the tables that ask for hearings one by one (MAS, absoluut
verzuim); leave and luxeverzuim have steps of their own for that.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Gesprekspartner
from casework.domain.afspraken import persons
from casework.domain.proces import Procestabel, perform
from casework.models import Afspraak, Werkproces, WerkprocesStap
from casework.schooljaar import AMSTERDAM, amsterdam_date

from .absoluut_tabel import ABSOLUUT
from .mas import MAS
from .mas_velden import HERSTELD, UIT_AFSPRAAK, UITNODIGEN
from .mas_voorwaarden import steps_of_round
from .tabellen import tabel_of

Soort, Uitkomst = Afspraak.Soort, Afspraak.Uitkomst
# Kinds in which somebody is heard, and how that is written at the step.
HOE: Final[Mapping[str, str]] = {
    Soort.GESPREK: "GESPREK",
    Soort.SPREEKUUR: "GESPREK",
    Soort.OVERLEG: "GESPREK",
    Soort.TELEFOON: "TELEFOON",
    Soort.HUISBEZOEK: "HUISBEZOEK",
}
OPROEP: Final = frozenset({Soort.GESPREK, Soort.SPREEKUUR})
IN_VAIN: Final = frozenset({Uitkomst.NIEMAND_THUIS, Uitkomst.GEWEIGERD})
GESPREKKEN: Final = ("school_horen", "ouders_horen", "jongere_horen", "oproepen")
FEITEN: Final = (*GESPREKKEN, "huisbezoek")
Feit = tuple[str, dict[str, Any]]


def _table(afspraak: Afspraak) -> Procestabel[Werkproces] | None:
    """The table its facts go to; what is police data has its own rules for notes."""
    werkproces = afspraak.werkproces
    if werkproces is None or afspraak.taak != Taak.LEERPLICHT:
        return None
    if afspraak.is_wpg or werkproces.is_wpg:
        return None
    tabel = tabel_of(werkproces)
    return tabel if tabel in (MAS, ABSOLUUT) and afspraak.soort in HOE else None


def _possible(tabel: Procestabel[Werkproces], werkproces: Werkproces, naam: str) -> bool:
    stap = tabel.stappen.get(naam)
    return stap is not None and stap.possible_from(werkproces)


def counts(afspraak: Afspraak) -> bool:
    tabel, werkproces = _table(afspraak), afspraak.werkproces
    if tabel is None or werkproces is None:
        return False
    names = FEITEN if afspraak.soort == Soort.HUISBEZOEK else GESPREKKEN
    return any(_possible(tabel, werkproces, naam) for naam in names)


def planned(afspraak: Afspraak, by: Gebruiker, day: date) -> None:
    """Planned with one of the persons to hear: the step of inviting is done."""
    tabel, werkproces = _table(afspraak), afspraak.werkproces
    if not (tabel and werkproces and afspraak.wie and _possible(tabel, werkproces, UITNODIGEN)):
        return
    begin = afspraak.begin.astimezone(AMSTERDAM)
    answers = {
        "datum": begin.date(),
        "tijd": f"{begin:%H:%M}",
        "vorm": afspraak.soort,
        "wie": afspraak.wie,
        "afspraak": str(afspraak.uuid),
    }
    perform(werkproces, UITNODIGEN, tabel=tabel, by=by, day=day, gegevens=answers)


def _facts(afspraak: Afspraak, gekomen: Collection[str]) -> Iterator[Feit]:
    """What this outcome is, for whom the appointment was with."""
    bezoek, uitkomst = afspraak.soort == Soort.HUISBEZOEK, afspraak.uitkomst
    if not afspraak.wie or uitkomst in (Uitkomst.GEPLAND, Uitkomst.AFGEZEGD):
        return
    if bezoek and afspraak.wie != Gesprekspartner.SCHOOL:
        thuis = "nee" if uitkomst == Uitkomst.NIEMAND_THUIS else "ja"
        yield "huisbezoek", {"wie": afspraak.wie, "aangetroffen": thuis}
    if uitkomst == Uitkomst.GEWEEST:
        for wie in sorted(gekomen, reverse=True):
            yield f"{wie}_horen", {"hoe": HOE[afspraak.soort], "met": afspraak.met}
    away = [] if uitkomst in IN_VAIN else _absent(afspraak, gekomen)
    if afspraak.soort in OPROEP and away:
        wie = Gesprekspartner.BEIDEN if len(away) > 1 else away[0]
        yield "oproepen", {"wie": wie, "verschenen": "nee"}


def _absent(afspraak: Afspraak, gekomen: Collection[str]) -> list[str]:
    came = gekomen if afspraak.uitkomst == Uitkomst.GEWEEST else ()
    gone = [wie for wie in persons(afspraak.wie) if wie not in came]
    return [wie for wie in gone if wie != Gesprekspartner.SCHOOL]


def facts_of(afspraak: Afspraak) -> list[WerkprocesStap]:
    """Steps that came from this appointment and still hold."""
    if afspraak.werkproces is None:
        return []
    key = str(afspraak.uuid)
    rows = steps_of_round(afspraak.werkproces)
    return [r for r in rows if r.stap != HERSTELD and r.gegevens.get(UIT_AFSPRAAK) == key]


def recorded(afspraak: Afspraak) -> bool:
    return bool(facts_of(afspraak))


def outcome(
    afspraak: Afspraak, gekomen: Collection[str], verslag: str, by: Gebruiker, day: date
) -> None:
    """Record the facts of this outcome; those of an outcome that was wrong no longer hold."""
    tabel, werkproces = _table(afspraak), afspraak.werkproces
    if tabel is None or werkproces is None:
        return
    new = {naam: row for naam, row in _facts(afspraak, gekomen) if naam in tabel.stappen}
    old = facts_of(afspraak)
    if {row.stap: row.gegevens.get("wie") for row in old} == {
        naam: answers.get("wie") for naam, answers in new.items()
    }:
        return
    if old and not _possible(tabel, werkproces, HERSTELD):
        return  # a closed werkproces stays as it was closed
    source = {UIT_AFSPRAAK: str(afspraak.uuid)}
    if old:
        werkproces = perform(
            werkproces, HERSTELD, tabel=tabel, by=by, day=day, gegevens=source | _day(afspraak)
        )
    for naam, answers in new.items():
        if _possible(tabel, werkproces, naam):
            gegevens = {**_day(afspraak), **answers, "samenvatting": verslag, **source}
            werkproces = perform(werkproces, naam, tabel=tabel, by=by, day=day, gegevens=gegevens)


def _day(afspraak: Afspraak) -> dict[str, Any]:
    return {"datum": amsterdam_date(afspraak.begin)}
