from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.codes import Vakantieregio


class Regio(models.Model):
    """A Doorstroompuntregio (code 1-41) or a subregio inside one."""

    class Soort(models.TextChoices):
        DOORSTROOMPUNT = "doorstroompunt", "Doorstroompuntregio"
        SUBREGIO = "subregio", "Subregio"

    soort = models.CharField(max_length=20, choices=Soort)
    code = models.CharField(max_length=20)
    naam = models.CharField(max_length=100)
    deel_van = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subregios"
    )

    class Meta:
        verbose_name_plural = "regio's"
        constraints = [models.UniqueConstraint(name="regio_uniek", fields=["soort", "code"])]

    def __str__(self) -> str:
        return self.naam


class GemeenteQuerySet(models.QuerySet["Gemeente"]):
    def permitted(self, user: Gebruiker, permissie: str) -> Self:
        """Gemeenten in which the user has this permission."""
        return self.filter(pk__in=gemeenten_for(user, permissie))


class Gemeente(models.Model):
    """A gemeente by its CBS code; after a merger it ends and points to its successor."""

    code = models.CharField(max_length=4, unique=True)
    naam = models.CharField(max_length=100)
    provincie = models.CharField(max_length=40, blank=True)
    vakantieregio = models.CharField(
        max_length=6, choices=Vakantieregio, default=Vakantieregio.MIDDEN
    )
    doorstroompuntregio = models.ForeignKey(
        Regio, models.PROTECT, null=True, blank=True, related_name="gemeenten"
    )
    subregio = models.ForeignKey(
        Regio, models.PROTECT, null=True, blank=True, related_name="subregio_gemeenten"
    )
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)
    opvolger = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="voorgangers"
    )

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                name="gemeente_tot_na_van",
                condition=Q(tot__isnull=True) | Q(van__isnull=True) | Q(tot__gt=F("van")),
            )
        ]

    def __str__(self) -> str:
        return self.naam
