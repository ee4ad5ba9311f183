"""The meldcode huiselijk geweld en kindermishandeling of one child: for few eyes (Lpw 16 lid 4)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.models import Gemeente, Jongere, UuidModel, Zaak
from casework.models.zicht import not_hidden

RECHT = "meldcode.werken"
LEIDEN = "leerplicht.leiden"


class MeldcodeQuerySet(models.QuerySet["Meldcodetraject"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Who began it, who was brought in, and who leads the team of that gemeente."""
        brought = Meldcodelid.objects.filter(gebruiker=user).values("traject")
        own = Q(gemaakt_door=user) | Q(pk__in=brought)
        here = Q(gemeente__in=gemeenten_for(user, RECHT)) & own
        lead = Q(gemeente__in=gemeenten_for(user, LEIDEN))
        return self.filter(here | lead, not_hidden(user))

    def open(self) -> Self:
        return self.filter(gesloten_op__isnull=True)


class Meldcodetraject(Zaak):
    """Five steps about the safety of one child. Hangs on no werkproces and no proces-verbaal:
    what was said for the safety of a child is not said as a suspect."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="meldcodetrajecten")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    toestand = models.CharField(max_length=30, default="mc_signalen")
    gestart_op = models.DateField()
    gesloten_op = models.DateField(null=True, blank=True)
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = MeldcodeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "meldcodetrajecten"
        indexes = [models.Index(fields=["gemeente", "gestart_op"], name="meldcode_gemeente")]

    def __str__(self) -> str:
        return f"Meldcode vanaf {self.gestart_op:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:meldcode", args=[self.uuid])


class VanMeldcodeQuerySet(models.QuerySet["Meldcodestap"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(traject__in=Meldcodetraject.objects.visible_to(user))


class Meldcodestap(UuidModel):
    """A step that was done, with what was written."""

    traject = models.ForeignKey(Meldcodetraject, models.PROTECT, related_name="stappen")
    volgorde = models.PositiveIntegerField()
    stap = models.CharField(max_length=30)
    van_toestand = models.CharField(max_length=30)
    naar_toestand = models.CharField(max_length=30)
    uitgevoerd_op = models.DateField()
    uitvoerder = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    verslag = models.TextField(blank=True)
    gegevens = models.JSONField(default=dict, blank=True)

    objects = VanMeldcodeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "meldcodestappen"
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(name="meldcodestap_uniek", fields=["traject", "volgorde"])
        ]

    def __str__(self) -> str:
        return f"{self.volgorde}. {self.stap}"


class Meldcodelid(models.Model):
    """A colleague who was brought in."""

    traject = models.ForeignKey(Meldcodetraject, models.CASCADE, related_name="leden")
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    sinds = models.DateField()

    class Meta:
        verbose_name_plural = "meldcodeleden"
        constraints = [
            models.UniqueConstraint(name="meldcodelid_uniek", fields=["traject", "gebruiker"])
        ]

    def __str__(self) -> str:
        return str(self.gebruiker)
