"""The verzuimkaart of a region: who acts from which amount of absence on, as dated rows."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.models import Regio, UuidModel
from leerplicht.codes import Eenheid, Leeftijdsgroep, Schoolgroep, Verzuimperiode

DAGEN = Func(F("geldig_van"), F("geldig_tot"), function="daterange", output_field=DateRangeField())

# What one step is about; two of the same do not hold on one day.
SLEUTEL = ("regio", "schoolsoort", "leeftijdsgroep", "eenheid", "periode", "drempel")


class VerzuimtredeQuerySet(models.QuerySet["Verzuimtrede"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Of the regions with a gemeente where this user keeps the card."""
        here = gemeenten_for(user, "verzuimkaart.beheren")
        return self.filter(regio__in=Regio.objects.filter(gemeenten__in=here))

    def on(self, day: date) -> Self:
        return self.filter(geldig_van__lte=day).filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=day)
        )


class Verzuimtrede(UuidModel):
    """One step: from this amount in the period on, this is what school and leerplicht do."""

    regio = models.ForeignKey(Regio, models.PROTECT, related_name="verzuimtreden")
    schoolsoort = models.CharField(max_length=3, choices=Schoolgroep, blank=True)
    leeftijdsgroep = models.CharField(max_length=8, choices=Leeftijdsgroep, blank=True)
    eenheid = models.CharField(max_length=5, choices=Eenheid)
    drempel = models.PositiveSmallIntegerField("vanaf aantal")
    periode = models.CharField(max_length=10, choices=Verzuimperiode)
    actie_school = models.CharField("wat school doet", max_length=200)
    # Empty: school acts alone.
    actie_leerplicht = models.CharField("wat leerplicht doet", max_length=200, blank=True)
    geldig_van = models.DateField("eerste dag")
    geldig_tot = models.DateField(null=True, blank=True)

    objects = VerzuimtredeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "verzuimtreden"
        constraints = [
            models.CheckConstraint(
                name="verzuimtrede_drempel",
                condition=Q(drempel__gte=1),
                violation_error_message="Een trede begint bij 1 of meer.",
            ),
            models.CheckConstraint(
                name="verzuimtrede_tot_na_van",
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                violation_error_message="De trede eindigt voor zij begint.",
            ),
            ExclusionConstraint(
                name="verzuimtrede_een_per_drempel",
                expressions=[
                    *((naam, RangeOperators.EQUAL) for naam in SLEUTEL),
                    (DAGEN, RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Deze trede staat in deze dagen al op de kaart. Geef die eerst een laatste dag."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Vanaf {self.drempel} {self.get_eenheid_display().lower()}"

    @property
    def laatste_dag(self) -> date | None:
        return self.geldig_tot - timedelta(days=1) if self.geldig_tot else None
