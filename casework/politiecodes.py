"""Lists of police data (Wpg): origin, ground, category of a person, reason to read, recipient."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices


class Herkomst(TextChoices):
    """Where a piece of police data came from (Wpg 3)."""

    EIGEN = "EIGEN", "Eigen waarneming"
    SCHOOL = "SCHOOL", "School"
    VERDACHTE = "VERDACHTE", "Verdachte"
    GETUIGE = "GETUIGE", "Getuige"
    POLITIE = "POLITIE", "Politie of justitie"
    OVERIG = "OVERIG", "Iemand anders"


class Wpggrond(TextChoices):
    """Articles on which a boa may process; 10 and 12 do not apply to boa's."""

    ARTIKEL_8 = "8", "Dagelijkse taak (Wpg artikel 8)"
    ARTIKEL_9 = "9", "Onderzoek (Wpg artikel 9)"
    ARTIKEL_13 = "13", "Ondersteunende taak (Wpg artikel 13)"


class Categorie(TextChoices):
    """Kinds of persons that the record must tell apart (Wpg 6b)."""

    VERDACHTE = "VERDACHTE", "Verdachte"
    VEROORDEELDE = "VEROORDEELDE", "Veroordeelde"
    SLACHTOFFER = "SLACHTOFFER", "Slachtoffer"
    GETUIGE = "GETUIGE", "Getuige"
    OVERIG = "OVERIG", "Iemand anders"


class Inzagereden(TextChoices):
    """Why somebody wants to see police data (Wpg 32a)."""

    OPSPORING = "OPSPORING", "Ik werk aan dit strafbare feit"
    ZITTING = "ZITTING", "Ik bereid een verhoor, zitting of overleg met justitie voor"
    VERSTREKKING = "VERSTREKKING", "Ik moet gegevens verstrekken"
    KWALITEIT = "KWALITEIT", "Ik controleer of de gegevens kloppen"
    RECHTEN = "RECHTEN", "Iemand vraagt om inzage of verbetering"
    KLACHT = "KLACHT", "Ik behandel een klacht of een controle"


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """A recipient the law names; the articles are to be confirmed by a privacy officer."""

    naam: str
    grondslag: str


# Wpg 16 and 18, Bpg 4:1 and 4:2: the list on which no second person is needed.
ONTVANGERS: Final[Mapping[str, Ontvanger]] = {
    "OM": Ontvanger("Openbaar Ministerie", "Wpg artikel 16 lid 1"),
    "POLITIE": Ontvanger("Politie", "Wpg artikel 15"),
    "BOA": Ontvanger("Andere boa met deze taak", "Wpg artikel 15"),
    "HALT": Ontvanger("Halt", "Bpg artikel 4:2"),
    "RVDK": Ontvanger("Raad voor de Kinderbescherming", "Bpg artikel 4:2"),
}
ANDERS: Final = "ANDERS"


class Ontvangersoort(TextChoices):
    OM = "OM", "Openbaar Ministerie"
    POLITIE = "POLITIE", "Politie"
    BOA = "BOA", "Andere boa met deze taak"
    HALT = "HALT", "Halt"
    RVDK = "RVDK", "Raad voor de Kinderbescherming"
    ANDERS = "ANDERS", "Iemand anders"
