"""Lists of police data (Wpg): origin, ground, category of a person, reason to read, recipient."""

from collections.abc import Mapping
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


class Eed(TextChoices):
    """How a boa swore his office; a proces-verbaal names it."""

    EED = "EED", "Ambtseed"
    BELOFTE = "BELOFTE", "Ambtsbelofte"


class Verstrekkingsgrond(TextChoices):
    """Articles on which police data may be given away; to be confirmed by a privacy officer."""

    WPG_15 = "WPG_15", "Wpg artikel 15: politie en boa's"
    WPG_16 = "WPG_16", "Wpg artikel 16: gezag en justitie"
    WPG_17 = "WPG_17", "Wpg artikel 17: inlichtingendiensten"
    WPG_18 = "WPG_18", "Wpg artikel 18: vaste ontvangers (Bpg)"
    WPG_19 = "WPG_19", "Wpg artikel 19: een enkele keer, om een zwaar belang"
    WPG_20 = "WPG_20", "Wpg artikel 20: samenwerking"
    WPG_22 = "WPG_22", "Wpg artikel 22: onderzoek en statistiek"


class Ontvangersoort(TextChoices):
    OM = "OM", "Openbaar Ministerie"
    POLITIE = "POLITIE", "Politie"
    BOA = "BOA", "Andere boa met deze taak"
    HALT = "HALT", "Halt"
    RVDK = "RVDK", "Raad voor de Kinderbescherming"
    ANDERS = "ANDERS", "Iemand anders"


# The standing list with its legal ground: for these no second person is needed.
ONTVANGERS: Final[Mapping[str, str]] = {
    Ontvangersoort.OM: Verstrekkingsgrond.WPG_16,
    Ontvangersoort.POLITIE: Verstrekkingsgrond.WPG_15,
    Ontvangersoort.BOA: Verstrekkingsgrond.WPG_15,
    Ontvangersoort.HALT: Verstrekkingsgrond.WPG_18,
    Ontvangersoort.RVDK: Verstrekkingsgrond.WPG_18,
}
