"""Rights looked at again, and colleagues who do each other's work for a while."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Bevoegdheid, Gebruiker


class Rechtcontrole(models.Model):
    """Somebody else than its holder looked at a right: it stays, or it ended."""

    class Uitkomst(models.TextChoices):
        BEVESTIGD = "bevestigd", "Bevestigd"
        BEEINDIGD = "beeindigd", "Beëindigd"
        VERVALLEN = "vervallen", "Vervallen zonder controle"

    bevoegdheid = models.ForeignKey(Bevoegdheid, models.CASCADE, related_name="controles")
    # Kept beside the key of the holder, so that the database can compare the two.
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=10, choices=Uitkomst)
    door = models.ForeignKey(Gebruiker, models.PROTECT, null=True, blank=True, related_name="+")
    op = models.DateField()

    class Meta:
        verbose_name_plural = "rechtcontroles"
        indexes = [models.Index(fields=["bevoegdheid", "-op"], name="rechtcontrole_recht")]
        constraints = [
            models.CheckConstraint(
                name="rechtcontrole_tweede_persoon",
                condition=Q(door__isnull=True) | ~Q(door=F("gebruiker")),
                violation_error_message="Een ander dan de gebruiker zelf controleert het recht.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bevoegdheid}: {self.get_uitkomst_display()}"


class VervangingQuerySet(models.QuerySet["Vervanging"]):
    def on(self, day: date) -> Self:
        return self.filter(van__lte=day, tot__gt=day)


class Vervanging(models.Model):
    """Who does the open work of an absent colleague; it gives no right."""

    afwezige = models.ForeignKey(Gebruiker, models.CASCADE, related_name="vervangingen")
    vervanger = models.ForeignKey(Gebruiker, models.CASCADE, related_name="vervangt")
    van = models.DateField()
    tot = models.DateField()
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    # For the work as a whole; what is about one youth stands with that dossier.
    notitie = models.TextField("overdracht", blank=True, default="", db_default="")

    objects = VervangingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vervangingen"
        indexes = [models.Index(fields=["vervanger", "tot"], name="vervanging_vervanger")]
        constraints = [
            models.CheckConstraint(
                name="vervanging_tot_na_van",
                condition=Q(tot__gt=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="vervanging_door_een_ander",
                condition=~Q(vervanger=F("afwezige")),
                violation_error_message="Kies een andere collega als vervanger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.afwezige} door {self.vervanger}"

    @property
    def laatste_dag(self) -> date:
        return self.tot - timedelta(days=1)
