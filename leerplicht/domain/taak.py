"""Which task a melding belongs to, frozen when it comes in (counting rule 5 of the figures)."""

from datetime import date
from typing import Final

from accounts.rechten import Taak
from casework.codes import Meldingsoort

from .grenzen import grenzen, under_duty

ALTIJD_DOORSTROOMPUNT: Final = frozenset({Meldingsoort.V4, Meldingsoort.RMC})


def taak_of_melding(
    soort: str,
    *,
    geboortedatum: date,
    begindatum: date | None,
    melddatum: date,
    startkwalificatie_datum: date | None = None,
    uitgezonderd_vanaf: date | None = None,
    twaalf_jaar_op: date | None = None,
) -> Taak:
    """Leerplicht when a duty ran on the first day of absence (else of the melding).

    An exemption makes no difference: who is exempted stays the leerplichtambtenaar's. Costs
    about a microsecond, so an import can freeze 100,000 meldingen one by one.
    """
    if soort in ALTIJD_DOORSTROOMPUNT:
        return Taak.DOORSTROOMPUNT
    plicht = under_duty(
        geboortedatum,
        grenzen(begindatum or melddatum),
        startkwalificatie_datum=startkwalificatie_datum,
        uitgezonderd_vanaf=uitgezonderd_vanaf,
        twaalf_jaar_op=twaalf_jaar_op,
    )
    return Taak.LEERPLICHT if plicht else Taak.DOORSTROOMPUNT
