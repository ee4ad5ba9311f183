"""Kinds of letters: who may get them, which fields their text may hold, and the text to begin with.

A text holds only {veld} of the list of its kind: no code, so a text from a screen can do nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import TextChoices

TEKSTEN: Final = Path(__file__).resolve().parent / "briefteksten"


class Partij(TextChoices):
    JONGERE = "JONGERE", "Jongere"
    OUDERS = "OUDERS", "Ouders met gezag"
    SCHOOL = "SCHOOL", "School"


class Berichtmoment(TextChoices):
    ONTVANGST = "ontvangst", "Bevestiging van ontvangst"
    UITKOMST = "uitkomst", "Uitkomst"


class Verzendwijze(TextChoices):
    POST = "post", "Per post"
    MAILMELDING = "mail", "Per post, met een e-mail dat er een brief komt"
    BERICHTENBOX = "box", "Per post, en als proef naar de Berichtenbox van MijnOverheid"


class Briefsoort(TextChoices):
    UITNODIGING = "uitnodiging", "Uitnodiging voor een gesprek"
    HERINNERING = "herinnering", "Herinnering na een gemiste afspraak"
    WAARSCHUWING = "waarschuwing", "Waarschuwing"
    VOORNEMEN = "voornemen", "Voornemen"
    BESLUIT_VERLOF = "besluit-verlof", "Besluit op een verlofaanvraag"
    BESLUIT_VRIJSTELLING = "besluit-vrijstelling", "Besluit over een vrijstelling"
    KENNISGEVING_GEREGISTREERD = "kennisgeving-geregistreerd", "Vrijstelling is geregistreerd"
    KENNISGEVING_ONGELDIG = "kennisgeving-ongeldig", "Beroep op vrijstelling voldoet niet"
    VERLENGING = "verlenging", "Vraag om de vrijstelling te verlengen"
    ABSOLUUT_1 = "absoluut-1", "Absoluut verzuim, eerste brief"
    ABSOLUUT_2 = "absoluut-2", "Absoluut verzuim, tweede brief"
    HUISBEZOEK = "huisbezoek", "Aankondiging huisbezoek"
    TERUGKOPPELING = "terugkoppeling", "Terugkoppeling aan school"
    MELDING_ONTVANGEN = "melding-ontvangen", "Bericht aan school: melding ontvangen"
    MELDING_AFLOOP = "melding-afloop", "Bericht aan school: afloop van de melding"
    HALT = "halt", "Informatie over de verwijzing naar Halt"


# Fields the program fills itself. No address is among them: a letter holds only that of its reader.
EIGEN: Final[Mapping[str, str]] = {
    "aanhef": "aanhef van de lezer",
    "jongere": "naam van de jongere",
    "school": "naam van de school",
    "gemeente": "naam van de gemeente",
    "medewerker": "naam van de medewerker",
    "functie": "functie van de medewerker",
    "telefoon": "telefoonnummer van de afdeling",
    "datum": "datum van de brief",
    "kenmerk": "nummer van de brief",
}
# Fields the user fills for this letter; those of an appointment come from the appointment.
VAN_AFSPRAAK: Final[Mapping[str, str]] = {
    "afspraak_datum": "datum van de afspraak",
    "afspraak_tijd": "tijd van de afspraak",
    "afspraak_plaats": "plaats van de afspraak",
}
INVOER: Final[Mapping[str, str]] = {
    **VAN_AFSPRAAK,
    "reden": "reden",
    "periode": "periode",
    "besluit": "besluit in een zin",
    "reageren_voor": "uiterste datum voor een reactie",
    "gemeld_op": "datum van de melding",
    "afloop": "afloop in een zin",
    "afspraken": "wat is afgesproken",
}


@dataclass(frozen=True, slots=True)
class Soort:
    partijen: frozenset[str]
    invoer: frozenset[str]

    @property
    def velden(self) -> dict[str, str]:
        """Every field a text of this kind may hold, with what it means."""
        own = {naam: label for naam, label in INVOER.items() if naam in self.invoer}
        return {**EIGEN, **own}


def _soort(partijen: str, invoer: str) -> Soort:
    letters = {"J": Partij.JONGERE, "O": Partij.OUDERS, "S": Partij.SCHOOL}
    return Soort(frozenset(letters[p] for p in partijen), frozenset(invoer.split()))


_AFSPRAAK: Final = " ".join(VAN_AFSPRAAK)
SOORTEN: Final[Mapping[str, Soort]] = {
    Briefsoort.UITNODIGING: _soort("JO", f"{_AFSPRAAK} reden"),
    Briefsoort.HERINNERING: _soort("JO", _AFSPRAAK),
    Briefsoort.WAARSCHUWING: _soort("JO", "periode reden afspraken"),
    Briefsoort.VOORNEMEN: _soort("JO", "besluit reden reageren_voor"),
    Briefsoort.BESLUIT_VERLOF: _soort("O", "periode besluit reden"),
    Briefsoort.BESLUIT_VRIJSTELLING: _soort("O", "periode besluit reden"),
    # Of a kennisgeving: no besluit, so no bezwaar.
    Briefsoort.KENNISGEVING_GEREGISTREERD: _soort("O", "periode"),
    Briefsoort.KENNISGEVING_ONGELDIG: _soort("O", "reden reageren_voor"),
    Briefsoort.VERLENGING: _soort("O", "reageren_voor"),
    Briefsoort.ABSOLUUT_1: _soort("JO", "reageren_voor"),
    Briefsoort.ABSOLUUT_2: _soort("JO", "reageren_voor"),
    Briefsoort.HUISBEZOEK: _soort("JO", "afspraak_datum afspraak_tijd reden"),
    Briefsoort.TERUGKOPPELING: _soort("S", "afspraken"),
    Briefsoort.MELDING_ONTVANGEN: _soort("S", "gemeld_op"),
    Briefsoort.MELDING_AFLOOP: _soort("S", "gemeld_op afloop afspraken"),
    Briefsoort.HALT: _soort("JO", ""),
}


@cache
def standaardtekst(soort: str) -> tuple[str, str]:
    """Subject and text that come with the program."""
    onderwerp, _, tekst = (TEKSTEN / f"{soort}.txt").read_text().partition("\n\n")
    return onderwerp.strip(), tekst.strip()
