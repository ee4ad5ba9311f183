"""Dutch names for what the figures only know by code: indicators, units, breakdowns, codes."""

from collections.abc import Mapping

from django.db.models import TextChoices

from casework import codes as c

# What one counted thing is called, and many.
TELT: Mapping[str, tuple[str, str]] = {
    "J": ("jongere", "jongeren"),
    "M": ("melding", "meldingen"),
    "W": ("werkproces", "werkprocessen"),
    "G": ("gezin", "gezinnen"),
    "V": ("vrijstelling", "vrijstellingen"),
    "Z": ("maatregel", "maatregelen"),
    "T": ("traject", "trajecten"),
    "B": ("contact", "contacten"),
}

DIMENSIES: Mapping[str, str] = {
    "vs": "Soort verzuim",
    "hvs": "Soort verzuim",
    "res": "Resultaat",
    "os": "Onderwijssoort",
    "grd": "Artikel",
    "rdn": "Reden",
    "herkomst": "Herkomst",
    "nieuw": "Eerste aanvraag",
    "soort": "Soort werkproces",
    "voorziening": "Voorziening",
    "leerweg": "Leerweg",
    "onderwijssoort": "Onderwijssoort",
    "niveau": "Niveau",
    "intensiteit": "Intensiteit",
    "fase": "Fase",
    "uit": "Uitkomst",
    "lft": "Leeftijd",
    "geb": "Begeleiding",
    "sector": "Onderwijs",
    "gebied": "Gebied",
    "jaar": "Schooljaar",
}

_OS = {
    "bo_sbo": "Basisonderwijs en sbo",
    "so": "Speciaal onderwijs (so)",
    "vso": "Voortgezet speciaal onderwijs (vso)",
    "pro": "Praktijkonderwijs",
    "onderbouw_vo": "Onderbouw vo",
    "vmbo": "Vmbo",
    "havo": "Havo",
    "vwo": "Vwo",
    "vavo": "Vavo",
    "isk": "Internationale schakelklas",
    "mbo1": "Mbo niveau 1",
    "mbo2": "Mbo niveau 2",
    "mbo3": "Mbo niveau 3",
    "mbo4": "Mbo niveau 4",
    "ho": "Hoger onderwijs",
    "buitenland": "Onderwijs in het buitenland",
    "overig": "Overig onderwijs",
    "geen": "Geen onderwijs",
}

_UIT = {
    "ond_gebleven": "In het onderwijs gebleven",
    "ond_gestart": "Met een opleiding gestart",
    "ond_aangemeld": "Aangemeld voor een opleiding",
    "startkw_of_ho": "Startkwalificatie of hoger onderwijs",
    "werk": "Werk",
    "werk_en_of_studie_zelf": "Zelf werk of studie gevonden",
    "werk_leren_combi": "Werken en leren",
    "werkzoekend": "Werkzoekend",
    "traject_dsp": "Nog in begeleiding bij het Doorstroompunt",
    "traject_reintegratie": "Re-integratie",
    "traject_arbeidsbeperkt": "Traject bij een arbeidsbeperking",
    "inburgering": "Inburgering",
    "hulpverlening": "Hulpverlening",
    "uitkering_pw": "Uitkering Participatiewet",
    "dagbesteding": "Dagbesteding",
    "max_niveau": "Hoogst haalbare niveau bereikt",
    "zelfstandig_wonen": "Woont zelfstandig",
    "niet_passend": "Begeleid wonen past niet",
    "baan_verloren": "Baan verloren",
    "geen_motivatie": "Geen motivatie",
    "geweigerd": "Wil geen begeleiding",
    "geen_verdere_vraag": "Geen verdere vraag",
    "uitgeschreven": "Uitgeschreven bij de opleiding",
    "verhuisd": "Verhuisd",
    "buitenland": "Naar het buitenland",
    "leeftijdsgrens": "Leeftijdsgrens bereikt",
    "onbekend": "Onbekend",
}


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


CODES: Mapping[str, Mapping[str, str]] = {
    "vs": {
        "absoluut": "Absoluut verzuim",
        "wettelijk": "Wettelijk verzuim (16 uur in 4 weken)",
        "licht": "Licht verzuim (onder 16 uur)",
        "langdurig": "Langdurig verzuim (thuiszitters)",
        "luxe": "Luxeverzuim",
        "zorg": "Zorg- en ziektemeldingen",
        "wettelijk_18plus": "Wettelijk verzuim, 18 jaar en ouder",
        "vier_weken_18plus": "Vier weken aaneen, 18 jaar en ouder",
        "overig_18plus": "Overig verzuim, 18 jaar en ouder",
    },
    "hvs": {
        "relatief": "Relatief verzuim",
        "absoluut": "Absoluut verzuim",
        "luxe": "Luxeverzuim",
    },
    "res": _labels(c.Resultaat),
    "os": _OS,
    "grd": {
        "3a": "Artikel 3a: aangepast programma op school",
        "3b": "Artikel 3b: laatste jaar met praktijktijd",
        "5a": "Artikel 5 onder a: lichamelijk of psychisch niet geschikt",
        "5b": "Artikel 5 onder b: bezwaar tegen de richting van scholen",
        "5c": "Artikel 5 onder c: school in het buitenland",
        "5a_trekkend": "Artikel 5a: trekkend bestaan",
        "15": "Artikel 15: ander onderwijs",
    },
    "rdn": {**_labels(c.Reden), "NIET_HAALBAAR": "Opleiding niet haalbaar"},
    "herkomst": {**_labels(c.Herkomst), "geen": "Geen bijzondere herkomst"},
    "nieuw": {"J": "Eerste aanvraag", "N": "Vervolgaanvraag"},
    "soort": _labels(c.Werkprocessoort),
    "voorziening": {
        "KDC": "Kinderdagcentrum",
        "PO": "Primair onderwijs",
        "VO": "Voortgezet onderwijs",
        "MBO": "Mbo",
        "GEEN": "Geen voorziening",
    },
    "leerweg": _labels(c.Leerweg),
    "onderwijssoort": {
        **_labels(c.Onderwijssoort),
        "totaal": "Totaal",
        "vo": "Voortgezet onderwijs",
        "mbo": "Mbo",
        "vavo": "Vavo",
    },
    "niveau": {str(n): f"Mbo niveau {n}" for n in range(1, 5)},
    "intensiteit": {"INTENSIEF": "Intensief", "ADVIES": "Meedenken en advies"},
    "fase": {
        "INTAKE": "Intake",
        "JOBHUNTING": "Jobhunting",
        "JOBCOACHING": "Jobcoaching",
        "NAZORG": "Nazorg",
        "OVERIG": "Overig",
    },
    "uit": _UIT,
    "geb": {"begeleid": "Begeleid", "niet_begeleid": "Niet begeleid"},
    "sector": {"vo": "Voortgezet onderwijs", "mbo": "Mbo", "vavo": "Vavo"},
}

INDICATOREN: Mapping[str, str] = {
    "pop_leer_kwalificatieplichtigen": "Leerplichtige en kwalificatieplichtige jongeren",
    "pop_5_18": "Jongeren van 5 tot 18 jaar",
    "pop_5_18_ingeschreven": "Jongeren van 5 tot 18 jaar op een school",
    "pop_5_18_ingeschreven_pct": "Deel van de jongeren van 5 tot 18 jaar op een school",
    "pop_ingeschreven_naar_soort": "Ingeschreven jongeren naar soort onderwijs",
    "lp_meldingen": "Meldingen leerplicht",
    "lp_meldingen_jongeren": "Jongeren met een melding leerplicht",
    "verzuim_jongeren": "Jongeren met verzuim",
    "verzuim_relatief_jongeren": "Jongeren met relatief verzuim",
    "verzuim_meldingen": "Verzuimmeldingen, leerplicht en Doorstroompunt",
    "verzuim_pct": "Verzuim ten opzichte van de leer- en kwalificatieplichtigen",
    "lp_betrokkenheid": "Jongeren met wie leerplicht bezig was",
    "lp_betrokkenheid_pct": "Betrokkenheid van leerplicht",
    "lp_wettelijk_herhaald": "Herhaald wettelijk verzuim",
    "lp_spijbel": "Spijbelmeldingen (licht en wettelijk verzuim)",
    "lp_spijbel_jongeren": "Jongeren die spijbelden",
    "lp_spijbel_eenmalig": "Jongeren met precies één spijbelmelding",
    "lp_spijbel_eenmalig_pct": "Deel van de spijbelaars met één melding",
    "lp_spijbel_herhaald": "Herhaalde spijbelmeldingen",
    "lp_luxe_gezinnen": "Gezinnen met luxeverzuim",
    "lp_zorg_reden": "Zorg- en ziektemeldingen naar reden",
    "lp_afhandeling": "Meldingen naar resultaat",
    "lp_incidenten": "Preventieve contacten",
    "lp_bas_gesprekken": "Preventieve gesprekken op het spreekuur",
    "hv_pv": "Processen-verbaal",
    "hv_pv_onderwijs": "Processen-verbaal naar soort onderwijs",
    "hv_pv_luxe_gezinnen": "Gezinnen met een proces-verbaal voor luxeverzuim",
    "hv_halt": "Haltverwijzingen",
    "hv_totaal": "Processen-verbaal en Haltverwijzingen",
    "abs_meldingen": "Meldingen absoluut verzuim",
    "abs_jongeren": "Jongeren met absoluut verzuim",
    "abs_onderzoek": "Onderzoeken naar de inschrijving",
    "abs_uitstroom": "Afloop van absoluut verzuim",
    "thz_langdurig": "Thuiszitters (langdurig relatief verzuim)",
    "thz_langdurig_pct": "Thuiszitters ten opzichte van de leer- en kwalificatieplichtigen",
    "thz_totaal": "Thuiszitters met en zonder school",
    "thz_afhandeling": "Thuiszitters naar resultaat",
    "vst_aanvragen": "Aanvragen vrijstelling",
    "vst_verleend": "Verleende vrijstellingen",
    "vst_lopend": "Lopende vrijstellingen",
    "vst_5a_tot_einde": "Vrijstellingen 5 onder a tot het einde van de leerplicht",
    "vst_5a_terug": "Van vrijstelling 5 onder a terug naar school",
    "wp_gestart": "Gestarte werkprocessen",
    "wp_afgesloten": "Afgesloten werkprocessen",
    "wp_op_school": "Werkprocessen van jongeren op school",
    "wp_niet_op_school": "Werkprocessen van jongeren zonder school",
    "dsp_verzuim_meldingen": "Meldingen verzuim 18 jaar en ouder",
    "dsp_verzuim_jongeren": "Jongeren met verzuim, 18 jaar en ouder",
    "dsp_prev_resultaat": "Meldingen 18 jaar en ouder naar uitkomst",
    "dsp_prev_resultaat_jongeren": "Jongeren met verzuim 18+ naar uitkomst",
    "dsp_prev_contact": "Jongeren met verzuim 18+ met wie contact was",
    "dsp_zorg_jongeren": "Jongeren met een zorgtraject 18+",
    "vsv_gem_gestopt": "Gestopt met de opleiding",
    "vsv_gem_teruggeleid": "Teruggegaan naar een opleiding",
    "vsv_gem_nieuw": "Nieuwe voortijdig schoolverlaters (eigen registratie)",
    "vsv_gem_begeleidingsaanbod": "Gestopte jongeren naar begeleiding",
    "vsv_gem_reden": "Reden van stoppen",
    "vsv_gem_onderwijs_leeftijd": "Gestopte jongeren naar onderwijs en leeftijd",
    "vsv_gem_uitstroom": "Uitkomst van de begeleiding",
    "vsv_gem_oud_benaderd": "Benaderde schoolverlaters van eerdere jaren",
    "vsv_gem_oud_begeleid": "Begeleide schoolverlaters van eerdere jaren",
    "vsv_gem_benaderd": "Benaderde voortijdig schoolverlaters",
    "vsv_gem_benaderd_resultaat": "Benaderde schoolverlaters naar uitkomst",
    "kwb_uitstroom": "Kwetsbare jongeren naar uitkomst",
    "hb_bezoeken": "Huisbezoeken door het jongerenwerk",
    "hb_resultaat": "Huisbezoeken naar uitkomst",
    "ovc_jongeren": "Jongeren met een overstapcoach",
    "jh_fase": "Jobhunter: begonnen fasen",
    "bwj_resultaat": "Begeleid wonen naar uitkomst",
    "jm_jongeren": "Jonge moeders",
    "det_gemeld": "Jongeren terug uit detentie",
    "vsv_duo_nieuw": "Nieuwe voortijdig schoolverlaters (DUO)",
    "vsv_duo_startpopulatie": "Jongeren in de startpopulatie (DUO)",
    "vsv_duo_pct": "Percentage voortijdig schoolverlaters (DUO)",
    "vsv_duo_niet_terug_pct": "Na een jaar zonder school en zonder werk (DUO)",
    "vsv_raming_startpopulatie": "Startpopulatie (raming)",
    "vsv_raming_nieuw": "Nieuwe voortijdig schoolverlaters (raming)",
    "vsv_raming_pct": "Percentage voortijdig schoolverlaters (raming)",
}


def indicator_naam(indicator: str) -> str:
    return INDICATOREN.get(indicator, indicator)


def code_naam(dim: str, code: str) -> str:
    if dim == "lft":
        return f"{code} jaar"
    if code == "onbekend":
        return "Onbekend"
    return CODES.get(dim, {}).get(code, code)


def telt_naam(telt: str, aantal: int = 2) -> str:
    return TELT[telt][0 if aantal == 1 else 1]


def code_order(dim: str, code: str) -> tuple[int, str]:
    """Codes in the order of the law and the lists, ages by number, unknown ones last."""
    if dim == "lft" and code.isdigit():
        return int(code), code
    known = list(CODES.get(dim, {}))
    return (known.index(code), code) if code in known else (len(known), code)
