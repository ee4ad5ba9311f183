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
