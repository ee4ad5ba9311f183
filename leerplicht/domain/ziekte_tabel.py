"""Ziekteverzuim and zorgmelding as a table: school, jeugdarts, agreements, follow-up (MAZL).

Leerplicht hears whether the youth is able to go to school and what was agreed, never what he
has: no step of this table has a field for a diagnosis.
"""

from datetime import date
from functools import partial
from typing import Final

from casework.codes import Resultaat, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Gegevens, Procestabel, Stap, Toestand, Veld
from casework.kalender import add_months, next_werkdag
from casework.models import Werkproces
from casework.parameters import waarde

from . import mas_effecten as effect
from . import mas_voorwaarden as eis
from .mas_toestanden import Termijn, werkdagen
from .mas_uitnodigen import joined
from .mas_velden import GEBEURD, JA_NEE, MELDINGEN_SLUITEN, REDEN
from .overdracht import handing_over
from .ziekte_effecten import to_leerplicht

GEEN_MEDISCH: Final = (
    "Schrijf geen diagnose, klacht of behandeling op. Die zijn van de jeugdarts en de ouders."
)
BELASTBAAR: Final = Veld(
    "belastbaar",
    "Kan de jongere naar school",
    "keuze",
    keuzes=(("ja", "Ja"), ("deels", "Deels"), ("nee", "Nee")),
    hulp="Alleen deze uitkomst komt in het dossier. De jeugdarts geeft u geen medische gegevens.",
)
AFSPRAKEN: Final = Veld(
    "afspraken",
    "Afspraken over school",
    "lange_tekst",
    hulp=f"Wie doet wat, wanneer? {GEEN_MEDISCH}",
)


def _weken(naam: str) -> Termijn:
    return lambda day: next_werkdag(date.fromordinal(day.toordinal() + 7 * waarde(naam, day)))


def _school_and_parents_first(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("school_sprak") == "nee":
        return "De school praat eerst zelf met de jongere en de ouders."
    if gegevens.get("ouders_weten") == "nee":
        return "Vertel het eerst aan de ouders."
    return None


def _maanden(naam: str) -> Termijn:
    return lambda day: next_werkdag(add_months(day, waarde(naam, day)))


_TOESTANDEN: Final = (
    Toestand(
        "ziekte_ontvangen",
        "Ontvangen",
        "De melding is binnen. Controleer de persoon en de woongemeente.",
        werkdagen(1),
        "beoordelen binnen 1 werkdag",
        "richtlijn",
        plaats=(0, 2),
    ),
    Toestand(
        "ziekte_school",
        "Gesprek op school",
        "De school praat met de jongere en de ouders over het verzuim.",
        _weken("ziekte_school_weken"),
        "gesprek op school binnen 2 weken",
        "werkwijze MAZL",
        plaats=(1, 2),
    ),
    Toestand(
        "ziekte_arts",
        "Jeugdarts",
        "De jeugdarts spreekt de jongere en geeft de school advies.",
        _weken("ziekte_arts_weken"),
        "advies van de jeugdarts binnen 4 weken",
        "werkwijze MAZL",
        plaats=(2, 2),
    ),
    Toestand(
        "ziekte_advies",
        "Advies bespreken",
        "School, ouders en jongere maken afspraken bij het advies.",
        werkdagen(10),
        "afspraken maken binnen 10 werkdagen",
        "werkwijze MAZL",
        plaats=(3, 2),
    ),
    Toestand(
        "ziekte_vervolg",
        "Vervolg",
        "Bekijk of de afspraken werken.",
        _maanden("ziekte_vervolg_maanden"),
        "vervolg na ongeveer 2 maanden",
        "werkwijze MAZL",
        plaats=(4, 2),
    ),
    Toestand("afgesloten", "Afgesloten", "Het werkproces is klaar.", final=True, plaats=(5, 2)),
)
TOESTANDEN: Final = {t.naam: t for t in _TOESTANDEN}
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
RESULTATEN: Final = tuple(
    (r.value, str(r.label))
    for r in (
        Resultaat.NAAR_SCHOOL,
        Resultaat.ANDERE_SCHOOL,
        Resultaat.NIET_ZORGELIJK,
        Resultaat.GEOORLOOFD,
        Resultaat.HULPVERLENING,
        Resultaat.OZA,
        Resultaat.TER_KENNISNAME,
    )
)
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")

_ROWS: Final = (
    _stap(
        "beoordelen",
        "In behandeling nemen",
        frozenset({"ziekte_ontvangen"}),
        "ziekte_school",
        Stapsoort.ONTVANGST,
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "jeugdarts_vragen",
        "Jeugdarts vragen",
        frozenset({"ziekte_school", "ziekte_vervolg"}),
        "ziekte_arts",
        Stapsoort.DOORVERWIJZING,
        velden=(
            GEBEURD,
            Veld("school_sprak", "School sprak met jongere en ouders", JA_NEE),
            Veld("ouders_weten", "De ouders weten dat de jeugdarts wordt gevraagd", JA_NEE),
        ),
        controles=(_school_and_parents_first,),
    ),
    _stap(
        "school_afspraken",
        "School maakt zelf afspraken",
        frozenset({"ziekte_school"}),
        "ziekte_vervolg",
        Stapsoort.GESPREK,
        velden=(GEBEURD, AFSPRAKEN),
        uitleg="De jeugdarts is niet nodig. U bekijkt later of het verzuim stopt.",
    ),
    _stap(
        "niet_bij_jeugdarts",
        "Niet verschenen bij de jeugdarts",
        frozenset({"ziekte_arts"}),
        "",
        Stapsoort.UITNODIGING,
        velden=(GEBEURD,),
    ),
    _stap(
        "advies_jeugdarts",
        "Advies van de jeugdarts",
        frozenset({"ziekte_arts"}),
        "ziekte_advies",
        Stapsoort.OVERLEG,
        velden=(GEBEURD, BELASTBAAR),
    ),
    _stap(
        "afspraken_maken",
        "Afspraken vastleggen",
        frozenset({"ziekte_advies"}),
        "ziekte_vervolg",
        Stapsoort.GESPREK,
        velden=(GEBEURD, AFSPRAKEN),
    ),
    _stap(
        "vervolggesprek",
        "Vervolggesprek",
        frozenset({"ziekte_vervolg"}),
        "",
        Stapsoort.GESPREK,
        velden=(GEBEURD, Veld("weer_op_school", "Is de jongere weer op school", JA_NEE), AFSPRAKEN),
    ),
    _stap(
        "naar_leerplicht",
        "Toch ongeoorloofd: naar leerplicht",
        frozenset({"ziekte_arts", "ziekte_advies", "ziekte_vervolg"}),
        "afgesloten",
        Stapsoort.BEOORDELING,
        velden=(
            Veld(
                "aanleiding",
                "Aanleiding",
                "keuze",
                keuzes=(
                    ("niet_verschenen", "Niet verschenen bij school of de jeugdarts"),
                    ("belastbaar", "Kan naar school en blijft weg"),
                    ("afspraken", "Afspraken niet nagekomen"),
                ),
            ),
        ),
        effect=to_leerplicht,
        uitleg="Er komt een nieuw werkproces relatief verzuim. De meldingen gaan mee.",
        artikel="Lpw 22",
    ),
    _stap(
        "afsluiten",
        "Afsluiten",
        frozenset({"ziekte_school", "ziekte_advies", "ziekte_vervolg"}),
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(Veld("resultaat", "Resultaat", "keuze", keuzes=RESULTATEN), MELDINGEN_SLUITEN),
        effect=effect.close,
    ),
    joined(OPEN),
    _stap(
        "afsluiten_verhuisd",
        "Afsluiten: verhuisd of vertrokken",
        OPEN,
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(MELDINGEN_SLUITEN,),
        effect=effect.close_moved,
        uitleg="Draag het dossier over aan de nieuwe gemeente.",
        artikel="Leerplichtregeling 3 lid 2",
        bijzonder=True,
    ),
    handing_over(OPEN, (MELDINGEN_SLUITEN,)),
    _stap(
        "heropenen",
        "Heropenen",
        frozenset({"afgesloten"}),
        "ziekte_vervolg",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
        effect=effect.reopen,
        uitleg=f"De geschiedenis blijft staan. {GEEN_MEDISCH}",
    ),
)

ZIEKTE: Final = Procestabel(
    naam="ziekte",
    titel="Toestanden van ziekteverzuim en zorg",
    onderwerp="het werkproces",
    begin="ziekte_ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=werkproces.lock,
    write=werkproces.write,
)
