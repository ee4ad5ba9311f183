"""A report with counted figures, for tests of its work and its screens."""

from dataclasses import replace

from reporting.domain.stand import store
from reporting.models import Jaarverslag
from tests.factories_reporting import make_cijferset
from tests.reporting.catalogus import full_definitions


def with_figures(verslag: Jaarverslag) -> Jaarverslag:
    """Every indicator has a definition, a few have figures; the others are not yet there."""
    cijfers = make_cijferset("0164")
    definities = full_definitions() | dict(cijfers.definities)
    verslag.stand = store(replace(cijfers, definities=definities))
    verslag.save()
    return verslag
