"""Reports of absence, whatever the taak: receiving, doubles, history and plausibility."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import DuoStatus, Meldingsoort, Resultaat
from casework.domain.bevoegd import require_for
from casework.domain.meldingstatus import change_status
from casework.domain.plaats import gemeente_on
from casework.domain.verzuimdagen import Dagen, store_days
from casework.errors import DomainError
from casework.models import Jongere, School, Verzuimmelding, Werkproces
from casework.schooljaar import Schooljaar

# Kinds that only the municipality itself knows; DUO never sees them.
LOKALE_SOORTEN = frozenset({Meldingsoort.ABSOLUUT, Meldingsoort.ZORG, Meldingsoort.ZIEK})
# How the register at DUO calls the end of a melding, by result of the handling.
DUO_REDEN: Final[Mapping[str, str]] = {
    Resultaat.NAAR_SCHOOL: "Leerling is weer op school",
    Resultaat.ANDERE_SCHOOL: "Leerling gaat naar een andere school",
    Resultaat.GEOORLOOFD: "Geen ongeoorloofd verzuim",
    Resultaat.GEEN_VERZUIM: "Geen verzuim",
    Resultaat.TER_KENNISNAME: "Gezien",
}
VOOR: Final[Mapping[str, str]] = {
    Taak.LEERPLICHT: "leerplicht",
    Taak.DOORSTROOMPUNT: "het Doorstroompunt",
}
DUBBEL_DAGEN = 7  # at continuous absence DUO takes at most one report a week


@dataclass(frozen=True, slots=True)
class Meldinginvoer:
    """What the reporter says."""

    soort: str
    melddatum: date
    kanaal: str = ""
    school: School | None = None
    begindatum: date | None = None
    einddatum: date | None = None
    uren: Decimal | None = None
    aantal_te_laat: int | None = None
    reden: str = ""
    actie_school: str = ""
    actie_gewenst: bool | None = None
    melder_naam: str = ""
    melder_functie: str = ""
    melder_telefoon: str = ""
    melder_email: str = ""
    alle_lessen: bool | None = None
    dagen: Dagen = field(default_factory=dict)


# What stands in columns of the report itself.
KOLOMMEN: Final = tuple(naam for naam in Meldinginvoer.__slots__ if naam != "dagen")


@transaction.atomic
def register(
    jongere: Jongere, *, by: Gebruiker, taak: str, invoer: Meldinginvoer
) -> Verzuimmelding:
    """Write a report that came in outside DUO; gemeente of the melddatum and taak are frozen.

    Raises NotAuthorised.
    """
    gemeente = gemeente_on(jongere, invoer.melddatum)
    require_for(by, taak, jongere, gemeente.pk if gemeente else None)
    melding = Verzuimmelding.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        taak=taak,
        status=DuoStatus.LOKAAL,
        **{naam: getattr(invoer, naam) for naam in KOLOMMEN},
    )
    store_days(melding, invoer.dagen, by=by)
    record("melding.geregistreerd", melding, by=by, soort=melding.soort, kanaal=melding.kanaal)
    return melding


def lock_untouched(melding: Verzuimmelding, *, by: Gebruiker, taak: str) -> Verzuimmelding:
    """The melding as it is now, held until the end of the transaction, still to be judged.

    Raises NotAuthorised, or DomainError when it is of another taak or was judged before.
    """
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).select_related(
        "jongere", "gemeente"
    )
    melding = rows.get(pk=melding.pk)
    require_for(by, taak, melding.jongere, melding.gemeente_id)
    if melding.taak != taak:
        raise DomainError(f"Deze melding is voor {VOOR[melding.taak]}.")
    if melding.beoordeeld_op or melding.status not in (DuoStatus.R, DuoStatus.LOKAAL):
        raise DomainError("Deze melding is al beoordeeld of ingetrokken.")
    return melding


def mark_taken_up(melding: Verzuimmelding, werkproces: Werkproces, *, by: Gebruiker) -> None:
    """In treatment with this werkproces; DUO hears it."""
    melding.werkproces = werkproces
    melding.beoordeeld_op, melding.beoordeeld_door = timezone.now(), by
    if melding.status == DuoStatus.R:
        change_status(melding, DuoStatus.B, by=by)
    melding.save()
    record("melding.opgepakt", melding, by=by, werkproces=werkproces.pk, status=melding.status)


def close_melding(
    melding: Verzuimmelding, resultaat: str, *, by: Gebruiker | None, day: date
) -> None:
    """End a melding with a result; the register gets G, or K when it was only noted."""
    melding.resultaat = melding.resultaat or resultaat
    if melding.status in (DuoStatus.R, DuoStatus.B):
        noted = resultaat == Resultaat.TER_KENNISNAME
        change_status(melding, DuoStatus.K if noted else DuoStatus.G, by=by)
    melding.afgesloten_op = day
    melding.reden_afgesloten = DUO_REDEN.get(resultaat, Resultaat(resultaat).label)
    if melding.beoordeeld_op is None:
        melding.beoordeeld_op, melding.beoordeeld_door = timezone.now(), by
    melding.save()
    record("melding.afgesloten", melding, by=by, status=melding.status, resultaat=resultaat)


def find_doubles(jongere: Jongere, invoer: Meldinginvoer) -> list[Verzuimmelding]:
    """Reports that may be the same absence: same kind within a week, or overlapping days."""
    rows = jongere.verzuimmeldingen.exclude(status=DuoStatus.I).select_related("school")
    near = Q(
        soort=invoer.soort,
        melddatum__range=(
            invoer.melddatum - timedelta(days=DUBBEL_DAGEN),
            invoer.melddatum + timedelta(days=DUBBEL_DAGEN),
        ),
    )
    if invoer.begindatum:
        einde = invoer.einddatum or invoer.begindatum
        near |= Q(begindatum__lte=einde, einddatum__gte=invoer.begindatum)
    return list(rows.filter(near).order_by("-melddatum", "-pk")[:5])


def count_per_schooljaar(meldingen: list[Verzuimmelding]) -> list[tuple[str, int]]:
    """Number of reports by schooljaar, newest first; withdrawn ones do not count."""
    counts = Counter(str(Schooljaar.of(m.melddatum)) for m in meldingen if m.status != DuoStatus.I)
    return sorted(counts.items(), reverse=True)
