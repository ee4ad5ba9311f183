"""The waiting room: what a user sent, until the virus scanner has spoken."""

import uuid
from typing import Self

from django.db import models

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Documentsoort
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.werkproces import Werkproces
from casework.models.zicht import own_taak, regime_allowed


def random_name(instance: "Aangeboden", filename: str) -> str:
    """Nothing of the name, the person or the kind is on the disk."""
    key = uuid.uuid4().hex
    return f"documenten/dossier/{key[:2]}/{key}"


class AangebodenQuerySet(models.QuerySet["Aangeboden"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user)).filter(regime_allowed(user))

    def waiting(self) -> Self:
        return self.filter(geweigerd_op=None)


class Aangeboden(Politiegegeven, UuidModel):
    """A file that is no document yet: no page, list or package gives its content."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="aangeboden")
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="aangeboden"
    )
    taak = models.CharField(max_length=20, choices=Taak)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    bestand = models.FileField(upload_to=random_name, max_length=300)
    bestandsnaam = models.CharField(max_length=255)
    titel = models.CharField(max_length=200)
    soort = models.CharField(max_length=12, choices=Documentsoort)
    datum = models.DateField()
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    aangeboden_op = models.DateTimeField(auto_now_add=True)
    geweigerd_op = models.DateTimeField(null=True, blank=True)

    objects = AangebodenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "aangeboden documenten"
        constraints = [wpg_clock("aangeboden")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.titel
