"""What must be there before a step, and what its answers must say."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Final

from casework import parameters
from casework.domain.proces import Controle, Gegevens
from casework.schooljaar import AMSTERDAM
from doorstroompunt.codes import Pogingkanaal, Uitstroom
from doorstroompunt.models import Traject

from .bewijzen import bewijzen_of
from .doelgroep import may_start_support, school_first_until
from .soorten import BUITEN, reason_outside

MET_ONDERWIJS: Final = frozenset({Uitstroom.OND_GESTART, Uitstroom.OND_AANGEMELD})


def in_doelgroep(traject: Traject, day: date) -> str | None:
    reden = reason_outside(traject.jongere, traject.soort, day)
    if not reden:
        return None
    return f"De jongere hoort niet meer bij de doelgroep: {BUITEN[reden][0].lower()}."


def datum_bereikt(traject: Traject, day: date) -> str | None:
    later = traject.volgende_benadering
    if later is None or later <= day:
        return None
    return f"De nieuwe benadering is pas op {later:%d-%m-%Y}."


def round_start(traject: Traject) -> date | None:
    """Day on which the present round of approaching began; None: the first round."""
    stap = traject.stappen.filter(naar_toestand="te_benaderen").order_by("-pk").first()
    return stap.datum if stap else None


def missing_channels(traject: Traject, day: date) -> list[Pogingkanaal]:
    """Channels that must still be tried in this round before a youth counts as untraceable."""
    nodig: Collection[str] = parameters.waarde("dsp_kanalen_niet_traceerbaar", day)
    pogingen = traject.contactpogingen.all()
    if begin := round_start(traject):
        pogingen = pogingen.filter(datum__gte=datetime.combine(begin, time(0), AMSTERDAM))
    gedaan = set(pogingen.values_list("kanaal", flat=True))
    # A home visit is always part of it, whatever the setting says.
    rest = {*nodig, Pogingkanaal.HUISBEZOEK} - gedaan
    return [kanaal for kanaal in Pogingkanaal if kanaal in rest]


def kanalen_gebruikt(traject: Traject, day: date) -> str | None:
    rest = missing_channels(traject, day)
    if not rest:
        return None
    return f"Probeer eerst ook: {', '.join(kanaal.label.lower() for kanaal in rest)}."


def school_first_for(traject: Traject, day: date) -> date | None:
    """Day until which the school must be asked first (WEB 9.2.5 lid 5); None: no need."""
    return school_first_until(bewijzen_of(traject.jongere.diplomas.all()), day)


def eerst_de_school(traject: Traject, gegevens: Gegevens, day: date) -> str | None:
    """WEB 9.2.5 lid 5: consulted, or a written reason to deviate (lid 7)."""
    if may_start_support(
        bewijzen_of(traject.jongere.diplomas.all()),
        day,
        overleg_school_op=gegevens.get("overleg_school_op") or traject.overleg_school_op,
        reden_afwijking=gegevens.get("overleg_school_reden") or traject.overleg_school_reden,
    ):
        return None
    return (
        "Overleg eerst met de school: de jongere heeft een diploma of verklaring van kort geleden."
        " Vul de datum van het overleg in, of waarom u daarvan afwijkt."
    )


def onderwijs_ingevuld(traject: Traject, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("uitstroom") in MET_ONDERWIJS and not gegevens.get("uitstroom_onderwijs"):
        return "Kies bij deze uitkomst ook de soort onderwijs."
    return None


def datum_later(traject: Traject, gegevens: Gegevens, day: date) -> str | None:
    later = gegevens.get("volgende_benadering")
    if later and later <= day:
        return "Kies een datum na vandaag voor de nieuwe benadering."
    return None


def zonder_inkomen(traject: Traject, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("inkomen") == "ja":
        return "Met inkomen is een nieuwe benadering niet nodig."
    return None


def not_after_today(naam: str, sinds_melding: bool = False) -> Controle[Traject]:
    """A date that already happened; with `sinds_melding` not before the melding either."""

    def check(traject: Traject, gegevens: Gegevens, day: date) -> str | None:
        datum = gegevens.get(naam)
        if datum and datum > day:
            return "Een datum in de toekomst kan hier niet."
        if datum and sinds_melding and datum < traject.datum_melding:
            return f"Kies een datum vanaf de melding, {traject.datum_melding:%d-%m-%Y}."
        return None

    return check
