"""Statuses as files in a folder that somebody, or another program, brings to DUO and back.

Files, all with `;` and a first column `versie`:

    uit/verzuimstatus_uit_<gemeentecode>_<moment>.csv      what goes
    uit/vrijstellingen_uit_<gemeentecode>_<moment>.csv     exemptions, without their ground
    in/verzuimstatus_terug*.csv                            what came back
    in/verzuimmeldingen_in_<gemeentecode>_<moment>.csv     what schools reported
    in/verzuimdagen_in_<gemeentecode>_<moment>.csv         and on which days
    gelezen/                                               what was read, with its wrong rows
"""

import csv
import io
import re
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
from koppelingen.duo.register import Levering, Meldinglevering
from leerplicht.domain.vrijstelling_proces import duo_message
from leerplicht.models import Vrijstelling

VERSIE: Final = "1"
UITGAAND: Final = (
    "versie", "bericht_id", "meldingnummer", "gezien_mutatie", "nieuwe_status",
    "reden_afgesloten", "toelichting_code", "opmerking", "contact_naam", "contact_functie",
    "contact_telefoon", "contact_email", "aangemaakt_op",
)  # fmt: skip  # read as a table
VRIJSTELLINGEN: Final = (
    "versie", "vrijstelling_id", "bsn", "onderwijsnummer", "postcode", "soort_register",
    "begindatum", "einddatum", "eerder_zelfde_soort", "geslacht", "geboortedatum", "gemeentecode",
)  # fmt: skip  # read as a table
TERUG: Final = ("VERSIE", "BERICHT_ID", "RESULTAAT", "FOUTCODE", "FOUTTEKST", "NIEUWE_MUTATIE")
# Columns that a file must have; without the others something is unknown.
BINNENKOMEND: Final = {
    "verzuimmeldingen": (
        "VERSIE", "MELDINGNUMMER", "STATUS", "LAATSTE_MUTATIE", "DATUM_MELDING", "BSN",
        "ONDERWIJSNUMMER", "ACHTERNAAM", "GEBOORTEDATUM", "BRIN", "SOORT_VERZUIM", "BEGINDATUM",
    ),
    "verzuimdagen": ("VERSIE", "MELDINGNUMMER", "DATUM"),
}  # fmt: skip  # read as a table
_NAAM = re.compile(r"(verzuim(?:meldingen|dagen))_in_(\d{4})_(\w+)\.csv")


class Csvregister:
    def __init__(self, map_: Path) -> None:
        self.uit, self.in_, self.gelezen = (map_ / naam for naam in ("uit", "in", "gelezen"))
        for folder in (self.uit, self.in_, self.gelezen):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send(
        self, gemeentecode: str, berichten: Sequence[Statusbericht], now: datetime
    ) -> list[Antwoord]:
        rijen = [_row(bericht) for bericht in berichten]
        self._write("verzuimstatus_uit", gemeentecode, rijen[0][1], now, UITGAAND, rijen)
        return []

    def report(self, gemeentecode: str, rijen: Sequence[Vrijstelling], now: datetime) -> None:
        cells = [_exemption(rij, gemeentecode) for rij in rijen]
        self._write("vrijstellingen_uit", gemeentecode, cells[0][1], now, VRIJSTELLINGEN, cells)

    def _write(
        self,
        bestand: str,
        gemeentecode: str,
        sleutel: str,
        now: datetime,
        kop: Sequence[str],
        rijen: Sequence[Sequence[str]],
    ) -> None:
        """One file, under its own name only when it is whole; a second try has the same name."""
        moment = f"{now.astimezone(AMSTERDAM):%Y%m%dT%H%M%S}"
        naam = f"{bestand}_{gemeentecode}_{moment}_{sleutel[:8]}.csv"
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(kop)
        writer.writerows([as_text(cell) for cell in rij] for rij in rijen)
        part = self.uit / f"{naam}.part"
        part.touch(mode=0o600)
        part.write_text(text.getvalue(), encoding="utf-8", newline="")
        part.replace(self.uit / naam)

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

    def meldingen(self) -> Iterator[Meldinglevering]:
        """In the order of their moments, and reports before their days."""
        found = [(_NAAM.fullmatch(pad.name), pad) for pad in self.in_.glob("verzuim*_in_*.csv")]
        named = [(naam, pad) for naam, pad in found if naam]
        for naam, pad in sorted(named, key=lambda pair: (pair[0][3], -len(pair[0][1]), pair[0][2])):
            yield self._reports(naam[1], naam[2], pad)

    def _reports(self, soort: str, gemeentecode: str, pad: Path) -> Meldinglevering:
        rows: list[dict[str, str]] = []
        fouten: list[str] = []
        try:
            kop, rijen = read_csv(pad, fouten)
            if missing := [naam for naam in BINNENKOMEND[soort] if naam not in kop]:
                raise BronGeweigerd(f"De kop mist {', '.join(missing).lower()}.")
            rows = [{naam.lower(): cell for naam, cell in rij.items()} for rij in rijen]
        except BronGeweigerd as error:
            rows, fouten = [], [str(error)]
        return Meldinglevering(
            pad.name,
            gemeentecode,
            rows if soort == "verzuimmeldingen" else [],
            rows if soort == "verzuimdagen" else [],
            fouten,
            lambda wrong: self._put_away(pad, wrong),
        )

    def forget(self, before: datetime) -> int:
        old = [pad for pad in self.gelezen.iterdir() if pad.stat().st_mtime < before.timestamp()]
        for pad in old:
            pad.unlink()
        return len(old)

    def _put_away(self, pad: Path, fouten: list[str]) -> None:
        if fouten:
            (self.gelezen / f"{pad.name}.fouten.txt").write_text("\n".join(fouten) + "\n")
        pad.touch()  # kept for some time from now
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
        bericht.contact_functie,
        "",
        bericht.contact_email,
        bericht.aangemaakt_op.astimezone(AMSTERDAM).isoformat(timespec="seconds"),
    )


def _exemption(rij: Vrijstelling, gemeentecode: str) -> tuple[str, ...]:
    """What the register takes (BRO 9-12): never the ground, never a document."""
    bericht, jongere = duo_message(rij), rij.jongere
    bekend = bool(jongere.bsn or jongere.onderwijsnummer)
    postcode = jongere.adressen.on(rij.gemeld_duo_op or bericht.begindatum).values_list(
        "postcode", flat=True
    )
    return (
        VERSIE,
        str(rij.uuid),
        jongere.bsn or "",
        jongere.onderwijsnummer or "",
        postcode.first() or "",
        bericht.soort_register,
        bericht.begindatum.isoformat(),
        bericht.einddatum.isoformat() if bericht.einddatum else "",
        "J" if bericht.eerder else "N",
        "" if bekend else str(jongere.geslacht),
        "" if bekend else str(jongere.geboortedatum or ""),
        gemeentecode,
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
