"""A row of the vsv case table to facts, and the outcome back to cells."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Final

from casework.casetabel import (
    CellError,
    Row,
    boolean_cell,
    code_cell,
    date_cell,
    number_cell,
    print_boolean,
    required_date,
)
from casework.errors import DomainError
from casework.gronden import from_pakket

from .vsv import (
    ENTREE,
    STARTKWALIFICATIE,
    Deelname,
    Definitie,
    Diploma,
    Soort,
    Vsv,
    VsvFeiten,
    vsv,
)

REQUIRED: Final = (
    "t0",
    "t1",
    "geboortedatum",
    "onderwijs_t0",
    "bekostigd_t0",
    "onderwijs_t1",
    "hoogste_diploma",
    "diploma_datum",
    "vrijstelling_op_t1",
    "gemeente_t0",
    "gemeente_t1",
    "werkuren_pw_t1",
    "nieuwkomer_1e_jaar_vo_t0",
)
# Free codes of the table: the first pattern that fits the whole code names the kind.
_SOORTEN: Final = (
    (re.compile(r"mbo(-?[1-4])?[ _-]nbi"), Soort.MBO_NBI),
    (re.compile(r"(mbo(-?[1-4])?|entree)([-/ ].*)?"), Soort.MBO),
    (re.compile(r"vavo(-.*)?"), Soort.VAVO),
    (re.compile(r"(vmbo|vo|havo|vwo)([-/ ].*)?|vo_.*|isk|brugjaar"), Soort.VO),
    (re.compile(r"(pro|praktijkonderwijs)([-/ ].*)?"), Soort.PRO),
    (re.compile(r"vso([-/ ].*)?"), Soort.VSO),
    (re.compile(r"so([-/ ].*)?"), Soort.SO),
    (re.compile(r"(po|bo|sbo)([-/ ].*)?"), Soort.PO),
    (re.compile(r"educatie([-/ ].*)?"), Soort.EDUCATIE),
    (re.compile(r"ib([-/ ].*)?"), Soort.IB),
    (re.compile(r"engelse[ _-]stroom"), Soort.ENGELSE_STROOM),
    (re.compile(r"(hbo|ho)([-/ ].*)?"), Soort.HBO),
    (re.compile(r"wo([-/ ].*)?"), Soort.WO),
    (re.compile(r"buitenland([-/ ].*)?"), Soort.BUITENLAND),
)


def compute_row(row: Row) -> dict[str, str]:
    """The computed columns of one row; DomainError naming the column when a cell is wrong."""
    feiten = read_feiten(row)
    return print_vsv(vsv(feiten, _definitie(row, feiten.t0)))


def _definitie(row: Row, t0: date) -> Definitie:
    naam = code_cell(row, "definitie").upper()
    if naam not in {"", "A", "B"}:
        raise CellError("definitie", f"'{naam}' is onbekend. Kies A of B.")
    return Definitie.named(naam, t0) if naam else Definitie.on(t0)


def read_feiten(row: Row) -> VsvFeiten:
    t0 = _reference_day(row)
    bekostigd = boolean_cell(row, "bekostigd_t0")
    return VsvFeiten(
        t0=t0,
        geboortedatum=_geboortedatum(row, t0),
        op_t0=_deelnames(
            row,
            "onderwijs_t0",
            bekostigd=bekostigd is not False,
            eerste_jaar_nl=bool(boolean_cell(row, "nieuwkomer_1e_jaar_vo_t0")),
            instelling=row.get("instelling_t0", "").strip(),
        ),
        op_t1=_deelnames(row, "onderwijs_t1"),
        diplomas=_diplomas(row),
        gronden_op_t1=_gronden(row),
        gemeente_t0=row["gemeente_t0"].strip(),
        gemeente_t1=row["gemeente_t1"].strip(),
        werkuren_t1=number_cell(row, "werkuren_pw_t1") or Decimal(0),
    )


def _reference_day(row: Row) -> date:
    t0, t1 = required_date(row, "t0"), required_date(row, "t1")
    if (t0.month, t0.day) != (10, 1):
        raise CellError("t0", f"{t0} is geen 1 oktober.")
    if t1 != t0.replace(year=t0.year + 1):
        raise CellError("t1", f"{t1} is niet 1 oktober een jaar na t0.")
    return t0


def _geboortedatum(row: Row, t0: date) -> date:
    geboren = required_date(row, "geboortedatum")
    if geboren > t0:
        raise CellError("geboortedatum", f"{geboren} ligt na t0 {t0}.")
    return geboren


def _deelnames(
    row: Row,
    kolom: str,
    *,
    bekostigd: bool = True,
    eerste_jaar_nl: bool = False,
    instelling: str = "",
) -> Collection[Deelname]:
    code = code_cell(row, kolom)
    if code in {"", "geen"}:
        return ()
    return (
        Deelname(
            soort=_soort(kolom, code),
            bekostigd=bekostigd,
            eerste_jaar_nl=eerste_jaar_nl,
            niveau=code,
            instelling=instelling,
        ),
    )


def _soort(kolom: str, code: str) -> Soort:
    for pattern, soort in _SOORTEN:
        if pattern.fullmatch(code):
            return soort
    raise CellError(kolom, f"'{code}' is een onbekende onderwijssoort.")


def _diplomas(row: Row) -> Collection[Diploma]:
    """The highest diploma; its date may only be unknown when it changes nothing."""
    soort = re.sub(r"^mbo ?([1-4])$", r"mbo-\1", code_cell(row, "hoogste_diploma"))
    datum = date_cell(row, "diploma_datum")
    if datum is None and (soort in STARTKWALIFICATIE or soort == ENTREE):
        raise CellError("diploma_datum", f"vul de datum van het diploma {soort} in.")
    return (Diploma(soort, datum),) if soort and datum else ()


def _gronden(row: Row) -> Collection[str]:
    """This table spells grounds as the package does: 5a is artikel 5 onder a."""
    code = code_cell(row, "vrijstelling_op_t1")
    if not code:
        return ()
    try:
        return (from_pakket(code).code,)
    except DomainError as error:
        raise CellError("vrijstelling_op_t1", str(error)) from error


def print_vsv(uitkomst: Vsv) -> dict[str, str]:
    nieuwe = uitkomst.is_nieuwe_vsver
    return {
        "in_startpopulatie": print_boolean(uitkomst.in_startpopulatie),
        "is_nieuwe_vsver": "nvt" if nieuwe is None else print_boolean(nieuwe),
        "telt_voor_gemeente": uitkomst.gemeente,
    }
