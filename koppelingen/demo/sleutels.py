"""From the bron_id of the package to the record it became."""

from koppelingen.demo.pakket import BRONSYSTEEM
from koppelingen.models import Bronsleutel


def ids_of(bestand: str) -> dict[str, int]:
    rows = Bronsleutel.objects.filter(bronsysteem=BRONSYSTEEM, bestand=bestand)
    return dict(rows.values_list("bron_id", "object_id"))
