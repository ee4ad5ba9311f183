"""The days of absence of a report: as lines of text, and kept with the report."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.bevoegd import require_for
from casework.errors import DomainError
from casework.models import Verzuimdag, Verzuimmelding

Dagen = Mapping[date, Mapping[str, Any]]
MEESTE: Final = 200
LESUREN: Final = range(1, 13)
_REGEL: Final = re.compile(r"(\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2})[\s:]*(.*)")
_UUR: Final = re.compile(r"\(?(?<!\d)(\d{1,2}(?:[.,]\d{1,2})?) *uur\)?$")
_LES: Final = re.compile(r"(?:lesuur|lesuren)? *(\d{1,2}(?: *, *\d{1,2})*)")


def read_days(text: str, *, vandaag: date) -> dict[date, dict[str, Any]]:
    """A line for each day: "2-9-2025 hele dag", "3-9-2025 lesuur 1,2" or "4-9-2025 2,5 uur".

    Raises DomainError, naming the line.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MEESTE:
        raise DomainError(f"Dit zijn meer dan {MEESTE} dagen.")
    found: dict[date, dict[str, Any]] = {}
    for number, line in enumerate(lines, start=1):
        try:
            day, velden = _read(line)
        except ValueError as error:
            raise DomainError(f"Regel {number}: {error}") from error
        if day in found:
            raise DomainError(f"Regel {number}: deze dag staat er al.")
        if day > vandaag:
            raise DomainError(f"Regel {number}: deze dag ligt in de toekomst.")
        found[day] = velden
    return found


def _read(line: str) -> tuple[date, dict[str, Any]]:
    match = _REGEL.fullmatch(line.lower())
    if not match:
        raise ValueError("begin met een datum, zoals 2-9-2025.")
    parts, rest = [int(deel) for deel in match[1].split("-")], match[2].strip()
    try:
        day = date(*parts) if parts[0] > 31 else date(*reversed(parts))
    except ValueError as error:
        raise ValueError("deze datum bestaat niet.") from error
    velden: dict[str, Any] = {"hele_dag": None, "lesuren": "", "klokuren": None}
    if uur := _UUR.search(rest):
        velden["klokuren"] = Decimal(uur[1].replace(",", "."))
        rest = rest[: uur.start()].strip()
    if rest == "hele dag" or (not rest and velden["klokuren"] is None):
        velden["hele_dag"] = True
    elif rest:
        velden["hele_dag"], velden["lesuren"] = False, _lessons(rest)
    return day, velden


def _lessons(rest: str) -> str:
    match = _LES.fullmatch(rest)
    lessen = [int(deel) for deel in match[1].split(",")] if match else []
    if not lessen or not set(lessen) <= set(LESUREN):
        raise ValueError("schrijf 'hele dag', 'lesuur 1,2' of '2,5 uur'.")
    return ",".join(str(les) for les in sorted(set(lessen)))


def days_as_text(dagen: Iterable[Verzuimdag]) -> str:
    """As `read_days` reads it."""
    return "\n".join(_line(dag) for dag in dagen)


def _line(dag: Verzuimdag) -> str:
    parts = [f"{dag.datum.day}-{dag.datum.month}-{dag.datum.year}"]
    if dag.hele_dag:
        parts.append("hele dag")
    elif dag.lesuren:
        parts.append(f"lesuur {dag.lesuren}")
    if dag.klokuren is not None:
        parts.append(f"{dag.klokuren.normalize():f} uur".replace(".", ","))
    return " ".join(parts)


def store_days(melding: Verzuimmelding, dagen: Dagen, *, by: Gebruiker | None) -> int:
    """These days as they are here; others stay. How many changed; within a transaction."""
    known = {dag.datum: dag for dag in Verzuimdag.objects.filter(melding=melding)}
    changed = 0
    for datum, velden in dagen.items():
        dag = known.get(datum) or Verzuimdag(melding=melding, datum=datum)
        if dag.pk and all(getattr(dag, naam) == value for naam, value in velden.items()):
            continue
        for naam, value in velden.items():
            setattr(dag, naam, value)
        dag.save()
        changed += 1
    if changed:
        record("melding.dagen_vastgelegd", melding, by=by, rijen=changed)
    return changed


@transaction.atomic
def replace_days(melding: Verzuimmelding, dagen: Dagen, *, by: Gebruiker) -> None:
    """All days of this report anew, from the overview of the school. Raises NotAuthorised."""
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).select_related("jongere")
    melding = rows.get(pk=melding.pk)
    require_for(by, melding.taak, melding.jongere, melding.gemeente_id)
    gone = Verzuimdag.objects.filter(melding=melding).exclude(datum__in=dagen)
    removed, _ = gone.delete()
    if removed:
        record("melding.dagen_vervallen", melding, by=by, rijen=removed)
    store_days(melding, dagen, by=by)
