"""How a letter leaves: a table of small functions. A way that is not connected is not offered."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.mail import send_mail

from casework.briefsoorten import Partij
from casework.briefsoorten import Verzendwijze as Wijze
from casework.models import Brief

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Poort:
    instelling: str  # name of the setting that switches it on; "" is always on
    verstuur: Callable[[Brief], None]

    @property
    def aan(self) -> bool:
        return not self.instelling or bool(getattr(settings, self.instelling))


def _post(brief: Brief) -> None:
    """Printed and posted by people."""


def _mail(brief: Brief) -> None:
    """Says only that there is a letter: no name, no subject, no number."""
    person = brief.jongere if brief.partij == Partij.JONGERE else brief.relatie
    if person is None or not person.email:
        return
    # The number of the letter, so that it can be told whether a notice left.
    logger.info("Mailmelding bij brief %s", brief.kenmerk)
    send_mail(
        "Er komt een brief",
        f"U krijgt een brief van de gemeente {brief.gemeente}. De brief komt met de post.\n",
        None,
        [person.email],
        fail_silently=True,  # the letter itself does not depend on it
    )


def _box(brief: Brief) -> None:
    """Not connected: what would be sent is written in the log of the server, without a person.

    Only to the youth: for a minor without a box of his own the letter goes to the parents by post.
    """
    if brief.partij != Partij.JONGERE:
        return
    logger.info(
        "Berichtenbox: brief %s (%s) zou nu zijn aangeboden, %s bytes",
        brief.kenmerk,
        brief.soort,
        brief.document.bytes if brief.document else 0,
    )


VERZENDWIJZEN: Final[Mapping[str, Poort]] = {
    Wijze.POST: Poort("", _post),
    Wijze.MAILMELDING: Poort("BRIEF_MAILMELDING", _mail),
    Wijze.BERICHTENBOX: Poort("BRIEF_BERICHTENBOX", _box),
}
