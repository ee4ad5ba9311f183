"""Luxeverzuim: when a warning suffices and when a statement follows (MAS 5.1, Richtlijn 2017R002).

A guideline of the Openbaar Ministerie: who departs from it says why.
"""

from datetime import date, timedelta
from typing import Final

from accounts.models import Gebruiker
from casework.domain.proces import Gegevens
from casework.kalender import schooldagen
from casework.models import Werkproces
from casework.parameters import waarde
from casework.schoolvakanties import Regio
from leerplicht.codes import Luxeoordeel, Verloffase
from leerplicht.models import Luxeverzuim

# Refused and gone, or longer than granted: a statement, also for a single day.
ZWAAR: Final = frozenset({Verloffase.GEWEIGERD, Verloffase.LANGER})


def set_leave(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    """What was asked, once it is looked up; a werkproces from a package has no row of its own."""
    Luxeverzuim.objects.filter(werkproces=werkproces).update(verlof=gegevens["verlof"])


def leave_was_given(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    row = _row(werkproces)
    if row and row.verlof == Verloffase.TOEGEKEND:
        return "Het verlof was toegekend. De richtlijn is dan: achteraf geoorloofd."
    return None


def statement_follows(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """For who gives a warning."""
    row = _row(werkproces)
    if row is None or row.verlof == Verloffase.TOEGEKEND:
        return None
    reason = _why_a_statement(row, day)
    return f"De richtlijn is een proces-verbaal: {reason}." if reason else None


def warning_suffices(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """For who proposes a statement."""
    row = _row(werkproces)
    if row is None or row.verlof == Verloffase.TOEGEKEND or _why_a_statement(row, day):
        return None
    return (
        "De richtlijn is een waarschuwing: de eerste keer, en niet meer dan een schooldag. Zei"
        " school vooraf dat zij vanaf de eerste dag meldt? Zet dan in de uitleg hoe."
    )


def guideline(row: Luxeverzuim, day: date) -> str:
    """What the guideline says of this child, in words."""
    if row.verlof == Verloffase.ONBEKEND:
        return "eerst het verlof nagaan"
    if row.verlof == Verloffase.TOEGEKEND:
        return "achteraf geoorloofd"
    reason = _why_a_statement(row, day)
    return f"proces-verbaal: {reason}" if reason else "waarschuwing"


def _row(werkproces: Werkproces) -> Luxeverzuim | None:
    return Luxeverzuim.objects.filter(werkproces=werkproces).select_related("gemeente").first()


def _why_a_statement(row: Luxeverzuim, day: date) -> str:
    if row.verlof in ZWAAR:
        return row.get_verlof_display().lower()
    regio = Regio(row.gemeente.vakantieregio) if row.gemeente else None
    away = len(schooldagen(row.van, row.tot + timedelta(days=1), regio))
    if away > waarde("luxe_waarschuwing_schooldagen", row.van):
        return f"{away} schooldagen weg zonder verlof"
    warned = Luxeverzuim.objects.filter(
        jongere=row.jongere_id,
        tot__lt=row.van,
        oordeel__in=(Luxeoordeel.WAARSCHUWING, Luxeoordeel.PV),
    )
    return "er was al eerder luxeverzuim" if warned.exists() else ""
