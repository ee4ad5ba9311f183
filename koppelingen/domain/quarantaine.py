"""Refused rows: correct, drop, and offer again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.errors import DomainError
from koppelingen.domain.inlezen import new_run, queue
from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.pakket.codemapping import Codemapping
from koppelingen.pakket.fouten import Waardefout, veilig_bron_id
from koppelingen.pakket.herstel import columns_of
from koppelingen.pakket.kolom import BRON_ID_LENGTE, Bestand
from koppelingen.pakket.lezer import seal, unseal
from koppelingen.pakket.spec import BY_NAME
from koppelingen.pakket.waarden import reader_for

ADRESCELLEN: Final = frozenset(
    {"straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"}
)
NIET_GEHEIM: Final = frozenset({"", "0", "N", "nee", "false"})
# A second row with the same key: offered as it is it would overwrite the first.
DUBBEL: Final = Q(reden__contains="al eerder in het bestand") | Q(
    reden__contains="staat al in het bestand"
)


def cells_of(rij: Quarantaine, *, by: Gebruiker) -> dict[str, str]:
    """The row in the columns of its file; looking at it leaves a trace."""
    cells = unseal(rij.rij)
    bestand = BY_NAME.get(rij.bestand)
    kolommen = columns_of(bestand, [cells]) if bestand else list(cells)
    with transaction.atomic():
        record("quarantaine.bekeken", rij.run, by=by, bestand=rij.bestand, rijnummer=rij.rijnummer)
    shown = {naam: cells.get(naam, "") for naam in kolommen}
    if is_secret(rij, by):
        shown |= dict.fromkeys(ADRESCELLEN & shown.keys(), "geheim")
    return shown


def is_secret(rij: Quarantaine, by: Gebruiker) -> bool:
    """A refused row with a secret address, in front of somebody without the right to see it."""
    return (
        rij.bestand == "adressen"
        and unseal(rij.rij).get("geheim", "") not in NIET_GEHEIM
        and not by.may("adres.geheim")
    )


def may_correct(rij: Quarantaine) -> bool:
    """A row of codemapping.csv translates other rows: it is mended in the package itself."""
    return rij.run.may_correct and rij.is_open and rij.bestand in BY_NAME


def problems(rij: Quarantaine, cells: Mapping[str, str], vandaag: date) -> dict[str, str]:
    """Column -> Dutch sentence for every cell that is wrong in itself."""
    bestand = BY_NAME[rij.bestand]
    mapping = Codemapping(rij.run.codemapping)
    found = {}
    bron_id = cells.get("bron_id", "")
    if bestand.met_bron_id and not 0 < len(bron_id) <= BRON_ID_LENGTE:
        found["bron_id"] = f"Vul in, met hoogstens {BRON_ID_LENGTE} tekens."
    for kolom in bestand.kolommen:
        value = cells.get(kolom.naam, "")
        value = mapping.for_kolom(bestand.naam, kolom).get(value, value)
        try:
            if value:
                reader_for(kolom, vandaag)(value)
            elif kolom.verplicht:
                found[kolom.naam] = "Deze cel is verplicht en is leeg."
        except Waardefout as error:
            found[kolom.naam] = str(error)
    return found | _between(bestand, cells, found)


def _between(
    bestand: Bestand, cells: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, str]:
    """What is wrong between two cells that are right in themselves."""
    more = {}
    for regel in bestand.volgorde:
        eerder, later = cells.get(regel.eerder), cells.get(regel.later)
        if eerder and later and later[: len(eerder)] < eerder and regel.later not in found:
            more[regel.later] = regel.zin
    if bestand.een_van and sum(bool(cells.get(naam)) for naam in bestand.een_van) != 1:
        more[bestand.een_van[0]] = f"Vul precies een in van {' en '.join(bestand.een_van)}."
    return more


def _lock(rij: Quarantaine) -> Quarantaine:
    rows = Quarantaine.objects.select_related("run").select_for_update(of=("self",))
    locked = rows.get(pk=rij.pk)
    if not locked.run.may_correct:
        raise DomainError("Rijen van een proef herstelt u niet hier: er is niets geladen.")
    if not locked.is_open:
        raise DomainError("Deze rij is al opnieuw aangeboden of vervallen.")
    return locked


@transaction.atomic
def correct(rij: Quarantaine, cells: Mapping[str, str], *, by: Gebruiker) -> None:
    locked = _lock(rij)
    old = unseal(locked.rij)
    gewijzigd = [naam for naam, value in cells.items() if old.get(naam, "") != value]
    locked.rij = seal(cells)
    locked.bron_id = veilig_bron_id(cells.get("bron_id", ""))
    locked.gewijzigd_op = timezone.now()
    locked.save(update_fields=["rij", "bron_id", "gewijzigd_op"])
    record(
        "quarantaine.gewijzigd",
        locked.run,
        by=by,
        bestand=rij.bestand,
        rijnummer=rij.rijnummer,
        kolommen=gewijzigd,
    )


@transaction.atomic
def drop(rij: Quarantaine, reden: str, *, by: Gebruiker) -> None:
    """Leave the row out for good."""
    locked = _lock(rij)
    locked.vervallen_reden, locked.opgelost_op = reden, timezone.now()
    locked.save(update_fields=["vervallen_reden", "opgelost_op"])
    record(
        "quarantaine.vervallen",
        locked.run,
        by=by,
        reden=reden,
        bestand=rij.bestand,
        rijnummer=rij.rijnummer,
    )


@transaction.atomic
def offer_again(run: Inleesrun, *, by: Gebruiker, alleen: Quarantaine | None = None) -> Inleesrun:
    """A new run with the open rows (or one of them), read by the rules of any package."""
    locked = Inleesrun.objects.select_for_update().get(pk=run.pk)
    if not locked.may_correct:
        raise DomainError("Rijen van een proef biedt u niet opnieuw aan: lees het pakket in.")
    rows = locked.quarantaine.open().filter(bestand__in=BY_NAME)
    rows = rows.exclude(DUBBEL & Q(gewijzigd_op__isnull=True))
    if alleen:
        rows = rows.filter(pk=alleen.pk)
    nieuw = new_run(
        bestandsnaam=f"Herstel van {locked.bestandsnaam.removeprefix('Herstel van ')}",
        gebruiker=by,
        proef=False,
        wpg_akkoord=locked.wpg_akkoord,
        bronsysteem=locked.bronsysteem,
        gemeentecodes=locked.gemeentecodes,
        vervolg_op=locked,
    )
    aantal = rows.update(vervolg=nieuw)
    if not aantal:
        raise DomainError("Er is geen rij die u opnieuw kunt aanbieden. Herstel eerst een rij.")
    record("quarantaine.aangeboden", nieuw, by=by, rijen=aantal)
    queue(nieuw)
    return nieuw


def forget_rows(before: datetime) -> int:
    """Rows that are dealt with, and those of dry runs: whole rows about persons, needed no more."""
    done = Q(opgelost_op__lt=before) | Q(run__proef=True, run__klaar_op__lt=before)
    return Quarantaine.objects.filter(done).delete()[0]
