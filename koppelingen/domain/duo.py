"""The exchange with the verzuimregister of DUO: what came in first, then what waits (BRO 21)."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Final

from django.db import transaction

from casework.domain.statusbericht import Antwoord, mark_sent, process_antwoord, to_send
from casework.models import Statusbericht
from casework.schooljaar import AMSTERDAM
from koppelingen.domain.duo_meldingen import receive
from koppelingen.duo.register import Verzuimregister, register
from leerplicht.domain import vrijstelling_duo

PER_LEVERING: Final = 500
TELLING: Final = (
    "antwoorden", "meldingen", "gewijzigd", "foute_rijen", "verzonden", "vrijstellingen",
)  # fmt: skip  # read as a table


def exchange(now: datetime) -> dict[str, int]:
    """Safe to do twice, and at the same time: a message leaves once, an answer counts once."""
    port = register()
    if port is None:
        return {}
    telling = Counter(dict.fromkeys(TELLING, 0))
    for levering in port.deliveries():
        telling["antwoorden"] += _store(levering.antwoorden, now)
        telling["foute_rijen"] += len(levering.fouten)
        levering.klaar()
    for meldingen in port.meldingen():
        telling.update(receive(meldingen, now))
    while batch := _next_batch():
        telling["verzonden"] += _send(port, *batch, now)
    for gemeentecode, pks in _exemptions().items():
        telling["vrijstellingen"] += _report(port, gemeentecode, pks, now)
    return dict(telling)


@transaction.atomic
def _store(antwoorden: list[Antwoord], now: datetime) -> int:
    return sum(process_antwoord(antwoord, now=now) for antwoord in antwoorden)


def forget_files(before: datetime) -> int:
    """What was read holds numbers of children: it goes when nobody looks at it any more."""
    port = register()
    return port.forget(before) if port else 0


def _next_batch() -> tuple[str, list[int]] | None:
    """Messages of one gemeente; of a melding only the oldest that DUO has not answered."""
    per_gemeente: dict[str, list[int]] = defaultdict(list)
    for bericht in to_send().select_related("jongere__gemeente")[:PER_LEVERING]:
        per_gemeente[_code(bericht)].append(bericht.pk)
    return next(iter(per_gemeente.items()), None)


def _code(bericht: Statusbericht) -> str:
    """Of the melding; without one, where the youth lives."""
    gemeente = bericht.gemeente or bericht.jongere.gemeente
    return gemeente.code if gemeente else "0000"


@transaction.atomic
def _send(port: Verzuimregister, gemeentecode: str, pks: list[int], now: datetime) -> int:
    """Marked and handed over together: what fails half way stays to be sent."""
    if berichten := mark_sent(pks, now=now):
        _store(port.send(gemeentecode, berichten, now), now)
    return len(berichten)


def _exemptions() -> dict[str, list[int]]:
    per_gemeente: dict[str, list[int]] = defaultdict(list)
    for rij in vrijstelling_duo.waiting():
        gemeente = rij.gemeente or rij.jongere.gemeente
        per_gemeente[gemeente.code if gemeente else "0000"].append(rij.pk)
    return per_gemeente


@transaction.atomic
def _report(port: Verzuimregister, gemeentecode: str, pks: list[int], now: datetime) -> int:
    day = now.astimezone(AMSTERDAM).date()
    rijen = [rij for pk in pks if (rij := vrijstelling_duo.mark_reported(pk, day))]
    if rijen:
        port.report(gemeentecode, rijen, now)
    return len(rijen)
