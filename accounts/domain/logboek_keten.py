"""The hash chain of the log: giving events their place, checking it, and the anchor outside."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from accounts.models import Gebeurtenis, Ketenregel, Ketenwacht, Logboekcontrole

logger = logging.getLogger(__name__)
PER_KEER = 5000
ANKERS = "logboek-ankers.txt"
_LOS = """
SELECT e.id FROM accounts_gebeurtenis e
 WHERE NOT EXISTS (SELECT FROM accounts_ketenregel k WHERE k.gebeurtenis_id = e.id)
   AND NOT EXISTS (SELECT FROM accounts_ketenwacht w WHERE w.gebeurtenis_id = e.id)
 ORDER BY e.id LIMIT 1
"""
_VERDWENEN = """
SELECT w.gebeurtenis_id FROM accounts_ketenwacht w
 WHERE NOT EXISTS (SELECT FROM accounts_gebeurtenis e WHERE e.id = w.gebeurtenis_id)
 ORDER BY 1 LIMIT 1
"""
SOORTEN = {
    "plaats": "in de keten ontbreekt de plaats voor deze regel",
    "gewist": "deze gebeurtenis is gewist",
    "gewijzigd": "deze gebeurtenis of haar plaats in de keten is gewijzigd",
}


@dataclass(frozen=True, slots=True)
class Anker:
    """The newest place of the chain at one moment, as written outside the database."""

    tijd: str
    nr: int
    hash: str

    def __str__(self) -> str:
        return f"{self.tijd} {self.nr} {self.hash}"


@dataclass(frozen=True, slots=True)
class Uitkomst:
    regels: int
    wachtend: int
    ankers: int
    gebeurtenis_id: int | None = None
    fout: str = ""

    @property
    def goed(self) -> bool:
        return not self.fout

    @property
    def uitleg(self) -> str:
        if not self.goed:
            waar = f"Gebeurtenis {self.gebeurtenis_id}: " if self.gebeurtenis_id else ""
            return f"{waar}{self.fout}."
        return "Alle regels kloppen."


def chain_waiting() -> int:
    """Give every waiting event its place; returns how many got one."""
    total = 0
    while placed := _chain_once():
        total += placed
    return total


def _chain_once() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT keten_aansluiten(%s)", [PER_KEER])
        placed: int = cursor.fetchone()[0]
    return placed


def check() -> Uitkomst:
    """Read the whole log once; the first row that does not fit is named."""
    ankers = list(read_ankers())
    gebeurtenis, fout = _first_break() or _broken_anker(ankers) or (None, "")
    return Uitkomst(
        regels=Gebeurtenis.objects.count(),
        wachtend=Ketenwacht.objects.count(),
        ankers=len(ankers),
        gebeurtenis_id=gebeurtenis,
        fout=fout,
    )


def _first_break() -> tuple[int | None, str] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gebeurtenis_id, soort FROM keten_breuk()")
        if row := cursor.fetchone():
            return row[0], SOORTEN[row[1]]
        cursor.execute(_LOS)
        if row := cursor.fetchone():
            return row[0], "deze gebeurtenis staat buiten de keten"
        cursor.execute(_VERDWENEN)
        if row := cursor.fetchone():
            return row[0], "gewist voordat zij haar plaats in de keten kreeg"
    return None


def _broken_anker(ankers: list[Anker]) -> tuple[int | None, str] | None:
    """The first anchor whose place is gone or holds something else."""
    places = Ketenregel.objects.in_bulk([anker.nr for anker in ankers])
    for anker in ankers:
        regel = places.get(anker.nr)
        if regel is None:
            return None, f"het anker van {anker.tijd} noemt plaats {anker.nr}, maar die ontbreekt"
        if bytes(regel.hash).hex() != anker.hash:
            return (
                regel.gebeurtenis_id,
                f"het anker van {anker.tijd} noemt op plaats {anker.nr} een andere regel",
            )
    return None


def read_ankers() -> Iterator[Anker]:
    pad = _ankers()
    if not pad.exists():
        return
    for line in pad.read_text().splitlines():
        tijd, nr, hash_ = line.split()
        yield Anker(tijd, int(nr), hash_)


def write_anker() -> Anker | None:
    """Add the newest place to the file outside the database, and to the log of the program."""
    newest = Ketenregel.objects.order_by("-nr").first()
    if newest is None:
        return None
    tijd = datetime.now(UTC).isoformat(timespec="seconds")
    anker = Anker(tijd, newest.nr, bytes(newest.hash).hex())
    pad = _ankers()
    pad.parent.mkdir(parents=True, exist_ok=True)
    with pad.open("a") as file:
        file.write(f"{anker}\n")
    logger.info("Anker van het logboek: %s", anker)
    return anker


def _ankers() -> Path:
    return Path(settings.LOGBOEK_ANKER_MAP) / ANKERS


def check_and_anchor() -> Logboekcontrole:
    """The nightly check. A broken log gets no new anchor: the last good one must stay the last."""
    chain_waiting()
    uitkomst = check()
    controle = Logboekcontrole.objects.create(
        goed=uitkomst.goed,
        regels=uitkomst.regels,
        gebeurtenis_id=uitkomst.gebeurtenis_id,
        uitleg=uitkomst.uitleg,
    )
    if uitkomst.goed:
        write_anker()
    else:
        logger.critical("Het logboek klopt niet. %s", uitkomst.uitleg)
    return controle
