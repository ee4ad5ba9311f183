"""Kinds of traject: age limit, whose group ends with a startkwalificatie, new against old vsv."""

from datetime import date
from typing import Final

from casework import parameters
from casework.leeftijd import reach_age
from casework.models import Diploma, Jongere
from casework.schooljaar import Schooljaar
from doorstroompunt.codes import Trajectsoort, Uitstroom

# Still enrolled: guidance must keep the youth at school.
PREVENTIEF: Final = frozenset({Trajectsoort.VERZUIM_18PLUS, Trajectsoort.ZORG_18PLUS})
EINDIGT_MET_STARTKWALIFICATIE: Final = PREVENTIEF | {Trajectsoort.VSV}
NAZORG: Final = frozenset({Trajectsoort.NAZORG_23_27, Trajectsoort.DETENTIE})

# Why a youth is outside the group: text, and the outflow it means.
BUITEN: Final = {
    "verhuisd": ("Verhuisd naar een andere regio", Uitstroom.VERHUISD),
    "leeftijd": ("Leeftijdsgrens bereikt", Uitstroom.LEEFTIJDSGRENS),
    "startkwalificatie": ("Startkwalificatie behaald", Uitstroom.STARTKW_OF_HO),
    "ingeschreven": ("Ingeschreven bij een opleiding", Uitstroom.OND_GESTART),
    "buitenland": ("Vertrokken naar het buitenland", Uitstroom.BUITENLAND),
    "overleden": ("Overleden", Uitstroom.ONBEKEND),
}


def age_limit(soort: str, day: date) -> int:
    naam = "leeftijdsgrens_nazorg" if soort in NAZORG else "leeftijdsgrens_dsp"
    return int(parameters.waarde(naam, day))


def too_old_on(soort: str, geboortedatum: date, day: date) -> date:
    """First day on which this youth is too old, by the limit in force on `day`."""
    schrikkeldag = parameters.waarde("schrikkeldag", day)
    return reach_age(geboortedatum, age_limit(soort, day), schrikkeldag)


def reason_outside(jongere: Jongere, soort: str, day: date) -> str:
    """Key of BUITEN by what the registers say on this day; empty: inside the group."""
    if jongere.datum_overlijden and jongere.datum_overlijden <= day:
        return "overleden"
    if jongere.datum_vertrek and jongere.datum_vertrek <= day:
        return "buitenland"
    if day >= too_old_on(soort, jongere.geboortedatum, day):
        return "leeftijd"
    behaald = Diploma.objects.filter(jongere=jongere, startkwalificatie=True, datum__lte=day)
    if soort in EINDIGT_MET_STARTKWALIFICATIE and behaald.exists():
        return "startkwalificatie"
    return ""


def is_new_vsv(datum_uitval: date, day: date) -> bool:
    """New until 1 October after the schooljaar of dropping out, old from then on.

    Derived from the date: nothing is rewritten on 1 August.
    """
    return day < Schooljaar.of(datum_uitval).volgende.peildatum
