"""What the steps of a traject do besides changing its state."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from accounts.models import Gebruiker
from casework.codes import Resultaat
from casework.domain.melding import close_melding
from casework.domain.proces import Effect, Gegevens
from casework.models import Verzuimmelding
from doorstroompunt.codes import Bronmelding, Trajectsoort, Uitstroom
from doorstroompunt.models import Traject

from .aanleg import Trajectinvoer, create_traject, runs_in
from .soorten import BUITEN

# What the school and DUO hear about a melding when its traject ends; others: niet opgelost.
RESULTAAT: Final[Mapping[str, Resultaat]] = {
    Uitstroom.OND_GEBLEVEN: Resultaat.NAAR_SCHOOL,
    Uitstroom.STARTKW_OF_HO: Resultaat.NAAR_SCHOOL,
    Uitstroom.OND_GESTART: Resultaat.ANDERE_SCHOOL,
    Uitstroom.OND_AANGEMELD: Resultaat.ANDERE_SCHOOL,
    Uitstroom.HULPVERLENING: Resultaat.HULPVERLENING,
    Uitstroom.VERHUISD: Resultaat.VERHUISD,
    Uitstroom.BUITENLAND: Resultaat.VERHUISD,
    Uitstroom.WERK_EN_OF_STUDIE_ZELF: Resultaat.NIET_ZORGELIJK,
    Uitstroom.GEEN_VERDERE_VRAAG: Resultaat.NIET_ZORGELIJK,
}


def set_uitstroom(code: str) -> Effect[Traject]:
    """A step that has one outcome."""

    def effect(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
        _set_outcome(traject, code)

    return effect


def take_uitstroom(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    _set_outcome(traject, gegevens["uitstroom"], gegevens.get("uitstroom_onderwijs") or "")


def _set_outcome(traject: Traject, code: str, onderwijs: str = "") -> None:
    traject.uitstroom, traject.uitstroom_onderwijs = code, onderwijs


def leave_group(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    """An outcome that was already there stays: leaving the group later does not change it."""
    traject.volgende_benadering = None
    if traject.is_open:
        _set_outcome(traject, BUITEN[gegevens["reden_buiten"]][1])


def start_support(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    """The first day of guidance counts; a second start after a relapse does not move it."""
    traject.begeleid_van = traject.begeleid_van or gegevens["datum"]
    traject.intensiteit = gegevens.get("intensiteit") or traject.intensiteit
    traject.overleg_school_op = gegevens.get("overleg_school_op") or traject.overleg_school_op
    traject.overleg_school_reden = (
        gegevens.get("overleg_school_reden") or traject.overleg_school_reden
    )


def plan_again(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    traject.volgende_benadering = gegevens["volgende_benadering"]


def open_vsv(traject: Traject, gegevens: Gegevens, by: Gebruiker | None, day: date) -> None:
    """Unenrolled at the school: guidance goes on in a vsv traject, unless one is running."""
    _set_outcome(traject, Uitstroom.UITGESCHREVEN)
    if runs_in(traject.jongere, Trajectsoort.VSV):
        return
    invoer = Trajectinvoer(
        soort=Trajectsoort.VSV,
        datum_melding=day,
        bron_melding=Bronmelding.SCHOOL,
        datum_uitval=gegevens["datum_uitval"],
        laatste_onderwijssoort=traject.laatste_onderwijssoort,
        reden=traject.reden,
    )
    create_traject(traject.jongere, invoer, by=by, day=day, behandelaar=traject.behandelaar or by)


def close_meldingen(traject: Traject, *, by: Gebruiker | None, day: date) -> None:
    """The meldingen of a traject get a result with it; the register gets G."""
    resultaat = RESULTAAT.get(traject.uitstroom, Resultaat.NIET_OPGELOST)
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).filter(
        traject_koppeling__traject=traject, afgesloten_op__isnull=True
    )
    for melding in rows:
        close_melding(melding, resultaat, by=by, day=day)
