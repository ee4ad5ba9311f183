"""The Methodische Aanpak Schoolverzuim as a table: states with their term, steps with their rule.

A guideline of Ingrado, Halt, OM and RvdK on top of Lpw art. 22; terms marked "richtlijn" are
practice, not law. Rows stand in the order in which they are wanted: what unlocks others first.
"""

from functools import partial
from typing import Final

from casework.codes import Meldingsoort, Reden, Resultaat, Route, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Procestabel, Stap, Veld
from casework.models import Werkproces
from leerplicht.codes import Haltresultaat

from . import mas_effecten as effect
from . import mas_voorwaarden as eis
from .mas_toestanden import OPEN, TOESTANDEN
from .mas_velden import (
    DATUM,
    HOE,
    JA_NEE,
    MELDINGEN_SLUITEN,
    REDEN,
    SIGNALEN,
    SLUITRESULTATEN,
    TOELICHTING,
    VERWIJT,
    WIE,
)

BOA: Final = "opsporing.schrijven"
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")
OPEN_ROUTES: Final = frozenset({"afspraken", "hulp", "halt", "verplicht_kader", "strafrecht"})
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
            DATUM,
            HOE,
            Veld("met", "Met wie", hulp="Naam of namen", verplicht=False),
            Veld("samenvatting", "Wat is er gezegd", "lange_tekst"),
        ),
        effect=effect.record_hearing(wie),
        uitleg="Vertel wat de rechten en plichten zijn. Dit is een gewoon gesprek, geen verhoor.",
        artikel="Lpw 22",
    )


_ROWS: Final = (
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
                keuzes=tuple(Meldingsoort.choices),
                hulp="Wat u zelf vindt. Wat school meldde blijft staan.",
            ),
            Veld("school_bericht_op", "School bericht gegeven op", "datum", verplicht=False),
        ),
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
        "Oproep vastleggen",
        IN_ONDERZOEK,
        "onderzoek",
        Stapsoort.UITNODIGING,
        velden=(DATUM, WIE, Veld("verschenen", "Is men verschenen", JA_NEE)),
        artikel="Lpw 22",
    ),
    _stap(
        "huisbezoek",
        "Huisbezoek vastleggen",
        IN_ONDERZOEK,
        "onderzoek",
        Stapsoort.HUISBEZOEK,
        velden=(
            DATUM,
            WIE,
            Veld("aangetroffen", "Iemand thuis", JA_NEE),
            Veld("samenvatting", "Wat u zag en hoorde", "lange_tekst", verplicht=False),
        ),
        effect=effect.record_home_visit,
        uitleg="U mag alleen met toestemming naar binnen.",
    ),
    _stap(
        "weging_vastleggen",
        "Weging vastleggen",
        WEGING,
        "weging",
        Stapsoort.BEOORDELING,
        velden=(
            Veld("oorzaak", "Belangrijkste oorzaak", "keuze", keuzes=tuple(Reden.choices)),
            Veld("verwijt_jongere", "Jongere", "keuze", keuzes=VERWIJT),
            Veld("verwijt_ouder1", "Ouder 1", "keuze", keuzes=VERWIJT),
            Veld("verwijt_ouder2", "Ouder 2", "keuze", keuzes=VERWIJT, verplicht=False),
            Veld(
                "veiligheid",
                "Veiligheid (meldcode)",
                "keuze",
                keuzes=(
                    ("veilig", "Geen zorgen over veiligheid"),
                    ("twijfel", "Twijfel: overleg met collega of Veilig Thuis"),
                    ("onveilig", "Onveilig: meldcode is gestart"),
                ),
            ),
            Veld("signalen", "Signalen", "meerkeuze", keuzes=SIGNALEN, verplicht=False),
            Veld("afweging", "Afweging", "lange_tekst"),
        ),
        uitleg="Leg per persoon vast of het verzuim verwijtbaar is. Schrijf geen diagnose op.",
    ),
    _stap(
        "afspraken_maken",
        "Afspraken maken of waarschuwen",
        WEGING,
        "afspraken",
        Stapsoort.WAARSCHUWING,
        velden=(
            Veld(
                "vorm",
                "Vorm",
                "keuze",
                keuzes=(("afspraken", "Afspraken"), ("waarschuwing", "Schriftelijke waarschuwing")),
            ),
            Veld("afspraken", "Afspraken per persoon", "lange_tekst"),
            Veld("gevolg", "Wat er gebeurt als het misgaat", "lange_tekst"),
        ),
        voorwaarden=(eis.weging_vastgelegd,),
        uitleg="Onder de 12 jaar alleen met de ouders.",
    ),
    _stap(
        "hulp_inzetten",
        "Vrijwillige hulp inzetten (route 1)",
        WEGING,
        "hulp",
        Stapsoort.ZORGMELDING,
        velden=(
            Veld("toestemming", "Het gezin geeft toestemming", JA_NEE),
            Veld("hulpverlener", "Contactpersoon bij de hulp"),
            Veld("afspraken", "Wat is afgesproken", "lange_tekst", verplicht=False),
        ),
        voorwaarden=(eis.weging_vastgelegd,),
        controles=(
            eis.requires_yes("toestemming", "Vrijwillige hulp kan alleen met toestemming."),
        ),
        effect=effect.set_route(Route.HULP),
        artikel="MAS route 1",
    ),
    _stap(
        "halt_verwijzen",
        "Naar Halt verwijzen (route 2)",
        frozenset({"weging", "hulp"}),
        "halt",
        Stapsoort.HALT,
        permissie=BOA,
        velden=(
            Veld("uren", "Uren verzuim", "getal", verplicht=False),
            Veld("aantal_te_laat", "Keren te laat", "getal", verplicht=False),
            Veld("school_deed", "School heeft zelf opgetreden en ouders ingelicht", JA_NEE),
            Veld("bekent", "De jongere erkent het verzuim", JA_NEE),
            Veld("instemming_jongere", "De jongere stemt in", JA_NEE),
            Veld("instemming_ouder", "De ouders stemmen in", JA_NEE, verplicht=False),
        ),
        voorwaarden=(
            eis.weging_vastgelegd,
            eis.halt_leeftijd,
            eis.halt_soort,
            eis.halt_eerste_keer,
        ),
        controles=(
            eis.halt_omvang,
            eis.requires_yes("school_deed", "School moet eerst zelf hebben opgetreden."),
            eis.requires_yes("bekent", "Halt kan alleen als de jongere het verzuim erkent."),
            eis.requires_yes("instemming_jongere", "Halt kan alleen als de jongere instemt."),
            eis.halt_instemming_ouder,
        ),
        effect=effect.refer_to_halt,
        artikel="Sr 77e",
    ),
    _stap(
        "verplicht_kader_vragen",
        "Hulp in verplicht kader vragen (route 3)",
        frozenset({"weging", "hulp"}),
        "verplicht_kader",
        Stapsoort.DOORVERWIJZING,
        velden=(
            Veld("via", "Besproken met", hulp="Zoals de jeugdbeschermingstafel"),
            Veld("geprobeerd", "Welke hulp is geprobeerd", "lange_tekst"),
            Veld("meldcode", "De stappen van de meldcode zijn gezet", JA_NEE),
        ),
        voorwaarden=(eis.weging_vastgelegd,),
        controles=(eis.requires_yes("meldcode", "Zet eerst de stappen van de meldcode."),),
        effect=effect.set_route(Route.VERPLICHT),
        artikel="Jeugdwet 3.1",
    ),
    _stap(
        "halt_geslaagd",
        "Halt is goed afgerond",
        frozenset({"halt"}),
        "volgen",
        Stapsoort.HALT,
        effect=effect.halt_result(Haltresultaat.POSITIEF),
        uitleg="Laat het aan school weten.",
    ),
    _stap(
        "halt_mislukt",
        "Halt is niet gelukt, opnieuw wegen",
        frozenset({"halt"}),
        "weging",
        Stapsoort.HALT,
        velden=(
            Veld(
                "halt_resultaat",
                "Wat meldt Halt",
                "keuze",
                keuzes=tuple(
                    (r.value, r.label) for r in Haltresultaat if r != Haltresultaat.POSITIEF
                ),
            ),
        ),
        effect=effect.halt_result(),
    ),
    _stap(
        "strafrecht_inzetten",
        "Proces-verbaal (route 4)",
        frozenset({"weging", "hulp", "halt", "verplicht_kader"}),
        "strafrecht",
        Stapsoort.PV,
        permissie=BOA,
        voorwaarden=(eis.weging_vastgelegd,),
        controles=(eis.pv_opgemaakt,),
        effect=effect.set_route(Route.STRAFRECHT),
        uitleg="De inhoud van het proces-verbaal staat apart en is alleen voor opsporing.",
        artikel="Lpw 22 lid 3",
    ),
    _stap(
        "ter_kennisgeving",
        "Ter kennisgeving aannemen",
        frozenset({"beoordeling", "weging"}),
        "ter_kennisgeving",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
    ),
    _stap(
        "volgen",
        "Volgen",
        OPEN_ROUTES - {"halt"},
        "volgen",
        Stapsoort.OVERIG,
        velden=(Veld("afloop", "Wat is er bereikt", "lange_tekst", verplicht=False),),
        uitleg="Geef school een afloopbericht: de afspraak, niet de oorzaak.",
    ),
    _stap(
        "opnieuw_wegen",
        "Verzuim gaat door, opnieuw wegen",
        frozenset({"volgen"}),
        "weging",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
    ),
    _stap(
        "nieuwe_melding",
        "Nieuwe melding wegen",
        OPEN_ROUTES | {"volgen"},
        "weging",
        Stapsoort.ONTVANGST,
        knop=False,
    ),
    _stap(
        "nieuwe_melding_beoordelen",
        "Nieuwe melding beoordelen",
        frozenset({"ter_kennisgeving", "terug_naar_school"}),
        "beoordeling",
        Stapsoort.ONTVANGST,
        knop=False,
    ),
    _stap(
        "afsluiten",
        "Afsluiten met een resultaat",
        frozenset({"volgen", "ter_kennisgeving", "terug_naar_school"}),
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(
            Veld("resultaat", "Resultaat", "keuze", keuzes=SLUITRESULTATEN),
            TOELICHTING,
            MELDINGEN_SLUITEN,
        ),
        effect=effect.close,
    ),
    _stap(
        "afsluiten_verhuisd",
        "Afsluiten: verhuisd of vertrokken",
        OPEN,
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(TOELICHTING, MELDINGEN_SLUITEN),
        effect=effect.close_with(Resultaat.VERHUISD),
        uitleg="Draag het dossier over. Een lopend proces-verbaal blijft bij deze gemeente.",
        artikel="Leerplichtregeling 3 lid 2",
        bijzonder=True,
    ),
    _stap(
        "overdragen_doorstroompunt",
        "Overdragen aan het Doorstroompunt",
        OPEN,
        "afgesloten",
        Stapsoort.DOORVERWIJZING,
        velden=(TOELICHTING, MELDINGEN_SLUITEN),
        effect=effect.hand_over,
        uitleg="Voor wie 18 is geworden of niet meer onder de plicht valt.",
        artikel="WEB 9.2",
        bijzonder=True,
    ),
    _stap(
        "heropenen",
        "Heropenen",
        frozenset({"afgesloten"}),
        "beoordeling",
        Stapsoort.BEOORDELING,
        velden=(REDEN,),
        effect=effect.reopen,
        uitleg="Het onderzoek begint opnieuw. De geschiedenis blijft staan.",
    ),
)

MAS: Final = Procestabel(
    naam="mas",
    titel="Toestanden van een werkproces in de MAS",
    onderwerp="het werkproces",
    begin="ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _ROWS},
    lock=werkproces.lock,
    write=werkproces.write,
)
