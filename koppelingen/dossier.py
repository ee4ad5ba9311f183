"""What koppelingen adds to the dossier page of casework."""

from casework.uitbreiding import UITBREIDINGEN


def register() -> None:
    UITBREIDINGEN.gebeurtenissen |= {
        "pakket.uitgevoerd": "Uitgevoerd in een pakket",
        "jongere.samengevoegd": "Samengevoegd met een dubbele registratie",
    }
