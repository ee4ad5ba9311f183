"""Code lists of the enforcement part: Halt, verhoor and proces-verbaal."""

from typing import Final

from django.db.models import TextChoices


class Criteriumstand(TextChoices):
    VOLDAAN = "voldaan", "Voldaan"
    NIET = "niet", "Niet voldaan"
    ONBEKEND = "onbekend", "Niet bekend"


class Contraindicatie(TextChoices):
    PSYCHISCH = "PSYCHISCH", "Ernstige psychische problemen zonder passende hulp"
    ONTKENT = "ONTKENT", "De jongere ontkent"
    ANDER_FEIT = "ANDER_FEIT", "Andere strafbare feiten die meer vragen"
    TAAL = "TAAL", "Meedoen kan niet, ook niet met een tolk"
    OVERIG = "OVERIG", "Andere reden van Halt zelf"


HALT_EINDE: Final = ("positief", "negatief", "ingetrokken", "niet_gestart")


class Feit(TextChoices):
    """The offence; articles stay data, since the law moves."""

    INSCHRIJVEN = "INSCHRIJVEN", "Niet zorgen voor inschrijving (Lpw 2 lid 1, 4a)"
    BEZOEK_OUDER = "BEZOEK_OUDER", "Niet zorgen voor geregeld schoolbezoek (Lpw 2 lid 1, 4c)"
    BEZOEK_JONGERE = "BEZOEK_JONGERE", "Niet geregeld de school bezoeken (Lpw 2 lid 3, 4c)"


class Verhoorrol(TextChoices):
    VERDACHTE = "VERDACHTE", "Verdachte"
    GETUIGE = "GETUIGE", "Getuige"


class Raadsman(TextChoices):
    AANWEZIG = "AANWEZIG", "Raadsman is aanwezig"
    GESPROKEN = "GESPROKEN", "Raadsman vooraf gesproken"
    AFSTAND = "AFSTAND", "Afstand gedaan van een raadsman"


class Straf(TextChoices):
    """What a court can decide; several at once, but an acquittal stands alone."""

    HECHTENIS = "HECHTENIS", "Hechtenis"
    TAAKSTRAF = "TAAKSTRAF", "Taakstraf"
    BOETE = "BOETE", "Geldboete"
    VOORWAARDELIJK = "VOORWAARDELIJK", "Voorwaardelijk deel"
    JEUGDRECLASSERING = "JEUGDRECLASSERING", "Jeugdreclassering (Maatregel Hulp en Steun)"
    GEEN_STRAF = "GEEN_STRAF", "Schuldig zonder straf"
    VRIJSPRAAK = "VRIJSPRAAK", "Vrijspraak"


STRAF_EINDE: Final = ("gesloten", "vervallen")
