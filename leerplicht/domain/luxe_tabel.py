"""Luxeverzuim as a short table: check the leave, hear the parents, one decision (MAS 5.1)."""

from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Resultaat, Route, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Procestabel, Stap, Toestand, Veld
from casework.models import Werkproces
from leerplicht.codes import Verloffase

from . import luxe_richtlijn as richtlijn
from . import mas_effecten as effect
from . import mas_voorwaarden as eis
from .mas_toestanden import weken, werkdagen
from .mas_uitnodigen import joined
from .mas_velden import AFWIJKEN, GEBEURD, HOE, MELDINGEN_SLUITEN, REDEN, TOELICHTING
from .overdracht import handing_over

_TOESTANDEN: Final = (
    Toestand(
        "luxe_ontvangen",
        "Ontvangen",
        "Controleer de personen en de woongemeente.",
        werkdagen(1),
        "beoordelen binnen 1 werkdag",
        "richtlijn",
        plaats=(0, 2),
    ),
    Toestand(
        "luxe_controle",
        "Verlof controleren",
        "Is er verlof gevraagd, en wat besloot het hoofd of de leerplichtambtenaar?",
        werkdagen(5),
        "afronden binnen 5 werkdagen",
        "richtlijn",
        plaats=(1, 2),
    ),
    Toestand(
        "luxe_horen",
        "Ouders horen",
        "Vraag bewijs, zoals tickets of een verklaring van de werkgever.",
        weken(3),
        "gesprek binnen 3 weken",
        "Lpw 22",
        plaats=(2, 2),
    ),
    Toestand(
        "luxe_besluit",
        "Besluiten",
        "Een besluit voor het hele gezin.",
        werkdagen(10),
        "besluiten binnen 10 werkdagen",
        "richtlijn",
        plaats=(3, 2),
    ),
    Toestand(
        "luxe_pv",
        "Proces-verbaal opmaken",
        "Een boa maakt het proces-verbaal op.",
        weken(2),
        "opmaken binnen 2 weken",
        "richtlijn",
        plaats=(4, 3),
    ),
    Toestand(
        "strafrecht",
        "Strafrecht (route 4)",
        "Er is een proces-verbaal opgemaakt.",
        weken(9),
        "voortgang na 2 maanden",
        "MAS route 4",
        plaats=(5, 3),
    ),
    Toestand("afgesloten", "Afgesloten", "Het werkproces is klaar.", final=True, plaats=(6, 2)),
)
TOESTANDEN: Final = {t.naam: t for t in _TOESTANDEN}
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")
_MOTIVERING: Final = Veld("motivering", "Motivering", "lange_tekst")
_VERLOF: Final = Veld(
    "verlof",
    "Wat was er gevraagd",
    "keuze",
    keuzes=tuple((v.value, v.label) for v in Verloffase if v != Verloffase.ONBEKEND),
)

_ROWS: Final = (
    _stap(
        "beoordelen",
        "In behandeling nemen",
        frozenset({"luxe_ontvangen"}),
        "luxe_controle",
        Stapsoort.ONTVANGST,
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "verlof_gecontroleerd",
        "Verlof is gecontroleerd",
        frozenset({"luxe_controle"}),
        "luxe_horen",
        Stapsoort.BEOORDELING,
        velden=(_VERLOF, Veld("bevinding", "Wat u vond over het verlof", "lange_tekst")),
        effect=richtlijn.set_leave,
    ),
    _stap(
        "ouders_horen",
        "Ouders horen",
        frozenset({"luxe_horen"}),
        "luxe_besluit",
        Stapsoort.GESPREK,
        velden=(
            GEBEURD,
            HOE,
            Veld("met", "Met wie", hulp="Naam of namen", verplicht=False),
            Veld("samenvatting", "Wat is er gezegd", "lange_tekst"),
            Veld("bewijs", "Welk bewijs is er", "lange_tekst", verplicht=False),
        ),
        effect=effect.record_hearing("ouders"),
        brief=Briefsoort.UITNODIGING,
        uitleg="Dit is een gewoon gesprek, geen verhoor.",
        artikel="Lpw 22",
    ),
    _stap(
        "ouders_niet_verschenen",
        "Ouders zijn niet verschenen",
        frozenset({"luxe_horen"}),
        "luxe_besluit",
        Stapsoort.UITNODIGING,
        velden=(
            Veld("eerste_oproep", "Eerste oproep", "datum", gebeurd=True),
            Veld("tweede_oproep", "Tweede oproep", "datum", gebeurd=True),
        ),
        artikel="Lpw 22",
    ),
    *(
        _stap(
            naam,
            label,
            frozenset({"luxe_besluit"}),
            "afgesloten",
            Stapsoort.AFSLUITING if naam != "waarschuwing" else Stapsoort.WAARSCHUWING,
            velden=(_MOTIVERING, MELDINGEN_SLUITEN, *afwijken),
            richtlijnen=richtlijnen,
            effect=effect.close_with(resultaat),
            brief=Briefsoort.WAARSCHUWING if naam == "waarschuwing" else "",
            knop=False,  # the decision is one for the household
        )
        for naam, label, resultaat, richtlijnen, afwijken in (
            ("geoorloofd", "Achteraf geoorloofd", Resultaat.GEOORLOOFD, (), ()),
            ("niet_verwijtbaar", "Niet verwijtbaar", Resultaat.NIET_VERWIJTBAAR, (), ()),
            (
                "waarschuwing",
                "Waarschuwing",
                Resultaat.WAARSCHUWING,
                (richtlijn.statement_follows, richtlijn.leave_was_given),
                AFWIJKEN,
            ),
        )
    ),
    _stap(
        "pv_voorstellen",
        "Proces-verbaal laten opmaken",
        frozenset({"luxe_besluit"}),
        "luxe_pv",
        Stapsoort.PV,
        velden=(_MOTIVERING, *AFWIJKEN),
        richtlijnen=(richtlijn.warning_suffices, richtlijn.leave_was_given),
        knop=False,
        artikel="Richtlijn 2017R002",
    ),
    _stap(
        "strafrecht_inzetten",
        "Proces-verbaal (route 4)",
        frozenset({"luxe_pv"}),
        "strafrecht",
        Stapsoort.PV,
        permissie="opsporing.schrijven",
        voorwaarden=(eis.verzuim_onder_plicht, eis.niet_verjaard),
        controles=(eis.pv_opgemaakt,),
        effect=effect.set_route(Route.STRAFRECHT),
        uitleg="De inhoud van het proces-verbaal staat apart en is alleen voor opsporing.",
        artikel="Lpw 22 lid 3",
    ),
    _stap(
        "afsluiten",
        "Afsluiten na het proces-verbaal",
        frozenset({"strafrecht"}),
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(TOELICHTING, MELDINGEN_SLUITEN),
        effect=effect.close_with(Resultaat.PV),
    ),
    _stap(
        "geen_pv",
        "Toch geen proces-verbaal",
        frozenset({"luxe_pv"}),
        "luxe_besluit",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
    ),
    joined(OPEN),
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
        "luxe_controle",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
        effect=effect.reopen,
        uitleg="De geschiedenis blijft staan.",
    ),
)

LUXE: Final = Procestabel(
    naam="luxe",
    titel="Toestanden van luxeverzuim",
    onderwerp="het werkproces",
    begin="luxe_ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=werkproces.lock,
    write=werkproces.write,
)
