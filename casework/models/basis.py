import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models


class UuidModel(models.Model):
    """Internal bigint key; the uuid is what URLs and packages show."""

    uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )

    class Meta:
        abstract = True
