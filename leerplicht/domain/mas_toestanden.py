"""States of the MAS, each with the term to leave it and what that term rests on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from casework.domain.proces import Toestand
from casework.kalender import Regio, add_werkdagen, end_of_lesweken, next_werkdag
from casework.parameters import waarde

Termijn = Callable[[date], date]


def werkdagen(aantal: int) -> Termijn:
    return lambda day: add_werkdagen(day, aantal)


def weken(aantal: int) -> Termijn:
    return lambda day: next_werkdag(day + timedelta(weeks=aantal))


def _werkdagen(naam: str) -> Termijn:
    return lambda day: add_werkdagen(day, waarde(naam, day))


def _weken(naam: str) -> Termijn:
    return lambda day: next_werkdag(day + timedelta(weeks=waarde(naam, day)))


def _lesweken(naam: str) -> Callable[[date, Regio | None], date]:
    return lambda day, regio: next_werkdag(end_of_lesweken(day, waarde(naam, day), regio))


def _toestanden(*rows: Toestand) -> dict[str, Toestand]:
    return {row.naam: row for row in rows}


TOESTANDEN: Final = _toestanden(
    Toestand(
        "ontvangen",
        "Ontvangen",
        "De melding is binnen. Controleer de persoon en de woongemeente.",
        _werkdagen("mas_ontvangen_werkdagen"),
        "beoordelen binnen 1 werkdag",
        "richtlijn",
        plaats=(0, 2),
    ),
    Toestand(
        "beoordeling",
        "Beoordeling",
        "Bekijk status, verlof, vrijstelling, geschiedenis en wat school al deed.",
        _werkdagen("mas_beoordeling_werkdagen"),
        "beoordelen binnen 5 werkdagen",
        "richtlijn",
        plaats=(1, 2),
    ),
    Toestand(
        "onderzoek",
        "Onderzoek",
        "Hoor de school, de ouders en de jongere van 12 jaar of ouder.",
        _weken("mas_onderzoek_weken"),
        "eerste gesprek binnen 3 weken",
        "Lpw 22",
        plaats=(2, 2),
    ),
    Toestand(
        "weging",
        "Weging",
        "Weeg oorzaak, verwijtbaarheid per persoon en veiligheid, en kies een route.",
        _werkdagen("mas_weging_werkdagen"),
        "wegen binnen 5 werkdagen",
        "richtlijn",
        plaats=(3, 2),
    ),
    Toestand(
        "afspraken",
        "Afspraken of waarschuwing",
        "Er zijn afspraken gemaakt of er is gewaarschuwd.",
        None,
        "controleren na 4 lesweken",
        "richtlijn",
        plaats=(4, 0),
        due_at_school=_lesweken("mas_afspraken_lesweken"),
    ),
    Toestand(
        "hulp",
        "Vrijwillige hulp (route 1)",
        "Hulp is aangevraagd of loopt.",
        _weken("mas_hulp_weken"),
        "voortgang na 6 weken",
        "MAS route 1",
        plaats=(4, 1),
    ),
    Toestand(
        "halt",
        "Halt (route 2)",
        "De jongere is naar Halt verwezen.",
        _weken("mas_halt_weken"),
        "terugmelding van Halt binnen 3 maanden",
        "MAS route 2",
        plaats=(4, 2),
    ),
    Toestand(
        "verplicht_kader",
        "Hulp in verplicht kader (route 3)",
        "Onderzoek door de Raad voor de Kinderbescherming is gevraagd.",
        _weken("mas_verplicht_weken"),
        "voortgang na 3 maanden",
        "MAS route 3",
        plaats=(4, 3),
    ),
    Toestand(
        "strafrecht",
        "Strafrecht (route 4)",
        "Er is een proces-verbaal opgemaakt.",
        _weken("mas_strafrecht_weken"),
        "voortgang na 2 maanden",
        "MAS route 4",
        plaats=(4, 4),
    ),
    Toestand(
        "volgen",
        "Volgen",
        "Volg of de jongere vier lesweken regelmatig naar school gaat.",
        None,
        "vier lesweken regelmatig op school",
        "richtlijn",
        plaats=(5, 2),
        due_at_school=_lesweken("mas_volgen_lesweken"),
    ),
    Toestand(
        "ter_kennisgeving",
        "Ter kennisgeving",
        "Er is niets te doen voor leerplicht. Sluit af.",
        _werkdagen("mas_kennisgeving_werkdagen"),
        "afsluiten binnen 5 werkdagen",
        "richtlijn",
        plaats=(2, 5),
    ),
    Toestand(
        "terug_naar_school",
        "Terug naar school",
        "De school doet eerst zelf iets.",
        None,
        "antwoord van school binnen 2 lesweken",
        "richtlijn",
        plaats=(1, 6),
        due_at_school=_lesweken("mas_school_lesweken"),
    ),
    Toestand("afgesloten", "Afgesloten", "Het werkproces is klaar.", final=True, plaats=(6, 5)),
)
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
