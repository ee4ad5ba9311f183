"""Facts for the status from the records of one jongere, as known on a day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from casework.codes import Diplomasoort, Onderwijssoort, Uitstroomprofiel
from casework.gronden import GRONDEN
from casework.models import Diploma, Inschrijving, Jongere
from casework.perioden import Periode
from casework.schoolvakanties import Regio
from leerplicht.codes import GELDIG

from .feiten import Feiten, Profiel, Vrijstelling

# A diploma row has free text for name and level; "praktijkverklaring" (mbo) is not meant.
PRO_PATTERN: Final = r"(^|[^a-z])pro([^a-z]|$)|praktijkonderwijs"
PRO_SOORTEN: Final = frozenset(
    {Diplomasoort.DIPLOMA, Diplomasoort.GETUIGSCHRIFT, Diplomasoort.VERKLARING}
)
VSO_UITGEZONDERD: Final = frozenset({Uitstroomprofiel.ARBEID, Uitstroomprofiel.DAGBESTEDING})
_BUITENLAND: Final = frozenset({Onderwijssoort.BUITENLAND})
_PROFIEL: Final = {
    Uitstroomprofiel.VERVOLG: Profiel.VERVOLGONDERWIJS,
    Uitstroomprofiel.ARBEID: Profiel.ARBEIDSMARKTGERICHT,
    Uitstroomprofiel.DAGBESTEDING: Profiel.DAGBESTEDING,
}


def feiten_of(jongere: Jongere, day: date) -> Feiten:
    """Reads diplomas, enrolments and exemptions of the jongere (prefetch them for a list).

    Only enrolments begun on or before the day are known. Absence is not read here: whether an
    18-plus case is active is for the Doorstroompunt.
    """
    inschrijvingen = [i for i in jongere.inschrijvingen.all() if i.begindatum <= day]
    lopend = [i for i in inschrijvingen if i.einddatum is None or i.einddatum >= day]
    profiel, bewijs = _uitstroom(inschrijvingen, jongere.diplomas.all())
    gemeente = jongere.gemeente
    return Feiten(
        geboortedatum=jongere.geboortedatum,
        verblijf=stays(jongere),
        onderwijssoort="vso" if profiel else "pro" if bewijs else "",
        uitstroomprofiel=profiel,
        uitstroom_bewijs_datum=bewijs,
        startkwalificatie_datum=min(
            (d.datum for d in jongere.diplomas.all() if d.startkwalificatie), default=None
        ),
        schooljaren_voltooid=jongere.schooljaren_voltooid,
        vrijstellingen=_vrijstellingen(jongere),
        ingeschreven=any(i.onderwijssoort not in _BUITENLAND for i in lopend),
        regio=Regio(gemeente.vakantieregio) if gemeente else None,
    )


def stays(jongere: Jongere) -> tuple[Periode, ...]:
    """Residence: from arrival to departure or death; a return after a departure is a new stay."""
    aankomst, vertrek = jongere.datum_vestiging_nl, jongere.datum_vertrek
    if aankomst and vertrek and vertrek < aankomst:
        periods = [Periode(None, vertrek), Periode(aankomst, None)]
    else:
        periods = [Periode(aankomst, vertrek)]
    leven = Periode(None, jongere.datum_overlijden)
    return tuple(stay for period in periods if (stay := period.overlap(leven))) or (
        Periode(date.min, date.min),  # arrived after death: nowhere, on no day
    )


def _uitstroom(
    inschrijvingen: Iterable[Inschrijving], diplomas: Iterable[Diploma]
) -> tuple[Profiel | None, date | None]:
    """Profile of vso and the day it was left, else the first praktijkonderwijs bewijs.

    Someone with both is excepted from the earliest of the two.
    """
    pro = min((d.datum for d in diplomas if is_pro_bewijs(d)), default=None)
    vso = [
        i
        for i in inschrijvingen
        if i.onderwijssoort == Onderwijssoort.VSO and i.uitstroomprofiel in VSO_UITGEZONDERD
    ]
    if not vso:
        return None, pro
    laatste = max(vso, key=lambda i: i.einddatum or date.max)
    verlaten = laatste.einddatum
    days = [day for day in (verlaten, pro) if day]
    return _PROFIEL[Uitstroomprofiel(laatste.uitstroomprofiel)], min(days, default=None)


def is_pro_bewijs(diploma: Diploma) -> bool:
    """Schooldiploma or verklaring praktijkonderwijs, or the older getuigschrift."""
    text = f"{diploma.naam} / {diploma.niveau}".lower()
    return (
        diploma.soort in PRO_SOORTEN
        and not diploma.startkwalificatie
        and re.search(PRO_PATTERN, text) is not None
    )


def _vrijstellingen(jongere: Jongere) -> tuple[Vrijstelling, ...]:
    # Django's reverse accessor of leerplicht.Vrijstelling, seen from casework's Jongere.
    rows = jongere.vrijstellingen.all()
    return tuple(
        Vrijstelling(GRONDEN[row.grond], Periode.through(row.begindatum, row.einddatum))
        for row in rows
        if row.besluit in GELDIG
    )
