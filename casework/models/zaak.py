from django.db import models

from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere


class Zaak(UuidModel):
    """A case that moves through a table of steps; what the process engine reads and writes.

    Each kind of case declares the first three again, with its codes and the name back.
    """

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=16)
    toestand = models.CharField(max_length=30, default="ontvangen")
    toestand_sinds = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
