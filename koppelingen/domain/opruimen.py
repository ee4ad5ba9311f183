"""What a destroyed record leaves in packages, refused rows and keys of other systems."""

from casework.uitbreiding import Vernietigd
from koppelingen.domain.inlezen import forget_file
from koppelingen.models import Bronsleutel, Inleesrun, Quarantaine, Uitvoer
from koppelingen.pakket.lezer import unseal
from koppelingen.pakket.spec import BESTANDEN


def forget_destroyed(weg: Vernietigd) -> None:
    """In the transaction of the destruction; a package that may hold the record goes whole."""
    namen = set(weg.nummers) | _forget_keys(weg)
    for rij in Quarantaine.objects.iterator():
        if namen & {rij.bron_id, *unseal(rij.rij).values()}:
            rij.delete()
    for uitvoer in Uitvoer.objects.filter(gemeentecodes__contains=[weg.gemeente]):
        if uitvoer.bestand:
            uitvoer.bestand.delete(save=False)
            Uitvoer.objects.filter(pk=uitvoer.pk).update(bestand="")
    runs = Inleesrun.objects.filter(gemeentecodes__contains=[weg.gemeente]).exclude(bestand="")
    for run in runs:
        if not run.is_bezig:
            forget_file(run)


def _forget_keys(weg: Vernietigd) -> set[str]:
    """Drop the keys by which other systems know the records; these are what rows refer to."""
    found: set[str] = set()
    for bestand in BESTANDEN:
        keys = weg.sleutels.get(bestand.model.lower(), set())
        rows = Bronsleutel.objects.filter(bestand=bestand.naam, object_id__in=keys)
        found.update(rows.values_list("bron_id", flat=True))
        rows.delete()
    return found - {""}
