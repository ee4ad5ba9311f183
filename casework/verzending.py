"""How a letter leaves: a table of small functions. A way that is not connected is not offered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.mail import send_mail

from casework.briefsoorten import Partij
from casework.briefsoorten import Verzendwijze as Wijze
from casework.errors import DomainError
from casework.models import Brief


@dataclass(frozen=True, slots=True)
class Poort:
    aan: bool
    verstuur: Callable[[Brief], None]


def _post(brief: Brief) -> None:
    """Printed and posted by people."""


def _mail(brief: Brief) -> None:
    """Says only that there is a letter: no name, no subject, no number."""
    person = brief.jongere if brief.partij == Partij.JONGERE else brief.relatie
    if person is None or not person.email:
        return
    send_mail(
        "Er komt een brief",
        f"U krijgt een brief van de gemeente {brief.gemeente}. De brief komt met de post.\n",
        None,
        [person.email],
        fail_silently=True,  # the letter itself does not depend on it
    )


def _box(brief: Brief) -> None:
    raise DomainError("De Berichtenbox is nog niet aangesloten.")


VERZENDWIJZEN: Final[Mapping[str, Poort]] = {
    Wijze.POST: Poort(True, _post),
    Wijze.MAILMELDING: Poort(True, _mail),
    Wijze.BERICHTENBOX: Poort(False, _box),
}
