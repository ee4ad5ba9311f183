"""From CSV to batches of staged rows: header, form of the file, values of each row."""

import csv
import io
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from accounts.versleuteling import decrypt, encrypt
from casework.namen import normalise, search_name, sort_name
from koppelingen.pakket.bron import Pakket
from koppelingen.pakket.codemapping import Codemapping
from koppelingen.pakket.documenten import storage_name
from koppelingen.pakket.fouten import (
    Afkeuring,
    PakketGeweigerd,
    Waardefout,
    waardesoort,
)
from koppelingen.pakket.kolom import BRON_ID_LENGTE, Bestand, Kolom
from koppelingen.pakket.spec import EIGEN_BRON
from koppelingen.pakket.waarden import reader_for

PARTIJ: Final = 10_000
CELGRENS: Final = 16 << 20
BOM: Final = b"\xef\xbb\xbf"
EXTRA = re.compile(r"x_\w{1,60}")
csv.field_size_limit(CELGRENS)


@dataclass(slots=True)
class Partij:
    """A batch of rows of one file: `data` is CSV for COPY, `cellen` the rows as they were."""

    bestand: Bestand
    data: io.StringIO = field(default_factory=io.StringIO)
    gelezen: int = 0
    gestaged: int = 0
    cellen: dict[int, list[str]] = field(default_factory=dict)
    afkeuringen: list[Afkeuring] = field(default_factory=list)
    weggelaten: list[tuple[int, str]] = field(default_factory=list)
    gemeentecodes: set[str] = field(default_factory=set)
    klaar_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Kop:
    """The header of one file, checked: which cell is which column."""

    bestand: Bestand
    namen: tuple[str, ...]
    kolommen: tuple[tuple[int, Kolom], ...]
    extra: tuple[tuple[int, str], ...]

    @property
    def aanwezig(self) -> frozenset[str]:
        return frozenset(kolom.naam for _, kolom in self.kolommen)


def read_kop(bestand: Bestand, namen: Sequence[str]) -> Kop:
    """Raises PakketGeweigerd naming the column that is wrong, missing or doubled."""
    known = {kolom.naam: kolom for kolom in bestand.kolommen}
    csv_naam = bestand.csv
    dubbel = sorted({naam for naam in namen if namen.count(naam) > 1})
    if dubbel:
        raise PakketGeweigerd(f"{csv_naam}: kolom '{dubbel[0]}' staat twee keer in de kop.")
    for naam in namen:
        mag = naam in known or EXTRA.fullmatch(naam) or (naam == "bron_id" and bestand.met_bron_id)
        if not mag:
            raise PakketGeweigerd(
                f"{csv_naam}: kolom '{naam[:60]}' is onbekend. Een eigen kolom begint met x_."
            )
    nodig = [k.naam for k in bestand.kolommen if k.verplicht]
    nodig += ["bron_id"] if bestand.met_bron_id else []
    for naam in nodig:
        if naam not in namen:
            raise PakketGeweigerd(f"{csv_naam}: de verplichte kolom '{naam}' ontbreekt.")
    if bestand.een_van and not set(bestand.een_van) & set(namen):
        raise PakketGeweigerd(
            f"{csv_naam}: een van de kolommen {' en '.join(bestand.een_van)} moet er zijn."
        )
    index = {naam: nummer for nummer, naam in enumerate(namen)}
    return Kop(
        bestand,
        tuple(namen),
        tuple((index[k.naam], k) for k in bestand.kolommen if k.naam in index),
        tuple((index[naam], naam) for naam in sorted(index) if naam.startswith("x_")),
    )


class Regels:
    """Rows of one CSV file as lists of cells, with the position in bytes."""

    def __init__(self, pakket: Pakket, naam: str) -> None:
        self.naam = naam
        self.raw = pakket.open(naam)
        if self.raw.read(3) == BOM:
            self.raw.close()
            raise PakketGeweigerd(f"{naam} begint met een BOM. Bewaar het als UTF-8 zonder BOM.")
        self.raw.seek(0)
        self.text = io.TextIOWrapper(self.raw, encoding="utf-8", newline="")
        self.reader = csv.reader(self.text, delimiter=";", strict=True)

    def __iter__(self) -> Iterator[list[str] | str]:
        """Rows; a row whose quotes are wrong comes as a Dutch sentence."""
        while True:
            try:
                cells = next(self.reader)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                raise PakketGeweigerd(
                    f"{self.naam} is geen UTF-8 (na regel {self.reader.line_num}). Bewaar het"
                    " bestand als UTF-8; Windows-1252 en Latin-1 worden niet gelezen."
                ) from error
            except csv.Error as error:
                if "unexpected end of data" in str(error):
                    raise PakketGeweigerd(
                        f"{self.naam}: een aanhalingsteken is geopend en nooit gesloten."
                    ) from error
                yield _csv_zin(str(error))
                continue
            if cells:
                yield cells

    @property
    def positie(self) -> int:
        return self.raw.tell()

    def close(self) -> None:
        self.text.close()


def _csv_zin(error: str) -> str:
    if "field larger" in error:
        return "Een cel is te groot."
    return "De aanhalingstekens in deze rij kloppen niet."


def open_kop(pakket: Pakket, bestand: Bestand) -> tuple[Kop, Regels]:
    regels = Regels(pakket, bestand.csv)
    try:
        eerste = next(iter(regels), None)
        if not isinstance(eerste, list):
            raise PakketGeweigerd(f"{bestand.csv}: de kopregel ontbreekt of is onleesbaar.")
        return read_kop(bestand, eerste), regels
    except BaseException:
        regels.close()
        raise


def seal(cells: Mapping[str, str]) -> dict[str, str]:
    """A refused row for storage: encrypted whole, since any cell may hold a BSN."""
    return {"versleuteld": b64encode(encrypt(json.dumps(cells, ensure_ascii=False))).decode()}


def unseal(rij: Mapping[str, str]) -> dict[str, str]:
    cells: dict[str, str] = json.loads(decrypt(b64decode(rij["versleuteld"])))
    return cells


Stap = tuple[int, Kolom, Callable[[str], Any], bytes | str, str | None]


class Rijlezer:
    """Turns rows of one file into staged rows or refusals."""

    def __init__(
        self,
        kop: Kop,
        *,
        mapping: Codemapping,
        vandaag: date,
        wpg: bool,
        bron: str,
        controle: Callable[[Mapping[str, str]], tuple[str, str] | None] | None = None,
    ) -> None:
        self.kop, self.bestand = kop, kop.bestand
        self.wpg, self.bron, self.controle = wpg, bron, controle
        self.bron_index = kop.namen.index("bron_id") if self.bestand.met_bron_id else -1
        self.regime_index = kop.namen.index("regime") if "regime" in kop.namen else -1
        self.key = blake2b(settings.BLIND_INDEX_KEY.encode(), digest_size=32).digest()
        self.stappen = [
            (index, kolom, reader_for(kolom, vandaag), f"\x1f{kolom.naam}=", kolom.standaard)
            for index, kolom in kop.kolommen
        ]
        self.vertaling = {
            kolom.naam: tabel
            for _, kolom in kop.kolommen
            if (tabel := mapping.for_kolom(self.bestand.naam, kolom))
        }
        self.gemeente = "gemeentecode" in kop.aanwezig
        self.zoek = {"jongeren": _names_of_jongere, "scholen": _name_of_school}.get(
            self.bestand.naam
        )

    def kolomnamen(self) -> list[str]:
        """Columns of the staging table in the order of the COPY data."""
        namen = ["rij", "bron_id", "hash", "extra", "doel_uuid"]
        namen += [naam for _, kolom in self.kop.kolommen for naam, _ in kolom.staging]
        if self.bestand.naam == "jongeren":
            namen += ["zoeknaam", "sorteernaam"]
        elif self.bestand.naam == "scholen":
            namen.append("zoeknaam")
        elif self.bestand.naam == "documenten":
            namen.append("opslag")
        return namen

    def partijen(self, regels: Regels, *, per_partij: int = PARTIJ) -> Iterator[Partij]:
        partij = Partij(self.bestand)
        writer = csv.writer(partij.data)
        # Numbered as a spreadsheet shows them: the header is row 1.
        for rij, cells in enumerate(regels, start=2):
            partij.gelezen += 1
            self._read(partij, writer, rij, cells)
            if partij.gelezen >= per_partij:
                partij.klaar_bytes = regels.positie
                yield partij
                partij = Partij(self.bestand)
                writer = csv.writer(partij.data)
        partij.klaar_bytes = regels.positie
        yield partij

    def _read(self, partij: Partij, writer: Any, rij: int, cells: list[str] | str) -> None:
        if isinstance(cells, str) or len(cells) != len(self.kop.namen):
            zin = (
                cells
                if isinstance(cells, str)
                else f"De rij heeft {len(cells)} cellen, de kop heeft er {len(self.kop.namen)}."
            )
            partij.cellen[rij] = [] if isinstance(cells, str) else cells
            partij.afkeuringen.append(Afkeuring(self.bestand.naam, rij, "", "", "", zin))
            return
        partij.cellen[rij] = cells
        if not self.wpg and (
            self.bestand.wpg_altijd
            or (self.regime_index >= 0 and cells[self.regime_index] == "WPG")
        ):
            bron_id = cells[self.bron_index] if self.bron_index >= 0 else ""
            partij.weggelaten.append((rij, bron_id))
            return
        fout = self._stage(partij, writer, rij, cells)
        if fout:
            kolom, waarde, zin = fout
            bron_id = cells[self.bron_index] if self.bron_index >= 0 else ""
            partij.afkeuringen.append(
                Afkeuring(
                    self.bestand.naam,
                    rij,
                    bron_id if len(bron_id) <= BRON_ID_LENGTE else "",
                    kolom,
                    waardesoort(waarde),
                    zin,
                )
            )

    def _stage(
        self, partij: Partij, writer: Any, rij: int, cells: list[str]
    ) -> tuple[str, str, str] | None:
        """Column, value and sentence of the first thing wrong; None when the row is staged."""
        row: list[Any] = [rij, "", "", "", ""]
        parts: list[str] = []
        values: dict[str, str] = {}
        vertaling = self.vertaling
        kolom = None
        value = ""
        try:
            for index, kolom, read, prefix, standaard in self.stappen:
                value = cells[index]
                if vertaling and kolom.naam in vertaling:
                    value = vertaling[kolom.naam].get(value, value)
                if not value:
                    if kolom.verplicht:
                        return kolom.naam, "", "Deze cel is verplicht en is leeg."
                    value = standaard or ""
                if value:
                    if value != standaard:
                        parts.append(prefix + value)
                    values[kolom.naam] = value
                    result = read(value)
                    if result.__class__ is str:
                        row.append(result)
                    else:
                        row.extend(result)
                elif kolom.type == "gd":
                    row += ("", "D")
                elif kolom.type in {"bsn", "nr"}:
                    row += (r"\x", "")
                else:
                    row.append("")
        except Waardefout as error:
            assert kolom is not None
            return kolom.naam, value, str(error)
        if fout := self._check_row(values):
            return fout
        return self._finish(partij, writer, cells, row, parts, values)

    def _check_row(self, values: Mapping[str, str]) -> tuple[str, str, str] | None:
        for regel in self.bestand.volgorde:
            eerder, later = values.get(regel.eerder), values.get(regel.later)
            if eerder and later and later[: len(eerder)] < eerder:
                return regel.later, later, regel.zin
        if self.bestand.een_van:
            gevuld = [naam for naam in self.bestand.een_van if values.get(naam)]
            if len(gevuld) != 1:
                namen = " en ".join(self.bestand.een_van)
                zin = f"Precies een van {namen} moet gevuld zijn."
                return self.bestand.een_van[0], "", zin
        if self.controle and (fout := self.controle(values)):
            kolom, zin = fout
            return kolom, values.get(kolom, ""), zin
        return None

    def _finish(
        self,
        partij: Partij,
        writer: Any,
        cells: list[str],
        row: list[Any],
        parts: list[str],
        values: dict[str, str],
    ) -> tuple[str, str, str] | None:
        if self.bron_index >= 0:
            bron_id = cells[self.bron_index]
            if not bron_id or bron_id != bron_id.strip() or len(bron_id) > BRON_ID_LENGTE:
                zin = f"bron_id moet gevuld zijn, met hoogstens {BRON_ID_LENGTE} tekens."
                return "bron_id", bron_id, zin
        else:
            sleutel = "\x1f".join(values.get(naam, "") for naam in self.bestand.sleutel)
            bron_id = blake2b(sleutel.encode(), key=self.key, digest_size=16).hexdigest()
        extra = {naam: cells[i] for i, naam in self.kop.extra if cells[i]}
        if self.bestand.naam == "gebruikers" and values.get("actief"):
            extra["actief"] = values["actief"]  # authors are loaded inactive, whatever they were
        text = "".join(parts)
        if extra:
            row[3] = json.dumps(extra, ensure_ascii=False, sort_keys=True)
            text += f"\x1f{row[3]}"
        if "\0" in text or "\\u0000" in row[3] or "\0" in bron_id:
            return "", "", "De rij bevat een teken (NUL) dat niet bewaard kan worden."
        row[1] = bron_id
        row[2] = rf"\x{blake2b(text.encode(), key=self.key, digest_size=16).hexdigest()}"
        if self.bron == EIGEN_BRON:
            row[4] = as_uuid(bron_id)
        if self.zoek:
            row += self.zoek(values)
        elif self.bestand.naam == "documenten":
            row.append(storage_name(self.bron, bron_id, values["sha256"]))
        if self.gemeente and (code := values.get("gemeentecode")):
            partij.gemeentecodes.add(code)
        writer.writerow(row)
        partij.gestaged += 1
        return None


def as_uuid(text: str) -> str:
    try:
        return str(UUID(text)) if len(text) == 36 else ""
    except ValueError:
        return ""


def _names_of_jongere(values: Mapping[str, str]) -> tuple[str, str]:
    voornamen, voorvoegsel = values.get("voornamen", ""), values.get("voorvoegsel", "")
    achternaam = values["achternaam"]
    return (
        search_name(voornamen, values.get("roepnaam", ""), voorvoegsel, achternaam),
        sort_name(achternaam, voorvoegsel, voornamen),
    )


def _name_of_school(values: Mapping[str, str]) -> tuple[str]:
    return (normalise(f"{values['naam']} {values.get('plaats', '')}"),)


def as_dict(kop: Kop, cells: Sequence[str]) -> dict[str, str]:
    """A row by column name; surplus cells are kept under a number."""
    pairs = dict(zip(kop.namen, cells, strict=False))
    for nummer in range(len(kop.namen), len(cells)):
        pairs[f"cel {nummer + 1}"] = cells[nummer]
    return pairs
