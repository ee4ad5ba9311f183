"""Code lists shared by all tasks; the values are those of the package (docs/pakket)."""

from django.db.models import TextChoices


class Geslacht(TextChoices):
    MAN = "M", "Man"
    VROUW = "V", "Vrouw"
    ANDERS = "O", "Onbekend of anders"
    ONBEKEND = "?", "Niet ingevuld"


class Herkomst(TextChoices):
    OEKRAINE = "OEKRAINE", "Oekraïne"
    STATUSHOUDER = "STATUSHOUDER", "Statushouder"
    ASIEL = "ASIEL", "Asielzoeker"
    OVERIG_BUITENLAND = "OVERIG_BUITENLAND", "Overig buitenland"


class Relatiesoort(TextChoices):
    OUDER = "OUDER", "Ouder"
    VOOGD = "VOOGD", "Voogd"
    VERZORGER = "VERZORGER", "Verzorger"
    INSTELLING = "INSTELLING", "Instelling"
    PARTNER_VAN_OUDER = "PARTNER_VAN_OUDER", "Partner van ouder"
    OVERIG = "OVERIG", "Overig"


class Gezag(TextChoices):
    JA = "J", "Heeft gezag"
    NEE = "N", "Heeft geen gezag"
    ONBEKEND = "ONBEKEND", "Gezag onbekend"


class Gegevensbron(TextChoices):
    BRP = "BRP", "BRP"
    EIGEN = "EIGEN", "Eigen invoer"
    DUO = "DUO", "DUO"


class Adressoort(TextChoices):
    WOON = "WOON", "Woonadres"
    BRIEF = "BRIEF", "Briefadres"
    FEITELIJK = "FEITELIJK", "Feitelijk verblijf"
    TIJDELIJK = "TIJDELIJK", "Tijdelijk verblijf"
    BUITENLAND = "BUITENLAND", "Adres in het buitenland"


class Onderwijssoort(TextChoices):
    BO = "BO", "Basisonderwijs"
    SBO = "SBO", "Speciaal basisonderwijs"
    SO = "SO", "Speciaal onderwijs"
    VSO = "VSO", "Voortgezet speciaal onderwijs"
    PRO = "PRO", "Praktijkonderwijs"
    VMBO_B = "VMBO_B", "Vmbo basis"
    VMBO_K = "VMBO_K", "Vmbo kader"
    VMBO_GT = "VMBO_GT", "Vmbo gemengd/theoretisch"
    HAVO = "HAVO", "Havo"
    VWO = "VWO", "Vwo"
    BRUGJAAR = "BRUGJAAR", "Brugjaar"
    ISK = "ISK", "Internationale schakelklas"
    VAVO = "VAVO", "Vavo"
    MBO1 = "MBO1", "Mbo niveau 1 (entree)"
    MBO2 = "MBO2", "Mbo niveau 2"
    MBO3 = "MBO3", "Mbo niveau 3"
    MBO4 = "MBO4", "Mbo niveau 4"
    HO = "HO", "Hoger onderwijs"
    EDUCATIE = "EDUCATIE", "Educatie"
    PARTICULIER = "PARTICULIER", "Particulier onderwijs"
    OVERIG = "OVERIG", "Overig onderwijs"
    BUITENLAND = "BUITENLAND", "Onderwijs in het buitenland"


class Uitstroomprofiel(TextChoices):
    VERVOLG = "VERVOLG", "Vervolgonderwijs"
    ARBEID = "ARBEID", "Arbeidsmarkt"
    DAGBESTEDING = "DAGBESTEDING", "Dagbesteding"


class Leerweg(TextChoices):
    BOL = "BOL", "Bol"
    BBL = "BBL", "Bbl"
    EX = "EX", "Extraneus"


class Diplomasoort(TextChoices):
    DIPLOMA = "DIPLOMA", "Diploma"
    CERTIFICAAT = "CERTIFICAAT", "Certificaat"
    GETUIGSCHRIFT = "GETUIGSCHRIFT", "Getuigschrift"
    VERKLARING = "VERKLARING", "Verklaring"


class Kanaal(TextChoices):
    """How a melding came in."""

    DUO = "DUO", "Verzuimloket DUO"
    SCHOOL_DIRECT = "SCHOOL_DIRECT", "School, rechtstreeks"
    OUDER = "OUDER", "Ouder"
    POLITIE = "POLITIE", "Politie"
    EIGEN = "EIGEN", "Eigen waarneming"
    REGISTER = "REGISTER", "Vergelijking van registers"


class Meldingsoort(TextChoices):
    V1 = "V1", "16 uur in 4 weken (oude code V1)"
    V2 = "V2", "16 uur in 4 weken (oude code V2)"
    V3 = "V3", "16 uur in 4 lesweken"
    V4 = "V4", "16 uur in 4 lesweken, 18 jaar of ouder"
    RMC = "RMC", "4 weken aaneengesloten, 18 jaar of ouder"
    L = "L", "Luxeverzuim"
    LRV = "LRV", "Langdurig relatief verzuim"
    O = "O", "Overig verzuim"  # the code of DUO itself
    ABSOLUUT = "ABSOLUUT", "Absoluut verzuim"
    ZORG = "ZORG", "Zorgmelding"
    TELAAT = "TELAAT", "Te laat komen"
    ZIEK = "ZIEK", "Ziekteverzuim"


class DuoStatus(TextChoices):
    """Status in DUO's verzuimregister; LOKAAL never went through it."""

    R = "R", "Geregistreerd"
    B = "B", "In behandeling"
    G = "G", "Afgesloten"
    I = "I", "Ingetrokken"  # the code of DUO itself
    K = "K", "Ter kennisgeving aangenomen"
    D = "D", "Overgedragen (tot 2020)"
    LOKAAL = "LOKAAL", "Niet via DUO"


class Reden(TextChoices):
    MOTIVATIE = "MOTIVATIE", "Motivatie"
    TE_LAAT = "TE_LAAT", "Te laat komen"
    PSYCHOSOCIAAL = "PSYCHOSOCIAAL", "Psychosociaal"
    ZIEKTE = "ZIEKTE", "Ziekte of lichamelijk"
    THUIS = "THUIS", "Thuissituatie"
    SCHOOLCONFLICT = "SCHOOLCONFLICT", "Conflict met school"
    GEDRAG = "GEDRAG", "Gedrag"
    MIDDELEN = "MIDDELEN", "Middelengebruik"
    WACHT_PLAATS = "WACHT_PLAATS", "Wacht op een plaats"
    WACHT_HULP = "WACHT_HULP", "Wacht op hulp"
    WERK = "WERK", "Werk"
    STUDIEKEUZE = "STUDIEKEUZE", "Verkeerde studiekeuze"
    WOONSITUATIE = "WOONSITUATIE", "Woonsituatie"
    OVERIG = "OVERIG", "Overig"


class Resultaat(TextChoices):
    """Result of handling (`res`); the last one is stored but counts in nothing."""

    NAAR_SCHOOL = "naar_school", "Naar school, verzuim gestopt"
    ANDERE_SCHOOL = "andere_school", "Naar een andere school"
    SVT = "svt", "Schoolvervangend traject"
    OZA = "oza", "Onderwijszorgarrangement"
    NIET_VERWIJTBAAR = "niet_verwijtbaar", "Niet verwijtbaar"
    GEOORLOOFD = "geoorloofd", "Achteraf geoorloofd"
    WAARSCHUWING = "waarschuwing", "Waarschuwing"
    HALT = "halt", "Haltverwijzing"
    PV = "pv", "Proces-verbaal"
    ALSNOG_ONGEOORLOOFD = "alsnog_ongeoorloofd", "Alsnog ongeoorloofd"
    THUISZITTER = "thuiszitter", "Thuiszitter geworden"
    HULPVERLENING = "hulpverlening", "Hulpverlening of opname"
    NIET_ZORGELIJK = "niet_zorgelijk", "Niet langer zorgelijk"
    NIET_OPGELOST = "niet_opgelost", "Niet opgelost"
    VRIJSTELLING = "vrijstelling", "Vrijstelling"
    VERHUISD = "verhuisd", "Verhuisd of vertrokken"
    TER_KENNISNAME = "ter_kennisname", "Ter kennisname"
    DOORSTROOMPUNT = "doorstroompunt", "Overgedragen aan het Doorstroompunt"
    OPEN = "open", "Nog open"
    GEEN_VERZUIM = "geen_verzuim", "Geen verzuim, onterecht gemeld"


class Werkprocessoort(TextChoices):
    RELATIEF = "RELATIEF", "Relatief verzuim"
    ABSOLUUT = "ABSOLUUT", "Absoluut verzuim"
    LUXE = "LUXE", "Luxeverzuim"
    TELAAT = "TELAAT", "Te laat komen"
    ZORG = "ZORG", "Zorg"
    THUISZITTER = "THUISZITTER", "Thuiszitter"
    VRIJSTELLING = "VRIJSTELLING", "Vrijstelling"
    VERV_LEERPLICHT = "VERV_LEERPLICHT", "Vervangende leerplicht"
    VERLOF = "VERLOF", "Verlof"
    PREVENTIEF = "PREVENTIEF", "Preventief"
    VERZUIM_18PLUS = "VERZUIM_18PLUS", "Verzuim 18 jaar of ouder"
    OVERIG = "OVERIG", "Overig"


class Route(TextChoices):
    """The four routes of the MAS."""

    HULP = "1", "Vrijwillige hulp"
    HALT = "2", "Halt"
    VERPLICHT = "3", "Hulp in verplicht kader"
    STRAFRECHT = "4", "Strafrecht"


class Processtatus(TextChoices):
    OPEN = "OPEN", "Open"
    GESLOTEN = "GESLOTEN", "Gesloten"
    HEROPEND = "HEROPEND", "Heropend"


class Stapsoort(TextChoices):
    ONTVANGST = "ONTVANGST", "Ontvangst"
    BEOORDELING = "BEOORDELING", "Beoordeling"
    UITNODIGING = "UITNODIGING", "Uitnodiging"
    GESPREK = "GESPREK", "Gesprek"
    HUISBEZOEK = "HUISBEZOEK", "Huisbezoek"
    OVERLEG = "OVERLEG", "Overleg"
    WAARSCHUWING = "WAARSCHUWING", "Waarschuwing"
    HALT = "HALT", "Halt"
    PV = "PV", "Proces-verbaal"
    ZORGMELDING = "ZORGMELDING", "Zorgmelding"
    DOORVERWIJZING = "DOORVERWIJZING", "Doorverwijzing"
    BRIEF = "BRIEF", "Brief"
    AFSLUITING = "AFSLUITING", "Afsluiting"
    OVERIG = "OVERIG", "Overig"


class Regime(TextChoices):
    AVG = "AVG", "AVG"
    WPG = "WPG", "Wpg (politiegegevens)"


class Contactkanaal(TextChoices):
    TELEFOON = "TELEFOON", "Telefoon"
    MAIL = "MAIL", "E-mail"
    BRIEF = "BRIEF", "Brief"
    APP = "APP", "App"
    GESPREK = "GESPREK", "Gesprek"
    HUISBEZOEK = "HUISBEZOEK", "Huisbezoek"
    SPREEKUUR = "SPREEKUUR", "Spreekuur"
    OVERLEG = "OVERLEG", "Overleg"
    BALIE = "BALIE", "Balie"


class ContactMet(TextChoices):
    JONGERE = "JONGERE", "Jongere"
    OUDER = "OUDER", "Ouder"
    SCHOOL = "SCHOOL", "School"
    PARTNER = "PARTNER", "Ketenpartner"


class Gesprekspartner(TextChoices):
    """Who an appointment is with, so that its outcome counts for that person."""

    JONGERE = "jongere", "Jongere"
    OUDERS = "ouders", "Ouders"
    BEIDEN = "beiden", "Jongere en ouders"
    SCHOOL = "school", "School"


class Richting(TextChoices):
    IN = "IN", "Inkomend"
    UIT = "UIT", "Uitgaand"


class Documentsoort(TextChoices):
    BRIEF = "BRIEF", "Brief"
    VERSLAG = "VERSLAG", "Verslag"
    BESLUIT = "BESLUIT", "Besluit"
    VERKLARING = "VERKLARING", "Verklaring"
    PV = "PV", "Proces-verbaal"
    MAIL = "MAIL", "E-mail"
    FOTO = "FOTO", "Foto"
    OVERIG = "OVERIG", "Overig"


class Verzuimsoort(TextChoices):
    """Kind of absence behind a Halt referral or proces-verbaal."""

    RELATIEF = "RELATIEF", "Relatief verzuim"
    ABSOLUUT = "ABSOLUUT", "Absoluut verzuim"
    LUXE = "LUXE", "Luxeverzuim"


class Vakantieregio(TextChoices):
    NOORD = "noord", "Noord"
    MIDDEN = "midden", "Midden"
    ZUID = "zuid", "Zuid"


class Datumprecisie(TextChoices):
    DAG = "D", "Hele datum bekend"
    MAAND = "M", "Alleen jaar en maand bekend"
    JAAR = "J", "Alleen jaar bekend"
