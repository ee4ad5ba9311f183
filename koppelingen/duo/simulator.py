"""Answers as the verzuimregister would, at once: for the demo and for trying out."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.codes import DuoStatus
from casework.domain.meldingstatus import Door, may_move
from casework.domain.statusbericht import Antwoord
from casework.models import Berichtstand, Statusbericht
from koppelingen.duo.register import Levering, Meldinglevering
from leerplicht.models import Vrijstelling


class Simulator:
    def send(
        self, gemeentecode: str, berichten: Sequence[Statusbericht], now: datetime
    ) -> list[Antwoord]:
        return [self._answer(bericht, now) for bericht in berichten]

    def report(self, gemeentecode: str, rijen: Sequence[Vrijstelling], now: datetime) -> None:
        """The register takes every exemption."""

    def deliveries(self) -> Iterator[Levering]:
        return iter(())

    def meldingen(self) -> Iterator[Meldinglevering]:
        """Schools of the demo report by the screen."""
        return iter(())

    def forget(self, before: datetime) -> int:
        return 0

    def _answer(self, bericht: Statusbericht, now: datetime) -> Antwoord:
        code, tekst = self._wrong(bericht)
        return Antwoord(bericht.bericht_id, not code, code, tekst, None if code else now)

    def _wrong(self, bericht: Statusbericht) -> tuple[str, str]:
        was = self._status(bericht)
        if was == DuoStatus.I:
            return "SIM-I", "De melding is ingetrokken."
        if not may_move(was, bericht.nieuwe_status, Door.GEMEENTE):
            naar = bericht.get_nieuwe_status_display()
            return "SIM-S", f"De melding kan niet van {DuoStatus(was).label} naar {naar}."
        if bericht.nieuwe_status == DuoStatus.G and not bericht.reden_afgesloten:
            return "SIM-R", "Een afgesloten melding heeft een reden."
        return "", ""

    def _status(self, bericht: Statusbericht) -> str:
        """What the register has: withdrawn, or the last status it confirmed."""
        if bericht.melding.status == DuoStatus.I:
            return DuoStatus.I
        rows = Statusbericht.objects.filter(
            melding=bericht.melding_id, stand=Berichtstand.BEVESTIGD
        )
        last = rows.order_by("-pk").values_list("nieuwe_status", flat=True).first()
        return last or DuoStatus.R
