import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, Taak, by_taak_and_gemeente, gemeenten_of


class UuidModel(models.Model):
    """Internal bigint key; the uuid is what URLs and packages show."""

    uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )

    class Meta:
        abstract = True


def own_taak(user: Gebruiker) -> models.Q:
    """Rows with a taak and gemeente of their own; without a gemeente, that of the jongere."""
    nowhere = models.Q(gemeente__isnull=True)
    by_jongere = models.Q(pk__in=())
    for taak in sorted(UITVOEREND):
        by_jongere |= models.Q(taak=taak, jongere__gemeente_id__in=gemeenten_of(user, taak))
    return by_taak_and_gemeente(user.rechten) | (nowhere & by_jongere)


def regime_allowed(user: Gebruiker, path: str = "") -> models.Q:
    """Police data (Wpg) only for who does opsporing in that gemeente."""
    opsporing = gemeenten_of(user, Taak.OPSPORING)
    return models.Q(**{f"{path}regime": "AVG"}) | models.Q(
        **{f"{path}regime": "WPG", f"{path}gemeente_id__in": opsporing}
    )
