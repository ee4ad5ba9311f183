"""Prevention without a case: lessons to groups, and who never appeared after the summer.

Talks with one youth (spreekuur, incident) are contacts of casework; the figures count those.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, School, UuidModel
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Groepsactiesoort, Noshowresultaat


class GroepsactieQuerySet(models.QuerySet["Groepsactie"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente__in=gemeenten_of(user, Taak.LEERPLICHT))


class Groepsactie(UuidModel):
    """A lesson, a meeting of a zorgteam: how many pupils, never who."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="groepsacties"
    )
    datum = models.DateField()
    soort = models.CharField(max_length=12, choices=Groepsactiesoort)
    aantal = models.PositiveIntegerField("aantal leerlingen", default=0)
    toelichting = models.CharField(max_length=500, blank=True)
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = GroepsactieQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "groepsacties"
        indexes = [
            models.Index(fields=["gemeente", "-datum"], name="groepsactie_gemeente"),
            models.Index(fields=["school", "-datum"], name="groepsactie_school"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.datum:%d-%m-%Y}"


class NoshowactieQuerySet(models.QuerySet["Noshowactie"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente__in=gemeenten_of(user, Taak.LEERPLICHT))


class Noshowactie(UuidModel):
    """One look at who is enrolled but never appeared, at a school or in a whole gemeente."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    gestart_op = models.DateField("begonnen op")
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = NoshowactieQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "no-show-acties"
        indexes = [models.Index(fields=["gemeente", "-gestart_op"], name="noshowactie_gemeente")]

    def __str__(self) -> str:
        return str(self.school or self.gemeente)

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:noshowactie", args=[self.uuid])


class NoshowQuerySet(models.QuerySet["Noshow"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))


class Noshow(UuidModel):
    """A youth on the list of an action: seen since or not, and how it went."""

    actie = models.ForeignKey(Noshowactie, models.PROTECT, related_name="rijen")
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="noshows")
    # Frozen on the first day of the action.
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    gezien = models.BooleanField(null=True, blank=True)  # None: not known yet
    resultaat = models.CharField(max_length=14, choices=Noshowresultaat, blank=True)
    notitie = models.CharField(max_length=200, blank=True)
    bijgewerkt_op = models.DateField(null=True, blank=True)

    objects = NoshowQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "no-shows"
        constraints = [
            models.UniqueConstraint(name="noshow_uniek", fields=["actie", "jongere"]),
            models.CheckConstraint(
                name="noshow_resultaat_na_gezien",
                condition=Q(resultaat="") | Q(gezien__isnull=False),
                violation_error_message="Kies eerst of de jongere is gezien.",
            ),
        ]
        indexes = [models.Index(fields=["jongere"], name="noshow_jongere")]

    def __str__(self) -> str:
        return f"No-show {self.pk}"
