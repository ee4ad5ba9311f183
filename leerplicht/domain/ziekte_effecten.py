"""Sick leave that turns out to be unlawful absence goes on as relatief verzuim."""

from datetime import date

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.codes import Resultaat, Werkprocessoort
from casework.domain.proces import Gegevens, perform
from casework.models import Werkproces

from .mas import MAS
from .mas_effecten import close, open_meldingen


def to_leerplicht(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """This one closes; a new werkproces takes the open meldingen along, and starts the MAS."""
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
        melding.werkproces = nieuw
        melding.save(update_fields=["werkproces"])
