"""How long data stays: holds, lists to destroy, and what is left to say afterwards."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere


class BewaarstopQuerySet(models.QuerySet["Bewaarstop"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.lezen"))

    def on(self, day: date) -> Self:
        """Holds that stand on this day; `tot` is the last day."""
        return self.filter(van__lte=day, opgeheven_op=None).filter(
            Q(tot__isnull=True) | Q(tot__gte=day)
        )


class Bewaarstop(UuidModel):
    """Nothing of this youth, or this one object, is destroyed while it stands."""

    jongere = models.ForeignKey(Jongere, models.CASCADE, related_name="bewaarstops")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    # Empty: everything of the youth.
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    reden = models.CharField(max_length=200)
    van = models.DateField()
    tot = models.DateField("tot en met", null=True, blank=True)
    geplaatst_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    opgeheven_op = models.DateTimeField(null=True, blank=True)
    opgeheven_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BewaarstopQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bewaarstops"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="bewaarstop_tot_niet_voor_van",
                condition=Q(tot=None) | Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                name="bewaarstop_object_heel",
                condition=Q(object_type="", object_id=None)
                | (~Q(object_type="") & Q(object_id__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Bewaarstop {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:bewaarstop", args=[self.uuid])


class VernietigingslijstQuerySet(models.QuerySet["Vernietigingslijst"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente_id__in=gemeenten_for(user, "privacy.lezen"))


class Vernietigingslijst(UuidModel):
    """What may go in one gemeente: proposed each night, offered by one, approved by another."""

    class Status(models.TextChoices):
        VOORSTEL = "voorstel", "Voorstel"
        AANGEBODEN = "aangeboden", "Wacht op akkoord"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        BEZIG = "bezig", "Wordt vernietigd"
        VERNIETIGD = "vernietigd", "Vernietigd"

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.VOORSTEL)
    gemaakt_op = models.DateTimeField(default=timezone.now)
    aangeboden_op = models.DateTimeField(null=True, blank=True)
    aangeboden_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_op = models.DateTimeField(null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the lines at the moment of offering; the approver agrees with exactly these.
    sha256 = models.CharField(max_length=64, blank=True)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=100, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    # Rows that went per kind and ground; the statement of destruction holds no names.
    aantallen = models.JSONField(default=dict, blank=True)
    # Figures kept before the rows went: schooljaar, key and hash of the frozen set.
    cijfers = models.JSONField(default=list, blank=True)

    objects = VernietigingslijstQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vernietigingslijsten"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="vernietigingslijst_een_voorstel",
                fields=["gemeente"],
                condition=Q(status="voorstel"),
            ),
            models.CheckConstraint(
                name="vernietigingslijst_twee_personen",
                condition=Q(goedgekeurd_door=None)
                | (Q(aangeboden_door__isnull=False) & ~Q(goedgekeurd_door=F("aangeboden_door"))),
                violation_error_message="Een ander dan wie de lijst aanbood keurt haar goed.",
            ),
            models.CheckConstraint(
                name="vernietigingslijst_akkoord_voor_vernietiging",
                condition=Q(status__in=["voorstel", "aangeboden"])
                | Q(goedgekeurd_door__isnull=False, goedgekeurd_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Vernietigingslijst {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("casework:vernietigingslijst", args=[self.uuid])

    @property
    def is_bezig(self) -> bool:
        return self.status in {self.Status.GOEDGEKEURD, self.Status.BEZIG}


class Vernietigingsregel(models.Model):
    """One line of a list. Numbers only, and no foreign key: the line outlives what it names."""

    class Soort(models.TextChoices):
        LEERPLICHT = "leerplicht", "Leerplicht"
        DOORSTROOMPUNT = "doorstroompunt", "Doorstroompunt"
        POLITIE = "politie", "Politiegegeven"
        PERSOON = "persoon", "Persoonsgegevens"

    lijst = models.ForeignKey(Vernietigingslijst, models.CASCADE, related_name="regels")
    soort = models.CharField(max_length=14, choices=Soort)
    jongere_id = models.BigIntegerField()
    # Empty: everything of this kind of the youth in the gemeente of the list.
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(default=0)
    grond = models.CharField(max_length=120)
    dag = models.DateField()
    vernietigd_op = models.DateTimeField(null=True, blank=True)
    overgeslagen = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "vernietigingsregels"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="vernietigingsregel_uniek",
                fields=["lijst", "soort", "jongere_id", "object_type", "object_id"],
            )
        ]
        indexes = [models.Index(fields=["jongere_id"], name="vernietigingsregel_jongere")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.jongere_id}"
