"""Writing a new traject: the row with its frozen gemeenten, its dossier, its event."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.dossier import ensure_dossier
from casework.domain.plaats import gemeente_on
from casework.models import Jongere, Verzuimmelding
from doorstroompunt.models import Traject, TrajectMelding


@dataclass(frozen=True, slots=True)
class Trajectinvoer:
    """What is known when a traject begins."""

    soort: str
    datum_melding: date
    bron_melding: str = ""
    datum_uitval: date | None = None
    laatste_onderwijssoort: str = ""
    reden: str = ""


def create_traject(
    jongere: Jongere,
    invoer: Trajectinvoer,
    *,
    by: Gebruiker | None,
    day: date,
    behandelaar: Gebruiker | None = None,
) -> Traject:
    """A traject in its first state; the caller holds the transaction and has asked the right."""
    gemeente = gemeente_on(jongere, invoer.datum_melding)
    uitval = invoer.datum_uitval
    traject = Traject.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        gemeente_uitval=gemeente_on(jongere, uitval) if uitval else None,
        behandelaar=behandelaar,
        toestand="ontvangen",
        toestand_sinds=day,
        **{naam: getattr(invoer, naam) for naam in Trajectinvoer.__slots__},
    )
    record_traject("traject.geopend", traject, by=by, soort=traject.soort)
    ensure_dossier(jongere, Taak.DOORSTROOMPUNT, gemeente, by=by, day=day)
    return traject


def runs_in(jongere: Jongere, soort: str) -> str:
    """Name of the gemeente where a traject of this kind runs, out of sight as well; else ""."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT muur_loopt(%s, %s)", [jongere.pk, soort])
        return cursor.fetchone()[0] or ""


def attach_melding(traject: Traject, melding: Verzuimmelding, *, by: Gebruiker | None) -> None:
    """Join a melding to the traject; the first one also stands on the traject itself."""
    TrajectMelding.objects.create(traject=traject, melding=melding)
    if traject.melding_id is None:
        traject.melding = melding
        traject.save(update_fields=["melding"])
    record_traject("traject.melding_erbij", traject, by=by, melding=melding.pk)


def record_traject(
    actie: str, traject: Traject, *, by: Gebruiker | None, **gegevens: object
) -> None:
    record(actie, traject, by=by, taak=Taak.DOORSTROOMPUNT, **gegevens)


def record_read(jongere: Jongere, *, by: Gebruiker, gemeente_id: int | None, deel: str) -> None:
    """Leave a trace of a look at this youth in the taak Doorstroompunt."""
    record(
        "dossier.gelezen",
        jongere,
        by=by,
        gemeente_id=gemeente_id or jongere.gemeente_id,
        taak=Taak.DOORSTROOMPUNT,
        onderdeel=deel,
    )
