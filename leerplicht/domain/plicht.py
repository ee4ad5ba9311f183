"""When leerplicht and kwalificatieplicht run for one jongere (Lpw 3, 4a, 4b).

The periods here follow from age and diplomas alone; residence and exemptions come on top, in
status.py. R-numbers refer to docs/beleid/leerplicht.md.
"""

from datetime import date, timedelta

from casework import kalender
from casework.perioden import Periode
from casework.schooljaar import Schooljaar

from .feiten import Feiten, Profiel
from .regels import Regels

DAY = timedelta(days=1)
# In these the uitstroom_bewijs is no praktijkonderwijs: po has none, vo gives a vmbo diploma.
_GEEN_PRO = frozenset({"po", "bo", "sbo", "so", "vo"})


def month_after(day: date) -> date:
    """First day of the month after the month of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def is_schooldag(day: date, feiten: Feiten, regels: Regels) -> bool:
    if any(day in periode for periode in feiten.schoolvrij):
        return False
    if regels.feestdagen_schoolvrij:
        return kalender.is_schooldag(day, feiten.regio)
    return day.weekday() < 5 and (
        feiten.regio is None or kalender.vakantie_on(day, feiten.regio) is None
    )


def leerplicht_start(feiten: Feiten, regels: Regels) -> date:
    """R1, R2: first school day on or after the month following the fifth birthday.

    A month without any school day rolls on to the next school day.
    """
    day = month_after(regels.reach(feiten.geboortedatum, regels.leeftijd_begin_leerplicht))
    while not is_schooldag(day, feiten, regels):
        day += DAY
    return day


def einde_leeftijd(geboortedatum: date, regels: Regels) -> date:
    """R3: 31 July of the schooljaar in which 16 is reached (last day of the duty)."""
    return Schooljaar.of(regels.reach(geboortedatum, regels.leeftijd_einde_leerplicht)).last_day


def einde_schooljaren(voltooid: int | None, geteld_op: date, regels: Regels) -> date | None:
    """R4, R5: 31 July after the twelfth full school year; None when not yet, or not known.

    On 31 July itself the year that ends that day counts. What someone will complete later is
    not guessed: the law asks for years attended.
    """
    if voltooid is None or voltooid < regels.schooljaren_einde_leerplicht:
        return None
    laatste = Schooljaar.of(geteld_op + DAY).vorige.last_day
    return laatste.replace(year=laatste.year - (voltooid - regels.schooljaren_einde_leerplicht))


def leerplicht(feiten: Feiten, peildatum: date, regels: Regels) -> Periode:
    """R1 to R6, for someone who always lived here; the peildatum only dates the year count."""
    einde = einde_leeftijd(feiten.geboortedatum, regels)
    geteld_op = feiten.schooljaren_geteld_op or peildatum
    twaalfde = einde_schooljaren(feiten.schooljaren_voltooid, geteld_op, regels)
    return Periode.through(leerplicht_start(feiten, regels), min(einde, twaalfde or einde))


def uitgezonderd_vanaf(feiten: Feiten, vanaf: date, regels: Regels) -> date | None:
    """R9, R10: from which day kwalificatieplicht does not apply by school type; None: it does.

    `vanaf` is the first day of kwalificatieplicht: in the lenient reading (`vso_lezing` "ruim")
    a pupil still in vso with an excepted profile never gets the duty.
    """
    uitgezonderd_profiel = feiten.uitstroomprofiel in (
        Profiel.ARBEIDSMARKTGERICHT,
        Profiel.DAGBESTEDING,
    )
    if uitgezonderd_profiel and regels.vso_ruim:
        return vanaf
    if uitgezonderd_profiel or _is_pro_bewijs(feiten):
        return feiten.uitstroom_bewijs_datum
    return None


def _is_pro_bewijs(feiten: Feiten) -> bool:
    """Whether the bewijs is a praktijkonderwijs one; it keeps that value in a later school."""
    return (
        feiten.uitstroomprofiel is None
        and feiten.onderwijssoort != "vso"
        and feiten.onderwijssoort not in _GEEN_PRO
    )


def kwalificatieplicht(feiten: Feiten, vanaf: date, regels: Regels) -> Periode | None:
    """R7 to R10: from the end of leerplicht to 18, startkwalificatie or exception; None: never."""
    einden = (
        regels.reach(feiten.geboortedatum, regels.leeftijd_einde_kwalificatieplicht),
        feiten.startkwalificatie_datum,
        uitgezonderd_vanaf(feiten, vanaf, regels),
    )
    tot = min(day for day in einden if day)
    return Periode(vanaf, tot) if vanaf < tot else None
