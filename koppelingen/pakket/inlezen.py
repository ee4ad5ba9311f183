"""Reading one package from beginning to end, in one transaction: everything or nothing."""

import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from django.db import connection, transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.pakket import afronden
from koppelingen.pakket.bron import MANIFEST, Manifest, Pakket, Zip, open_pakket
from koppelingen.pakket.codemapping import Codemapping, problem
from koppelingen.pakket.documenten import Documentenkast
from koppelingen.pakket.fouten import Afkeuring, PakketBezig, PakketGeweigerd, waardesoort
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.lader import Lader
from koppelingen.pakket.lezer import Kop, Rijlezer, as_dict, open_kop
from koppelingen.pakket.rapport import Rapport, reconcile_figures, reconcile_rows
from koppelingen.pakket.spec import BY_NAME, CODEMAPPING, CODEMAPPING_KOLOMMEN, EIGEN_BRON
from koppelingen.pakket.telling import Telraam
from koppelingen.pakket.voorlezen import read_ahead
from leerplicht.domain.toewijzing import assign_read

# Two runs at once would not see each other's persons.
SLOT: Final = 7_405_310_123
Voortgang = Callable[[str, int], None]  # step, percentage


@dataclass(frozen=True, slots=True)
class Opties:
    vandaag: date
    proef: bool = False
    strikt: bool = False
    wpg_akkoord: str = ""
    bronsysteem: str = ""
    gebruiker: Gebruiker | None = None
    # The gemeenten a package may be about; None: any (the operator on the server).
    gemeentecodes: frozenset[str] | None = None


class _Terug(Exception):
    """Rolls a dry run back."""


def read_pakket(
    pad: Path, run: Inleesrun, opties: Opties, voortgang: Voortgang = lambda stap, pct: None
) -> Rapport:
    """Read the package into the database.

    Raises PakketGeweigerd when it is refused as a whole; then nothing is loaded.
    """
    begin = time.monotonic()
    telraam = Telraam()
    try:
        with open_pakket(pad) as pakket:
            pakket.check(strikt=opties.strikt)
            koppen = check_headers(pakket)
            check_gemeenten(pakket, opties)
            rapport = Rapport(
                telraam,
                pakket=run.bestandsnaam,
                bronsysteem=opties.bronsysteem or pakket.bronsysteem,
                proef=opties.proef,
                wpg_akkoord=opties.wpg_akkoord,
                gemeentecodes=pakket.manifest.gemeentecodes,
                waarschuwingen=pakket.waarschuwingen,
            )
            Inlezing(pakket, koppen, run, opties, rapport, voortgang).perform()
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        telraam.close()
        raise PakketGeweigerd("De zip is beschadigd: een bestand erin is niet te lezen.") from error
    except BaseException:
        telraam.close()
        raise
    rapport.duur = time.monotonic() - begin
    return rapport


def check_upload(naam: str, stream: IO[bytes], opties: Opties) -> Manifest:
    """What can be said at once about a zip: its form, its manifest and whose package it is."""
    with closing(Zip(Path(naam), stream)) as pakket:
        if not pakket.heeft_manifest:
            raise PakketGeweigerd("manifest.json ontbreekt in de zip; dan leest u niet zelf in.")
        try:
            pakket.manifest = Manifest.parse(pakket.read_small(MANIFEST))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise PakketGeweigerd("De zip is beschadigd: het manifest is niet te lezen.") from error
        check_gemeenten(pakket, opties)
        return pakket.manifest


def check_headers(pakket: Pakket) -> dict[str, Kop]:
    """Headers of all files before anything is read; a wrong one refuses the package."""
    koppen = {}
    for naam in pakket.bestanden():
        kop, regels = open_kop(pakket, BY_NAME[naam])
        regels.close()
        koppen[naam] = kop
    return koppen


def check_gemeenten(pakket: Pakket, opties: Opties) -> None:
    if opties.gemeentecodes is None:
        return
    codes = pakket.manifest.gemeentecodes
    if not codes:
        raise PakketGeweigerd("manifest.json noemt geen gemeentecodes; dan leest u niet zelf in.")
    vreemd = sorted(set(codes) - opties.gemeentecodes)
    if vreemd:
        raise PakketGeweigerd(f"U beheert gemeente {', '.join(vreemd)} niet.")


class Inlezing:
    """One run; splits the work in steps that share the package and the counts."""

    def __init__(
        self,
        pakket: Pakket,
        koppen: Mapping[str, Kop],
        run: Inleesrun,
        opties: Opties,
        rapport: Rapport,
        voortgang: Voortgang,
    ) -> None:
        self.pakket, self.koppen, self.run = pakket, koppen, run
        self.opties, self.rapport, self.voortgang = opties, rapport, voortgang
        self.telraam, self.bron = rapport.telraam, rapport.bronsysteem
        self.kast = Documentenkast(pakket, schrijven=not opties.proef)
        self.totaal = sum(pakket.namen[f"{naam}.csv"] for naam in koppen) or 1
        self.gelezen = 0

    def perform(self) -> None:
        try:
            with transaction.atomic():
                self._load()
                if self.opties.proef:
                    raise _Terug
                store_quarantaine(self.run, self.telraam)
        except _Terug:
            with transaction.atomic():
                store_quarantaine(self.run, self.telraam)
        except BaseException:
            self.kast.undo()
            raise

    def _load(self) -> None:
        with connection.cursor() as cursor:
            prepare_session(cursor)
            mapping = self._codemapping()
            self.run.codemapping = {naam: dict(rows) for naam, rows in mapping.lijsten.items()}
            self.run.peilmoment = self.pakket.manifest.peilmoment
            lader = Lader(
                bron=self.bron,
                eigen_bron=self.bron == EIGEN_BRON,
                run_id=self.run.pk,
                telraam=self.telraam,
                kast=self.kast,
            )
            for naam in BY_NAME:
                if naam in self.koppen:
                    self._load_file(lader, self.koppen[naam], mapping)
            self.voortgang("Afronden", 96)
            if self.bron != EIGEN_BRON:  # our own packages say where a jongere lives now
                afronden.set_current_gemeente(cursor, peildag(self.pakket, self.opties))
            afronden.freeze_again(cursor)
            afronden.open_dossiers(cursor)
            assign_read(cursor, self.opties.vandaag)
            afronden.record_events(
                cursor,
                gebruiker_id=self.opties.gebruiker.pk if self.opties.gebruiker else None,
                run_id=self.run.pk,
                bron=self.bron,
            )
            lader.close()
        self._report(lader)

    def _load_file(self, lader: Lader, kop: Kop, mapping: Codemapping) -> None:
        bestand = kop.bestand
        self.voortgang(bestand.csv, self._percentage(0))
        lezer = Rijlezer(
            kop,
            mapping=mapping,
            vandaag=self.opties.vandaag,
            wpg=bool(self.opties.wpg_akkoord),
            bron=self.bron,
            controle=self.kast.check if bestand.naam == "documenten" else None,
        )
        kop_regels = open_kop(self.pakket, bestand)[1]
        try:
            lader.load(
                kop,
                read_ahead(lezer.partijen(kop_regels)),
                lezer.kolomnamen(),
                herlezen=lambda rijen: read_again(self.pakket, bestand, rijen),
                stap=lambda partij: self.voortgang(
                    bestand.csv, self._percentage(partij.klaar_bytes)
                ),
            )
        finally:
            kop_regels.close()
        self.gelezen += self.pakket.namen[bestand.csv]

    def _percentage(self, extra: int) -> int:
        return min(95, 95 * (self.gelezen + extra) // self.totaal)

    def _codemapping(self) -> Codemapping:
        naam = f"{CODEMAPPING}.csv"
        if naam not in self.pakket.namen:
            return Codemapping()
        lijsten: dict[str, dict[str, str]] = {}
        for rij, row in read_rows(self.pakket, CODEMAPPING_BESTAND):
            self.telraam.bestand(CODEMAPPING).gelezen += 1
            fout = mapping_problem(row)
            if fout:
                kolom, zin = fout
                soort = waardesoort(row.get(kolom, ""))
                self.telraam.refuse(Afkeuring(CODEMAPPING, rij, "", kolom, soort, zin), row)
            else:
                self.telraam.bestand(CODEMAPPING).geladen += 1
                lijsten.setdefault(row["lijst"], {})[row["bron_code"]] = row["doel_code"]
        return Codemapping(lijsten)

    def _report(self, lader: Lader) -> None:
        manifest = self.pakket.manifest
        self.rapport.persoonsvragen = lader.vragen
        self.rapport.aansluiting_rijen = reconcile_rows(manifest, self.telraam)
        afwijkend = [r["bestand"] for r in self.rapport.aansluiting_rijen if r["verschil"]]
        if afwijkend:
            zin = f"Het aantal rijen is anders dan in het manifest: {', '.join(afwijkend)}."
            self.rapport.waarschuwingen.append(zin)
            if self.opties.strikt:
                raise PakketGeweigerd(zin)
        self.voortgang("Cijfers vergelijken", 97)
        afronden.analyze()
        self.rapport.aansluiting_cijfers, zin = reconcile_figures(manifest)
        if zin:
            self.rapport.waarschuwingen.append(zin)
        if not self.opties.proef:
            record_run(self.run, self.rapport, by=self.opties.gebruiker)


CODEMAPPING_BESTAND: Final = Bestand(
    CODEMAPPING, "koppelingen.Bronsleutel", CODEMAPPING_KOLOMMEN, sleutel=("lijst", "bron_code")
)


def mapping_problem(row: Mapping[str, str]) -> tuple[str, str] | None:
    for kolom in ("lijst", "bron_code", "doel_code"):
        if not row.get(kolom):
            return kolom, "Deze cel is verplicht en is leeg."
    return problem(row["lijst"], row["doel_code"])


def read_rows(pakket: Pakket, bestand: Bestand) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a small file by column name, numbered as in a spreadsheet."""
    kop, regels = open_kop(pakket, bestand)
    try:
        for rij, cells in enumerate(regels, start=2):
            yield rij, as_dict(kop, cells if isinstance(cells, list) else [])
    finally:
        regels.close()


def read_again(pakket: Pakket, bestand: Bestand, rijen: set[int]) -> dict[int, list[str]]:
    regels = open_kop(pakket, bestand)[1]
    try:
        return {
            rij: cells
            for rij, cells in enumerate(regels, start=2)
            if rij in rijen and isinstance(cells, list)
        }
    finally:
        regels.close()


def prepare_session(cursor: Any) -> None:
    """One import at a time, constraints row by row, settings for bulk work."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
    if not cursor.fetchone()[0]:
        raise PakketBezig("Er wordt al een pakket ingelezen. Probeer het later opnieuw.")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET LOCAL jit = off")
    cursor.execute("SET LOCAL work_mem = '64MB'")


def peildag(pakket: Pakket, opties: Opties) -> date:
    """The day of "now" in the package."""
    try:
        return date.fromisoformat(pakket.manifest.peilmoment[:10])
    except ValueError:
        return opties.vandaag


def record_run(run: Inleesrun, rapport: Rapport, *, by: Gebruiker | None) -> None:
    totaal = rapport.telraam.totaal
    record(
        "pakket.run",
        run,
        by=by,
        bronsysteem=rapport.bronsysteem,
        geladen=totaal.geladen,
        bijgewerkt=totaal.bijgewerkt,
        quarantaine=totaal.quarantaine,
    )
    if rapport.wpg_akkoord:
        record(
            "pakket.wpg_akkoord",
            run,
            by=by,
            reden=f"Politiegegevens ingelezen met akkoord van {rapport.wpg_akkoord}.",
        )


def store_quarantaine(run: Inleesrun, telraam: Telraam) -> None:
    """Keep the refused rows with the run, streaming."""
    if not telraam.totaal.quarantaine:
        return
    batch: list[Quarantaine] = []
    for row in telraam.refused():
        batch.append(
            Quarantaine(
                run=run,
                bestand=row["bestand"],
                rijnummer=row["rij"],
                bron_id=row["bron_id"],
                kolom=row["kolom"],
                waardesoort=row["waardesoort"],
                reden=row["reden"],
                rij=row["cellen"],
            )
        )
        if len(batch) >= 2000:
            Quarantaine.objects.bulk_create(batch)
            batch = []
    Quarantaine.objects.bulk_create(batch)
