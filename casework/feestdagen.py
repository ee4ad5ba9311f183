"""Public holidays of the Netherlands, computed per year (Algemene termijnenwet art. 3).

Bevrijdingsdag is a public holiday every year in the Algemene termijnenwet; whether an employer or
a school is free that day differs, so callers can leave it out.
"""

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=256)
def easter_sunday(jaar: int) -> date:
    """Western Easter in the Gregorian calendar (Meeus's method; whole numbers only)."""
    golden, century, rest = jaar % 19, jaar // 100, jaar % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(jaar, month, day + 1)


def koningsdag(jaar: int) -> date:
    """27 April since 2014, Koninginnedag on 30 April before; never on a Sunday.

    A Sunday moves Koningsdag to the Saturday before (and moved Koninginnedag to 29 April).
    """
    day = date(jaar, 4, 27) if jaar >= 2014 else date(jaar, 4, 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day


@lru_cache(maxsize=512)
def feestdagen(jaar: int, *, bevrijdingsdag: bool = True) -> dict[date, str]:
    """Every public holiday of a year with its name; callers must not change the dict."""
    pasen = easter_sunday(jaar)
    days = {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen: "Eerste paasdag",
        pasen + timedelta(days=1): "Tweede paasdag",
        koningsdag(jaar): "Koningsdag" if jaar >= 2014 else "Koninginnedag",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=49): "Eerste pinksterdag",
        pasen + timedelta(days=50): "Tweede pinksterdag",
        date(jaar, 12, 25): "Eerste kerstdag",
        date(jaar, 12, 26): "Tweede kerstdag",
    }
    if bevrijdingsdag:
        days.setdefault(date(jaar, 5, 5), "Bevrijdingsdag")
    return days


def is_feestdag(day: date, *, bevrijdingsdag: bool = True) -> bool:
    return day in feestdagen(day.year, bevrijdingsdag=bevrijdingsdag)
