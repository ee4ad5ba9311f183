"""Youths at home without education: the label, what is agreed, the table, waiting for a place."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, UuidModel, Verzuimmelding, Werkproces
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Plaatssoort, Thuiszitbron, Thuiszitreden, Thuiszitresultaat

_VanThuiszitter = TypeVar("_VanThuiszitter", bound=models.Model)


class ThuiszitterQuerySet(models.QuerySet["Thuiszitter"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))

    def open(self) -> Self:
        return self.filter(einde_op__isnull=True)


class Thuiszitter(UuidModel):
    """One stay at home; the label follows from a melding or werkproces, the rest is decided."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="thuiszitters")
    # Frozen when the label was given.
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    bron = models.CharField(max_length=10, choices=Thuiszitbron)
    melding = models.ForeignKey(
        Verzuimmelding, models.PROTECT, null=True, blank=True, related_name="thuiszitters"
    )
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="thuiszitters"
    )
    sinds = models.DateField("thuis sinds")
    label_op = models.DateField()
    geoorloofd = models.BooleanField("geoorloofd", null=True, blank=True)
    reden = models.CharField(max_length=14, choices=Thuiszitreden, blank=True)
    regisseur = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="thuiszitters"
    )
    plan_op = models.DateField("plan van aanpak op", null=True, blank=True)
    aanbod_op = models.DateField("passend aanbod gedaan op", null=True, blank=True)
    # Who had the power to decide was asked, and decided.
    doorzetting_op = models.DateField(null=True, blank=True)
    doorzetting_door = models.CharField(max_length=100, blank=True)
    doorzetting_besluit = models.CharField(max_length=500, blank=True)
    einde_op = models.DateField(null=True, blank=True)
    resultaat = models.CharField(max_length=16, choices=Thuiszitresultaat, blank=True)

    objects = ThuiszitterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thuiszitters"
        constraints = [
            models.UniqueConstraint(
                name="thuiszitter_een_open",
                fields=["jongere"],
                condition=Q(einde_op__isnull=True),
            ),
            models.CheckConstraint(
                name="thuiszitter_einde_na_begin",
                condition=Q(einde_op__isnull=True) | Q(einde_op__gte=F("sinds")),
                violation_error_message="Het einde ligt voor de eerste dag thuis.",
            ),
            models.CheckConstraint(
                name="thuiszitter_einde_met_resultaat",
                condition=Q(einde_op__isnull=True, resultaat="")
                | (Q(einde_op__isnull=False) & ~Q(resultaat="")),
                violation_error_message="Kies hoe het afliep.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "sinds"],
                name="thuiszitter_open",
                condition=Q(einde_op__isnull=True),
            ),
            models.Index(fields=["jongere", "-einde_op"], name="thuiszitter_jongere"),
        ]

    def __str__(self) -> str:
        return f"Thuis sinds {self.sinds:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:thuiszitter", args=[self.uuid])


class TafelQuerySet(models.QuerySet["Thuiszitterstafel"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente__in=gemeenten_of(user, Taak.LEERPLICHT))


class Thuiszitterstafel(UuidModel):
    """A meeting about several youths of one gemeente."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    datum = models.DateField()
    plaats = models.CharField(max_length=200, blank=True)
    deelnemers = models.CharField(max_length=500)
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = TafelQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thuiszitterstafels"
        indexes = [models.Index(fields=["gemeente", "-datum"], name="tafel_gemeente")]

    def __str__(self) -> str:
        return f"Thuiszitterstafel {self.datum:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:tafel", args=[self.uuid])


class VanThuiszitterQuerySet(models.QuerySet[_VanThuiszitter]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(thuiszitter__in=Thuiszitter.objects.visible_to(user))


class Tafelpunt(models.Model):
    """A youth on the agenda, and what was said."""

    tafel = models.ForeignKey(Thuiszitterstafel, models.CASCADE, related_name="punten")
    thuiszitter = models.ForeignKey(Thuiszitter, models.PROTECT, related_name="punten")
    besproken = models.TextField(blank=True)

    objects = VanThuiszitterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tafelpunten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="tafelpunt_uniek", fields=["tafel", "thuiszitter"])
        ]

    def __str__(self) -> str:
        return f"Punt {self.pk}"


class Thuiszitterafspraak(UuidModel):
    """What somebody does before a day; the owner may be of another organisation."""

    thuiszitter = models.ForeignKey(Thuiszitter, models.PROTECT, related_name="afspraken")
    tafel = models.ForeignKey(
        Thuiszitterstafel, models.PROTECT, null=True, blank=True, related_name="afspraken"
    )
    tekst = models.CharField(max_length=300)
    eigenaar = models.CharField(max_length=100)
    uiterlijk_op = models.DateField()
    gedaan_op = models.DateField(null=True, blank=True)

    objects = VanThuiszitterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thuiszitterafspraken"
        indexes = [
            models.Index(
                fields=["uiterlijk_op"],
                name="thuiszitterafspraak_open",
                condition=Q(gedaan_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.tekst


class PlaatsQuerySet(models.QuerySet["Plaatswacht"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))

    def waiting(self) -> Self:
        return self.filter(klaar_op__isnull=True)


class Plaatswacht(UuidModel):
    """Waiting for a place at a school or in care: the register of waiting times."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="plaatswachten")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=10, choices=Plaatssoort)
    aangevraagd_op = models.DateField()
    klaar_op = models.DateField(null=True, blank=True)
    geplaatst = models.BooleanField(null=True, blank=True)  # None while waiting

    objects = PlaatsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wachtenden op een plaats"
        constraints = [
            models.CheckConstraint(
                name="plaatswacht_klaar_na_aanvraag",
                condition=Q(klaar_op__isnull=True, geplaatst__isnull=True)
                | Q(klaar_op__gte=F("aangevraagd_op"), geplaatst__isnull=False),
                violation_error_message="De plaatsing ligt voor de aanvraag.",
            ),
            models.UniqueConstraint(
                name="plaatswacht_een_per_soort",
                fields=["jongere", "soort"],
                condition=Q(klaar_op__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "aangevraagd_op"],
                name="plaatswacht_open",
                condition=Q(klaar_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} sinds {self.aangevraagd_op:%d-%m-%Y}"
