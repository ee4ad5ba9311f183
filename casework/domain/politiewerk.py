"""The dossiers with police data on which a boa works."""

from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import Gebruiker
from casework.domain.politiezicht import may_ask
from casework.models import Actie, Afspraak, Jongere, Werkproces
from casework.models.zicht import in_wide_use

EIGEN: tuple[tuple[type[Any], Q], ...] = (
    (Werkproces, ~Q(status="GESLOTEN")),
    (Actie, Q(gedaan_op=None)),
    (Afspraak, Q(uitkomst="gepland")),
)
VELD = {Werkproces: "behandelaar", Actie: "toegewezen_aan", Afspraak: "gebruiker"}


def own_dossiers(user: Gebruiker, day: date) -> list[Jongere]:
    """Where this user has open work that is police data; which work, the dossier tells."""
    keys = [
        may_ask(model, user)
        .filter(open_, in_wide_use(user, day), **{VELD[model]: user})
        .values("jongere")
        for model, open_ in EIGEN
    ]
    mine = Q(pk__in=())
    for rows in keys:
        mine |= Q(pk__in=rows)
    return list(Jongere.objects.visible_to(user).filter(mine).order_by("sorteernaam", "pk")[:100])
