"""The first half of the MAS: from the report to the weighing (Lpw art. 22)."""

from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Stapsoort
from casework.domain.proces import Stap, Veld
from casework.domain.vastgesteld import TE_KIEZEN
from casework.models import Werkproces

from . import mas_effecten as effect
from . import mas_richtlijn as richtlijn
from . import mas_voorwaarden as eis
from .mas_toestanden import OPEN
from .mas_uitnodigen import afspraakstappen, joined
from .mas_velden import AFWIJKEN, GEBEURD, HOE, JA_NEE, REDEN, VERSCHENEN, WIE
from .mas_weging import WEGING as WEGINGSFORMULIER
from .mas_weging import blame_per_person

SCHRIJVEN: Final = "leerplicht.schrijven"
_stap = partial(Stap[Werkproces], permissie=SCHRIJVEN)
IN_ONDERZOEK: Final = frozenset({"onderzoek"})
WEGING: Final = frozenset({"weging"})


def _horen(wie: str, label: str) -> Stap[Werkproces]:
    return _stap(
        f"{wie}_horen",
        label,
        IN_ONDERZOEK,
        "onderzoek",
        Stapsoort.GESPREK,
        velden=(
            GEBEURD,
            HOE,
            Veld("met", "Met wie", hulp="Naam of namen", verplicht=False),
            Veld("samenvatting", "Wat is er gezegd", "lange_tekst"),
        ),
        effect=effect.record_hearing(wie),
        document="gespreksverslag",
        brief=Briefsoort.UITNODIGING if wie != "school" else "",
        uitleg="Vertel wat de rechten en plichten zijn. Dit is een gewoon gesprek, geen verhoor.",
        artikel="Lpw 22",
    )


BEGIN: Final = (
    _stap(
        "beoordelen",
        "Melding in behandeling nemen",
        frozenset({"ontvangen"}),
        "beoordeling",
        Stapsoort.ONTVANGST,
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "onderzoek_starten",
        "Onderzoek starten",
        frozenset({"beoordeling"}),
        "onderzoek",
        Stapsoort.BEOORDELING,
        velden=(
            Veld("bevinding", "Waarom onderzoek nodig is", "lange_tekst"),
            Veld(
                "vastgestelde_soort",
                "Vastgestelde soort verzuim",
                "keuze",
                verplicht=False,
                keuzes=tuple(TE_KIEZEN),
                hulp="Wat u zelf vindt. Wat school meldde blijft staan.",
            ),
            Veld("school_deed", "School heeft zelf opgetreden en ouders ingelicht", JA_NEE),
            Veld(
                "school_bericht_op",
                "School bericht gegeven op",
                "datum",
                verplicht=False,
                gebeurd=True,
            ),
            *AFWIJKEN,
        ),
        richtlijnen=(
            richtlijn.duty_on_absence,
            richtlijn.no_leave,
            richtlijn.school_acted,
            richtlijn.school_was_told,
        ),
        document="terugkoppeling aan school",
        brief=Briefsoort.TERUGKOPPELING,
        effect=effect.set_vastgestelde_soort,
        artikel="Lpw 22",
    ),
    _stap(
        "terug_naar_school",
        "Terug naar school",
        frozenset({"beoordeling"}),
        "terug_naar_school",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
        document="bericht aan school",
        brief=Briefsoort.TERUGKOPPELING,
        uitleg="Schrijf op wat u van school verwacht.",
    ),
    _stap(
        "school_reageert",
        "Antwoord van school beoordelen",
        frozenset({"terug_naar_school"}),
        "beoordeling",
        Stapsoort.OVERIG,
        velden=(Veld("antwoord", "Antwoord van school", "lange_tekst"),),
    ),
    *afspraakstappen(IN_ONDERZOEK, OPEN),
    joined({"ontvangen", "beoordeling", "onderzoek"}),
    _horen("school", "School horen"),
    _horen("ouders", "Ouders horen"),
    _horen("jongere", "Jongere horen"),
    _stap(
        "wegen",
        "Onderzoek afronden en wegen",
        IN_ONDERZOEK,
        "weging",
        Stapsoort.BEOORDELING,
        voorwaarden=(
            eis.school_gehoord,
            eis.ouders_gehoord,
            eis.jongere_gehoord,
        ),
        artikel="Lpw 22",
    ),
    _stap(
        "oproepen",
        "Oproep zonder afspraak vastleggen",
        IN_ONDERZOEK,
        "onderzoek",
        Stapsoort.UITNODIGING,
        velden=(GEBEURD, WIE, VERSCHENEN),
        document="oproep",
        brief=Briefsoort.UITNODIGING,
        artikel="Lpw 22",
    ),
    _stap(
        "huisbezoek",
        "Huisbezoek zonder afspraak vastleggen",
        IN_ONDERZOEK,
        "onderzoek",
        Stapsoort.HUISBEZOEK,
        velden=(
            GEBEURD,
            WIE,
            Veld("aangetroffen", "Iemand thuis", JA_NEE),
            Veld("samenvatting", "Wat u zag en hoorde", "lange_tekst", verplicht=False),
        ),
        effect=effect.record_home_visit,
        document="verslag van het huisbezoek",
        brief=Briefsoort.HUISBEZOEK,
        uitleg="U mag alleen met toestemming naar binnen.",
    ),
    _stap(
        "weging_vastleggen",
        "Weging vastleggen",
        WEGING,
        "weging",
        Stapsoort.BEOORDELING,
        velden=WEGINGSFORMULIER,
        controles=(blame_per_person,),
        document="weging",
        uitleg="Leg per persoon vast of het verzuim verwijtbaar is. Schrijf geen diagnose op.",
    ),
)
