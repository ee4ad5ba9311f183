"""The right to act, asked by the domain itself: views are not the only callers."""

from accounts.models import Gebruiker
from casework.errors import NotAuthorised
from casework.models import Jongere


def require(by: Gebruiker, permissie: str, gemeente_id: int | None) -> None:
    """Raises NotAuthorised when the user lacks this permission in this gemeente."""
    if not by.may(permissie, gemeente_id):
        raise NotAuthorised("U bent niet bevoegd om dit te doen in deze gemeente.")


def require_for(by: Gebruiker, taak: str, jongere: Jongere, gemeente_id: int | None = None) -> None:
    """May this user write for this taak: where the fact belongs, else where the youth lives."""
    require(by, f"{taak}.schrijven", gemeente_id or jongere.gemeente_id)
