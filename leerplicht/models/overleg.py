"""Talks of several organisations about one youth (MDO), and signals for care."""

from typing import Self

from django.db import models
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, UuidModel
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Overleggrond, Zorgsoort


class OverlegQuerySet(models.QuerySet["Overleg"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))


class Overleg(UuidModel):
    """One meeting: on what ground data is shared, who was there, what was said."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="overleggen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    datum = models.DateField()
    grondslag = models.CharField(max_length=12, choices=Overleggrond)
    grondslag_uitleg = models.CharField(max_length=300, blank=True)
    ouders_weten_op = models.DateField(null=True, blank=True)
    verslag = models.TextField(blank=True)
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = OverlegQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "overleggen"
        indexes = [models.Index(fields=["jongere", "-datum"], name="overleg_jongere")]

    def __str__(self) -> str:
        return f"Overleg {self.datum:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:overleg", args=[self.uuid])


class Overlegdeelnemer(models.Model):
    """An organisation at the table, by function; no names of professionals."""

    overleg = models.ForeignKey(Overleg, models.CASCADE, related_name="deelnemers")
    organisatie = models.CharField(max_length=100)
    functie = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "overlegdeelnemers"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisatie}, {self.functie}" if self.functie else self.organisatie


class ZorgsignaalQuerySet(models.QuerySet["Zorgsignaal"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))


class Zorgsignaal(UuidModel):
    """A report to wijkteam or verwijsindex, known to the parents. Veilig Thuis: by the meldcode."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="zorgsignalen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=12, choices=Zorgsoort)
    datum = models.DateField()
    ouders_weten_op = models.DateField()
    toelichting = models.TextField(blank=True)
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = ZorgsignaalQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "zorgsignalen"
        indexes = [models.Index(fields=["jongere", "-datum"], name="zorgsignaal_jongere")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.datum:%d-%m-%Y}"
