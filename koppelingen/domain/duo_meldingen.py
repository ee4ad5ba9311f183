"""Reports that DUO delivers: new ones as a package, changes and withdrawals one by one."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import models

from casework.codes import DuoStatus
from casework.domain.schoolwijziging import (
    VELDEN,
    Schoolwijziging,
    process_wijziging,
    set_days,
)
from casework.errors import DomainError
from casework.models import Gemeente, Verzuimdag, Verzuimmelding
from casework.schooljaar import AMSTERDAM
from koppelingen.domain.inlezen import new_run, perform_run
from koppelingen.duo.csvregister import VERSIE
from koppelingen.duo.meldingen import BRONSYSTEEM, report_cells, write_pakket
from koppelingen.duo.register import Meldinglevering
from koppelingen.models import Inleesrun
from koppelingen.pakket.fouten import PakketBezig, Waardefout
from koppelingen.pakket.inlezen import Opties
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.spec import BY_NAME
from koppelingen.pakket.waarden import read_moment, reader_for

Rij = dict[str, str]
MELDINGEN: Final = BY_NAME["verzuimmeldingen"]
DAGEN: Final = BY_NAME["verzuimdagen"]


def receive(levering: Meldinglevering, now: datetime) -> dict[str, int]:
    """Safe to do twice: a number that is known is compared, not loaded again.

    While another package is being read the new ones wait for the next time.
    """
    fouten = list(levering.fouten)
    if not Gemeente.objects.filter(code=levering.gemeentecode).exists():
        fouten.append(f"Gemeente {levering.gemeentecode} uit de bestandsnaam kennen wij niet.")
        levering.klaar(fouten)
        return {"foute_rijen": len(fouten)}
    latest = _latest(levering.meldingen, fouten)
    known = set(
        Verzuimmelding.objects.filter(duo_meldingnummer__in=latest).values_list(
            "duo_meldingnummer", flat=True
        )
    )
    nieuw = [rij for nummer, rij in latest.items() if nummer not in known]
    gewijzigd = _change([latest[nummer] for nummer in sorted(known)], fouten, now)
    gewijzigd += _days(levering.dagen, fouten, now)
    try:
        meldingen = _load(levering, nieuw, fouten, now) if nieuw or fouten else 0
    except PakketBezig:
        return {"gewijzigd": gewijzigd}
    levering.klaar(fouten)
    return {"meldingen": meldingen, "gewijzigd": gewijzigd, "foute_rijen": len(fouten)}


def _latest(rijen: list[Rij], fouten: list[str]) -> dict[str, Rij]:
    """Of each number the last change; a row without its keys is left out with a sentence."""
    found: dict[str, tuple[datetime, Rij]] = {}
    for nummer, rij in enumerate(rijen, start=2):
        try:
            moment = _check_keys(rij)
        except (Waardefout, DomainError) as error:
            fouten.append(f"Rij {nummer}: {error}")
            continue
        seen = found.get(rij["meldingnummer"])
        if seen is None or seen[0] <= moment:
            found[rij["meldingnummer"]] = (moment, rij)
    return {nummer: rij for nummer, (_, rij) in found.items()}


def _check_keys(rij: Rij) -> datetime:
    if rij["versie"] != VERSIE:
        raise DomainError("deze versie kennen wij niet.")
    if not 0 < len(rij["meldingnummer"]) <= 40:
        raise DomainError("het meldingnummer is leeg of te lang.")
    if bool(rij["bsn"]) == bool(rij["onderwijsnummer"]):
        raise DomainError("vul precies een in van bsn en onderwijsnummer.")
    if rij["status"] not in set(DuoStatus.values) - {DuoStatus.LOKAAL}:
        raise DomainError("deze status kennen wij niet.")
    return datetime.fromisoformat(read_moment(rij["laatste_mutatie"]))


def _new_run(levering: Meldinglevering, **meer: Any) -> Inleesrun:
    return new_run(
        bestandsnaam=levering.naam,
        gebruiker=None,
        proef=False,
        wpg_akkoord="",
        bronsysteem=BRONSYSTEEM,
        gemeentecodes=[levering.gemeentecode],
        **meer,
    )


def _load(levering: Meldinglevering, rijen: list[Rij], fouten: list[str], now: datetime) -> int:
    """How many reports are new here; refused rows wait with the run, on screen."""
    if not rijen:
        stand = Inleesrun.Status.GEWEIGERD
        _new_run(levering, status=stand, melding="\n".join(fouten), klaar_op=now)
        return 0
    run = _new_run(levering)
    with tempfile.TemporaryDirectory(prefix="duo-") as folder:
        write_pakket(Path(folder), levering.gemeentecode, rijen, now)
        vandaag = now.astimezone(AMSTERDAM).date()
        try:
            rapport = perform_run(run, Path(folder), Opties(vandaag=vandaag))
        except PakketBezig:
            run.delete()
            raise
    rapport.telraam.close()
    if fouten:
        waarschuwingen = [*run.rapport["waarschuwingen"], *fouten]
        Inleesrun.objects.filter(pk=run.pk).update(
            rapport=run.rapport | {"waarschuwingen": waarschuwingen}
        )
    return rapport.telraam.bestand(MELDINGEN.naam).geladen


def _change(rijen: list[Rij], fouten: list[str], now: datetime) -> int:
    day = now.astimezone(AMSTERDAM).date()
    changed = 0
    for rij in rijen:
        try:
            cells = {k: v for k, v in report_cells(rij).items() if k in VELDEN}
            wijziging = Schoolwijziging(
                rij["meldingnummer"],
                rij["status"],
                datetime.fromisoformat(read_moment(rij["laatste_mutatie"])),
                read_cells(MELDINGEN, Verzuimmelding, cells, day),
                rij.get("reden_ingetrokken", ""),
            )
            changed += process_wijziging(wijziging, now=now)
        except (Waardefout, DomainError) as error:
            fouten.append(f"Melding {rij['meldingnummer']}: {error}")
    return changed


def _days(rijen: list[Rij], fouten: list[str], now: datetime) -> int:
    day = now.astimezone(AMSTERDAM).date()
    per_melding: dict[str, dict[date, dict[str, Any]]] = defaultdict(dict)
    for nummer, rij in enumerate(rijen, start=2):
        cells = {naam: rij.get(naam, "") for naam in ("datum", "hele_dag", "lesuren", "klokuren")}
        try:
            if rij["versie"] != VERSIE:
                raise DomainError("deze versie kennen wij niet.")
            dag = read_cells(DAGEN, Verzuimdag, cells, day)
            if dag["datum"] is None:
                raise DomainError("de datum is leeg.")
            per_melding[rij["meldingnummer"]][dag.pop("datum")] = dag
        except (Waardefout, DomainError) as error:
            fouten.append(f"Rij {nummer}: {error}")
    changed = 0
    for meldingnummer, dagen in per_melding.items():
        try:
            changed += set_days(meldingnummer, dagen)
        except DomainError as error:
            fouten.append(f"Melding {meldingnummer}: {error}")
    return changed


def read_cells(
    bestand: Bestand, model: type[models.Model], cells: Mapping[str, str], day: date
) -> dict[str, Any]:
    """Values by the rules of the package. Raises Waardefout, naming the column."""
    values: dict[str, Any] = {}
    for naam, cell in cells.items():
        kolom, veld = bestand.kolom(naam), _field(model, naam)
        if not cell:
            values[naam] = None if veld.null else ""
            continue
        try:
            values[naam] = veld.to_python(reader_for(kolom, day)(cell))
        except Waardefout as error:
            raise Waardefout(f"{naam}: {error}") from error
    return values


def _field(model: type[models.Model], naam: str) -> "models.Field[Any, Any]":
    veld = model._meta.get_field(naam)
    assert isinstance(veld, models.Field)
    return veld
