"""Sentences for notes and reasons; no names, so that nothing has to agree with anybody."""

from collections.abc import Mapping
from typing import Final

MELDERS: Final = (
    ("A. Zonderland", "verzuimcoördinator"),
    ("M. ter Horst", "mentor"),
    ("S. Bouzidi", "teamleider"),
    ("L. Vlasblom", "intern begeleider"),
    ("K. Meeuwsen", "administratie"),
)
ACTIE_SCHOOL: Final = (
    "Mentor heeft twee keer met de jongere gesproken en ouders gebeld.",
    "Ouders uitgenodigd, maar zij kwamen niet. Brief gestuurd.",
    "Besproken in het zorgteam. Jeugdarts is gevraagd.",
    "Waarschuwingsbrief gestuurd en lessen laten inhalen.",
    "Gesprek met ouders en jongere; afspraken hielden twee weken stand.",
    "Nog geen contact gekregen met thuis.",
)
# What was said, by whom one spoke with.
GESPREK: Final[Mapping[str, tuple[str, ...]]] = {
    "JONGERE": (
        "Jongere slaapt slecht en komt daardoor de eerste uren niet. Afgesproken om vroeg te"
        " beginnen met de ochtend en elke week met de mentor te kijken hoe het gaat.",
        "Jongere voelt zich niet veilig in de klas. School pakt dit op met de mentor en de"
        " vertrouwenspersoon. Over drie weken opnieuw contact.",
        "Jongere wil een andere opleiding. Loopbaangesprek gepland bij school.",
        "Jongere werkt veel in de avond. Afgesproken om de uren te minderen.",
    ),
    "OUDER": (
        "Ouder was niet op de hoogte van de omvang van het verzuim. Samen het overzicht bekeken."
        " Ouder belt school voortaan voor 9 uur.",
        "Er spelen thuis zorgen over geld. Met toestemming aangemeld bij het wijkteam.",
        "Uitleg gegeven over de leerplicht en wat er volgt als het verzuim doorgaat.",
    ),
    "SCHOOL": (
        "School vertelt dat het na het vorige gesprek beter ging, maar dat het weer toeneemt.",
        "Mentor ziet de jongere elke ochtend even. School belt bij elke afwezigheid naar huis.",
        "School past het rooster aan, zodat de jongere geen tussenuren heeft.",
    ),
    "PARTNER": (
        "Jeugdarts denkt dat de jongere halve dagen aankan. Opbouwplan gemaakt met school.",
        "Wijkteam is gestart en ziet het gezin elke week.",
    ),
}
UITKOMST: Final = (
    "Afspraken gemaakt",
    "School volgt de afspraken",
    "Hulp aangevraagd",
    "Terugbelafspraak gemaakt",
)
GEEN_CONTACT: Final = (
    ("Geen contact gekregen", "Twee keer gebeld op verschillende tijden."),
    ("Voicemail ingesproken", "Gevraagd om morgen terug te bellen."),
)
PREVENTIEF: Final = (
    "Spreekuur op school: verzuim loopt op, jongere gesproken.",
    "Preventief gesprek na te laat komen.",
    "Overleg met school over een jongere die vaak ziek is.",
)
AFGESLOTEN: Final = {
    "naar_school": "Leerling is weer op school",
    "ter_kennisname": "Gezien",
    "geen_verzuim": "Geen verzuim",
}
DOELEN: Final = {
    "ONDERWIJS": ("Starten met een opleiding die past", "Bezoek open dag en meld aan"),
    "WERK": ("Een bijbaan of leerwerkplek vinden", "Cv maken met de jobhunter"),
    "WONEN": ("Een vaste plek om te wonen", "Inschrijven voor een kamer"),
    "FINANCIEN": ("Overzicht over geld en schulden", "Afspraak met de budgetcoach"),
    "ZORG": ("Hulp bij somberheid", "Verwijzing vragen bij de huisarts"),
    "VRIJE_TIJD": ("Een vast ritme door de week", "Proefles bij de sportschool"),
    "THUIS": ("Rust thuis", "Gesprek met ouders en wijkteam"),
    "BURGERSCHAP": ("Zelf brieven en afspraken regelen", "DigiD aanvragen en instellen"),
}
POGING: Final[Mapping[str, tuple[str, ...]]] = {
    "GEEN_REACTIE": ("Geen gehoor, later opnieuw proberen.", "Nog geen antwoord."),
    "BERICHT_ACHTERGELATEN": ("Gevraagd om terug te bellen.", "Bericht met mijn nummer."),
    "GESPROKEN_OUDER": ("Ouder geeft de boodschap door.", "Ouder ziet de jongere weinig."),
    "GESPROKEN_JONGERE": (
        "Wil nadenken over een opleiding.",
        "Zoekt werk en wil weten wat kan.",
        "Is bezig met een andere studie.",
    ),
    "AFSPRAAK": ("Afspraak gemaakt op kantoor.", "Komt volgende week langs."),
    "WEIGERT": ("Wil nu geen hulp. Weet ons te vinden.",),
}

HALT: Final = {
    "verklaring": "Ik had geen zin in de lessen en bleef thuis. Ik weet dat het niet mag.",
    "hulp": "De mentor spreekt de jongere elke week.",
    "uitleg": "Besproken met Halt: de jongere wil, en een straf op maat past hier.",
    "bevinding": "Het verzuim is lang en de ouders reageren niet op school.",
    "gesprek": "Er is besproken hoe het verzuim ontstond en wat iedereen nu doet.",
}
PROCES_VERBAAL: Final = {
    "adres": "Dorpsstraat 12",
    "parket": "Noord-Nederland",
    "bevindingen": (
        "Op grond van het verzuimoverzicht van de school zag ik dat de leerling in deze periode"
        " niet in de les was. De verzuimcoördinator vertelde mij dat niemand de leerling ziek"
        " meldde. Ik nodigde de verdachte twee keer schriftelijk uit voor een gesprek."
    ),
    "verklaringen": "De mentor verklaarde dat hij zes keer naar huis belde en geen antwoord kreeg.",
    "oordeel": (
        "De verdachte wist van het verzuim, kreeg hulp aangeboden en zorgde niet dat de leerling"
        " naar school ging."
    ),
    "advies": "Een taakstraf die deels voorwaardelijk is.",
}
VERHOOR: Final = {
    "verklaring": (
        "Ik wist dat mijn kind niet naar school ging. Ik vertrek om zes uur naar mijn werk. Ik"
        " heb de brieven van school niet geopend. Ik begrijp dat ik iets had moeten doen."
    ),
    "waarneming": "De verdachte bleef rustig en antwoordde op alle vragen.",
}
