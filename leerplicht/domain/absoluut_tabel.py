"""Absoluut verzuim as a table: from a signal of the registers to a place at a school.

Only the adults answer for enrolment (Lpw 2 lid 1), so the jongere is no party here. A letter has
a term of two weeks by setting; no place at a school is nobody's fault.
"""

from datetime import date, timedelta
from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Resultaat, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Procestabel, Stap, Toestand, Veld
from casework.kalender import next_werkdag
from casework.models import Werkproces
from casework.parameters import waarde

from . import mas_effecten as effect
from . import mas_voorwaarden as eis
from .mas_toestanden import weken, werkdagen
from .mas_uitnodigen import afspraakstappen, joined
from .mas_velden import GEBEURD, HOE, JA_NEE, MELDINGEN_SLUITEN, REDEN, TOELICHTING, VERSCHENEN
from .overdracht import handing_over

BOA: Final = "opsporing.schrijven"


def brief_term(day: date) -> date:
    return next_werkdag(day + timedelta(weeks=waarde("absoluut_brief_weken", day)))


_TOESTANDEN: Final = (
    Toestand(
        "gesignaleerd",
        "Gesignaleerd",
        "De registers tonen geen inschrijving en geen vrijstelling.",
        werkdagen(5),
        "bekijken binnen 5 werkdagen",
        "Lpw 19",
        plaats=(0, 2),
    ),
    Toestand(
        "controle",
        "Controle",
        "Sluit uit: nog niet verwerkt, particuliere of buitenlandse school, vertrokken.",
        werkdagen(10),
        "afronden binnen 10 werkdagen",
        "richtlijn",
        plaats=(1, 2),
    ),
    Toestand(
        "brief_1",
        "Eerste brief",
        "De ouders sturen een bewijs van inschrijving of van vrijstelling.",
        brief_term,
        "antwoord binnen de termijn van de brief",
        "richtlijn",
        plaats=(2, 2),
    ),
    Toestand(
        "brief_2",
        "Tweede brief of bezoek",
        "De ouders zijn opgeroepen. Bel of ga op huisbezoek.",
        brief_term,
        "antwoord binnen de termijn van de oproep",
        "richtlijn",
        plaats=(3, 2),
    ),
    Toestand(
        "adresonderzoek",
        "Adresonderzoek",
        "Het is niet zeker dat de jongere hier woont. Meld het bij Burgerzaken.",
        weken(4),
        "uitkomst van Burgerzaken binnen 4 weken",
        "Wet BRP 2.34",
        plaats=(2, 4),
    ),
    Toestand(
        "horen_ouders",
        "Onderzoek",
        "Hoor de ouders. De jongere zelf is voor de inschrijving niet verantwoordelijk.",
        weken(3),
        "eerste gesprek binnen 3 weken",
        "Lpw 22",
        plaats=(4, 2),
    ),
    Toestand(
        "plaats_zoeken",
        "Plaats zoeken",
        "Er is geen plaats op een school. Dat is geen verwijtbaar verzuim.",
        weken(4),
        "voortgang na 4 weken",
        "richtlijn",
        plaats=(4, 0),
    ),
    Toestand(
        "strafrecht",
        "Strafrecht (route 4)",
        "Er is een proces-verbaal tegen een ouder of verzorger.",
        weken(9),
        "voortgang na 2 maanden",
        "MAS route 4",
        plaats=(5, 4),
    ),
    Toestand("afgesloten", "Afgesloten", "Het werkproces is klaar.", final=True, plaats=(6, 2)),
)
TOESTANDEN: Final = {t.naam: t for t in _TOESTANDEN}
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
AANSCHRIJVEN: Final = frozenset({"brief_1", "brief_2"})
# How absoluut verzuim can end (verzuim, afhandelresultaten).
RESULTATEN: Final = tuple(
    (r.value, str(r.label))
    for r in (
        Resultaat.NAAR_SCHOOL,
        Resultaat.ANDERE_SCHOOL,
        Resultaat.SVT,
        Resultaat.VRIJSTELLING,
        Resultaat.HULPVERLENING,
        Resultaat.NIET_VERWIJTBAAR,
        Resultaat.PV,
        Resultaat.NIET_OPGELOST,
        Resultaat.TER_KENNISNAME,
        Resultaat.GEEN_VERZUIM,
    )
)
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")

_ROWS: Final = (
    _stap(
        "beoordelen",
        "Signaal controleren",
        frozenset({"gesignaleerd"}),
        "controle",
        Stapsoort.ONTVANGST,
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "eerste_brief",
        "Eerste brief sturen",
        frozenset({"controle"}),
        "brief_1",
        Stapsoort.BRIEF,
        velden=(GEBEURD, Veld("gecontroleerd", "Wat u controleerde", "lange_tekst")),
        brief=Briefsoort.ABSOLUUT_1,
        uitleg="De brief vraagt een bewijs van inschrijving of van vrijstelling.",
        artikel="Lpw 19",
    ),
    _stap(
        "tweede_brief",
        "Oproep sturen (tweede brief)",
        frozenset({"brief_1"}),
        "brief_2",
        Stapsoort.UITNODIGING,
        velden=(GEBEURD,),
        brief=Briefsoort.ABSOLUUT_2,
        artikel="Lpw 22",
    ),
    *afspraakstappen({"brief_2", "horen_ouders"}, OPEN),
    _stap(
        "ouders_bellen",
        "Telefoongesprek vastleggen",
        AANSCHRIJVEN,
        "brief_2",
        Stapsoort.GESPREK,
        velden=(GEBEURD, Veld("samenvatting", "Wat is er gezegd", "lange_tekst")),
        effect=effect.record_call,
    ),
    _stap(
        "oproepen",
        "Oproep zonder afspraak vastleggen",
        frozenset({"brief_2", "horen_ouders"}),
        "",
        Stapsoort.UITNODIGING,
        velden=(GEBEURD, VERSCHENEN),
        document="oproep",
        brief=Briefsoort.UITNODIGING,
        uitleg="Komen de ouders twee keer niet, ga dan op huisbezoek.",
        artikel="Lpw 22",
    ),
    _stap(
        "huisbezoek",
        "Huisbezoek vastleggen",
        AANSCHRIJVEN | {"horen_ouders"},
        "",
        Stapsoort.HUISBEZOEK,
        velden=(
            GEBEURD,
            Veld("aangetroffen", "Iemand thuis", JA_NEE),
            Veld("samenvatting", "Wat u zag en hoorde", "lange_tekst", verplicht=False),
        ),
        effect=effect.record_visit_to_parents,
        brief=Briefsoort.HUISBEZOEK,
        uitleg="U mag alleen met toestemming naar binnen.",
    ),
    _stap(
        "adres_onderzoeken",
        "Adresonderzoek vragen",
        frozenset({"gesignaleerd", "controle", "brief_1", "brief_2", "horen_ouders"}),
        "adresonderzoek",
        Stapsoort.OVERLEG,
        velden=(GEBEURD, REDEN),
        uitleg="Meld aan Burgerzaken dat de jongere mogelijk niet meer op dit adres woont.",
        artikel="Wet BRP 2.34",
    ),
    _stap(
        "adres_bekend",
        "Adres staat vast",
        frozenset({"adresonderzoek"}),
        "controle",
        Stapsoort.OVERIG,
        velden=(Veld("uitkomst", "Uitkomst van Burgerzaken", "lange_tekst"),),
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "onderzoek_starten",
        "Onderzoek starten",
        frozenset({"controle", "brief_1", "brief_2"}),
        "horen_ouders",
        Stapsoort.BEOORDELING,
        velden=(Veld("bevinding", "Waarom onderzoek nodig is", "lange_tekst"),),
        artikel="Lpw 22",
    ),
    _stap(
        "ouders_horen",
        "Ouders horen",
        frozenset({"horen_ouders"}),
        "horen_ouders",
        Stapsoort.GESPREK,
        velden=(
            GEBEURD,
            HOE,
            Veld("met", "Met wie", hulp="Naam of namen", verplicht=False),
            Veld("samenvatting", "Wat is er gezegd", "lange_tekst"),
        ),
        effect=effect.record_hearing("ouders"),
        brief=Briefsoort.UITNODIGING,
        uitleg="Vertel wat de rechten en plichten zijn. Dit is een gewoon gesprek, geen verhoor.",
        artikel="Lpw 22",
    ),
    _stap(
        "plaats_zoeken",
        "Begeleiden naar een plaats",
        frozenset({"controle", "brief_1", "brief_2", "horen_ouders"}),
        "plaats_zoeken",
        Stapsoort.OVERLEG,
        velden=(
            Veld("met", "Besproken met", hulp="Zoals het samenwerkingsverband of een school"),
            Veld("afspraken", "Wat is afgesproken", "lange_tekst"),
        ),
        uitleg="Bij een wachtlijst of een schakelklas zonder plaats treft de ouders geen verwijt.",
    ),
    _stap(
        "plaats_volgen",
        "Voortgang vastleggen",
        frozenset({"plaats_zoeken"}),
        "plaats_zoeken",
        Stapsoort.OVERLEG,
        velden=(GEBEURD, Veld("voortgang", "Hoe staat het ervoor", "lange_tekst")),
    ),
    _stap(
        "plaats_geweigerd",
        "Plaats is geweigerd, opnieuw onderzoeken",
        frozenset({"plaats_zoeken"}),
        "horen_ouders",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
    ),
    _stap(
        "strafrecht_inzetten",
        "Proces-verbaal (route 4)",
        frozenset({"horen_ouders"}),
        "strafrecht",
        Stapsoort.PV,
        permissie=BOA,
        voorwaarden=(eis.ouders_gehoord, eis.verzuim_onder_plicht, eis.niet_verjaard),
        controles=(eis.pv_opgemaakt, eis.pv_tegen_ouder),
        effect=effect.set_route("4"),
        uitleg="Alleen tegen wie het gezag of de zorg heeft. De inhoud staat apart.",
        artikel="Lpw 22 lid 3",
    ),
    joined(OPEN),
    _stap(
        "afsluiten",
        "Afsluiten met een resultaat",
        OPEN - {"gesignaleerd", "adresonderzoek"},
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(
            Veld("resultaat", "Resultaat", "keuze", keuzes=RESULTATEN),
            TOELICHTING,
            MELDINGEN_SLUITEN,
        ),
        effect=effect.close,
    ),
    _stap(
        "inschrijving_gevonden",
        "Ingeschreven voor iemand keek",
        frozenset({"gesignaleerd"}),
        "afgesloten",
        Stapsoort.AFSLUITING,
        effect=effect.close_with(Resultaat.GEEN_VERZUIM),
        knop=False,
        nachtelijk=True,
        uitleg="De registers tonen nu een inschrijving of een vrijstelling.",
    ),
    _stap(
        "afsluiten_verhuisd",
        "Afsluiten: verhuisd of vertrokken",
        OPEN,
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(TOELICHTING, MELDINGEN_SLUITEN),
        effect=effect.close_moved,
        uitleg="Draag het dossier over aan de nieuwe gemeente.",
        artikel="Leerplichtregeling 3 lid 2",
        bijzonder=True,
    ),
    handing_over(OPEN),
    _stap(
        "heropenen",
        "Heropenen",
        frozenset({"afgesloten"}),
        "controle",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
        effect=effect.reopen,
        uitleg="De geschiedenis blijft staan.",
    ),
)

ABSOLUUT: Final = Procestabel(
    naam="absoluut",
    titel="Toestanden van absoluut verzuim",
    onderwerp="het werkproces",
    begin="gesignaleerd",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=werkproces.lock,
    write=werkproces.write,
)
