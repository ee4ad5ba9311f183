"""The vocabulary of the package tables: files, columns, types, and how a row becomes a record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import TextChoices

BRON_ID_LENGTE: Final = 64
# Type -> column type in the staging table; what is not named here is text.
STAGING: Final[Mapping[str, str]] = {
    "d": "date",
    "dt": "timestamptz",
    "b": "boolean",
    "i": "integer",
    "n": "numeric",
    "gd": "date",
    "bsn": "bytea",
    "nr": "bytea",
    "sj": "smallint",
}
_TOKEN = re.compile(
    r"(?P<naam>\w+)(?P<verplicht>\*?)(?:>(?P<ref>\w+)|:(?P<type>[a-z]+)(?P<maat>[\d.]*))?"
)


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column. Types: t text, d date, gd birth date, dt moment, b yes/no, i whole number,
    n decimal, c code, gem gemeente code, cc four digits, bsn, nr onderwijsnummer, sj schooljaar,
    pad path of a document, ref reference (bron_id in `verwijst`)."""

    naam: str
    type: str = "t"
    verplicht: bool = False
    maximum: int | None = None
    decimalen: int = 0
    codes: frozenset[str] = frozenset()
    codelijst: str = ""  # its name in codemapping.csv, besides the column name
    verwijst: str = ""
    standaard: str = ""
    leeg: str = ""  # value of the database column when the cell is empty ("" : NULL or '')

    @property
    def is_tekst(self) -> bool:
        return self.type not in STAGING

    @property
    def staging(self) -> tuple[tuple[str, str], ...]:
        """Columns of the staging table: name and type."""
        soort = STAGING.get(self.type, "text")
        match self.type:
            case "gd":
                return ((self.naam, soort), (f"{self.naam}_precisie", "text"))
            case "bsn" | "nr":
                return ((self.naam, soort), (f"{self.naam}_index", soort))
            case _:
                return ((self.naam, soort),)


def kolommen(
    text: str,
    codes: Mapping[str, type[TextChoices] | list[str]] | None = None,
    standaard: Mapping[str, str] | None = None,
    lijsten: Mapping[str, str] | None = None,
    leeg: Mapping[str, str] | None = None,
) -> tuple[Kolom, ...]:
    """Read "achternaam*:t200 jongere_id*>jongeren geslacht:c" (as the contract writes it)."""
    rows = []
    for token in text.split():
        match = _TOKEN.fullmatch(token)
        assert match, token
        naam = match["naam"]
        lijst = (codes or {}).get(naam, [])
        waarden = lijst if isinstance(lijst, list) else list(lijst.values)
        maat = match["maat"] or ""
        heel, _, decimalen = maat.partition(".")
        rows.append(
            Kolom(
                naam,
                type="ref" if match["ref"] else match["type"] or "t",
                verplicht=bool(match["verplicht"]),
                maximum=int(heel) if heel else BRON_ID_LENGTE if match["ref"] else None,
                decimalen=int(decimalen or 0),
                codes=frozenset(waarden),
                codelijst=(lijsten or {}).get(naam, ""),
                verwijst=match["ref"] or "",
                standaard=(standaard or {}).get(naam, ""),
                leeg=(leeg or {}).get(naam, ""),
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Volgorde:
    """`later` may not lie before `eerder`; the Dutch sentence says so."""

    eerder: str
    later: str
    zin: str


@dataclass(frozen=True, slots=True)
class Bestand:
    """One CSV file and the table its rows go to.

    In SQL fragments `s` is the staged row: its columns, `s.object_id`, and `s.r_<kolom>` for the
    record a reference or gemeente code leads to.
    """

    naam: str
    model: str  # app_label.ModelName
    kolommen: tuple[Kolom, ...]
    # Columns that together are the key when there is no bron_id.
    sleutel: tuple[str, ...] = ()
    volgorde: tuple[Volgorde, ...] = ()
    # Exactly one of these is filled.
    een_van: tuple[str, ...] = ()
    # Database columns filled by an expression: at first loading, and again when a row changed.
    vast: Mapping[str, str] = field(default_factory=dict)
    altijd: Mapping[str, str] = field(default_factory=dict)
    # Database column of a gemeente -> date expression on which it is frozen (rule 3).
    bevries: Mapping[str, str] = field(default_factory=dict)
    jongere: str = "s.r_jongere_id"
    # Columns of the package that are not a column of the table.
    niet_opgeslagen: frozenset[str] = frozenset()
    # The record a row means when its key is new: condition on `t` (the table) and `s`.
    natuurlijk: str = ""
    koppel_overschrijft: bool = True
    # Records that a changed row may change: condition on `t`.
    wijzig_als: str = ""
    # Police data: always, or by the column `regime`; or along with its werkproces.
    wpg_altijd: bool = False
    wpg_volgt: bool = False
    # Opening date of the dossier that the row needs, and its taak when the row has none.
    dossier_taak: str = ""
    dossier_datum: str = ""
    uuid: bool = True

    @property
    def csv(self) -> str:
        return f"{self.naam}.csv"

    @property
    def met_bron_id(self) -> bool:
        return not self.sleutel

    def kolom(self, naam: str) -> Kolom:
        return next(k for k in self.kolommen if k.naam == naam)

    @property
    def verwijzingen(self) -> tuple[Kolom, ...]:
        return tuple(k for k in self.kolommen if k.type == "ref")
