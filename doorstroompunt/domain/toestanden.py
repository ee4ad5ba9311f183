"""States of a traject, each with the term to leave it; terms are working agreements, not law."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from casework.domain.proces import Toestand
from casework.kalender import add_werkdagen, next_werkdag

WERKAFSPRAAK: Final = "werkafspraak"


def _werkdagen(aantal: int) -> Callable[[date], date]:
    return lambda day: add_werkdagen(day, aantal)


def _weken(aantal: int) -> Callable[[date], date]:
    return lambda day: next_werkdag(day + timedelta(weeks=aantal))


TOESTANDEN: Final = {
    row.naam: row
    for row in (
        Toestand(
            "ontvangen",
            "Ontvangen",
            "De melding is binnen, maar nog niet bekeken.",
            _werkdagen(5),
            "nagaan binnen 5 werkdagen",
            WERKAFSPRAAK,
            plaats=(0, 1),
        ),
        Toestand(
            "gescreend",
            "Nagegaan",
            "Leeftijd, adres, inschrijving, startkwalificatie, werk en uitkering zijn nagegaan.",
            _werkdagen(5),
            "kiezen binnen 5 werkdagen",
            WERKAFSPRAAK,
            plaats=(1, 1),
        ),
        Toestand(
            "in_beeld_elders",
            "In beeld bij een ander",
            "Zorg, Participatiewet of leerplicht begeleidt. U kijkt alleen mee.",
            _weken(26),
            "navragen na 6 maanden",
            WERKAFSPRAAK,
            plaats=(2, 0),
        ),
        Toestand(
            "te_benaderen",
            "Te benaderen",
            "Staat op de werklijst.",
            _werkdagen(10),
            "eerste poging binnen 10 werkdagen",
            WERKAFSPRAAK,
            plaats=(2, 1),
        ),
        Toestand(
            "in_benadering",
            "In benadering",
            "U zoekt contact.",
            _weken(8),
            "uitkomst binnen 8 weken",
            WERKAFSPRAAK,
            plaats=(3, 1),
        ),
        Toestand(
            "intake",
            "Intake",
            "Het eerste echte gesprek is gepland of gevoerd.",
            _weken(4),
            "plan binnen 4 weken",
            WERKAFSPRAAK,
            plaats=(4, 1),
        ),
        Toestand(
            "in_begeleiding",
            "In begeleiding",
            "Er is een plan met doelen en acties.",
            _weken(26),
            "voortgang na 6 maanden",
            WERKAFSPRAAK,
            plaats=(5, 1),
        ),
        Toestand(
            "in_overdracht",
            "In overdracht",
            "Een andere regio of partner neemt over.",
            _weken(4),
            "antwoord binnen 4 weken",
            WERKAFSPRAAK,
            plaats=(6, 0),
        ),
        Toestand(
            "niet_traceerbaar",
            "Niet traceerbaar",
            "Alle kanalen zijn gebruikt. De situatie is onbekend.",
            plaats=(5, 4),
        ),
        Toestand(
            "geen_behoefte",
            "Geen behoefte",
            "Er is contact, maar de jongere wil geen hulp.",
            plaats=(5, 3),
        ),
        Toestand(
            "zelfredzaam",
            "Zelfredzaam",
            "De jongere werkt of leert en heeft geen hulp nodig.",
            plaats=(5, 2),
        ),
        Toestand(
            "herbenaderen",
            "Later opnieuw",
            "Wacht op de datum van de nieuwe benadering.",
            plaats=(6, 5),
        ),
        Toestand(
            "afgesloten", "Afgesloten", "Het traject is klaar, met een uitkomst.", plaats=(7, 1)
        ),
        Toestand("nazorg", "Nazorg", "Een vinger aan de pols na het afsluiten.", plaats=(7, 2)),
        Toestand(
            "buiten_doelgroep",
            "Buiten de doelgroep",
            "Verhuisd, te oud, ingeschreven of met startkwalificatie.",
            final=True,
            plaats=(0, 3),
        ),
    )
}

# The others are closed: for good, or until the date of the next approach.
OPEN: Final = frozenset(
    {
        "ontvangen",
        "gescreend",
        "in_beeld_elders",
        "te_benaderen",
        "in_benadering",
        "intake",
        "in_begeleiding",
        "in_overdracht",
    }
)
# Closed for now: the youth may be approached again.
RUST: Final = frozenset({"niet_traceerbaar", "geen_behoefte", "zelfredzaam", "herbenaderen"})


def termijn(toestand: str, sinds: date | None) -> date | None:
    """Day before which this state should be left."""
    due = TOESTANDEN[toestand].due
    return due(sinds) if due and sinds else None
