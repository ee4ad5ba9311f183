"""Rows of verzuimmeldingen_in.csv as a package: persons, schools, addresses and reports.

By way of the package new reports get what every import gets: one record for each person, questions
about doubtful pairs, frozen gemeente and taak, and refused rows that can be corrected on screen.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from casework.codes import DuoStatus, Kanaal, Reden
from casework.models import School
from casework.versleuteling import blind_index
from koppelingen.pakket.bron import MANIFEST
from koppelingen.pakket.spec import PAKKETVERSIE

BRONSYSTEEM: Final = "DUO verzuimregister"
Rij = Mapping[str, str]
# Columns of a report that say the same in the package.
GELIJK: Final = {
    "duo_meldingnummer": "meldingnummer",
    "soort": "soort_verzuim",
    "melddatum": "datum_melding",
    "begindatum": "begindatum",
    "einddatum": "einddatum",
    "alle_lessen": "alle_lessen_gemist",
    "actie_gewenst": "actie_gewenst",
    "melder_naam": "melder_naam",
    "melder_functie": "melder_functie",
    "melder_telefoon": "melder_telefoon",
    "melder_email": "melder_email",
    "laatste_mutatie": "laatste_mutatie",
}
PERSOON: Final = (
    "bsn", "onderwijsnummer", "achternaam", "voorvoegsel", "voornamen", "geboortedatum", "geslacht",
)  # fmt: skip  # read as a table
ADRES: Final = {
    "straat": "afw_straat",
    "huisnummer": "afw_huisnummer",
    "huisletter": "afw_huisletter",
    "toevoeging": "afw_toevoeging",
    "postcode": "afw_postcode",
    "woonplaats": "afw_plaats",
}
# What has no column of its own is kept in words, in what the school writes.
IN_WOORDEN: Final = {
    "reden_vermoedelijk": "Reden volgens de school",
    "toelichting_geen_actie": "Waarom de school geen actie vraagt",
    "actie_prioriteit": "Prioriteit",
    "telefoon_leerling_ouder": "Telefoon van leerling of ouder",
    "afw_locatieaanduiding": "Plaats van verblijf",
}
ONDERWIJS: Final = ("onderwijssoort", "leerjaar", "niveau", "opleidingsnaam", "leerweg")


def words_of_school(rij: Rij) -> str:
    """What the school did, its reason and the rest, a line each."""
    lines = [rij.get("ondernomen_actie", "")]
    reden = rij.get("reden_vermoedelijk", "")
    for naam, kop in IN_WOORDEN.items():
        cell = rij.get(naam, "")
        if cell and not (naam == "reden_vermoedelijk" and reden in Reden.values):
            lines.append(f"{kop}: {cell}")
    onderwijs = [rij[naam] for naam in ONDERWIJS if rij.get(naam)]
    if onderwijs:
        lines.append(f"Onderwijs volgens DUO: {', '.join(onderwijs)}")
    return "\n".join(line for line in lines if line)


def report_cells(rij: Rij) -> dict[str, str]:
    """The columns of verzuimmeldingen.csv that the school fills."""
    cells = {naam: rij.get(bron, "") for naam, bron in GELIJK.items()}
    reden = rij.get("reden_vermoedelijk", "")
    return cells | {
        "reden": reden if reden in Reden.values else "",
        "actie_school": words_of_school(rij),
    }


def write_pakket(folder: Path, gemeentecode: str, rijen: Sequence[Rij], now: datetime) -> None:
    """Fill the folder with a package of these reports."""
    scholen = _scholen(rijen)
    files = {
        "scholen": list(scholen.values()),
        "jongeren": list({_person(rij): _jongere(rij, gemeentecode) for rij in rijen}.values()),
        "adressen": [_adres(rij) for rij in rijen if any(rij.get(naam) for naam in ADRES.values())],
        "verzuimmeldingen": [_melding(rij) for rij in rijen],
    }
    bestanden = []
    for naam, rows in files.items():
        if rows:
            _write(folder / f"{naam}.csv", rows)
            bestanden.append({"naam": f"{naam}.csv", "rijen": len(rows)})
    manifest = {
        "pakketversie": PAKKETVERSIE,
        "bronsysteem": BRONSYSTEEM,
        "gemeentecodes": [gemeentecode],
        "peilmoment": now.isoformat(),
        "bestanden": bestanden,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _write(pad: Path, rows: list[dict[str, str]]) -> None:
    with pad.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _person(rij: Rij) -> str:
    """The key of a person, without a number that can be read in it."""
    nummer = rij.get("bsn") or rij.get("onderwijsnummer") or ""
    return blind_index(nummer).hex()[:40]


def _jongere(rij: Rij, gemeentecode: str) -> dict[str, str]:
    return {
        "bron_id": _person(rij),
        **{naam: rij.get(naam, "") for naam in PERSOON},
        "gemeentecode": gemeentecode,
    }


def _vestiging(rij: Rij) -> str:
    """BRIN and number; the main vestiging has 00."""
    brin = rij.get("brin", "")
    return brin + rij.get("vestigingsvolgnummer", "").zfill(2) if brin else ""


def _scholen(rijen: Sequence[Rij]) -> dict[str, dict[str, str]]:
    """A school that we know keeps its name; of another the name of the leslocatie."""
    by_code = {code: rij for rij in rijen if (code := _vestiging(rij))}
    known = dict(
        School.objects.filter(vestigingscode__in=by_code).values_list("vestigingscode", "naam")
    )
    return {
        code: {
            "bron_id": code,
            "naam": known.get(code) or rij.get("leslocatie_naam") or f"School {code}",
            "brin": rij["brin"],
            "vestigingscode": code,
        }
        for code, rij in by_code.items()
    }


def _adres(rij: Rij) -> dict[str, str]:
    return {
        "bron_id": rij["meldingnummer"],
        "jongere_id": _person(rij),
        "soort": "FEITELIJK",
        **{naam: rij.get(bron, "") for naam, bron in ADRES.items()},
        "van": rij.get("begindatum") or rij["datum_melding"],
    }


def _melding(rij: Rij) -> dict[str, str]:
    ended = rij["status"] in {DuoStatus.G, DuoStatus.K, DuoStatus.I}
    exempt = rij["status"] == DuoStatus.I and rij.get("reden_ingetrokken") == "V"
    withdrawn = "Overlapt een vrijstelling" if exempt else "Ingetrokken door de melder"
    return {
        "bron_id": rij["meldingnummer"],
        "jongere_id": _person(rij),
        "school_id": _vestiging(rij),
        "kanaal": Kanaal.DUO.value,
        "status": rij["status"],
        "afgesloten_op": rij["laatste_mutatie"][:10] if ended else "",
        "reden_afgesloten": withdrawn if rij["status"] == DuoStatus.I else "",
        **report_cells(rij),
    }
