"""States of the MAS, each with the term to leave it and what that term rests on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from casework.domain.proces import Toestand
from casework.kalender import add_werkdagen, end_of_lesweken, next_werkdag

Termijn = Callable[[date], date]


def werkdagen(aantal: int) -> Termijn:
    return lambda day: add_werkdagen(day, aantal)


def weken(aantal: int) -> Termijn:
    return lambda day: next_werkdag(day + timedelta(weeks=aantal))


def lesweken(day: date) -> date:
    return next_werkdag(end_of_lesweken(day, 4))


def _toestanden(*rows: Toestand) -> dict[str, Toestand]:
    return {row.naam: row for row in rows}


TOESTANDEN: Final = _toestanden(
    Toestand(
        "ontvangen",
        "Ontvangen",
        "De melding is binnen. Controleer de persoon en de woongemeente.",
        werkdagen(1),
        "beoordelen binnen 1 werkdag",
        "richtlijn",
        plaats=(0, 2),
    ),
    Toestand(
        "beoordeling",
        "Beoordeling",
        "Bekijk status, verlof, vrijstelling, geschiedenis en wat school al deed.",
        werkdagen(5),
        "beoordelen binnen 5 werkdagen",
        "richtlijn",
        plaats=(1, 2),
    ),
    Toestand(
        "onderzoek",
        "Onderzoek",
        "Hoor de school, de ouders en de jongere van 12 jaar of ouder.",
        weken(3),
        "eerste gesprek binnen 3 weken",
        "Lpw 22",
        plaats=(2, 2),
    ),
    Toestand(
        "weging",
        "Weging",
        "Weeg oorzaak, verwijtbaarheid per persoon en veiligheid, en kies een route.",
        werkdagen(5),
        "wegen binnen 5 werkdagen",
        "richtlijn",
        plaats=(3, 2),
    ),
    Toestand(
        "afspraken",
        "Afspraken of waarschuwing",
        "Er zijn afspraken gemaakt of er is gewaarschuwd.",
        weken(4),
        "controleren na 4 weken",
        "richtlijn",
        plaats=(4, 0),
    ),
    Toestand(
        "hulp",
        "Vrijwillige hulp (route 1)",
        "Hulp is aangevraagd of loopt.",
        weken(6),
        "voortgang na 6 weken",
        "MAS route 1",
        plaats=(4, 1),
    ),
    Toestand(
        "halt",
        "Halt (route 2)",
        "De jongere is naar Halt verwezen.",
        weken(13),
        "terugmelding van Halt binnen 3 maanden",
        "MAS route 2",
        plaats=(4, 2),
    ),
    Toestand(
        "verplicht_kader",
        "Hulp in verplicht kader (route 3)",
        "Onderzoek door de Raad voor de Kinderbescherming is gevraagd.",
        weken(13),
        "voortgang na 3 maanden",
        "MAS route 3",
        plaats=(4, 3),
    ),
    Toestand(
        "strafrecht",
        "Strafrecht (route 4)",
        "Er is een proces-verbaal opgemaakt.",
        weken(9),
        "voortgang na 2 maanden",
        "MAS route 4",
        plaats=(4, 4),
    ),
    Toestand(
        "volgen",
        "Volgen",
        "Volg of de jongere vier lesweken regelmatig naar school gaat.",
        lesweken,
        "vier lesweken regelmatig op school",
        "richtlijn",
        plaats=(5, 2),
    ),
    Toestand(
        "ter_kennisgeving",
        "Ter kennisgeving",
        "Er is niets te doen voor leerplicht. Sluit af.",
        werkdagen(5),
        "afsluiten binnen 5 werkdagen",
        "richtlijn",
        plaats=(2, 5),
    ),
    Toestand(
        "terug_naar_school",
        "Terug naar school",
        "De school doet eerst zelf iets.",
        weken(2),
        "antwoord van school binnen 2 weken",
        "richtlijn",
        plaats=(1, 6),
    ),
    Toestand("afgesloten", "Afgesloten", "Het werkproces is klaar.", final=True, plaats=(6, 5)),
)
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
