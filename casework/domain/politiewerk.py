"""The dossiers with police data on which a boa works."""

from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import Gebruiker
from casework.domain.politiezicht import may_ask
from casework.models import Actie, Afspraak, Jongere, Werkproces
from casework.models.zicht import in_wide_use
from casework.uitbreiding import UITBREIDINGEN

# What is open, and whose work it is; the apps above add their processes.
EIGEN: tuple[tuple[type[Any], Q, str], ...] = (
    (Werkproces, ~Q(status="GESLOTEN"), "behandelaar"),
    (Actie, Q(gedaan_op=None), "toegewezen_aan"),
    (Afspraak, Q(uitkomst="gepland"), "gebruiker"),
)


def own_dossiers(user: Gebruiker, day: date) -> list[Jongere]:
    """Where this user has open work that is police data; which work, the dossier tells."""
    keys = [
        may_ask(model, user).filter(open_, in_wide_use(user, day), **{veld: user}).values("jongere")
        for model, open_, veld in (*EIGEN, *UITBREIDINGEN.politiewerk)
    ]
    mine = Q(pk__in=())
    for rows in keys:
        mine |= Q(pk__in=rows)
    return list(Jongere.objects.visible_to(user).filter(mine).order_by("sorteernaam", "pk")[:100])
