"""Code lists of the Doorstroompunt; the values are those of the package."""

from django.db.models import TextChoices

from casework.codes import Reden


class Trajectsoort(TextChoices):
    VSV = "VSV", "Voortijdig schoolverlater"
    VERZUIM_18PLUS = "VERZUIM_18PLUS", "Verzuim 18 jaar of ouder"
    ZORG_18PLUS = "ZORG_18PLUS", "Zorgmelding 18 jaar of ouder"
    KWETSBAAR = "KWETSBAAR", "Jongere in een kwetsbare positie"
    NAZORG_23_27 = "NAZORG_23_27", "Nazorg 23 tot 27 jaar"
    OVERSTAPCOACH = "OVERSTAPCOACH", "Overstapcoach"
    JOBHUNTER = "JOBHUNTER", "Jobhunter"
    BWJ = "BWJ", "Begeleid wonen jongeren"
    JONGE_MOEDER = "JONGE_MOEDER", "Jonge moeder"
    DETENTIE = "DETENTIE", "Nazorg na detentie"
    PRAKTIJKLEREN = "PRAKTIJKLEREN", "Praktijkleren"
    TOEKOMSTGESPREK = "TOEKOMSTGESPREK", "Toekomstgesprek"
    OVERIG = "OVERIG", "Overig"


class Bronmelding(TextChoices):
    DUO_A04 = "DUO_A04", "DUO, verzuimmelding"
    P_LEVERING = "P_LEVERING", "DUO, P-levering"
    IB = "IB", "Inlichtingenbureau"
    SCHOOL = "SCHOOL", "School"
    LEERPLICHT = "LEERPLICHT", "Leerplicht"
    ZELF = "ZELF", "Jongere of ouder zelf"
    PARTNER = "PARTNER", "Ketenpartner"
    MONITOR = "MONITOR", "Monitor"


class Intensiteit(TextChoices):
    INTENSIEF = "INTENSIEF", "Intensief"
    ADVIES = "ADVIES", "Advies"


class Trajectstatus(TextChoices):
    OPEN = "OPEN", "Open"
    GESLOTEN = "GESLOTEN", "Gesloten"


class Fase(TextChoices):
    INTAKE = "INTAKE", "Intake"
    JOBHUNTING = "JOBHUNTING", "Jobhunting"
    JOBCOACHING = "JOBCOACHING", "Jobcoaching"
    NAZORG = "NAZORG", "Nazorg"
    OVERIG = "OVERIG", "Overig"


class Pogingkanaal(TextChoices):
    TELEFOON = "TELEFOON", "Telefoon"
    APP = "APP", "App"
    MAIL = "MAIL", "E-mail"
    BRIEF = "BRIEF", "Brief"
    HUISBEZOEK = "HUISBEZOEK", "Huisbezoek"
    SCHOOL = "SCHOOL", "Op school"
    VIA_OUDER = "VIA_OUDER", "Via een ouder"
    VIA_PARTNER = "VIA_PARTNER", "Via een ketenpartner"


class Pogingresultaat(TextChoices):
    GEEN_REACTIE = "GEEN_REACTIE", "Geen reactie"
    BERICHT_ACHTERGELATEN = "BERICHT_ACHTERGELATEN", "Bericht achtergelaten"
    GESPROKEN_JONGERE = "GESPROKEN_JONGERE", "Jongere gesproken"
    GESPROKEN_OUDER = "GESPROKEN_OUDER", "Ouder gesproken"
    WEIGERT = "WEIGERT", "Wil geen contact"
    ADRES_ONJUIST = "ADRES_ONJUIST", "Adres klopt niet"
    AFSPRAAK = "AFSPRAAK", "Afspraak gemaakt"


# Results that are a real contact (counted by dsp_prev_contact).
CONTACT: frozenset[str] = frozenset(
    {
        Pogingresultaat.GESPROKEN_JONGERE,
        Pogingresultaat.GESPROKEN_OUDER,
        Pogingresultaat.AFSPRAAK,
    }
)


class Leefgebied(TextChoices):
    ONDERWIJS = "ONDERWIJS", "Onderwijs"
    WERK = "WERK", "Werk"
    WONEN = "WONEN", "Wonen"
    FINANCIEN = "FINANCIEN", "Financiën"
    ZORG = "ZORG", "Zorg"
    VRIJE_TIJD = "VRIJE_TIJD", "Vrije tijd"
    THUIS = "THUIS", "Thuissituatie"
    BURGERSCHAP = "BURGERSCHAP", "Burgerschap"


class Doelstatus(TextChoices):
    OPEN = "OPEN", "Open"
    BEZIG = "BEZIG", "Bezig"
    BEHAALD = "BEHAALD", "Behaald"
    VERVALLEN = "VERVALLEN", "Vervallen"


class Uitstroom(TextChoices):
    """Outflow (`uit`): what became of the youth."""

    OND_GESTART = "ond_gestart", "Met een opleiding gestart"
    OND_AANGEMELD = "ond_aangemeld", "Aangemeld voor een opleiding"
    OND_GEBLEVEN = "ond_gebleven", "In het onderwijs gebleven"
    STARTKW_OF_HO = "startkw_of_ho", "Startkwalificatie of hoger onderwijs"
    WERK = "werk", "Aan het werk"
    WERK_EN_OF_STUDIE_ZELF = "werk_en_of_studie_zelf", "Zelf werk of studie gevonden"
    WERKZOEKEND = "werkzoekend", "Nog werkzoekend"
    TRAJECT_DSP = "traject_dsp", "Nog in traject bij het Doorstroompunt"
    TRAJECT_REINTEGRATIE = "traject_reintegratie", "Re-integratietraject"
    TRAJECT_ARBEIDSBEPERKT = "traject_arbeidsbeperkt", "Traject arbeidsbeperkt"
    INBURGERING = "inburgering", "Inburgering"
    HULPVERLENING = "hulpverlening", "Hulpverlening"
    UITKERING_PW = "uitkering_pw", "Uitkering Participatiewet"
    MAX_NIVEAU = "max_niveau", "Hoogst haalbare niveau bereikt"
    DAGBESTEDING = "dagbesteding", "Dagbesteding"
    WERK_LEREN_COMBI = "werk_leren_combi", "Combinatie van school en werk"
    GEEN_MOTIVATIE = "geen_motivatie", "Geen motivatie"
    GEWEIGERD = "geweigerd", "Aanbod geweigerd"
    ONBEKEND = "onbekend", "Niet getraceerd of onbekend"
    VERHUISD = "verhuisd", "Verhuisd"
    LEEFTIJDSGRENS = "leeftijdsgrens", "Leeftijdsgrens bereikt"
    BUITENLAND = "buitenland", "Vertrokken naar het buitenland"
    UITGESCHREVEN = "uitgeschreven", "Uitgeschreven bij de opleiding"
    BAAN_VERLOREN = "baan_verloren", "Baan verloren"
    GEEN_VERDERE_VRAAG = "geen_verdere_vraag", "Geen verdere vraag na intake"
    ZELFSTANDIG_WONEN = "zelfstandig_wonen", "Zelfstandig wonen"
    NIET_PASSEND = "niet_passend", "Niet passend"


TRAJECTREDENEN: list[tuple[str, str]] = [
    *Reden.choices,
    ("NIET_HAALBAAR", "Opleiding niet haalbaar"),
]
