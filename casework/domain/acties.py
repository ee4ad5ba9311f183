"""Something to do, made by a rule instead of a person; at a police process it is police data."""

from datetime import date
from typing import Any

from casework.domain.politie import follow
from casework.models import Actie, Werkproces


def make_actie(
    over: Any,
    omschrijving: str,
    vervalt_op: date,
    *,
    taak: str,
    grondslag: str = "",
    werkproces: Werkproces | None = None,
    toegewezen_aan_id: int | None = None,
) -> Actie:
    """Not saved. `over` has the jongere and the gemeente: a werkproces, melding, thuiszitter.

    `grondslag`: the rule behind it, by which it is found again.
    """
    return Actie(
        jongere_id=over.jongere_id,
        gemeente_id=over.gemeente_id,
        werkproces=werkproces,
        taak=taak,
        omschrijving=omschrijving,
        toegewezen_aan_id=toegewezen_aan_id,
        vervalt_op=vervalt_op,
        grondslag=grondslag,
        **follow(werkproces),
    )
