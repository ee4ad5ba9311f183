"""The catalogue: what each indicator counts, in which unit and by which breakdowns.

One row an indicator; the rule itself stands in `reporting.indicatoren` under the same id. A row
gets a new `versie` when its rule changes, so a frozen report still tells what it counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

CATALOGUS_VERSIE: Final = "1"


class Thema(StrEnum):
    POPULATIE = "Jongeren in de gemeente"
    VERZUIM = "Verzuim en leerplicht"
    HANDHAVING = "Halt en proces-verbaal"
    ABSOLUUT = "Absoluut verzuim en thuiszitters"
    VRIJSTELLING = "Vrijstelling en vervangende leerplicht"
    WERKPROCES = "Werkprocessen"
    PREVENTIEF = "Doorstroompunt: verzuim en zorg vanaf 18 jaar"
    VSV = "Voortijdig schoolverlaten, eigen registratie"
    BEGELEIDING = "Doorstroompunt: andere begeleiding"
    DUO = "Voortijdig schoolverlaten, cijfers van DUO"
    RAMING = "Voortijdig schoolverlaten, raming"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`telt` is the unit counted: J jongeren, M meldingen, W werkprocessen, G gezinnen,
    V vrijstellingen, Z maatregelen, T trajecten, B contacten. `dimensies` as the contract writes
    them ("vs x os" is a cross with both margins). A share names its `teller` and `noemer`.
    """

    id: str
    thema: Thema
    telt: str
    omschrijving: str
    dimensies: tuple[str, ...] = ()
    teller: str = ""
    noemer: str = ""
    versie: int = 1
    beschikbaar: bool = True

    @property
    def eenheid(self) -> str:
        return "%" if self.id.endswith("_pct") else "n"

    @property
    def is_share(self) -> bool:
        return self.eenheid == "%"

    @property
    def uitsplitsingen(self) -> tuple[tuple[str, ...], ...]:
        """Every breakdown to answer, the total first: a cross brings its margins along."""
        return _ways(self.dimensies)


@cache
def _ways(dimensies: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    ways: dict[tuple[str, ...], None] = {(): None}
    for text in dimensies:
        names = tuple(text.split(" x "))
        ways |= dict.fromkeys([(name,) for name in names])
        ways[names] = None
    return tuple(ways)


def _rows(thema: Thema, *rows: tuple[str, ...]) -> list[Indicator]:
    """Short notation: id, unit, definition, breakdowns with a comma, teller, noemer."""
    found = []
    for id, telt, omschrijving, *rest in rows:
        dims, teller, noemer = [*rest, "", "", ""][:3]
        ways = tuple(part.strip() for part in dims.split(",") if part)
        found.append(Indicator(id, thema, telt, omschrijving, ways, teller, noemer))
    return found


PLICHTIGEN: Final = "pop_leer_kwalificatieplichtigen"

_POPULATIE = _rows(
    Thema.POPULATIE,
    (
        PLICHTIGEN,
        "J",
        "Inwoners die op 1 oktober leerplichtig of kwalificatieplichtig zijn, ook met vrijstelling",
    ),
    ("pop_5_18", "J", "Inwoners van 5 tot en met 17 jaar op 1 oktober"),
    ("pop_5_18_ingeschreven", "J", "Van hen: op die dag ingeschreven op een school"),
    (
        "pop_5_18_ingeschreven_pct",
        "J",
        "Deel van de inwoners van 5 tot en met 17 jaar dat op 1 oktober is ingeschreven",
        "",
        "pop_5_18_ingeschreven",
        "pop_5_18",
    ),
    (
        "pop_ingeschreven_naar_soort",
        "J",
        "Inwoners die op 1 oktober zijn ingeschreven, ieder met één inschrijving",
        "os,onderwijssoort,leerweg",
    ),
)
_VERZUIM = _rows(
    Thema.VERZUIM,
    ("lp_meldingen", "M", "Meldingen voor leerplicht", "vs,os,vs x os"),
    ("lp_meldingen_jongeren", "J", "Jongeren met ten minste één melding voor leerplicht", "vs"),
    ("verzuim_jongeren", "J", "Jongeren met ten minste één melding, leerplicht of Doorstroompunt"),
    (
        "verzuim_relatief_jongeren",
        "J",
        "Jongeren met ten minste één andere melding dan absoluut verzuim",
    ),
    ("verzuim_meldingen", "M", "Meldingen voor leerplicht en Doorstroompunt samen", "vs"),
    (
        "verzuim_pct",
        "J",
        "Jongeren met een melding, ten opzichte van de leer- en kwalificatieplichtigen",
        "",
        "verzuim_jongeren",
        PLICHTIGEN,
    ),
    (
        "lp_betrokkenheid",
        "J",
        "Jongeren met een melding voor leerplicht, of met een werkproces van leerplicht dat ten "
        "minste één dag van het schooljaar open was",
    ),
    (
        "lp_betrokkenheid_pct",
        "J",
        "Jongeren met wie leerplicht bezig was, ten opzichte van de leer- en "
        "kwalificatieplichtigen",
        "",
        "lp_betrokkenheid",
        PLICHTIGEN,
    ),
    (
        "lp_wettelijk_herhaald",
        "M",
        "Meldingen wettelijk verzuim die niet de eerste van die jongere in het schooljaar zijn",
    ),
    ("lp_spijbel", "M", "Meldingen licht of wettelijk verzuim voor leerplicht", "os,rdn"),
    ("lp_spijbel_jongeren", "J", "Jongeren met ten minste één melding licht of wettelijk verzuim"),
    ("lp_spijbel_eenmalig", "J", "Jongeren met precies één melding licht of wettelijk verzuim"),
    (
        "lp_spijbel_eenmalig_pct",
        "J",
        "Deel van de jongeren die spijbelden met precies één melding",
        "",
        "lp_spijbel_eenmalig",
        "lp_spijbel_jongeren",
    ),
    (
        "lp_spijbel_herhaald",
        "M",
        "Meldingen licht of wettelijk verzuim die niet de eerste van die jongere in het "
        "schooljaar zijn",
    ),
    ("lp_luxe_gezinnen", "G", "Gezinnen met ten minste één melding luxeverzuim"),
    ("lp_zorg_reden", "M", "Zorg- en ziektemeldingen voor leerplicht naar reden", "rdn"),
    ("lp_afhandeling", "M", "Meldingen voor leerplicht naar resultaat", "vs,res,vs x res"),
    ("lp_incidenten", "B", "Preventieve contacten"),
    ("lp_bas_gesprekken", "B", "Preventieve contacten op een spreekuur"),
)
_HANDHAVING = _rows(
    Thema.HANDHAVING,
    ("hv_pv", "Z", "Processen-verbaal", "hvs"),
    (
        "hv_pv_onderwijs",
        "Z",
        "Processen-verbaal naar de inschrijving van de jongere op die dag",
        "hvs x os",
    ),
    ("hv_pv_luxe_gezinnen", "G", "Gezinnen met een proces-verbaal voor luxeverzuim"),
    ("hv_halt", "Z", "Verwijzingen naar Halt", "hvs"),
    ("hv_totaal", "Z", "Processen-verbaal en verwijzingen naar Halt samen"),
)
_ABSOLUUT = _rows(
    Thema.ABSOLUUT,
    ("abs_meldingen", "M", "Meldingen absoluut verzuim", "herkomst"),
    ("abs_jongeren", "J", "Jongeren met een melding absoluut verzuim"),
    ("abs_onderzoek", "W", "Gestarte onderzoeken naar de inschrijving, wat het resultaat ook is"),
    ("abs_uitstroom", "M", "Meldingen absoluut verzuim naar resultaat", "res"),
    (
        "thz_langdurig",
        "J",
        "Jongeren met een melding langdurig relatief verzuim; naar onderwijssoort bij elke melding",
        "os",
    ),
    (
        "thz_langdurig_pct",
        "J",
        "Jongeren met langdurig relatief verzuim, ten opzichte van de leer- en "
        "kwalificatieplichtigen",
        "",
        "thz_langdurig",
        PLICHTIGEN,
    ),
    (
        "thz_totaal",
        "J",
        "Jongeren met een melding voor leerplicht van langdurig relatief of absoluut verzuim",
    ),
    (
        "thz_afhandeling",
        "J",
        "Jongeren met langdurig relatief verzuim, naar het resultaat van de laatste melding",
        "res",
    ),
)
_VRIJSTELLING = _rows(
    Thema.VRIJSTELLING,
    (
        "vst_aanvragen",
        "V",
        "Vrijstellingen die in het schooljaar zijn aangevraagd, wat het besluit ook is",
        "grd x nieuw",
    ),
    (
        "vst_verleend",
        "V",
        "Vrijstellingen verleend of van rechtswege, die in het schooljaar begonnen",
        "grd,grd x voorziening",
    ),
    ("vst_lopend", "V", "Vrijstellingen die ten minste één dag van het schooljaar golden", "grd"),
    (
        "vst_5a_tot_einde",
        "V",
        "Verleende vrijstellingen artikel 5 onder a tot het einde van de leerplicht",
    ),
    (
        "vst_5a_terug",
        "V",
        "Vrijstellingen artikel 5 onder a waarvan de jongere in het schooljaar terugging naar "
        "school",
    ),
)
_WERKPROCES = _rows(
    Thema.WERKPROCES,
    ("wp_gestart", "W", "Gestarte werkprocessen", "soort"),
    ("wp_afgesloten", "W", "Afgesloten werkprocessen", "soort,res"),
    (
        "wp_op_school",
        "W",
        "Gestarte werkprocessen relatief verzuim, te laat, luxe, zorg en thuiszitter",
    ),
    ("wp_niet_op_school", "W", "Gestarte werkprocessen absoluut verzuim"),
)
_PREVENTIEF = _rows(
    Thema.PREVENTIEF,
    ("dsp_verzuim_meldingen", "M", "Meldingen voor het Doorstroompunt", "vs"),
    ("dsp_verzuim_jongeren", "J", "Jongeren met een melding voor het Doorstroompunt"),
    (
        "dsp_prev_resultaat",
        "M",
        "Meldingen voor het Doorstroompunt naar de uitkomst van het traject verzuim 18+ dat op "
        "de melddatum open was",
        "uit",
    ),
    (
        "dsp_prev_resultaat_jongeren",
        "J",
        "Jongeren met een melding voor het Doorstroompunt naar de uitkomst van dat traject",
        "uit",
    ),
    (
        "dsp_prev_contact",
        "J",
        "Jongeren met een traject verzuim 18+ die zelf, of van wie een ouder, in het schooljaar "
        "is gesproken",
    ),
    ("dsp_zorg_jongeren", "J", "Jongeren met een zorgmelding vanaf 18 jaar", "rdn,geb,uit"),
)
_VSV = _rows(
    Thema.VSV,
    ("vsv_gem_gestopt", "J", "Jongeren die in het schooljaar met hun opleiding stopten"),
    (
        "vsv_gem_teruggeleid",
        "J",
        "Van hen: op 1 oktober na het schooljaar weer ingeschreven",
    ),
    ("vsv_gem_nieuw", "J", "Van hen: op 1 oktober na het schooljaar niet ingeschreven"),
    (
        "vsv_gem_begeleidingsaanbod",
        "J",
        "Gestopte jongeren met en zonder begeleiding; die zonder begeleiding naar uitkomst",
        "geb,uit",
    ),
    ("vsv_gem_reden", "J", "Gestopte jongeren naar reden", "rdn"),
    (
        "vsv_gem_onderwijs_leeftijd",
        "J",
        "Gestopte jongeren naar laatste onderwijssoort en leeftijd op de dag van stoppen",
        "os,lft,os x lft",
    ),
    (
        "vsv_gem_uitstroom",
        "J",
        "Gestopte jongeren met begeleiding naar uitkomst, en naar het onderwijs waar zij heen "
        "gingen",
        "uit,os",
    ),
    (
        "vsv_gem_oud_benaderd",
        "J",
        "Jongeren die voor het schooljaar stopten en in het schooljaar zijn benaderd",
    ),
    ("vsv_gem_oud_begeleid", "J", "Van hen: met begeleiding"),
    ("vsv_gem_benaderd", "J", "Voortijdig schoolverlaters die in het schooljaar zijn benaderd"),
    ("vsv_gem_benaderd_resultaat", "J", "Benaderde schoolverlaters naar uitkomst", "uit"),
)
_BEGELEIDING = _rows(
    Thema.BEGELEIDING,
    ("kwb_uitstroom", "J", "Gemelde jongeren in een kwetsbare positie naar uitkomst", "uit"),
    ("hb_bezoeken", "B", "Huisbezoeken door een partner"),
    ("hb_resultaat", "B", "Huisbezoeken door een partner naar uitkomst", "uit"),
    ("ovc_jongeren", "T", "Gemelde trajecten overstapcoach", "intensiteit"),
    (
        "jh_fase",
        "T",
        "Trajecten jobhunter met een fase die in het schooljaar begon",
        "fase,fase x uit",
    ),
    ("bwj_resultaat", "T", "Gemelde trajecten begeleid wonen naar uitkomst en reden", "uit,rdn"),
    ("jm_jongeren", "J", "Jonge moeders met een traject dat op 1 januari open was", "lft"),
    ("det_gemeld", "J", "Gemelde jongeren na detentie", "uit,lft"),
)
_DUO = _rows(
    Thema.DUO,
    (
        "vsv_duo_nieuw",
        "J",
        "Nieuwe voortijdig schoolverlaters volgens DUO, definitief voor voorlopig",
        "onderwijssoort,niveau",
    ),
    ("vsv_duo_startpopulatie", "J", "Startpopulatie volgens DUO", "onderwijssoort,niveau"),
    (
        "vsv_duo_pct",
        "J",
        "Nieuwe schoolverlaters ten opzichte van de startpopulatie; zonder startpopulatie het "
        "percentage van DUO",
        "onderwijssoort,niveau",
        "vsv_duo_nieuw",
        "vsv_duo_startpopulatie",
    ),
    (
        "vsv_duo_niet_terug_pct",
        "J",
        "Deel van de schoolverlaters dat na een jaar niet op school zit en niet werkt, volgens DUO",
    ),
)
_RAMING = _rows(
    Thema.RAMING,
    (
        "vsv_raming_startpopulatie",
        "J",
        "Raming: startpopulatie van het cohort volgens eigen gegevens",
        "sector",
    ),
    (
        "vsv_raming_nieuw",
        "J",
        "Raming: nieuwe voortijdig schoolverlaters van het cohort volgens eigen gegevens",
        "sector",
    ),
    (
        "vsv_raming_pct",
        "J",
        "Raming: nieuwe schoolverlaters ten opzichte van de startpopulatie, eigen gegevens",
        "sector",
        "vsv_raming_nieuw",
        "vsv_raming_startpopulatie",
    ),
)

CATALOGUS: Final[Mapping[str, Indicator]] = {
    indicator.id: indicator
    for rows in (
        _POPULATIE,
        _VERZUIM,
        _HANDHAVING,
        _ABSOLUUT,
        _VRIJSTELLING,
        _WERKPROCES,
        _PREVENTIEF,
        _VSV,
        _BEGELEIDING,
        _DUO,
        _RAMING,
    )
    for indicator in rows
}
