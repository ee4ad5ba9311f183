"""Where a youth lived on a day: the gemeente that a fact freezes (contract, rule 3)."""

from datetime import date

from casework.codes import Adressoort
from casework.models import Gemeente, Jongere


def gemeente_on(jongere: Jongere, day: date) -> Gemeente | None:
    """Gemeente of the WOON address on that day.

    Without any WOON address the gemeente of the jongere; with addresses but none on that
    day nowhere (None).
    """
    woon = jongere.adressen.filter(soort=Adressoort.WOON)
    adres = woon.on(day).select_related("gemeente").order_by("-van", "-pk").first()
    if adres:
        return adres.gemeente
    return None if woon.exists() else jongere.gemeente
