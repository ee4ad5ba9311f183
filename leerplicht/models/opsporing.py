"""Police processes of leerplicht: the way to Halt. Always regime Wpg."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.models import Gemeente, Jongere, Werkproces, Zaak
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.zicht import own_taak, regime_allowed
from leerplicht.models.handhaving import Haltverwijzing
from leerplicht.opsporingscodes import HALT_EINDE

M = TypeVar("M", bound=models.Model)


class OpsporingQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Of who does leerplicht and opsporing in that gemeente, and said why he looks."""
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Opsporingszaak(Politiegegeven, Zaak):
    """A police process about one person; the history of its steps stands in the row itself."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    # Police data have terms of their own: the werkproces may be gone before them.
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="%(class)sen"
    )
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    boa = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    # What was done: step, states, day, who, and the answers; oldest first.
    verloop = models.JSONField(default=list, blank=True)
    regime = models.CharField(
        max_length=3, choices=Regime, default=Regime.WPG, db_default=Regime.WPG
    )

    class Meta:
        abstract = True


class HaltzaakQuerySet(OpsporingQuerySet["Haltzaak"]):
    def running(self) -> Self:
        return self.exclude(toestand__in=HALT_EINDE)

    def at_halt(self) -> Self:
        return self.filter(toestand__in=("verzonden", "gestart"))


class Haltzaak(Opsporingszaak):
    """From proposal to result; only what was sent becomes a Haltverwijzing, which counts."""

    soort = models.CharField(max_length=16, default="HALT")
    toestand = models.CharField(max_length=30, default="voorgesteld")
    uren = models.DecimalField(max_digits=7, decimal_places=2)
    aantal_te_laat = models.PositiveIntegerField(default=0)
    # Each criterium with what the dossier tells and what the officer says to it.
    criteria = models.JSONField(default=list)
    school_deed = models.TextField()
    verklaring = models.TextField("verklaring van de jongere", blank=True)
    hulp = models.TextField("hulp die loopt", blank=True)
    verwijzing = models.OneToOneField(
        Haltverwijzing, models.PROTECT, null=True, blank=True, related_name="zaak"
    )

    objects = HaltzaakQuerySet.as_manager()

    class Meta:
        verbose_name = "verwijzing naar Halt"
        verbose_name_plural = "verwijzingen naar Halt"
        constraints = [
            wpg_clock("haltzaak"),
            models.CheckConstraint(name="haltzaak_altijd_wpg", condition=Q(regime=Regime.WPG)),
            models.UniqueConstraint(
                name="haltzaak_een_open",
                fields=["werkproces"],
                condition=~Q(toestand__in=HALT_EINDE),
                violation_error_message="Er loopt al een verwijzing naar Halt.",
            ),
        ]
        indexes = [models.Index(fields=["jongere"], name="haltzaak_jongere")]

    def __str__(self) -> str:
        return "Verwijzing naar Halt"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:haltzaak", args=[self.uuid])
