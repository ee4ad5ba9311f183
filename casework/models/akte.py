"""The power of opsporing of a colleague (Besluit BOA), and his oath as leerplichtambtenaar."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from casework.models.gebied import Gemeente
from casework.politiecodes import Eed

M = TypeVar("M", bound=models.Model)


class EigenQuerySet(models.QuerySet[M]):
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

    objects = EigenQuerySet.as_manager()

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


class Ambtseed(models.Model):
    """The oath of a leerplichtambtenaar before the mayor, another one than that of a boa
    (Lpw 16 lid 2)."""

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="ambtseden")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    afgelegd_op = models.DateField()
    vorm = models.CharField("eed of belofte", max_length=10, choices=Eed)

    objects = EigenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ambtseden"
        ordering = ["-afgelegd_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="ambtseed_een_per_gemeente",
                fields=["gebruiker", "gemeente"],
                violation_error_message="De ambtseed voor deze gemeente staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_vorm_display()} van {self.afgelegd_op:%d-%m-%Y}"
