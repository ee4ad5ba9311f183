"""Code lists of leerplicht; the values are those of the package."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Grond(TextChoices):
    """Ground of an exemption or vervangende leerplicht, as package and figures write it."""

    G3A = "3a", "Artikel 3a, vervangende leerplicht"
    G3B = "3b", "Artikel 3b, vervangende leerplicht laatste schooljaar"
    G5A = "5a", "Artikel 5 onder a, lichamelijke of psychische gronden"
    G5B = "5b", "Artikel 5 onder b, richtingbezwaren"
    G5C = "5c", "Artikel 5 onder c, school in het buitenland"
    G5A_TREKKEND = "5a_trekkend", "Artikel 5a, trekkend bestaan"
    G15 = "15", "Artikel 15, op andere wijze voldoende onderwijs"


class Besluit(TextChoices):
    VAN_RECHTSWEGE = "VAN_RECHTSWEGE", "Van rechtswege"
    VERLEEND = "VERLEEND", "Verleend"
    GEWEIGERD = "GEWEIGERD", "Geweigerd"
    ONGELDIG = "ONGELDIG", "Ongeldig beroep"
    INGETROKKEN = "INGETROKKEN", "Ingetrokken"
    IN_BEHANDELING = "IN_BEHANDELING", "In behandeling"


# Decisions by which an exemption holds.
GELDIG: frozenset[str] = frozenset({Besluit.VAN_RECHTSWEGE, Besluit.VERLEEND})


class Voorziening(TextChoices):
    KDC = "KDC", "Kinderdagcentrum"
    PO = "PO", "Primair onderwijs"
    VO = "VO", "Voortgezet onderwijs"
    MBO = "MBO", "Mbo"
    GEEN = "GEEN", "Geen voorziening"


class Verlofsoort(TextChoices):
    VAKANTIE_BEROEP = "VAKANTIE_BEROEP", "Vakantie door beroep van ouders (art. 11f)"
    GEWICHTIG = "GEWICHTIG", "Andere gewichtige omstandigheden (art. 11g)"
    RELIGIE = "RELIGIE", "Godsdienst of levensovertuiging (art. 11e)"
    OVERIG = "OVERIG", "Overig"


class Beslisser(TextChoices):
    SCHOOL = "SCHOOL", "Hoofd van de school"
    LEERPLICHT = "LEERPLICHT", "Leerplichtambtenaar"


class Verlofbesluit(TextChoices):
    TOEGEKEND = "TOEGEKEND", "Toegekend"
    AFGEWEZEN = "AFGEWEZEN", "Afgewezen"
    DEELS = "DEELS", "Deels toegekend"
    INGETROKKEN = "INGETROKKEN", "Ingetrokken"


class Omstandigheid(TextChoices):
    """Why leave is asked under art. 11 g; the kinds of the Beleidsregel of 2012."""

    VERHUIZING = "VERHUIZING", "Verhuizing"
    WETTELIJK = "WETTELIJK", "Wettelijke verplichting"
    HUWELIJK = "HUWELIJK", "Huwelijk van familie"
    ZIEKTE = "ZIEKTE", "Levensbedreigende ziekte van familie"
    OVERLIJDEN = "OVERLIJDEN", "Overlijden van familie"
    JUBILEUM = "JUBILEUM", "Jubileum"
    OVERIG = "OVERIG", "Andere gewichtige omstandigheid"
    GEEN = "GEEN", "Familiebezoek, goedkope tickets, wereldreis of sabbatical"


class Luxeoordeel(TextChoices):
    """What one decision on luxeverzuim says, for all children of the household."""

    GEOORLOOFD = "GEOORLOOFD", "Achteraf geoorloofd"
    NIET_VERWIJTBAAR = "NIET_VERWIJTBAAR", "Niet verwijtbaar"
    WAARSCHUWING = "WAARSCHUWING", "Waarschuwing"
    PV = "PV", "Proces-verbaal opmaken"


class Verloffase(TextChoices):
    """What was asked before the family went."""

    NIET_GEVRAAGD = "NIET_GEVRAAGD", "Geen verlof gevraagd"
    GEWEIGERD = "GEWEIGERD", "Verlof gevraagd en geweigerd"
    LANGER = "LANGER", "Langer weg dan toegestaan"
    TOEGEKEND = "TOEGEKEND", "Verlof was toegekend"
    ONBEKEND = "ONBEKEND", "Verlof nog niet nagegaan"


class Hoedanigheid(TextChoices):
    """Who may write the statement of art. 7."""

    ARTS = "ARTS", "Arts"
    PEDAGOOG = "PEDAGOOG", "Academisch pedagoog"
    PSYCHOLOOG = "PSYCHOLOOG", "Academisch psycholoog"


class RedenEinde(TextChoices):
    """Why an exemption ended."""

    SCHOOL = "SCHOOL", "Naar school"
    VERLOPEN = "VERLOPEN", "Verlopen"
    ACHTTIEN = "ACHTTIEN", "18 jaar geworden"
    STARTKWALIFICATIE = "STARTKWALIFICATIE", "Startkwalificatie behaald"
    VERHUISD = "VERHUISD", "Verhuisd of vertrokken"
    OVERLEDEN = "OVERLEDEN", "Overleden"


class Haltresultaat(TextChoices):
    POSITIEF = "POSITIEF", "Positief afgerond"
    NEGATIEF = "NEGATIEF", "Negatief afgerond"
    NIET_GESTART = "NIET_GESTART", "Niet gestart"
    TERUGGEZONDEN = "TERUGGEZONDEN", "Teruggezonden"
    ONBEKEND = "ONBEKEND", "Onbekend"


class Verdachte(TextChoices):
    JONGERE = "JONGERE", "Jongere"
    OUDER1 = "OUDER1", "Ouder 1"
    OUDER2 = "OUDER2", "Ouder 2"
    VERZORGER = "VERZORGER", "Verzorger"


class Afdoening(TextChoices):
    SEPOT = "SEPOT", "Sepot"
    WAARSCHUWING = "WAARSCHUWING", "Waarschuwing"
    BOETE = "BOETE", "Geldboete"
    TAAKSTRAF = "TAAKSTRAF", "Taakstraf"
    TOEZICHT = "TOEZICHT", "Toezicht"
    VOORWAARDELIJK = "VOORWAARDELIJK", "Voorwaardelijke straf"
    VRIJSPRAAK = "VRIJSPRAAK", "Vrijspraak"
    GEEN_OPLEGGING = "GEEN_OPLEGGING", "Schuldig zonder straf"
    OVERIG = "OVERIG", "Overig"
    ONBEKEND = "ONBEKEND", "Nog onbekend"


# The kind of absence by which a Halt referral or pv counts when its own is empty (`hvs`).
VERZUIMSOORT_VAN_MELDING: Mapping[str, str] = {
    **dict.fromkeys(
        ("V1", "V2", "V3", "V4", "RMC", "O", "TELAAT", "LRV", "ZORG", "ZIEK"),
        "RELATIEF",
    ),
    "ABSOLUUT": "ABSOLUUT",
    "L": "LUXE",
}


class Thuiszitbron(TextChoices):
    """Where the label comes from (`verzuim`: it is derived, no kind of melding)."""

    LRV = "LRV", "Langdurig relatief verzuim"
    ABSOLUUT = "ABSOLUUT", "Absoluut verzuim"
    HAND = "HAND", "Zelf vastgesteld"


class Thuiszitreden(TextChoices):
    MOTIVATIE = "motivatie", "Motivatie"
    TE_LAAT = "te_laat", "Te laat komen"
    PSYCHOSOCIAAL = "psychosociaal", "Psychosociaal"
    ZIEKTE = "ziekte", "Ziekte of lichamelijk"
    THUIS = "thuis", "Thuissituatie"
    CONFLICT = "conflict", "Conflict met school"
    GEDRAG = "gedrag", "Gedrag"
    MIDDELEN = "middelen", "Middelen"
    WACHT_PLAATS = "wacht_plaats", "Wacht op een plaats"
    WACHT_HULP = "wacht_hulp", "Wacht op hulp"
    WERK = "werk", "Werk"
    OVERIG = "overig", "Overig"


class Thuiszitresultaat(TextChoices):
    SCHOOL = "school", "Naar school"
    ARRANGEMENT = "arrangement", "Onderwijszorgarrangement"
    TRAJECT = "traject", "Schoolvervangend traject"
    AFWIJKING = "afwijking", "Afwijking onderwijstijd"
    VRIJSTELLING = "vrijstelling", "Vrijstelling"
    ZORG = "zorg", "Zorg of opname"
    VERHUISD = "verhuisd", "Verhuisd of vertrokken"
    EINDE_PLICHT = "einde_plicht", "Einde van de plicht"
    ONTERECHT = "onterecht", "Geen thuiszitter"


class Plaatssoort(TextChoices):
    ISK = "ISK", "Internationale schakelklas"
    SO = "SO", "Speciaal onderwijs"
    VSO = "VSO", "Voortgezet speciaal onderwijs"
    REGULIER = "REGULIER", "Regulier onderwijs"
    OZA = "OZA", "Onderwijszorgplek"
    ZORG = "ZORG", "Dagbehandeling of zorg"


class Schoolgroep(TextChoices):
    """Kinds of school as a verzuimkaart has them; empty is every kind."""

    PO = "PO", "Basisonderwijs en speciaal onderwijs"
    VO = "VO", "Voortgezet onderwijs"
    MBO = "MBO", "Mbo en vavo"


class Leeftijdsgroep(TextChoices):
    TOT12 = "TOT12", "Jonger dan 12 jaar"
    VAN12 = "VAN12", "12 tot en met 17 jaar"
    VAN18 = "VAN18", "18 jaar en ouder"


class Eenheid(TextChoices):
    UREN = "UREN", "Uren verzuim"
    KEREN = "KEREN", "Keren te laat"


class Verzuimperiode(TextChoices):
    LESWEKEN = "LESWEKEN", "4 lesweken"
    SCHOOLJAAR = "SCHOOLJAAR", "Dit schooljaar"


class Groepsactiesoort(TextChoices):
    LES = "LES", "Les of gastles"
    VOORLICHTING = "VOORLICHTING", "Voorlichting aan ouders"
    ZORGTEAM = "ZORGTEAM", "Zorgteam"
    CONTROLE = "CONTROLE", "Controle op school of op straat"
    OVERIG = "OVERIG", "Overig"


class Noshowresultaat(TextChoices):
    OP_SCHOOL = "OP_SCHOOL", "Toch op school"
    ANDERE_SCHOOL = "ANDERE_SCHOOL", "Naar een andere school"
    VERHUISD = "VERHUISD", "Verhuisd of vertrokken"
    WERK = "WERK", "Aan het werk"
    MELDING = "MELDING", "School meldt verzuim"
    HULP = "HULP", "Hulp of overdracht"
    NIET_BEREIKT = "NIET_BEREIKT", "Niet bereikt"
    OVERIG = "OVERIG", "Overig"


class Overleggrond(TextChoices):
    """On what the organisations agreed to share data."""

    WET = "WET", "Wettelijke taak (Leerplichtwet, Jeugdwet)"
    CONVENANT = "CONVENANT", "Convenant of samenwerkingsafspraak"
    VEILIGHEID = "VEILIGHEID", "Vitaal belang of veiligheid"
    AKKOORD = "AKKOORD", "Afgesproken met gezin en jongere"


class Zorgsoort(TextChoices):
    WIJKTEAM = "WIJKTEAM", "Zorgmelding bij het wijkteam"
    VERWIJSINDEX = "VERWIJSINDEX", "Signaal in de verwijsindex"
