"""Dated parameters of the law: limits, terms and readings, each with its article and certainty.

A rule asks `waarde(naam, op)` or builds its own frozen set of rules on a date. Another reading is
a setting, not a change of code:

    LEERRECHT_REGELS = {
        "schrikkeldag": "28_februari",                 # on every date
        "leeftijdsgrens_dsp": [(23, None, "2026-01-01"), (27, "2026-01-01", None)],
    }

Periods are half open (van <= day < tot). Each parameter is described in docs/beleid.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final


class Zekerheid(StrEnum):
    WET = "wet"  # stands in the text of the law or of a public authority
    INTERPRETATIE = "interpretatie"  # our reading; another one can be defended
    ONZEKER = "onzeker"  # the source could not be confirmed


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value in one period. `van` None: as far back as the system looks."""

    naam: str
    waarde: Any
    artikel: str
    zekerheid: Zekerheid
    van: date | None = None
    tot: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.van is None or self.van <= day) and (self.tot is None or day < self.tot)


WET, INTERPRETATIE, ONZEKER = Zekerheid.WET, Zekerheid.INTERPRETATIE, Zekerheid.ONZEKER
DUURZAAM_WERK = date(2026, 1, 1)  # Wet van school naar duurzaam werk, Stb. 2025, 210
VSV_B = date(2026, 8, 1)  # studiejaar 2026/2027

PARAMETERS: Final[tuple[Parameter, ...]] = (
    # Leerplicht and kwalificatieplicht
    Parameter("leeftijd_begin_leerplicht", 5, "Lpw 3 lid 1", WET),
    Parameter("leeftijd_einde_leerplicht", 16, "Lpw 3 lid 1 onder b", WET),
    Parameter("schooljaren_einde_leerplicht", 12, "Lpw 3 lid 1 onder a", WET),
    Parameter("leeftijd_einde_kwalificatieplicht", 18, "Lpw 4b", WET),
    Parameter("leeftijd_medeverantwoordelijk", 12, "Lpw 2 lid 3", WET),
    Parameter("schrikkeldag", "1_maart", "Lpw 3, 4b", ONZEKER),
    Parameter("vso_lezing", "streng", "Lpw 4a lid 2", INTERPRETATIE),
    Parameter("feestdagen_schoolvrij", True, "Algemene termijnenwet 3", INTERPRETATIE),
    Parameter("trekkend_eerste_maand", 3, "Besluit trekkende bevolking 1", WET),
    Parameter("trekkend_laatste_maand", 10, "Besluit trekkende bevolking 1", WET),
    Parameter("trekkend_ook_kwalificatieplicht", False, "Lpw 5a", INTERPRETATIE),
    Parameter(
        "startkwalificatie_soorten",
        frozenset({"havo", "vwo", "mbo2", "mbo3", "mbo4", "hbo", "wo", "ho"}),
        "Lpw 1 onder f",
        WET,
    ),
    Parameter("uren_vijfjarigen_mededeling", 5, "Lpw 11a lid 1", WET),
    Parameter("uren_vijfjarigen_maximum", 10, "Lpw 11a lid 2", WET),
    # Reports of absence
    Parameter("verzuim_uren", 16, "Lpw 21a", WET),
    Parameter("verzuim_lesweken", 4, "Lpw 21a", WET),
    Parameter("langdurig_dagen", 28, "soorten verzuim, DUO", WET),
    Parameter("melding_school_werkdagen", 5, "soorten verzuim, DUO", WET),
    Parameter("melding_interval_dagen", 7, "soorten verzuim, DUO", WET),
    Parameter("melding_herhaald_lrv", 4, "werkwijze van de regio", INTERPRETATIE),
    Parameter("melding_intrekken_na_oppakken", True, "statussen, DUO", INTERPRETATIE),
    # The MAS: terms of its states, and of the guideline
    Parameter("mas_ontvangen_werkdagen", 1, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_beoordeling_werkdagen", 5, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_onderzoek_weken", 3, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_weging_werkdagen", 5, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_afspraken_lesweken", 4, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_hulp_weken", 6, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_halt_weken", 13, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_verplicht_weken", 13, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_strafrecht_weken", 9, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_volgen_lesweken", 4, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_school_lesweken", 2, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_kennisgeving_werkdagen", 5, "richtlijn MAS", INTERPRETATIE),
    Parameter("mas_pv_maanden", 2, "Handleiding 2012H002", ONZEKER),
    Parameter("mas_verjaring_jaren", 3, "Sr 70", WET),
    Parameter("hechtenis_dagen_hoogstens", 30, "Lpw 26 lid 1, Sr 88", WET),
    Parameter("luxe_waarschuwing_schooldagen", 1, "Richtlijn 2017R002", ONZEKER),
    # Ziekteverzuim and zorgmelding
    Parameter("ziekte_school_weken", 2, "werkwijze MAZL", INTERPRETATIE),
    Parameter("ziekte_arts_weken", 4, "werkwijze MAZL", INTERPRETATIE),
    Parameter("ziekte_vervolg_maanden", 2, "werkwijze MAZL", INTERPRETATIE),
    # Absoluut verzuim: when the nightly rule signals, and its letters
    Parameter("absoluut_weken", 4, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("absoluut_zomer_van", "06-15", "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("absoluut_zomer_tot", "10-01", "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("absoluut_verwerking_dagen", 14, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("absoluut_rust_weken", 8, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("absoluut_brief_weken", 2, "werkwijze van de gemeente", INTERPRETATIE),
    # Vrijstelling and vervangende leerplicht
    Parameter("kennisgeving_uiterlijk", "06-30", "Lpw 6 lid 2", WET),
    Parameter("kennisgeving_eerste_maanden", 1, "Lpw 6 lid 1", WET),
    Parameter("verklaring_maanden", 3, "Lpw 7", WET),
    Parameter("richting_jaar_terug", 1, "Lpw 8 lid 2", WET),
    Parameter("leeftijd_3a", 14, "Lpw 3a lid 1", WET),
    Parameter("verlengen_3a_weken", 8, "Lpw 3a", WET),
    Parameter("beslissen_3a_3b_weken", 6, "Lpw 3a, 3b", WET),
    Parameter("beslissen_weken", 8, "Awb 4:13", WET),
    Parameter("aanvullen_weken", 2, "Awb 4:5", INTERPRETATIE),
    Parameter("bezwaar_weken", 6, "Awb 6:7", WET),
    Parameter("beslissen_bezwaar_weken", 6, "Awb 7:10", WET),
    Parameter("beslissen_bezwaar_commissie_weken", 12, "Awb 7:10", WET),
    Parameter("verdagen_bezwaar_weken", 6, "Awb 7:10 lid 3", WET),
    Parameter("toetsen_kennisgeving_weken", 4, "GHARL 2015:5814", INTERPRETATIE),
    Parameter("verlengen_brief_1", "04-01", "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("verlengen_brief_2", "05-15", "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("verlengen_lijst", "07-01", "Lpw 6 lid 2", INTERPRETATIE),
    Parameter("ontwikkeling_5a_maanden", 12, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("vrijstelling_herinneren_weken", 4, "werkwijze van de gemeente", INTERPRETATIE),
    # What other bodies must be told
    Parameter("svb_melden_werkdagen", 5, "AKW 7", INTERPRETATIE),
    Parameter("arbeid_melden_weken", 2, "Lpw 3b", INTERPRETATIE),
    Parameter("arbeid_terugkijken_weken", 8, "werkwijze van de gemeente", INTERPRETATIE),
    # Codes of the gemeenten that use it: LEERRECHT_REGELS
    Parameter("verwijsindex_gemeenten", frozenset(), "Jeugdwet 7.1", INTERPRETATIE),
    # The meldcode
    Parameter("meldcode_signalen_werkdagen", 5, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("meldcode_stap_werkdagen", 5, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("meldcode_besluit_werkdagen", 2, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("meldcode_volgen_werkdagen", 20, "werkwijze van de gemeente", INTERPRETATIE),
    # Leave
    Parameter("verlof_dagen", 10, "Lpw 13a, 14 lid 3", WET),
    Parameter("verlof_naar_rato", True, "Lpw 14 lid 3", INTERPRETATIE),
    Parameter("verlof_hele_aanvraag", True, "Lpw 14 lid 3", INTERPRETATIE),
    Parameter("verlof_eerste_lesweken", 2, "Lpw 13a lid 2", WET),
    Parameter("verlof_religie_dagen", 2, "Lpw 13", WET),
    Parameter("verlof_achteraf_dagen", 2, "Lpw 14 lid 2", WET),
    # Doorstroompunt
    Parameter("leeftijdsgrens_dsp", 23, "WEB 8.3.1 (oud)", WET, tot=DUURZAAM_WERK),
    Parameter("leeftijdsgrens_dsp", 27, "WEB 9.2.1 onder a", WET, van=DUURZAAM_WERK),
    Parameter("dsp_weken_afwezig", 4, "WEB 9.2.1 onder c", WET),
    Parameter("dsp_open_vrijstelling_telt", True, "WEB 9.2.1", INTERPRETATIE),
    Parameter("school_eerst_entree_jaren", 1, "WEB 9.2.5 lid 5", WET, van=DUURZAAM_WERK),
    Parameter("school_eerst_pro_vso_jaren", 2, "WEB 9.2.5 lid 5", WET, van=DUURZAAM_WERK),
    Parameter("leeftijdsgrens_nazorg", 27, "gemeentelijk beleid", INTERPRETATIE),
    Parameter(
        "dsp_kanalen_niet_traceerbaar",
        frozenset({"TELEFOON", "APP", "MAIL", "BRIEF", "HUISBEZOEK"}),
        "werkwijze van de regio",
        INTERPRETATIE,
    ),
    Parameter("dsp_herbenadering_maanden", 12, "werkwijze van de regio", INTERPRETATIE),
    # Police data; the first year in days, so that a leap year does not make it longer
    Parameter("wpg_ruim_dagen", 365, "Wpg 8 lid 1", WET),
    Parameter("wpg_verwijderen_jaren", 5, "Wpg 8 lid 6", WET),
    Parameter("wpg_vernietigen_jaren", 10, "Wpg 14 lid 1", INTERPRETATIE),
    Parameter("wpg_onderzoek_maanden", 6, "Wpg 9 lid 4", WET),
    Parameter("wpg_onderzoek_vernietigen_jaren", 5, "Wpg 14 lid 1", INTERPRETATIE),
    Parameter("wpg_inzage_minuten", 60, "werkwijze van de gemeente", INTERPRETATIE),
    # Enforcement: the power of a boa, Halt (MAS route 2) and the proces-verbaal (route 4)
    Parameter("boa_akte_jaren", 5, "Besluit BOA", INTERPRETATIE),
    Parameter("boa_akte_herinnering_maanden", 4, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("boa_akte_aanvraag_maanden", 3, "Besluit BOA", INTERPRETATIE),
    Parameter("halt_leeftijd_van", 12, "Sr 77e, Sv 486", WET),
    Parameter("halt_leeftijd_tot_en_met", 17, "Sr 77e", WET),
    Parameter("halt_uren_vanaf", 9, "criteria van Halt", WET),
    Parameter("halt_te_laat_vanaf", 12, "criteria van Halt", WET),
    Parameter("halt_uren_hoogstens", 60, "criteria van Halt", WET),
    Parameter("halt_te_laat_hoogstens", 60, "criteria van Halt", WET),
    Parameter("halt_ouders_onder", 16, "criteria van Halt", WET),
    Parameter("halt_dagen_halfjaar", 10, "Besluit aanwijzing Halt-feiten 1 l", ONZEKER),
    Parameter("halt_dagen_achtereen", 7, "Besluit aanwijzing Halt-feiten 1 l", ONZEKER),
    Parameter("halt_werk_hoogstens", 20, "Sr 77e", WET),
    Parameter(
        "halt_werk_uren",
        ((10, 2), (20, 4), (30, 6), (40, 8), (50, 10), (60, 12)),
        "richtlijn over Halt van het OM 2015",
        ONZEKER,
    ),
    Parameter(
        "halt_werk_te_laat",
        ((20, 2), (40, 4), (60, 6)),
        "richtlijn over Halt van het OM 2015",
        ONZEKER,
    ),
    Parameter("strafbaar_vanaf", 12, "Sv 486", WET),
    Parameter("pv_na_verhoor_maanden", 1, "Aanwijzing schoolverzuim 2012", ONZEKER),
    Parameter("verzet_dagen", 14, "Sv 257e", ONZEKER),
    # Thuiszitters
    Parameter("thuiszitter_dagen", 28, "Thuiszitterspact 2016", WET),
    Parameter("thuiszitter_escalatie_maanden", (3, 6, 12), "Thuiszitterspact 2016", INTERPRETATIE),
    Parameter("thuiszitter_actietafel_werkdagen", 5, "werkwijze van de regio", INTERPRETATIE),
    Parameter("thuiszitter_herstel_dagen", 28, "werkwijze van de regio", INTERPRETATIE),
    Parameter("plicht_signaal_werkdagen", 5, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("plicht_terugkijken_weken", 52, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("thuiszitter_kwartaal_minimum", 5, "werkwijze van de regio", INTERPRETATIE),
    # Break-glass: how long it opens one closed dossier, and how soon somebody reviews it
    Parameter("noodtoegang_uren", 4, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("noodtoegang_beoordelen_werkdagen", 5, "werkwijze van de gemeente", INTERPRETATIE),
    # Vsv (by studiejaar of t0)
    Parameter("vsv_definitie", "A", "Regeling 2020-2025 bijlage 1", WET, tot=VSV_B),
    Parameter("vsv_definitie", "B", "Regeling 2026-2029 bijlage 1", WET, van=VSV_B),
    Parameter("vsv_a_leeftijdsgrens_t0", 22, "OCW 2012", WET),
    Parameter("vsv_b_leeftijdsgrens_t0", 27, "Regeling 2026-2029 bijlage 1", ONZEKER),
    Parameter("vsv_a_entree_uren", 12, "Ingrado", ONZEKER),
    Parameter("vsv_b_entree_uren", None, "Regeling 2026-2029 bijlage 1", ONZEKER),
    Parameter(
        "vsv_mbo_nbi_is_onderwijs",
        True,
        "Besluit register onderwijsdeelnemers 16",
        ONZEKER,
    ),
    Parameter("vsv_adresdatum", "t0", "DUO", ONZEKER),
    # Rights of persons, and how long data is kept
    Parameter("verzoek_avg_maanden", 1, "AVG 12 lid 3", WET),
    Parameter("verzoek_avg_verlenging_maanden", 2, "AVG 12 lid 3", WET),
    Parameter("verzoek_wpg_weken", 6, "Wpg 25 lid 1", WET),
    Parameter("leeftijd_eigen_brief", 16, "werkwijze van de gemeente", INTERPRETATIE),
    Parameter("leeftijd_meerderjarig", 18, "BW 1:233", WET),
    Parameter("leeftijd_eigen_verzoek", 16, "UAVG 5", WET),
    Parameter("bewaren_leerplicht_jaren", 19, "selectielijst gemeenten 2020, 12.1.3", WET),
    Parameter("bewaren_dsp_leeftijd", 23, "selectielijst 2020, 12.1.4", ONZEKER, tot=DUURZAAM_WERK),
    Parameter("bewaren_dsp_leeftijd", 27, "selectielijst 2020, 12.1.4", ONZEKER, van=DUURZAAM_WERK),
    Parameter("bewaren_dsp_jaren", 2, "selectielijst gemeenten 2020, 12.1.4", INTERPRETATIE),
    Parameter("datalek_melden_uren", 72, "AVG 33 lid 1, Wpg 33a", WET),
    Parameter("datalek_intern_uren", 24, "werkwijze van de gemeente", INTERPRETATIE),
)

NAMEN: Final = tuple(dict.fromkeys(parameter.naam for parameter in PARAMETERS))
_BY_NAAM: Final[Mapping[str, tuple[Parameter, ...]]] = {
    naam: tuple(p for p in PARAMETERS if p.naam == naam) for naam in NAMEN
}


def waarde(naam: str, op: date) -> Any:
    """The value in force on a day; LookupError when the register has none."""
    return waarden((naam,), op)[naam]


def waarden(namen: Iterable[str], op: date) -> dict[str, Any]:
    overrides = _overrides()
    return {naam: _find(naam, op, overrides.get(naam, ())) for naam in namen}


def change_days() -> frozenset[date]:
    """Days on which some parameter gets another value."""
    rows = (*PARAMETERS, *(row for own in _overrides().values() for row in own))
    return frozenset(day for row in rows for day in (row.van, row.tot) if day)


def _find(naam: str, op: date, overrides: tuple[Parameter, ...]) -> Any:
    for parameter in (*overrides, *_BY_NAAM.get(naam, ())):
        if parameter.holds_on(op):
            return parameter.waarde
    raise LookupError(f"Parameter {naam} heeft geen waarde op {op:%d-%m-%Y}.")


def _overrides() -> Mapping[str, tuple[Parameter, ...]]:
    from django.conf import settings

    given = getattr(settings, "LEERRECHT_REGELS", {}) if settings.configured else {}
    if unknown := set(given) - set(NAMEN):
        raise LookupError(f"LEERRECHT_REGELS kent geen {', '.join(sorted(unknown))}.")
    return {naam: tuple(_own(naam, value)) for naam, value in given.items()}


def _own(naam: str, value: Any) -> Iterable[Parameter]:
    """A list holds dated values (waarde, van, tot); anything else holds on every date."""
    rows = value if isinstance(value, list) else [(value, None, None)]
    for own, van, tot in rows:
        yield Parameter(naam, own, "eigen instelling", INTERPRETATIE, _date(van), _date(tot))


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
