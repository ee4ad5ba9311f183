"""A request as a table: 3a, 3b, 15 and leave of more than ten days, with bezwaar and beroep."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Resultaat, Stapsoort, Werkprocessoort
from casework.domain import werkproces
from casework.domain.proces import Gegevens, Procestabel, Stap, Toestand, Veld
from casework.models import Werkproces
from leerplicht.codes import Besluit, Verlofbesluit
from leerplicht.models import Vrijstelling

from . import aanvraag_effecten as effect
from . import bezwaar
from . import mas_voorwaarden as eis
from . import vrijstelling_regels as regels
from .aanvraag_stukken import STUKKEN, care_is_known, no_care_involved, papers_given
from .bezwaar import BESLUITEN
from .mas_toestanden import weken, werkdagen
from .mas_velden import GEBEURD, JA_NEE, REDEN

GEWEIGERD: Final = frozenset({Besluit.GEWEIGERD, Verlofbesluit.AFGEWEZEN})
MET_DUO: Final = frozenset({Werkprocessoort.VRIJSTELLING, Werkprocessoort.VERV_LEERPLICHT})
VERLOF: Final = frozenset({Werkprocessoort.VERLOF})


def missing_hearings(zaak: Werkproces, day: date) -> str | None:
    """Who must be heard by the ground (3a, 3b, 11 g); care only where it is involved."""
    heard = set(zaak.stappen.filter(stap="horen").values_list("gegevens__wie", flat=True))
    if no_care_involved(zaak):
        heard.add("zorg")
    need = [wie for wie in effect.HOREN[effect.ground(zaak)] if wie not in heard]
    if not need:
        return None
    return f"Hoor eerst: {', '.join(effect.WIE[wie].lower() for wie in need)}."


def allowed_by_law(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """A grant that the law does not allow is no grant."""
    row = effect.subject(zaak)
    if gegevens.get("besluit") == "geweigerd" or not isinstance(row, Vrijstelling):
        return None
    return " ".join(regels.hindrances(row)) or None


def heard_before_refusal(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """Awb 4:7: who asked may say something first, when his own data are not what is followed."""
    if gegevens.get("besluit") not in ("geweigerd", "deels"):
        return None
    if (
        gegevens.get("niet_gehoord")
        or zaak.stappen.filter(stap="horen", gegevens__wie="aanvrager").exists()
    ):
        return None
    return "Hoor de aanvrager voor u weigert, of schrijf op waarom dat niet hoeft (Awb 4:7)."


def partial_says_how_much(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("besluit") != "deels":
        return None
    field = "dagen" if zaak.soort in VERLOF else "tot"
    if gegevens.get(field):
        return None
    return "Vul bij een deel in: hoeveel dagen, of tot en met welke dag."


def term_to_complete_is_over(zaak: Werkproces, day: date) -> str | None:
    """Awb 4:5: only after the term to complete it."""
    if zaak.toestand_sinds and day > regels.complete_before(zaak.toestand_sinds):
        return None
    return "De aanvrager heeft nog tijd om aan te vullen."


def received_by_now(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """The clock runs on from this day."""
    given, asked = gegevens.get("datum"), effect.asked_to_complete(zaak)
    if given and (given > day or (asked and given < asked)):
        return "De aanvulling kwam na de vraag, en niet later dan vandaag."
    return None


def granted(zaak: Werkproces, day: date) -> str | None:
    if effect.subject(zaak).besluit not in GEWEIGERD:
        return None
    return "De aanvraag is geweigerd; er is niets te melden."


def refused(zaak: Werkproces, day: date) -> str | None:
    if zaak.soort in VERLOF or effect.subject(zaak).besluit in GEWEIGERD:
        return None
    return "Meld de toekenning eerst aan DUO."


def _rows() -> Iterator[Toestand]:
    yield Toestand(
        "av_ontvangen",
        "Ontvangen",
        "Is de aanvraag compleet?",
        werkdagen(5),
        "controleren binnen 5 werkdagen",
        "Awb 4:5",
        plaats=(0, 2),
    )
    yield Toestand(
        "av_onvolledig",
        "Onvolledig",
        "De aanvrager vult aan. De beslistermijn staat stil.",
        regels.complete_before,
        "aanvullen binnen de gegeven termijn",
        "Awb 4:5, 4:15",
        plaats=(1, 4),
    )
    yield Toestand(
        "av_in_behandeling",
        "In behandeling",
        "Hoor wie de wet noemt.",
        weken(3),
        "horen binnen 3 weken",
        "Lpw 3a, 3b, 14",
        plaats=(1, 2),
    )
    yield Toestand(
        "av_gehoord",
        "Gehoord",
        "Neem een besluit.",
        werkdagen(5),
        "besluiten binnen 5 werkdagen",
        "Awb 4:13",
        plaats=(2, 2),
    )
    yield Toestand(
        "av_besloten",
        "Besloten",
        "Maak het besluit bekend, met de bezwaarclausule.",
        werkdagen(3),
        "bekendmaken binnen 3 werkdagen",
        "Awb 3:41",
        plaats=(3, 2),
    )
    yield Toestand(
        "av_bekendgemaakt",
        "Bekendgemaakt",
        "Meld een toekenning aan DUO.",
        regels.objection_before,
        "bezwaar kan tot en met deze dag",
        "Awb 6:7",
        plaats=(4, 2),
    )
    yield Toestand("av_lopend", "Lopend", "De toestemming geldt.", None, "", "", plaats=(5, 2))
    yield Toestand(
        "av_bezwaar",
        "Bezwaar",
        "Hoor de bezwaarmaker en beslis op het bezwaar.",
        None,
        "beslissen binnen 6 weken na de bezwaartermijn, met een commissie 12",
        "Awb 7:10",
        plaats=(5, 4),
    )
    yield Toestand(
        "av_bezwaar_besloten",
        "Besloten op bezwaar",
        "Beroep bij de rechtbank kan.",
        regels.objection_before,
        "beroep kan tot en met deze dag",
        "Awb 6:7",
        plaats=(6, 4),
    )
    yield Toestand(
        "av_beroep",
        "Beroep",
        "De zaak ligt bij de rechtbank.",
        weken(26),
        "stand na 26 weken",
        "Awb 8:1",
        plaats=(7, 4),
    )
    yield Toestand(
        "av_uitspraak",
        "Uitspraak",
        "Voer de uitspraak uit.",
        regels.objection_before,
        "hoger beroep kan tot en met deze dag",
        "Awb 8:105, 6:7",
        plaats=(8, 4),
    )
    yield Toestand("av_klaar", "Klaar", "Er is niets meer te doen.", final=True, plaats=(9, 2))


TOESTANDEN: Final = {t.naam: t for t in _rows()}
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
VOOR_BESLUIT: Final = frozenset(
    {"av_ontvangen", "av_onvolledig", "av_in_behandeling", "av_gehoord"}
)
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")
_BESLUIT: Final = (
    Veld("besluit", "Besluit", "keuze", keuzes=BESLUITEN),
    Veld("motivering", "Motivering", "lange_tekst"),
    Veld(
        "niet_gehoord",
        "Waarom horen niet hoeft",
        "lange_tekst",
        verplicht=False,
        hulp="Alleen bij een weigering zonder dat u de aanvrager hoorde.",
    ),
    Veld("mandaat", "Mandaat", hulp="Namens wie, en op grond van welk mandaat"),
    Veld("dagen", "Toegekende schooldagen (verlof)", "getal", verplicht=False),
    Veld("tot", "Toegekend tot en met (vrijstelling)", "datum", verplicht=False),
)

_STAPPEN: Final = (
    _stap(
        "onvolledig_melden", "Om aanvulling vragen", frozenset({"av_ontvangen"}), "av_onvolledig",
        Stapsoort.BRIEF, velden=(Veld("ontbreekt", "Wat ontbreekt", "lange_tekst"),),
        artikel="Awb 4:5",
    ),
    _stap(
        "aangevuld", "Aanvulling is binnen", frozenset({"av_onvolledig"}), "av_in_behandeling",
        Stapsoort.ONTVANGST, velden=(GEBEURD, *STUKKEN),
        controles=(received_by_now, papers_given, care_is_known),
        effect=effect.resume_clock, soorten=MET_DUO, artikel="Awb 4:15",
    ),
    _stap(
        "verlof_aangevuld", "Aanvulling van het verlof is binnen", frozenset({"av_onvolledig"}),
        "av_in_behandeling", Stapsoort.ONTVANGST, velden=(GEBEURD,), controles=(received_by_now,),
        effect=effect.resume_clock, soorten=VERLOF, artikel="Awb 4:15",
    ),
    _stap(
        "buiten_behandeling", "Buiten behandeling laten", frozenset({"av_onvolledig"}), "av_klaar",
        Stapsoort.AFSLUITING, velden=(REDEN,), voorwaarden=(term_to_complete_is_over,),
        effect=effect.withdraw, artikel="Awb 4:5",
    ),
    _stap(
        "behandelen", "In behandeling nemen", frozenset({"av_ontvangen"}), "av_in_behandeling",
        Stapsoort.BEOORDELING, velden=STUKKEN, voorwaarden=(eis.gemeente_bekend,),
        controles=(papers_given, care_is_known), soorten=MET_DUO, artikel="Lpw 3a, 3b, 15",
    ),
    _stap(
        "verlof_behandelen", "Verlof in behandeling nemen", frozenset({"av_ontvangen"}),
        "av_in_behandeling", Stapsoort.BEOORDELING, voorwaarden=(eis.gemeente_bekend,),
        soorten=VERLOF,
    ),
    _stap(
        "horen", "Horen", frozenset({"av_in_behandeling"}), "av_in_behandeling", Stapsoort.GESPREK,
        velden=(
            Veld("wie", "Wie", "keuze", keuzes=tuple(effect.WIE.items())),
            GEBEURD,
            Veld("verschenen", "Is men verschenen", JA_NEE),
            Veld("samenvatting", "Wat is er gezegd", "lange_tekst", verplicht=False),
        ),
        uitleg="Leg ook vast wie is uitgenodigd en niet kwam.", brief=Briefsoort.UITNODIGING,
        artikel="Lpw 3a, 3b, 14",
    ),
    _stap(
        "horen_afronden", "Horen is klaar", frozenset({"av_in_behandeling"}), "av_gehoord",
        Stapsoort.BEOORDELING, voorwaarden=(missing_hearings,),
    ),
    _stap(
        "besluiten", "Besluit nemen", frozenset({"av_gehoord"}), "av_besloten",
        Stapsoort.BEOORDELING, velden=_BESLUIT,
        controles=(allowed_by_law, heard_before_refusal, partial_says_how_much),
        effect=effect.decide,
        artikel="Awb 4:13",
    ),
    _stap(
        "bekendmaken", "Bekendmaken", frozenset({"av_besloten"}), "av_bekendgemaakt",
        Stapsoort.BRIEF,
        velden=(
            Veld("datum", "Verzonden op", "datum"),
            Veld("clausule", "De bezwaarclausule staat in de brief", JA_NEE),
        ),
        controles=(eis.requires_yes("clausule", "Een besluit heeft een bezwaarclausule."),),
        brief=Briefsoort.BESLUIT_VRIJSTELLING,
        artikel="Awb 3:41, 3:45",
    ),
    _stap(
        "duo_melden", "Aan DUO gemeld", frozenset({"av_bekendgemaakt"}), "av_lopend",
        Stapsoort.OVERIG, velden=(GEBEURD,), voorwaarden=(granted,), effect=effect.report_to_duo,
        soorten=MET_DUO, nachtelijk=True, uitleg="De grond gaat niet mee naar DUO.",
        artikel="BRO 9-12",
    ),
    _stap(
        "afronden", "Afronden",
        frozenset({"av_bekendgemaakt", "av_bezwaar_besloten", "av_uitspraak"}), "av_klaar",
        Stapsoort.AFSLUITING, voorwaarden=(refused, bezwaar.nothing_to_decide),
        effect=effect.finish(Resultaat.TER_KENNISNAME),
    ),
    _stap(
        "bezwaar_ontvangen", "Bezwaar ontvangen",
        frozenset({"av_bekendgemaakt", "av_lopend", "av_klaar"}), "av_bezwaar",
        Stapsoort.ONTVANGST,
        velden=bezwaar.ONTVANGEN, controles=(bezwaar.objection_in_time,), effect=bezwaar.receive,
        artikel="Awb 6:7, 6:11", bijzonder=True,
    ),
    _stap(
        "verdagen", "Beslissing op bezwaar verdagen", frozenset({"av_bezwaar"}), "",
        Stapsoort.BRIEF, velden=(REDEN,), voorwaarden=(bezwaar.not_extended_yet,),
        effect=bezwaar.extend, artikel="Awb 7:10 lid 3", bijzonder=True,
        uitleg="Een keer, met 6 weken. Laat het de bezwaarmaker schriftelijk weten.",
    ),
    _stap(
        "bezwaar_besluiten", "Beslissen op bezwaar", frozenset({"av_bezwaar"}),
        "av_bezwaar_besloten", Stapsoort.BEOORDELING, velden=bezwaar.BESLISSEN,
        controles=(
            bezwaar.heard_or_why, bezwaar.new_decision_fits, allowed_by_law, partial_says_how_much,
        ),
        effect=bezwaar.decide, artikel="Awb 7:2, 7:10, 7:11",
    ),
    _stap(
        "terug_naar_lopend", "Besluit blijft of wordt toegekend",
        frozenset({"av_bezwaar_besloten", "av_uitspraak"}), "av_lopend", Stapsoort.OVERIG,
        velden=(Veld("datum", "Aan DUO gemeld op", "datum"),),
        voorwaarden=(granted, bezwaar.nothing_to_decide), effect=effect.report_to_duo,
        soorten=MET_DUO,
    ),
    _stap(
        "beroep", "Beroep ingesteld", frozenset({"av_bezwaar_besloten"}), "av_beroep",
        Stapsoort.ONTVANGST, velden=(GEBEURD,), artikel="Awb 8:1",
    ),
    _stap(
        "uitspraak", "Uitspraak", frozenset({"av_beroep"}), "av_uitspraak", Stapsoort.BEOORDELING,
        velden=bezwaar.UITSPRAAK,
        controles=(bezwaar.new_decision_fits, allowed_by_law, partial_says_how_much),
        effect=bezwaar.decide, artikel="Awb 8:70, 8:72",
    ),
    _stap(
        "opnieuw_beslissen", "Opnieuw beslissen op het bezwaar", frozenset({"av_uitspraak"}),
        "av_bezwaar", Stapsoort.BEOORDELING,
        velden=(Veld("voor", "Beslissen uiterlijk op", "datum"),),
        voorwaarden=(bezwaar.something_to_decide,), effect=bezwaar.decide_again,
        artikel="Awb 8:72",
    ),
    _stap(
        "hoger_beroep", "Hoger beroep ingesteld", frozenset({"av_uitspraak"}), "av_beroep",
        Stapsoort.ONTVANGST, velden=(GEBEURD,), artikel="Awb 8:105", bijzonder=True,
    ),
    _stap(
        "beeindigen", "Eerder beëindigen", frozenset({"av_lopend"}), "av_klaar",
        Stapsoort.AFSLUITING, velden=effect.EINDE, effect=effect.end, soorten=MET_DUO,
        nachtelijk=True,
    ),
    _stap(
        "verlopen", "Verlopen", frozenset({"av_lopend"}), "av_klaar", Stapsoort.AFSLUITING,
        effect=effect.lapse, knop=False, nachtelijk=True, soorten=MET_DUO,
    ),
    _stap(
        "intrekken", "Aanvraag is ingetrokken", VOOR_BESLUIT, "av_klaar", Stapsoort.AFSLUITING,
        velden=(REDEN,), effect=effect.withdraw, bijzonder=True,
    ),
)  # fmt: skip  # read as a table

AANVRAAG: Final = Procestabel(
    naam="aanvraag",
    titel="Toestanden van een aanvraag",
    onderwerp="de aanvraag",
    begin="av_ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _STAPPEN},
    lock=werkproces.lock,
    write=werkproces.write,
)
