"""Statuses as files in a folder that somebody, or another program, brings to DUO and back.

Files, all with `;` and a first column `versie`:

    uit/verzuimstatus_uit_<gemeentecode>_<moment>.csv      what goes
    in/verzuimstatus_terug*.csv                            what came back
    gelezen/                                               what was read, with its wrong rows
"""

import csv
import io
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from accounts.cellen import as_text
from casework.domain.statusbericht import Antwoord
from casework.models import Statusbericht
from casework.schooljaar import AMSTERDAM
from koppelingen.csvbron import BronGeweigerd, read_csv
from koppelingen.duo.register import Levering

VERSIE: Final = "1"
UITGAAND: Final = (
    "versie", "bericht_id", "meldingnummer", "gezien_mutatie", "nieuwe_status",
    "reden_afgesloten", "toelichting_code", "opmerking", "contact_naam", "contact_functie",
    "contact_telefoon", "contact_email", "aangemaakt_op",
)  # fmt: skip
TERUG: Final = ("VERSIE", "BERICHT_ID", "RESULTAAT", "FOUTCODE", "FOUTTEKST", "NIEUWE_MUTATIE")


class Csvregister:
    def __init__(self, map_: Path) -> None:
        self.uit, self.in_, self.gelezen = (map_ / naam for naam in ("uit", "in", "gelezen"))
        for folder in (self.uit, self.in_, self.gelezen):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send(
        self, gemeentecode: str, berichten: Sequence[Statusbericht], now: datetime
    ) -> list[Antwoord]:
        """One file, under its own name only when it is whole."""
        moment = f"{now.astimezone(AMSTERDAM):%Y%m%dT%H%M%S}"
        naam = f"verzuimstatus_uit_{gemeentecode}_{moment}_{berichten[0].bericht_id.hex[:8]}.csv"
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(UITGAAND)
        writer.writerows([as_text(cell) for cell in _row(bericht)] for bericht in berichten)
        part = self.uit / f"{naam}.part"
        part.touch(mode=0o600)
        part.write_text(text.getvalue(), encoding="utf-8", newline="")
        part.replace(self.uit / naam)
        return []

    def deliveries(self) -> Iterator[Levering]:
        for pad in sorted(self.in_.glob("verzuimstatus_terug*.csv")):
            yield self._read(pad)

    def _read(self, pad: Path) -> Levering:
        """A file with a wrong head is put away whole, with the reason beside it."""
        antwoorden, fouten = [], []
        try:
            kop, rijen = read_csv(pad)
            if missing := set(TERUG) - set(kop):
                raise BronGeweigerd(f"De kop mist {', '.join(sorted(missing)).lower()}.")
            for nummer, rij in enumerate(rijen, start=2):
                try:
                    antwoorden.append(_antwoord(rij))
                except ValueError as error:
                    fouten.append(f"Rij {nummer}: {error}")
        except BronGeweigerd as error:
            antwoorden, fouten = [], [str(error)]
        return Levering(pad.name, antwoorden, fouten, lambda: self._put_away(pad, fouten))

    def _put_away(self, pad: Path, fouten: list[str]) -> None:
        if fouten:
            (self.gelezen / f"{pad.name}.fouten.txt").write_text("\n".join(fouten) + "\n")
        pad.replace(self.gelezen / pad.name)


def _row(bericht: Statusbericht) -> tuple[str, ...]:
    gezien = bericht.gezien_mutatie
    return (
        VERSIE,
        str(bericht.bericht_id),
        bericht.melding.duo_meldingnummer,
        gezien.astimezone(AMSTERDAM).isoformat() if gezien else "",
        str(bericht.nieuwe_status),
        bericht.reden_afgesloten,
        bericht.toelichting,
        "",
        bericht.contact_naam,
        "",
        "",
        bericht.contact_email,
        bericht.aangemaakt_op.astimezone(AMSTERDAM).isoformat(timespec="seconds"),
    )


def _antwoord(rij: dict[str, str]) -> Antwoord:
    """Raises ValueError with what is wrong, in Dutch."""
    if rij["VERSIE"] != VERSIE:
        raise ValueError("deze versie kennen wij niet.")
    if rij["RESULTAAT"] not in {"OK", "FOUT"}:
        raise ValueError("het resultaat is OK of FOUT.")
    try:
        bericht_id = uuid.UUID(rij["BERICHT_ID"])
    except ValueError as error:
        raise ValueError("dit is geen nummer van een bericht.") from error
    try:
        mutatie = datetime.fromisoformat(rij["NIEUWE_MUTATIE"]) if rij["NIEUWE_MUTATIE"] else None
    except ValueError as error:
        raise ValueError("het moment van de mutatie is geen datum met tijd.") from error
    if mutatie and mutatie.tzinfo is None:
        raise ValueError("het moment van de mutatie mist zijn tijdzone.")
    return Antwoord(
        bericht_id, rij["RESULTAAT"] == "OK", rij["FOUTCODE"], rij["FOUTTEKST"], mutatie
    )
