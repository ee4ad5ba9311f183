"""The help pages, by reader. A page is templates/hulp/<slug>.html and one line here."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Onderwerp:
    slug: str
    titel: str
    uitleg: str


ONDERWERPEN: Mapping[str, tuple[Onderwerp, ...]] = {
    "Voor iedereen": (
        Onderwerp("beginnen", "Beginnen", "Inloggen, zoeken, en hoe een scherm is opgebouwd."),
        Onderwerp(
            "sneller-werken", "Sneller werken", "Toetsen, filters en teksten die bewaard blijven."
        ),
    ),
    "Voor de leerplichtambtenaar": (
        Onderwerp(
            "leerplicht",
            "Het werk van de leerplicht",
            "Van melding tot afsluiting, en de termijnen.",
        ),
        Onderwerp(
            "stappen",
            "Alle stappen in tekeningen",
            "Verzuim, vrijstelling, aanvraag en meldcode, stap voor stap.",
        ),
    ),
    "Voor de boa": (
        Onderwerp(
            "politiegegevens", "Politiegegevens", "Reden kiezen, bekijken, omzetten en verstrekken."
        ),
    ),
    "Voor de doorstroomcoach": (
        Onderwerp(
            "doorstroompunt",
            "Het werk van het Doorstroompunt",
            "Jongeren bereiken, plan en uitstroom.",
        ),
    ),
    "Voor de beleidsadviseur": (
        Onderwerp(
            "cijfers-en-verslag",
            "Cijfers en jaarverslag",
            "Van cijfer naar lijst, en het verslag aan de raad.",
        ),
    ),
    "Voor beheer en privacy": (
        Onderwerp(
            "gebruikers-en-logboek",
            "Gebruikers, rechten en logboek",
            "Een collega toevoegen, rechten geven en nagaan wie wat deed.",
        ),
        Onderwerp(
            "privacy",
            "Verzoeken, bewaren en datalekken",
            "Inzage geven, verbeteren, vernietigen en een datalek vastleggen.",
        ),
        Onderwerp(
            "pakketten",
            "Pakketten inlezen en uitvoeren",
            "Dossiers uit een ander systeem, quarantaine en een pakket voor een ander.",
        ),
    ),
}
