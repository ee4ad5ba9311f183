"""The Methodische Aanpak Schoolverzuim as a table: states with their term, steps with their rule.

A guideline of Ingrado, Halt, OM and RvdK on top of Lpw art. 22; terms marked "richtlijn" are
practice, not law. Rows stand in the order in which they are wanted: what unlocks others first.
"""

from datetime import date
from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Route, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Gegevens, Procestabel, Stap, Veld
from casework.models import Werkproces
from leerplicht.codes import Haltresultaat

from . import mas_effecten as effect
from . import mas_richtlijn as richtlijn
from . import mas_voorwaarden as eis
from .mas_begin import BEGIN, SCHRIJVEN, WEGING
from .mas_routes import VAN_TOESTAND, halt_runs, running_routes
from .mas_toestanden import OPEN, TOESTANDEN
from .mas_velden import (
    AFWIJKEN,
    JA_NEE,
    MELDINGEN_SLUITEN,
    PERSOONSAFLOOP,
    REDEN,
    SLUITRESULTATEN,
    TOELICHTING,
)
from .overdracht import handing_over

BOA: Final = "opsporing.schrijven"
_stap = partial(Stap[Werkproces], permissie=SCHRIJVEN)
OPEN_ROUTES: Final = frozenset({"afspraken", "hulp", "halt", "verplicht_kader", "strafrecht"})
# Where a case can have gone on to while Halt is still busy.
NA_HALT: Final = (OPEN_ROUTES - {"halt"}) | {"weging", "volgen", "ter_kennisgeving"}
HULP: Final = (
    Veld("toestemming", "Het gezin geeft toestemming", JA_NEE),
    Veld("hulpverlener", "Contactpersoon bij de hulp"),
    Veld("afspraken", "Wat is afgesproken", "lange_tekst", verplicht=False),
)
HULP_MET_TOESTEMMING: Final = eis.requires_yes(
    "toestemming", "Vrijwillige hulp kan alleen met toestemming."
)
VERPLICHT: Final = (
    Veld("via", "Besproken met", hulp="Zoals de jeugdbeschermingstafel"),
    Veld("geprobeerd", "Welke hulp is geprobeerd", "lange_tekst"),
    Veld("meldcode", "De stappen van de meldcode zijn gezet", JA_NEE),
)
ROUTES_ERNAAST: Final = tuple(
    (route.value, str(route.label)) for route in (Route.HULP, Route.VERPLICHT, Route.STRAFRECHT)
)
MELDCODE_GEZET: Final = eis.requires_yes("meldcode", "Zet eerst de stappen van de meldcode.")


def _beside(zaak: Werkproces) -> set[str]:
    """Running routes other than the one of the state, which ends by its own steps."""
    own = VAN_TOESTAND.get(zaak.toestand)
    return {row.route for row in running_routes(zaak)} - {own, Route.HALT}


def loopt_ernaast(zaak: Werkproces, day: date) -> str | None:
    return None if _beside(zaak) else "Een andere route die naast deze loopt."


def loopt_halt(zaak: Werkproces, day: date) -> str | None:
    return None if halt_runs(zaak) else "Er loopt geen verwijzing naar Halt."


def loopt_die_route(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    return None if gegevens.get("route") in _beside(zaak) else "Deze route loopt er niet naast."


_ROWS: Final = (
    *BEGIN,
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
            Veld("afspraken_ouders", "Afspraken met de ouders", "lange_tekst", verplicht=False),
            Veld("afspraken_jongere", "Afspraken met de jongere", "lange_tekst", verplicht=False),
            Veld("gevolg", "Wat er gebeurt als het misgaat", "lange_tekst"),
            *AFWIJKEN,
        ),
        voorwaarden=(eis.weging_vastgelegd, eis.plicht_loopt),
        controles=(eis.afspraken_per_persoon,),
        richtlijnen=(richtlijn.first_warning, richtlijn.not_unsafe),
        document="schriftelijke waarschuwing",
        brief=Briefsoort.WAARSCHUWING,
        uitleg="Onder de 12 jaar alleen met de ouders.",
    ),
    _stap(
        "hulp_inzetten",
        "Vrijwillige hulp inzetten (route 1)",
        WEGING,
        "hulp",
        Stapsoort.ZORGMELDING,
        velden=HULP,
        voorwaarden=(eis.weging_vastgelegd,),
        controles=(HULP_MET_TOESTEMMING,),
        document="aanmelding of zorgmelding",
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
        voorwaarden=(eis.weging_vastgelegd,),
        controles=(eis.halt_verzonden,),
        document="verwijzing naar Halt",
        brief=Briefsoort.HALT,
        effect=effect.set_route(Route.HALT),
        uitleg="Het voorstel aan Halt staat apart en is alleen voor opsporing.",
        artikel="Sr 77e",
    ),
    _stap(
        "verplicht_kader_vragen",
        "Hulp in verplicht kader vragen (route 3)",
        frozenset({"weging", "hulp"}),
        "verplicht_kader",
        Stapsoort.DOORVERWIJZING,
        velden=(*VERPLICHT, *AFWIJKEN),
        voorwaarden=(eis.weging_vastgelegd, eis.minderjarig),
        controles=(MELDCODE_GEZET,),
        richtlijnen=(richtlijn.help_was_tried,),
        document="verzoek tot onderzoek",
        effect=effect.set_route(Route.VERPLICHT),
        artikel="Jeugdwet 3.1",
    ),
    _stap(
        "halt_geslaagd",
        "Halt is goed afgerond",
        frozenset({"halt"}),
        "volgen",
        Stapsoort.HALT,
        permissie=BOA,
        voorwaarden=(eis.halt_zonder_voorstel,),
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
                verplicht=False,
            ),
        ),
        permissie=BOA,
        voorwaarden=(eis.halt_zonder_voorstel,),
        effect=effect.halt_result(),
    ),
    _stap(
        "halt_terug",
        "Halt meldt terug",
        NA_HALT,
        "",
        Stapsoort.HALT,
        permissie=BOA,
        velden=(
            Veld(
                "halt_resultaat",
                "Wat meldt Halt",
                "keuze",
                keuzes=tuple((r.value, str(r.label)) for r in Haltresultaat),
            ),
        ),
        voorwaarden=(loopt_halt, eis.halt_zonder_voorstel),
        effect=effect.halt_result(),
        uitleg="Voor een verwijzing die doorliep terwijl u verder ging.",
        bijzonder=True,
    ),
    _stap(
        "strafrecht_inzetten",
        "Proces-verbaal (route 4)",
        frozenset({"weging", "hulp", "halt", "verplicht_kader"}),
        "strafrecht",
        Stapsoort.PV,
        permissie=BOA,
        velden=AFWIJKEN,
        voorwaarden=(eis.weging_vastgelegd, eis.verzuim_onder_plicht, eis.niet_verjaard),
        controles=(eis.pv_opgemaakt,),
        richtlijnen=(richtlijn.somebody_blamed, richtlijn.lighter_tried, richtlijn.pv_in_time),
        document="proces-verbaal met bijlagen",
        effect=effect.set_route(Route.STRAFRECHT),
        uitleg="De inhoud van het proces-verbaal staat apart en is alleen voor opsporing.",
        artikel="Lpw 22 lid 3",
    ),
    _stap(
        "hulp_ernaast",
        "Vrijwillige hulp ernaast inzetten",
        frozenset({"halt", "verplicht_kader", "strafrecht", "volgen"}),
        "",
        Stapsoort.ZORGMELDING,
        velden=HULP,
        controles=(HULP_MET_TOESTEMMING,),
        document="aanmelding of zorgmelding",
        artikel="MAS route 1",
    ),
    _stap(
        "verplicht_ernaast",
        "Onderzoek door de Raad ernaast vragen",
        frozenset({"strafrecht"}),
        "strafrecht",
        Stapsoort.DOORVERWIJZING,
        velden=VERPLICHT,
        voorwaarden=(eis.minderjarig,),
        controles=(MELDCODE_GEZET,),
        document="verzoek tot onderzoek",
        artikel="Jeugdwet 3.1",
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
        document="afloopbericht aan school",
        brief=Briefsoort.TERUGKOPPELING,
        uitleg="Geef school een afloopbericht: de afspraak, niet de oorzaak.",
    ),
    _stap(
        "route_afronden",
        "Een route afronden die ernaast loopt",
        OPEN_ROUTES | {"weging", "volgen"},
        "",
        Stapsoort.OVERIG,
        velden=(
            Veld("route", "Route", "keuze", keuzes=ROUTES_ERNAAST),
            Veld("afloop", "Wat is er bereikt", "lange_tekst"),
        ),
        voorwaarden=(loopt_ernaast,),
        controles=(loopt_die_route,),
    ),
    _stap(
        "aanwezigheid",
        "Aanwezigheid van school vastleggen",
        frozenset({"volgen"}),
        "volgen",
        Stapsoort.OVERIG,
        velden=(
            Veld("tot", "Tot en met", "datum"),
            Veld("uren_afwezig", "Uren ongeoorloofd afwezig", "getal"),
            Veld("te_laat", "Keren te laat", "getal", verplicht=False),
        ),
        uitleg="Vraag school om de cijfers van de weken dat u volgt.",
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
        OPEN_ROUTES | {"volgen", "weging"},
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
            *(
                Veld(f"afloop_{wie}", label, "keuze", verplicht=False, keuzes=PERSOONSAFLOOP)
                for wie, label in (
                    ("jongere", "Afloop voor de jongere"),
                    ("ouders", "Afloop voor de ouders"),
                )
            ),
            TOELICHTING,
            MELDINGEN_SLUITEN,
            *AFWIJKEN,
        ),
        richtlijnen=(
            richtlijn.attendance_asked,
            richtlijn.followed_long_enough,
            richtlijn.no_route_left,
        ),
        document="afloopbericht aan school, brief aan het gezin",
        brief=Briefsoort.TERUGKOPPELING,
        effect=effect.close,
    ),
    _stap(
        "afsluiten_verhuisd",
        "Afsluiten: verhuisd of vertrokken",
        OPEN,
        "afgesloten",
        Stapsoort.AFSLUITING,
        velden=(TOELICHTING, MELDINGEN_SLUITEN),
        effect=effect.close_moved,
        document="dossier naar de nieuwe gemeente",
        uitleg="Draag het dossier over. Een lopend proces-verbaal blijft bij deze gemeente.",
        artikel="Leerplichtregeling 3 lid 2",
        bijzonder=True,
    ),
    handing_over(OPEN),
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
