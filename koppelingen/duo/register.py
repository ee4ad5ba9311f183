"""The port to the verzuimregister of DUO; nothing above it knows how a message travels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.conf import settings

from casework.domain.statusbericht import Antwoord
from casework.models import Statusbericht
from leerplicht.models import Vrijstelling


@dataclass(frozen=True, slots=True)
class Levering:
    """Answers that came together; `klaar` is called once they are stored."""

    naam: str
    antwoorden: list[Antwoord]
    fouten: list[str] = field(default_factory=list)
    klaar: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Meldinglevering:
    """Reports and days of absence of one gemeente, by column name; `klaar` as above.

    With `fouten` the file was refused as a whole.
    """

    naam: str
    gemeentecode: str
    meldingen: list[dict[str, str]]
    dagen: list[dict[str, str]]
    fouten: list[str]
    klaar: Callable[[list[str]], None]


class Verzuimregister(Protocol):
    def send(
        self, gemeentecode: str, berichten: Sequence[Statusbericht], now: datetime
    ) -> list[Antwoord]:
        """Hand over the messages of one gemeente; the answers that are there at once.

        The same message may be handed over twice: its `bericht_id` is the key.
        """
        ...

    def report(self, gemeentecode: str, rijen: Sequence[Vrijstelling], now: datetime) -> None:
        """Exemptions for the vrijstellingenregister: new ones, and with a new last day."""
        ...

    def deliveries(self) -> Iterator[Levering]:
        """Answers that came since the last time; each again until its `klaar` was called."""
        ...

    def meldingen(self) -> Iterator[Meldinglevering]:
        """What schools reported, changed or withdrew since the last time; again until `klaar`."""
        ...

    def forget(self, before: datetime) -> int:
        """Drop what was read before that moment; how many files."""
        ...


def register() -> Verzuimregister | None:
    """What DUO_REGISTER names; None when this installation is not connected."""
    from koppelingen.duo.csvregister import Csvregister
    from koppelingen.duo.simulator import Simulator

    if settings.DUO_REGISTER == "csv":
        return Csvregister(settings.DUO_MAP)
    return Simulator() if settings.DUO_REGISTER == "simulator" else None
