"""Status of a melding: which moves there are and who makes them (DUO, since August 2020).

Nothing else assigns `status`. What goes to DUO is written in the outbox in the same transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils import timezone

from accounts.models import Gebruiker
from casework.codes import DuoStatus, Resultaat
from casework.errors import DomainError
from casework.models import Berichtstand, Statusbericht, Verzuimmelding
from casework.parameters import waarde
from casework.schooljaar import AMSTERDAM


class Door(StrEnum):
    GEMEENTE = "gemeente"
    MELDER = "melder"  # the school, or who else reported
    DUO = "DUO"


R, B, G, K = DuoStatus.R, DuoStatus.B, DuoStatus.G, DuoStatus.K
I, LOKAAL = DuoStatus.I, DuoStatus.LOKAAL  # noqa: E741  # the code of DUO itself
# Status, who -> where it may go. G, K and D are ends for the gemeente; re-opening is local only.
OVERGANGEN: Final[Mapping[tuple[DuoStatus, Door], frozenset[DuoStatus]]] = {
    (R, Door.GEMEENTE): frozenset({B, K}),
    (B, Door.GEMEENTE): frozenset({G, K}),
    (R, Door.MELDER): frozenset({I}),
    (B, Door.MELDER): frozenset({I}),
    (LOKAAL, Door.MELDER): frozenset({I}),
    # A melding that overlaps an exemption, also when it was closed.
    **{(status, Door.DUO): frozenset({I}) for status in (R, B, G, K)},
}
# How DUO calls the end, by result of the handling; own codes until DUO gives its list. That list
# knows no "still at home": then the nearest is what claims no return to school.
REDENCODE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            Resultaat.NAAR_SCHOOL,
            Resultaat.WAARSCHUWING,
            Resultaat.HALT,
            Resultaat.PV,
            Resultaat.NIET_VERWIJTBAAR,
            Resultaat.ALSNOG_ONGEOORLOOFD,
        ),
        "TERUG",
    ),
    **dict.fromkeys(
        (
            Resultaat.GEOORLOOFD,
            Resultaat.GEEN_VERZUIM,
            Resultaat.NIET_ZORGELIJK,
            Resultaat.SVT,
            Resultaat.OZA,
            Resultaat.HULPVERLENING,
        ),
        "LEGITIEM",
    ),
    **dict.fromkeys(
        (
            Resultaat.VERHUISD,
            Resultaat.THUISZITTER,
            Resultaat.NIET_OPGELOST,
            Resultaat.DOORSTROOMPUNT,
        ),
        "UIT_OVERIG",
    ),
    Resultaat.ANDERE_SCHOOL: "UIT_ANDERS",
    Resultaat.VRIJSTELLING: "VRIJSTELLING",
}
TOELICHTING: Final[dict[str, str]] = {B: "ACTIE", G: "GEEN_ACTIE", K: "GEZIEN"}


def may_move(van: str, naar: str, door: Door) -> bool:
    return DuoStatus(naar) in OVERGANGEN.get((DuoStatus(van), door), frozenset())


def change_status(
    melding: Verzuimmelding, naar: str, *, door: Door = Door.GEMEENTE, by: Gebruiker | None = None
) -> None:
    """Set the status, not yet saved; a step of the gemeente goes to DUO. Raises DomainError.

    Closing what nobody took up goes by way of In behandeling: the register knows no other road.
    """
    if door is Door.GEMEENTE and (melding.status, naar) == (R, G):
        change_status(melding, B, by=by)
    if not may_move(melding.status, naar, door):
        was, nieuw = DuoStatus(melding.status).label, DuoStatus(naar).label
        raise DomainError(f"Een melding kan niet van {was} naar {nieuw}.")
    if naar == I and door is Door.MELDER and melding.status == B:
        day = timezone.now().astimezone(AMSTERDAM).date()
        if not waarde("melding_intrekken_na_oppakken", day):
            raise DomainError("De melding is al opgepakt; de school kan haar niet meer intrekken.")
    melding.status = naar
    if door is Door.GEMEENTE:
        _tell_duo(melding, by=by, now=timezone.now())


def _tell_duo(melding: Verzuimmelding, *, by: Gebruiker | None, now: datetime) -> None:
    """In the outbox; nothing else of the dossier leaves (BRO 21)."""
    if not melding.duo_meldingnummer:
        return
    closes = melding.status == G
    Statusbericht.objects.create(
        melding=melding,
        jongere_id=melding.jongere_id,
        gemeente_id=melding.gemeente_id,
        taak=melding.taak,
        nieuwe_status=melding.status,
        reden_afgesloten=_reason(melding) if closes else "",
        toelichting=TOELICHTING[str(melding.status)],
        gezien_mutatie=melding.laatste_mutatie,
        contact_naam=by.naam[:100] if by else "",
        contact_functie=by.functie[:60] if by else "",
        contact_email=((by.email or "")[:100]) if by else "",
        aangemaakt_op=now,
    )


def _reason(melding: Verzuimmelding) -> str:
    if melding.jongere.datum_overlijden:
        return "OVERLEDEN"
    return REDENCODE.get(str(melding.resultaat), "UIT_OVERIG")


def drop_waiting(melding: Verzuimmelding) -> int:
    """Withdrawn: what DUO did not confirm yet has no sense any more."""
    rows = Statusbericht.objects.filter(melding=melding)
    waiting = rows.filter(stand__in=(Berichtstand.KLAAR, Berichtstand.AFGEWEZEN))
    return waiting.update(stand=Berichtstand.VERVALLEN)
