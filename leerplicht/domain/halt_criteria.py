"""The criteria of Halt (MAS route 2): what the dossier tells of each; pure, no database.

Nothing is refused silently. What is not met is explained by the officer, except under the age at
which the law knows no offence, and for kinds of absence that are no Halt offence.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from casework.codes import Verzuimsoort
from casework.leeftijd import age_on
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from leerplicht.opsporingscodes import Contraindicatie, Criteriumstand

VOLDAAN, NIET, ONBEKEND = Criteriumstand.VOLDAAN, Criteriumstand.NIET, Criteriumstand.ONBEKEND


@dataclass(frozen=True, slots=True)
class Haltfeiten:
    """What is known of the absence, the youth, and what was done; None: not known."""

    geboortedatum: date
    dagen: tuple[date, ...]
    dagen_zonder_plicht: frozenset[date]
    uren: Decimal
    te_laat: int
    verwijt: str  # of the youth, as weighed
    verzuimsoort: str
    eerder: bool
    school_deed: str
    ouders_ingelicht: bool | None = None
    bekent: bool | None = None
    contra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterium:
    code: str
    label: str
    stand: str
    bevinding: str
    bron: str
    hard: bool = False  # no explanation helps

    @property
    def open(self) -> bool:
        return self.stand != VOLDAAN

    @property
    def stand_label(self) -> str:
        return Criteriumstand(self.stand).label


def criteria(f: Haltfeiten, op: date) -> list[Criterium]:
    """All criteria with the thresholds of this day, in the order in which an officer thinks."""
    return [
        _soort(f),
        _plicht(f),
        _leeftijd(f, op),
        _ondergrens(f, op),
        _bovengrens(f, op),
        _duur(f, op),
        _verwijt(f),
        _bekent(f),
        _school(f),
        _eerder(f),
        _contra(f),
    ]


def _soort(f: Haltfeiten) -> Criterium:
    wrong = f.verzuimsoort != Verzuimsoort.RELATIEF
    text = "Halt is er niet voor luxeverzuim en absoluut verzuim." if wrong else "Relatief verzuim."
    stand = NIET if wrong else VOLDAAN
    return Criterium("soort", "Soort verzuim", stand, text, "Halt-feiten", hard=wrong)


def _plicht(f: Haltfeiten) -> Criterium:
    label, bron = "Leerplichtig of kwalificatieplichtig op de dagen", "Lpw 3, 4a"
    if not f.dagen:
        text = "De dagen van het verzuim zijn niet bekend."
        return Criterium("plicht", label, ONBEKEND, text, bron)
    if f.dagen_zonder_plicht:
        days = ", ".join(f"{day:%d-%m-%Y}" for day in sorted(f.dagen_zonder_plicht)[:5])
        return Criterium("plicht", label, NIET, f"Geen plicht op {days}.", bron)
    return Criterium("plicht", label, VOLDAAN, f"Op alle {len(f.dagen)} dagen.", bron)


def _leeftijd(f: Haltfeiten, op: date) -> Criterium:
    van, tot = waarde("halt_leeftijd_van", op), waarde("halt_leeftijd_tot_en_met", op)
    ages = {age_on(f.geboortedatum, day) for day in f.dagen or (op,)}
    good = all(van <= age <= tot for age in ages)
    text = f"{min(ages)} jaar." if len(ages) == 1 else f"{min(ages)} en {max(ages)} jaar."
    return Criterium(
        "leeftijd",
        f"{van} tot en met {tot} jaar op de dagen",
        VOLDAAN if good else NIET,
        text,
        "Sr 77e",
        hard=max(ages) < waarde("strafbaar_vanaf", op),
    )


def _ondergrens(f: Haltfeiten, op: date) -> Criterium:
    uren, keren = waarde("halt_uren_vanaf", op), waarde("halt_te_laat_vanaf", op)
    good = f.uren >= uren or f.te_laat >= keren
    stand = VOLDAAN if good else NIET
    return Criterium(
        "ondergrens", f"Vanaf {uren} uur of {keren} keer te laat", stand, _omvang(f), "Halt"
    )


def _bovengrens(f: Haltfeiten, op: date) -> Criterium:
    uren, keren = waarde("halt_uren_hoogstens", op), waarde("halt_te_laat_hoogstens", op)
    good = f.uren <= uren and f.te_laat <= keren
    text = _omvang(f) if good else f"{_omvang(f)} Beslis samen met de officier van justitie."
    label = f"Hoogstens {uren} uur en {keren} keer te laat"
    return Criterium("bovengrens", label, VOLDAAN if good else NIET, text, "Halt")


def _omvang(f: Haltfeiten) -> str:
    uren = f"{f.uren.normalize():f}".replace(".", ",")
    return f"{uren} uur en {f.te_laat} keer te laat."


def _duur(f: Haltfeiten, op: date) -> Criterium:
    """Stricter than the page of Halt itself, so it only warns."""
    dagen, achtereen = waarde("halt_dagen_halfjaar", op), waarde("halt_dagen_achtereen", op)
    run, most = longest_run(f.dagen), most_in_half_year(f.dagen)
    good = most <= dagen and run <= achtereen
    text = f"{most} dagen, het langst {run} dagen achter elkaar."
    if not f.dagen:
        text = "De dagen van het verzuim zijn niet bekend."
    return Criterium(
        "duur",
        f"Hoogstens {dagen} dagen per half schooljaar, en niet langer dan {achtereen} dagen achter"
        " elkaar",
        ONBEKEND if not f.dagen else VOLDAAN if good else NIET,
        text,
        "Besluit aanwijzing Halt-feiten",
    )


def most_in_half_year(dagen: Collection[date]) -> int:
    """Days in the half school year that has most of them; the second half begins in February."""
    halves = Counter((Schooljaar.of(day), 2 <= day.month <= 7) for day in set(dagen))
    return max(halves.values(), default=0)


def longest_run(dagen: Collection[date]) -> int:
    """Calendar days from the first to the last of a row of days; a weekend does not break it."""
    longest, begin, last = 0, None, None
    for day in sorted(set(dagen)):
        gap = (day - last).days if last else 0
        over_weekend = gap <= 3 and last is not None and last.weekday() == 4 and day.weekday() == 0
        if begin is None or not (gap == 1 or over_weekend):
            begin = day
        last = day
        longest = max(longest, (day - begin + timedelta(days=1)).days)
    return longest


def _verwijt(f: Haltfeiten) -> Criterium:
    stand = {"verwijtbaar": VOLDAAN, "niet": NIET, "deels": NIET}.get(f.verwijt, ONBEKEND)
    text = {
        "verwijtbaar": "In de weging staat: verwijtbaar.",
        "deels": "In de weging staat: deels verwijtbaar.",
        "niet": "In de weging staat: niet verwijtbaar.",
    }.get(f.verwijt, "De weging zegt er niets over.")
    return Criterium("verwijt", "Verwijtbaar aan de jongere", stand, text, "MAS")


def _answer(
    code: str, label: str, answer: bool | None, texts: tuple[str, str, str], bron: str
) -> Criterium:
    stand = ONBEKEND if answer is None else VOLDAAN if answer else NIET
    text = texts[2] if answer is None else texts[0] if answer else texts[1]
    return Criterium(code, label, stand, text, bron)


def _bekent(f: Haltfeiten) -> Criterium:
    texts = ("De jongere erkent het.", "De jongere ontkent.", "Nog niet gevraagd.")
    return _answer("bekent", "De jongere erkent het verzuim", f.bekent, texts, "Sr 77e")


def _school(f: Haltfeiten) -> Criterium:
    done = bool(f.school_deed.strip())
    answer = done and f.ouders_ingelicht if f.ouders_ingelicht is not None else None
    texts = (
        "School trad op en lichtte de ouders in.",
        "School trad niet op of lichtte de ouders niet in.",
        "Niet bekend of school de ouders inlichtte.",
    )
    return _answer("school", "School trad zelf op en lichtte ouders in", answer, texts, "Halt")


def _eerder(f: Haltfeiten) -> Criterium:
    texts = ("Niet eerder.", "Al eerder voor schoolverzuim naar Halt verwezen.", "")
    return _answer("eerder", "Niet eerder bij Halt voor verzuim", not f.eerder, texts, "Halt")


def _contra(f: Haltfeiten) -> Criterium:
    names = ", ".join(Contraindicatie(code).label.lower() for code in f.contra)
    texts = ("Geen.", f"{names.capitalize()}.", "")
    return _answer("contra", "Geen contra-indicaties", not f.contra, texts, "Halt")


CODES: Final = (
    "soort", "plicht", "leeftijd", "ondergrens", "bovengrens", "duur", "verwijt", "bekent",
    "school", "eerder", "contra",
)  # fmt: skip  # read as a table


def work_hours(uren: Decimal, te_laat: int, op: date) -> int:
    """Hours of work for this absence by the table of the OM, never over the legal limit."""
    found = _row(uren, waarde("halt_werk_uren", op)) + _row(
        te_laat, waarde("halt_werk_te_laat", op)
    )
    return min(found, int(waarde("halt_werk_hoogstens", op)))


def _row(amount: Decimal | int, table: tuple[tuple[int, int], ...]) -> int:
    """Borders belong to the lower row; above the table its last row holds."""
    if amount <= 0:
        return 0
    return next((hours for top, hours in table if amount <= top), table[-1][1])
