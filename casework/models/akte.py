"""The power of opsporing of a colleague (Besluit BOA): what his akte says."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from casework.politiecodes import Eed


class BoaAkteQuerySet(models.QuerySet["BoaAkte"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Of oneself, and of the users of whom this user is beheerder."""
        seen = Gebruiker.objects.visible_to(user)
        beheer = user.may("beheer.lezen")
        return self.filter(Q(gebruiker=user) | Q(gebruiker__in=seen)) if beheer else self.own(user)

    def own(self, user: Gebruiker) -> Self:
        return self.filter(gebruiker=user)


class BoaAkte(models.Model):
    """An akte van beediging as buitengewoon opsporingsambtenaar; `geldig_tot` is its last day."""

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="boa_aktes")
    nummer = models.CharField("aktenummer", max_length=40)
    geldig_van = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot en met")
    standplaats = models.CharField(max_length=100)
    domein = models.CharField(max_length=60)
    eed = models.CharField("eed of belofte", max_length=10, choices=Eed)

    objects = BoaAkteQuerySet.as_manager()

    class Meta:
        verbose_name = "boa-akte"
        verbose_name_plural = "boa-aktes"
        ordering = ["-geldig_van", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="boaakte_tot_na_van",
                condition=Q(geldig_tot__gte=F("geldig_van")),
                violation_error_message="De akte eindigt voor hij begint.",
            )
        ]

    def __str__(self) -> str:
        return f"Boa-akte {self.nummer}"
