"""Definitions of every indicator the report names, for templates without any figure."""

from reporting.verslag.cijferset import Definitie
from reporting.verslag.namen import INDICATOREN

UITSPLITSINGEN = (
    *("vs", "os", "res", "hvs", "grd", "uit", "rdn", "lft", "geb", "herkomst", "soort"),
    *("voorziening", "onderwijssoort", "niveau"),
)


TELT = {"hv_": "Z", "vst": "V", "wp_": "W"}


def _definitie(name: str, label: str) -> Definitie:
    eenheid = "%" if name.endswith("_pct") else "n"
    return Definitie(eenheid, TELT.get(name[:3], "J"), label, "1", UITSPLITSINGEN)


def full_definitions() -> dict[str, Definitie]:
    return {name: _definitie(name, label) for name, label in INDICATOREN.items()}
