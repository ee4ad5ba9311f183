"""Reaching an age: the day it happens and the age on a day.

An age is reached at the start of the birthday. For 29 February in common years the law is silent:
`schrikkeldag` says "1_maart" (default) or "28_februari".
"""

from datetime import date
from typing import Final

MAART_1: Final = "1_maart"
FEBRUARI_28: Final = "28_februari"


def reach_age(geboortedatum: date, jaren: int, schrikkeldag: str = MAART_1) -> date:
    """The day on which this age is reached."""
    jaar = geboortedatum.year + jaren
    try:
        return geboortedatum.replace(year=jaar)
    except ValueError:  # born on 29 February, common year
        return date(jaar, 2, 28) if schrikkeldag == FEBRUARI_28 else date(jaar, 3, 1)


def age_on(geboortedatum: date, day: date, schrikkeldag: str = MAART_1) -> int:
    """Age in whole years; negative before birth."""
    jaren = day.year - geboortedatum.year
    return jaren if reach_age(geboortedatum, jaren, schrikkeldag) <= day else jaren - 1
