"""Opening and reading dossiers; every one of both leaves an event."""

from datetime import date

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.models import Dossier, Gemeente, Jongere


@transaction.atomic
def ensure_dossier(
    jongere: Jongere,
    taak: str,
    gemeente: Gemeente | None,
    *,
    by: Gebruiker | None,
    day: date,
) -> Dossier:
    """The open dossier of this taak and gemeente, made when there is none."""
    dossier, made = Dossier.objects.get_or_create(
        jongere=jongere,
        taak=taak,
        gemeente=gemeente,
        gesloten_op=None,
        defaults={"geopend_op": day, "behandelaar": by},
    )
    if made:
        record("dossier.geopend", dossier, by=by)
    return dossier


def record_read(jongere: Jongere, *, by: Gebruiker, onderdeel: str = "dossier") -> None:
    """Leave a trace of a look at this youth, with the taak of the reader there."""
    taken = {r.taak for r in by.rechten if r.gemeente_id == jongere.gemeente_id}
    taak = next((t for t in ("leerplicht", "doorstroompunt") if t in taken), "")
    record(
        "dossier.gelezen",
        jongere,
        by=by,
        gemeente_id=jongere.gemeente_id,
        taak=taak,
        onderdeel=onderdeel,
    )
