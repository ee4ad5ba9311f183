"""What koppelingen adds to the dossier page of casework."""

from casework.uitbreiding import UITBREIDINGEN
from koppelingen.domain.opruimen import forget_destroyed


def register() -> None:
    UITBREIDINGEN.opruimers.append(forget_destroyed)
    UITBREIDINGEN.gebeurtenissen |= {
        "pakket.uitgevoerd": "Uitgevoerd in een pakket",
        "jongere.samengevoegd": "Samengevoegd met een dubbele registratie",
    }
