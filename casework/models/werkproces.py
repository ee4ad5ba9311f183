from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import (
    Processtatus,
    Resultaat,
    Route,
    Stapsoort,
    Werkprocessoort,
)
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.zaak import Zaak
from casework.models.zicht import own_taak, regime_allowed


class WerkprocesQuerySet(models.QuerySet["Werkproces"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Werkprocessen of the user's taak and gemeente; Wpg ones only with opsporing."""
        return self.filter(own_taak(user)).filter(regime_allowed(user))

    def open(self) -> Self:
        return self.exclude(status=Processtatus.GESLOTEN)


class Werkproces(Politiegegeven, Zaak):
    """One handling of absence, exemption or leave; what W counts. Steps come from a table."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="werkprocessen")
    # Frozen where the youth lived at the start; a filled gemeentecode of a package wins.
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="werkprocessen"
    )
    # Frozen at closing: the outflow belongs to that day.
    gemeente_sluiting = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # True when a package filled the gemeentecode itself: it then holds for both.
    gemeente_opgegeven = models.BooleanField(default=False)
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    soort = models.CharField(max_length=16, choices=Werkprocessoort)
    gestart_op = models.DateField()
    behandelaar = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="werkprocessen"
    )
    route = models.CharField(max_length=1, choices=Route, blank=True)
    status = models.CharField(max_length=10, choices=Processtatus, default=Processtatus.OPEN)
    gesloten_op = models.DateField(null=True, blank=True)
    resultaat = models.CharField(max_length=20, choices=Resultaat, blank=True)
    toelichting = models.TextField(blank=True)

    objects = WerkprocesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "werkprocessen"
        constraints = [
            models.CheckConstraint(
                name="werkproces_gesloten_na_start",
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("gestart_op")),
                violation_error_message="Het werkproces is gesloten voor het begon.",
            ),
            wpg_clock("werkproces"),
        ]
        indexes = [
            models.Index(fields=["gemeente", "gestart_op"], name="werkproces_gemeente_start"),
            models.Index(
                fields=["gemeente_sluiting", "gesloten_op"],
                name="werkproces_gemeente_sluiting",
            ),
            models.Index(fields=["jongere", "-gestart_op"], name="werkproces_jongere"),
            models.Index(
                fields=["behandelaar", "toestand_sinds"],
                name="werkproces_open_van",
                condition=~Q(status="GESLOTEN"),
            ),
            models.Index(
                fields=["gemeente", "toestand_sinds"],
                name="werkproces_open_gemeente",
                condition=~Q(status="GESLOTEN"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.gestart_op:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:werkproces", args=[self.uuid])

    @property
    def zaaknummer(self) -> str:
        """How people name it on the phone; the search box reads it."""
        return f"W{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status != Processtatus.GESLOTEN


class WerkprocesStapQuerySet(models.QuerySet["WerkprocesStap"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(werkproces__in=Werkproces.objects.visible_to(user))


class WerkprocesStap(UuidModel):
    """A planned or performed step; the history of the werkproces."""

    werkproces = models.ForeignKey(Werkproces, models.PROTECT, related_name="stappen")
    volgorde = models.PositiveIntegerField()
    soort = models.CharField(max_length=15, choices=Stapsoort)
    # Key of the step in the table, and the states it moved between; empty when imported.
    stap = models.CharField(max_length=30, blank=True)
    van_toestand = models.CharField(max_length=30, blank=True)
    naar_toestand = models.CharField(max_length=30, blank=True)
    gepland_op = models.DateField(null=True, blank=True)
    uitgevoerd_op = models.DateField(null=True, blank=True)
    uitvoerder = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitkomst = models.CharField(max_length=200, blank=True)
    verslag = models.TextField(blank=True)
    gegevens = models.JSONField(default=dict, blank=True)

    objects = WerkprocesStapQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "werkprocesstappen"
        indexes = [
            models.Index(fields=["werkproces", "volgorde"], name="stap_werkproces"),
            models.Index(
                fields=["uitgevoerd_op"],
                name="stap_afwijking",
                condition=Q(gegevens__has_key="afwijking"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volgorde}. {self.get_soort_display()}"
