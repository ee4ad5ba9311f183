"""A row of the status table to facts, and a status back to cells (dates in it are inclusive)."""

import re
from collections.abc import Mapping
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
    print_date,
    required_date,
)
from casework.errors import DomainError
from casework.gronden import from_statuscode
from casework.perioden import Periode

from .feiten import Feiten, Profiel, Vrijstelling
from .plicht import einde_schooljaren, leerplicht_start
from .regels import Regels
from .status import Status, Statuscode, leerplichtstatus

REQUIRED: Final = (
    "geboortedatum",
    "peildatum",
    "verblijf_van",
    "verblijf_tot",
    "onderwijssoort",
    "uitstroomprofiel",
    "uitstroom_bewijs_datum",
    "startkwalificatie_datum",
    "startkwalificatie_soort",
    "schooljaren_voltooid",
    "vrijstelling",
    "vrijstelling_van",
    "vrijstelling_tot",
    "ingeschreven",
    "afwezig_weken",
    "schoolvrij",
)
# Diplomas that may stand in the column by mistake: known, and no startkwalificatie (Lpw 1 f).
GEEN_STARTKWALIFICATIE: Final = re.compile(
    r"(vmbo|pro|praktijkonderwijs|vso|mbo1|entree|certificaat|praktijkverklaring).*"
)
_PROFIEL: Final[Mapping[str, Profiel | None]] = {
    "": None,
    **{profiel.value: profiel for profiel in Profiel},
    "vervolg": Profiel.VERVOLGONDERWIJS,
    "arbeid": Profiel.ARBEIDSMARKTGERICHT,
}


def compute_row(row: Row) -> dict[str, str]:
    """The computed columns of one row; DomainError naming the column when a cell is wrong."""
    peildatum = required_date(row, "peildatum")
    regels = Regels.on(peildatum)
    feiten = read_feiten(row, peildatum, regels)
    status = leerplichtstatus(feiten, peildatum, regels)
    if status.code == Statuscode.DOORSTROOMPUNT and status.doorstroompunt_actief is None:
        raise CellError("ingeschreven", "vul ja of nee in; zonder dat is de status onvolledig.")
    return print_status(status)


def read_feiten(row: Row, peildatum: date, regels: Regels) -> Feiten:
    feiten = Feiten(
        geboortedatum=_geboortedatum(row, peildatum),
        verblijf=(_periode(row, "verblijf_van", "verblijf_tot"),),
        onderwijssoort=code_cell(row, "onderwijssoort"),
        uitstroomprofiel=_profiel(row),
        uitstroom_bewijs_datum=date_cell(row, "uitstroom_bewijs_datum"),
        startkwalificatie_datum=_startkwalificatie(row, regels),
        schooljaren_voltooid=_schooljaren(row),
        vrijstellingen=_vrijstellingen(row),
        ingeschreven=boolean_cell(row, "ingeschreven"),
        afwezig_weken=number_cell(row, "afwezig_weken") or Decimal(0),
        schoolvrij=_schoolvrij(row),
    )
    boolean_cell(row, "brp")  # of no effect: residence creates the duty; a wrong value is told
    _check_schooljaren(feiten, peildatum, regels)
    return feiten


def _geboortedatum(row: Row, peildatum: date) -> date:
    geboren = required_date(row, "geboortedatum")
    if geboren > peildatum:
        raise CellError("geboortedatum", f"{geboren} ligt na de peildatum {peildatum}.")
    return geboren


def _periode(row: Row, van: str, tot: str) -> Periode:
    begin, laatste = date_cell(row, van), date_cell(row, tot)
    if begin and laatste and laatste < begin:
        raise CellError(tot, f"{laatste} ligt voor {van} {begin}.")
    return Periode.through(begin, laatste)


def _profiel(row: Row) -> Profiel | None:
    code = code_cell(row, "uitstroomprofiel")
    if code not in _PROFIEL:
        kinds = ", ".join(profiel.value for profiel in Profiel)
        raise CellError("uitstroomprofiel", f"'{code}' is onbekend. Kies uit {kinds}.")
    return _PROFIEL[code]


def _startkwalificatie(row: Row, regels: Regels) -> date | None:
    """Date of a diploma that is a startkwalificatie; the kind may be unknown, the date not."""
    day = date_cell(row, "startkwalificatie_datum")
    soort = re.sub(r"^mbo[ -]", "mbo", code_cell(row, "startkwalificatie_soort"))
    if GEEN_STARTKWALIFICATIE.fullmatch(soort):
        return None
    if soort and soort not in regels.startkwalificatie_soorten:
        kinds = ", ".join(sorted(regels.startkwalificatie_soorten))
        raise CellError("startkwalificatie_soort", f"'{soort}' is onbekend. Kies uit {kinds}.")
    if soort and day is None:
        raise CellError("startkwalificatie_datum", "vul de datum van het diploma in.")
    return day


def _schooljaren(row: Row) -> int | None:
    number = number_cell(row, "schooljaren_voltooid")
    if number is not None and number != int(number):
        raise CellError("schooljaren_voltooid", f"'{number}' is geen heel getal.")
    return None if number is None else int(number)


def _check_schooljaren(feiten: Feiten, peildatum: date, regels: Regels) -> None:
    einde = einde_schooljaren(feiten.schooljaren_voltooid, peildatum, regels)
    if einde and einde < leerplicht_start(feiten, regels):
        raise CellError(
            "schooljaren_voltooid",
            f"{feiten.schooljaren_voltooid} volledige schooljaren kan niet op deze leeftijd.",
        )


def _vrijstellingen(row: Row) -> tuple[Vrijstelling, ...]:
    code = code_cell(row, "vrijstelling")
    if not code:
        return ()
    try:
        grond = from_statuscode(code)
    except DomainError as error:
        raise CellError("vrijstelling", str(error)) from error
    periode = _periode(row, "vrijstelling_van", "vrijstelling_tot")
    if grond.heft_op and periode.van is None:
        raise CellError("vrijstelling_van", "vul de begindatum van de vrijstelling in.")
    return (Vrijstelling(grond, periode),)


def _schoolvrij(row: Row) -> tuple[Periode, ...]:
    """First and last day without school, "2025-12-20/2026-01-04"; several with a space or |."""
    text = row.get("schoolvrij", "")
    return tuple(_vrije_periode(part) for part in re.split(r"[\s|,;]+", text) if part)


def _vrije_periode(part: str) -> Periode:
    eerste, _, laatste = part.partition("/")
    cells = {"schoolvrij": eerste, "laatste": laatste or eerste}
    periode = Periode.through(date_cell(cells, "schoolvrij"), date_cell(cells, "laatste"))
    if periode.van is None or periode.tot is None or periode.tot <= periode.van:
        raise CellError("schoolvrij", f"'{part}' is geen periode (JJJJ-MM-DD/JJJJ-MM-DD).")
    return periode


def print_status(status: Status) -> dict[str, str]:
    leer, kwal = status.leerplicht or Periode(), status.kwalificatieplicht or Periode()
    return {
        "status": status.code.value,
        "doorstroompunt_actief": print_boolean(status.doorstroompunt_actief),
        "verantwoordelijk": status.verantwoordelijk,
        "leerplicht_start": print_date(leer.van),
        "leerplicht_einde": print_date(leer.laatste_dag),
        "kwalificatieplicht_start": print_date(kwal.van),
        "kwalificatieplicht_einde": print_date(kwal.laatste_dag),
    }
