"""Refused rows of an earlier run as a package of their own, read like any other."""

import csv
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.pakket.bron import MANIFEST, open_pakket
from koppelingen.pakket.documenten import DOCUMENTEN, member
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.lezer import EXTRA, unseal
from koppelingen.pakket.spec import BESTANDEN, CODEMAPPING, PAKKETVERSIE
from koppelingen.pakket.waarden import read_pad


def columns_of(bestand: Bestand, rijen: Iterable[Mapping[str, str]]) -> list[str]:
    """The columns of these rows and those that must be there; what is no column is left out."""
    met_rij = {naam for rij in rijen for naam in rij}
    own = (["bron_id"] if bestand.met_bron_id else []) + [
        kolom.naam
        for kolom in bestand.kolommen
        if kolom.verplicht or kolom.naam in met_rij or kolom.naam in bestand.een_van
    ]
    return own + sorted(naam for naam in met_rij if EXTRA.fullmatch(naam))


def write_herstel(map_: Path, run: Inleesrun, eerder: Inleesrun, zip_pad: Path | None) -> None:
    """Fill the folder with the rows that `run` offers again; documents come from the first zip."""
    bestanden = []
    for bestand in BESTANDEN:
        rows = run.aangeboden.filter(bestand=bestand.naam).order_by("rijnummer")
        if not rows.exists():
            continue
        # Read twice, so that memory does not grow with the number of rows.
        kolommen = columns_of(bestand, (unseal(row.rij) for row in rows.iterator()))
        with (map_ / bestand.csv).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\n")
            writer.writerow(kolommen)
            for row in rows.iterator():
                cells = unseal(row.rij)
                writer.writerow([cells.get(naam, "") for naam in kolommen])
        bestanden.append({"naam": bestand.csv, "rijen": rows.count()})
        if bestand.naam == "documenten" and zip_pad:
            _copy_documents(map_, rows, zip_pad)
    _write_codemapping(map_, eerder)
    manifest = {
        "pakketversie": PAKKETVERSIE,
        "bronsysteem": eerder.bronsysteem,
        "gemeentecodes": eerder.gemeentecodes,
        "peilmoment": eerder.peilmoment,
        "bestanden": bestanden,
    }
    (map_ / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _write_codemapping(map_: Path, eerder: Inleesrun) -> None:
    if not eerder.codemapping:
        return
    with (map_ / f"{CODEMAPPING}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(["lijst", "bron_code", "doel_code"])
        for lijst, codes in eerder.codemapping.items():
            writer.writerows([lijst, van, naar] for van, naar in codes.items())


def _copy_documents(map_: Path, rows: Iterable[Quarantaine], zip_pad: Path) -> None:
    """What is not there is missed when the row is read; that gives the sentence about it."""
    with open_pakket(zip_pad) as pakket:
        for row in rows:
            pad = unseal(row.rij).get("pad", "")
            if not pad or member(pad) not in pakket.namen:
                continue
            doel = map_ / member(read_pad(pad))
            assert doel.is_relative_to(map_ / DOCUMENTEN)
            doel.parent.mkdir(parents=True, exist_ok=True)
            with pakket.open(member(pad)) as bron, doel.open("wb") as stream:
                shutil.copyfileobj(bron, stream)
