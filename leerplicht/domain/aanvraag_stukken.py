"""What must come with a request by its ground, and whether care is involved (Lpw 3a, 3b, 15)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from casework.domain.proces import Gegevens, Veld
from casework.gronden import VERVANGEND
from casework.models import Werkproces
from leerplicht.codes import GELDIG, Grond
from leerplicht.models import Vrijstelling

from . import aanvraag_effecten as effect
from .mas_velden import JA_NEE

BIJ_GROND: Final[Mapping[str, tuple[str, ...]]] = {
    Grond.G3A: ("plan", "bevoegd_gezag"),
    Grond.G3B: ("plan",),
    Grond.G15: ("onderwijs",),
}
STUK: Final = {
    "plan": "plan van aanpak van de school of instelling",
    "bevoegd_gezag": "instemming van het bevoegd gezag",
    "hoofd": "verklaring van het hoofd",
    "onderwijs": "bewijs van voldoende ander onderwijs",
}
STUKKEN: Final = (
    Veld(
        "stukken", "Welke stukken zijn binnen", "meerkeuze", verplicht=False,
        hulp="Nodig is wat bij de grond van deze aanvraag hoort.",
        keuzes=(
            ("plan", "3a, 3b: plan van aanpak van de school of instelling"),
            ("bevoegd_gezag", "3a: het bevoegd gezag stemt in"),
            ("hoofd", "3a verlengen, of 3b na 3a: verklaring van het hoofd"),
            ("onderwijs", "15: bewijs van voldoende ander onderwijs"),
        ),
    ),
    Veld(
        "zonder_stukken", "Waarom u verder gaat zonder een stuk", "lange_tekst", verplicht=False,
    ),
    Veld(
        "zorg_betrokken", "3b: is er al zorg of hulp betrokken", JA_NEE, verplicht=False,
        hulp="Alleen bij 3b. Betrokken zorg wordt gehoord.",
    ),
)  # fmt: skip  # read as a table


def _papers_of(werkproces: Werkproces) -> tuple[str, ...]:
    """What must come with the request: 3a and 3b a plan; after 3a the head tells how it went."""
    row = effect.subject(werkproces)
    if not isinstance(row, Vrijstelling):
        return ()
    earlier = Vrijstelling.objects.filter(
        jongere=row.jongere_id, grond=Grond.G3A, besluit__in=GELDIG, begindatum__lt=row.begindatum
    )
    after_3a = ("hoofd",) if row.grond in VERVANGEND and earlier.exists() else ()
    return (*BIJ_GROND.get(Grond(row.grond), ()), *after_3a)


def papers_given(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """What belongs to the request by its ground, or why it goes on without (Awb 4:5: may)."""
    if gegevens.get("zonder_stukken"):
        return None
    here = gegevens.get("stukken") or ()
    missing = [STUK[stuk] for stuk in _papers_of(zaak) if stuk not in here]
    if not missing:
        return None
    return f"Nog niet compleet: {', '.join(missing)}. Vraag om aanvulling, of schrijf waarom niet."


def care_is_known(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """3b: the care that is involved must be heard, so it must be known whether there is any."""
    if effect.ground(zaak) != Grond.G3B or gegevens.get("zorg_betrokken"):
        return None
    return "Vul bij 3b in of er al zorg of hulp betrokken is: die wordt gehoord."


def no_care_involved(zaak: Werkproces) -> bool:
    """As answered when it was taken in treatment; of before that question nobody knows."""
    rows = zaak.stappen.filter(stap__in=("behandelen", "aangevuld")).order_by("-volgorde")
    taken = rows.first()
    return taken is not None and taken.gegevens.get("zorg_betrokken") == "nee"
