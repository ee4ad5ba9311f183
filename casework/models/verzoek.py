"""Requests of persons about their data, what was corrected, and the package of an inzage."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.codes import Regime
from casework.fields import VersleuteldField
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere, Relatie


class VerzoekQuerySet(models.QuerySet["Verzoek"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.lezen"))

    def open(self) -> Self:
        return self.filter(besluit="")


class Verzoek(UuidModel):
    """A request under AVG art. 15-18 or Wpg art. 25 and 28; its decision stays on record."""

    class Soort(models.TextChoices):
        INZAGE = "inzage", "Inzage"
        RECTIFICATIE = "rectificatie", "Rectificatie"
        WISSING = "wissing", "Wissing"
        BEPERKING = "beperking", "Beperking"

    class Aanvrager(models.TextChoices):
        JONGERE = "jongere", "De jongere zelf"
        VERTEGENWOORDIGER = "vertegenwoordiger", "Ouder of voogd met gezag"

    class Besluit(models.TextChoices):
        TOEGEWEZEN = "toegewezen", "Toegewezen"
        DEELS = "deels", "Deels toegewezen"
        GEWEIGERD = "geweigerd", "Geweigerd"

    # Both empty once the dossier is destroyed: the decision is kept for the audit.
    jongere = models.ForeignKey(
        Jongere, models.SET_NULL, null=True, blank=True, related_name="verzoeken"
    )
    vertegenwoordiger = models.ForeignKey(
        Relatie, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=12, choices=Soort)
    regime = models.CharField(max_length=3, choices=Regime, default=Regime.AVG)
    aanvrager = models.CharField(max_length=17, choices=Aanvrager)
    ontvangen_op = models.DateField()
    uiterlijk_op = models.DateField()
    gezag_gecontroleerd = models.BooleanField(default=False)
    verlengd_op = models.DateField(null=True, blank=True)
    verlenging_reden = models.TextField(blank=True)
    besluit = models.CharField(max_length=10, choices=Besluit, blank=True)
    besluit_reden = models.TextField(blank=True)
    besloten_op = models.DateField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgelegd_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = VerzoekQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "verzoeken"
        constraints = [
            models.CheckConstraint(
                name="verzoek_besluit_met_datum_en_persoon",
                condition=Q(besluit="", besloten_op=None, besloten_door=None)
                | (~Q(besluit="") & Q(besloten_op__isnull=False, besloten_door__isnull=False)),
            ),
            models.CheckConstraint(
                name="verzoek_wpg_niet_verlengd",
                condition=Q(regime="AVG") | Q(verlengd_op=None),
                violation_error_message="Een verzoek onder de Wpg kan niet worden verlengd.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "uiterlijk_op"], name="verzoek_gemeente")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.ontvangen_op:%d-%m-%Y})"

    def get_absolute_url(self) -> str:
        return reverse("casework:verzoek", args=[self.uuid])

    def is_laat(self, day: date) -> bool:
        """Decided too late, or not yet and the term is over."""
        return (self.besloten_op or day) > self.uiterlijk_op


class InzageQuerySet(models.QuerySet["Inzage"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.schrijven"))


class Inzage(UuidModel):
    """The files for one request: readable PDF and JSON; kept for some days only."""

    class Status(models.TextChoices):
        WACHT = "wacht", "Wacht"
        BEZIG = "bezig", "Bezig"
        KLAAR = "klaar", "Klaar"
        MISLUKT = "mislukt", "Mislukt"
        VERWIJDERD = "verwijderd", "Bestanden verwijderd"

    verzoek = models.ForeignKey(Verzoek, models.CASCADE, related_name="inzages")
    jongere = models.ForeignKey(Jongere, models.CASCADE, related_name="inzages")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    reden = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.WACHT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=100, blank=True)
    pdf = models.FileField(upload_to="inzage/", max_length=300, blank=True)
    json = models.FileField(upload_to="inzage/", max_length=300, blank=True)
    gevraagd_op = models.DateTimeField(default=timezone.now)
    klaar_op = models.DateTimeField(null=True, blank=True)

    objects = InzageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inzages"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Inzage {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:inzage", args=[self.uuid])

    @property
    def is_bezig(self) -> bool:
        return self.status in {self.Status.WACHT, self.Status.BEZIG}


class RectificatieQuerySet(models.QuerySet["Rectificatie"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.lezen"))


class Rectificatie(UuidModel):
    """One corrected value (AVG art. 16, Wpg art. 28); old and new stay visible, encrypted."""

    jongere = models.ForeignKey(Jongere, models.CASCADE, related_name="rectificaties")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    verzoek = models.ForeignKey(
        Verzoek, models.SET_NULL, null=True, blank=True, related_name="rectificaties"
    )
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    veld = models.CharField(max_length=40)
    oud = VersleuteldField()
    nieuw = VersleuteldField()
    reden = models.TextField()
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = RectificatieQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="rectificatie_met_reden", condition=~Q(reden="")),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="rectificatie_object")]

    def __str__(self) -> str:
        return f"Rectificatie {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:rectificatie", args=[self.uuid])


class Kennisgeving(UuidModel):
    """Somebody who got the old value and must hear of the new one (AVG art. 19)."""

    rectificatie = models.ForeignKey(Rectificatie, models.CASCADE, related_name="kennisgevingen")
    # The line of the log that tells who got it; the log is never changed.
    gebeurtenis = models.ForeignKey("accounts.Gebeurtenis", models.PROTECT, related_name="+")
    ontvanger = models.CharField(max_length=200)
    verstrekt_op = models.DateTimeField()
    gestuurd_op = models.DateTimeField(null=True, blank=True)
    gestuurd_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "kennisgevingen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="kennisgeving_uniek", fields=["rectificatie", "gebeurtenis"]
            )
        ]

    def __str__(self) -> str:
        return self.ontvanger


class DatalekQuerySet(models.QuerySet["Datalek"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.lezen"))


class Datalek(UuidModel):
    """A personal data breach (AVG art. 33, Wpg art. 33a), reported or not, with the reason."""

    class Besluit(models.TextChoices):
        GEMELD = "gemeld", "Gemeld bij de AP"
        NIET_GEMELD = "niet_gemeld", "Niet gemeld, met reden"

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    regime = models.CharField(max_length=3, choices=Regime, default=Regime.AVG)
    ontdekt_op = models.DateTimeField()
    intern_gemeld_op = models.DateTimeField(null=True, blank=True)
    omschrijving = models.TextField()
    # Where to look in the log for what was touched.
    gebruiker = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    van = models.DateField(null=True, blank=True)
    tot = models.DateField("tot en met", null=True, blank=True)
    acties = models.CharField(max_length=200, blank=True)
    besluit = models.CharField(max_length=12, choices=Besluit, blank=True)
    besluit_reden = models.TextField(blank=True)
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgelegd_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    objects = DatalekQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "datalekken"
        ordering = ["-ontdekt_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="datalek_besluit_met_reden",
                condition=Q(besluit="", besloten_op=None, besloten_door=None)
                | (
                    ~Q(besluit="")
                    & ~Q(besluit_reden="")
                    & Q(besloten_op__isnull=False, besloten_door__isnull=False)
                ),
                violation_error_message="Schrijf op waarom u dit besluit.",
            ),
            models.CheckConstraint(
                name="datalek_tot_niet_voor_van",
                condition=Q(van=None) | Q(tot=None) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self) -> str:
        return f"Datalek {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:datalek", args=[self.uuid])
