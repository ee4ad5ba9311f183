"""One file of a package: the query for its rows and the text of each cell."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps

from accounts.models import Gebruiker
from accounts.versleuteling import decrypt
from casework.schooljaar import AMSTERDAM
from koppelingen.pakket.kolom import Bestand, Kolom
from koppelingen.pakket.spec import BY_NAME, EIGEN_BRON

Cel = Callable[[Any], str]
_EXTRA: Final = (
    "(SELECT b.extra FROM koppelingen_bronsleutel b WHERE b.object_id = t.id"
    " AND b.bestand = '{naam}' AND b.extra IS NOT NULL"
    " ORDER BY b.bronsysteem = '" + EIGEN_BRON + "' DESC, b.id LIMIT 1)"
)


def _gebruiker_sql(column: str) -> str:
    return (
        "(SELECT b.bron_id FROM koppelingen_bronsleutel b WHERE b.bestand = 'gebruikers'"
        f" AND b.bronsysteem = '{EIGEN_BRON}' AND b.object_id = {column} ORDER BY b.id LIMIT 1)"
    )


def _datum(value: date | None) -> str:
    return value.isoformat() if value else ""


def _moment(value: datetime | None) -> str:
    return value.astimezone(AMSTERDAM).isoformat() if value else ""


def _ja_nee(value: bool | None) -> str:
    return "" if value is None else "J" if value else "N"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _geheim(value: bytes | memoryview | None) -> str:
    return decrypt(bytes(value)) if value else ""


def _geboren(value: str | None) -> str:
    """Date and precision in one text: "2005-01-01J" is 2005."""
    if not value:
        return ""
    return {"D": value[:10], "M": value[:7], "J": value[:4]}[value[10]]


def _schooljaar(value: int) -> str:
    return f"{value:04}-{value + 1:04}"


CELLEN: Final[dict[str, Cel]] = {
    "d": _datum,
    "dt": _moment,
    "b": _ja_nee,
    "gd": _geboren,
    "bsn": _geheim,
    "nr": _geheim,
    "sj": _schooljaar,
}


@dataclass(frozen=True)
class Uitvoerbestand:
    """How one file is written; `sql` selects its cells, then the extra columns as JSON."""

    bestand: Bestand
    sql: str
    kop: list[str]
    cellen: list[Cel]

    def rows(self, cursor: Any, extra: list[str]) -> Iterator[list[str]]:
        last = len(self.cellen)
        for row in cursor:
            cells = [cel(value) for cel, value in zip(self.cellen, row, strict=False)]
            more = json.loads(row[last]) if row[last] else {}  # Django leaves jsonb as text
            yield cells + [str(more.get(naam, "")) for naam in extra]


def uitvoerbestand(bestand: Bestand, *, met_extra: bool) -> Uitvoerbestand:
    model = apps.get_model(bestand.model)
    columns: list[str] = []
    kop: list[str] = []
    cellen: list[Cel] = []
    if bestand.met_bron_id:
        is_gebruiker = model is Gebruiker
        kop.append("bron_id")
        columns.append(_gebruiker_sql("t.id") if is_gebruiker else "t.uuid::text")
        cellen.append(_text)
    for kolom in bestand.kolommen:
        kop.append(kolom.naam)
        columns.append(_column(bestand, kolom))
        cellen.append(_cell(bestand, kolom))
    columns.append(_EXTRA.format(naam=bestand.naam) if met_extra else "NULL")
    order = "t.uuid" if bestand.uuid else ", ".join(str(n + 1) for n in range(len(kop)))
    sql = (
        f"SELECT {', '.join(columns)} FROM {model._meta.db_table} t"
        f" JOIN keuze k ON k.bestand = '{bestand.naam}' AND k.id = t.id ORDER BY {order}"
    )
    return Uitvoerbestand(bestand, sql, kop, cellen)


def _cell(bestand: Bestand, kolom: Kolom) -> Cel:
    if (bestand.naam, kolom.naam) == ("gebruikers", "actief"):
        return _text
    return CELLEN.get(kolom.type, _text)


def _column(bestand: Bestand, kolom: Kolom) -> str:
    naam = kolom.naam
    match (bestand.naam, naam):
        case ("gebruikers", "actief"):
            extra = _EXTRA.format(naam="gebruikers")
            return f"COALESCE({extra}->>'actief', CASE WHEN t.is_active THEN 'J' ELSE 'N' END)"
        case ("gebruikers", "email"):
            return "lower(t.email)"
        case ("werkprocessen", "gemeentecode"):
            return f"CASE WHEN t.gemeente_opgegeven THEN {_GEMEENTE} END"
        case ("documenten", "pad"):
            return "'documenten/' || t.uuid::text"
        case ("documenten", "traject_id"):
            return (
                "(SELECT x.uuid::text FROM doorstroompunt_trajectdocument d"
                " JOIN doorstroompunt_traject x ON x.id = d.traject_id"
                " JOIN keuze kx ON kx.bestand = 'trajecten' AND kx.id = x.id"
                " WHERE d.document_id = t.id)"
            )
        case ("vsv_duo", "schooljaar"):
            return "t.beginjaar"
    if kolom.type == "ref":
        return _reference(kolom)
    if kolom.type == "gem":
        return _GEMEENTE
    if kolom.type == "gd":
        return f"to_char(t.{naam}, 'YYYY-MM-DD') || t.{naam}_precisie"
    return f"t.{naam}"


_GEMEENTE: Final = "(SELECT g.code FROM casework_gemeente g WHERE g.id = t.gemeente_id)"


def _reference(kolom: Kolom) -> str:
    if kolom.verwijst == "gebruikers":
        return _gebruiker_sql(f"t.{kolom.naam}")
    doel = apps.get_model(BY_NAME[kolom.verwijst].model)._meta.db_table
    return (
        f"(SELECT x.uuid::text FROM {doel} x JOIN keuze kx ON kx.bestand = '{kolom.verwijst}'"
        f" AND kx.id = x.id WHERE x.id = t.{kolom.naam})"
    )
