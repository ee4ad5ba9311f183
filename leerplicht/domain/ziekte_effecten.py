"""Sick leave that turns out to be unlawful absence goes on as relatief verzuim."""

from datetime import date
from typing import Final

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.codes import Meldingsoort, Resultaat, Werkprocessoort
from casework.domain.melding import close_melding
from casework.domain.proces import Gegevens, perform
from casework.models import Werkproces

from .mas import MAS
from .mas_effecten import close, open_meldingen

ZORG: Final = frozenset({Meldingsoort.ZORG, Meldingsoort.ZIEK})


def to_leerplicht(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """This one closes; a new werkproces takes the open meldingen along, and starts the MAS.

    The zorgmelding itself ends here with its result, and stays the reason of the new one.
    """
    meldingen = open_meldingen(werkproces)
    end = {"resultaat": Resultaat.ALSNOG_ONGEOORLOOFD, "meldingen_sluiten": False}
    close(werkproces, end, by, day)
    nieuw = Werkproces.objects.create(
        jongere_id=werkproces.jongere_id,
        gemeente=werkproces.gemeente,
        taak=werkproces.taak,
        soort=Werkprocessoort.RELATIEF,
        toestand=MAS.begin,
        toestand_sinds=day,
        gestart_op=day,
        behandelaar=werkproces.behandelaar or by,
    )
    record("werkproces.geopend", nieuw, by=by, soort=nieuw.soort)
    perform(nieuw, "beoordelen", tabel=MAS, by=by, day=day)
    for melding in meldingen:
        if melding.soort in ZORG:
            close_melding(melding, Resultaat.ALSNOG_ONGEOORLOOFD, by=by, day=day)
        melding.werkproces = nieuw
        melding.save(update_fields=["werkproces"])
