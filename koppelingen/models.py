"""What came in from outside: runs, refused rows, and where each record came from."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from casework.models import Gemeente, Jongere, UuidModel


class Bronsleutel(models.Model):
    """(bronsysteem, bestand, bron_id) -> record; reading again updates, never doubles."""

    bronsysteem = models.CharField(max_length=64)
    bestand = models.CharField(max_length=40)
    bron_id = models.CharField(max_length=64)
    object_id = models.BigIntegerField()
    # Hash of the row as last read; an equal row is left alone.
    hash = models.BinaryField(max_length=16)
    # Unknown columns with prefix x_, kept with the row.
    extra = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bronsleutels"
        constraints = [
            models.UniqueConstraint(
                name="bronsleutel_uniek", fields=["bronsysteem", "bestand", "bron_id"]
            )
        ]
        indexes = [models.Index(fields=["object_id", "bestand"], name="bronsleutel_van_object")]

    def __str__(self) -> str:
        return f"{self.bronsysteem}/{self.bestand}/{self.bron_id}"


class InleesrunQuerySet(models.QuerySet["Inleesrun"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Runs this beheerder started, and those of the operator about gemeenten that are all
        in his hands; the refused rows hold personal data."""
        codes = list(
            Gemeente.objects.permitted(user, "pakket.inlezen").values_list("code", flat=True)
        )
        of_operator = Q(gebruiker=None, gemeentecodes__contained_by=codes) & ~Q(gemeentecodes=[])
        return self.filter(Q(gebruiker=user) | of_operator)


class Inleesrun(UuidModel):
    """One reading of a package: dry run or real, with progress and report."""

    class Status(models.TextChoices):
        WACHT = "wacht", "Wacht"
        BEZIG = "bezig", "Bezig"
        KLAAR = "klaar", "Klaar"
        GEWEIGERD = "geweigerd", "Geweigerd"
        MISLUKT = "mislukt", "Mislukt"

    gebruiker = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bestand = models.FileField(upload_to="pakketten/%Y/%m/", max_length=300, blank=True)
    bestandsnaam = models.CharField(max_length=255)
    bronsysteem = models.CharField(max_length=64, blank=True)
    gemeentecodes = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    proef = models.BooleanField("proef, niets wordt geladen", default=False)
    wpg_akkoord = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WACHT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=100, blank=True)
    melding = models.TextField(blank=True)
    rapport = models.JSONField(default=dict, blank=True)
    # What a corrected row needs when it is offered again without the package.
    peilmoment = models.CharField(max_length=64, blank=True)
    codemapping = models.JSONField(default=dict, blank=True)
    # Set when this run offers the refused rows of that run again.
    vervolg_op = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="vervolgen"
    )
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    objects = InleesrunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.bestandsnaam} ({self.get_status_display()})"

    def get_absolute_url(self) -> str:
        return reverse("koppelingen:run", args=[self.uuid])

    @property
    def is_bezig(self) -> bool:
        return self.status in {self.Status.WACHT, self.Status.BEZIG}

    @property
    def may_correct(self) -> bool:
        """Rows of a dry run are only looked at: nothing of its package is here."""
        return self.status == self.Status.KLAAR and not self.proef

    @property
    def may_retry(self) -> bool:
        stopped = self.status in {self.Status.MISLUKT, self.Status.GEWEIGERD}
        return stopped and bool(self.bestand)


# A refused row that still waits for somebody.
OPEN = Q(opgelost_op__isnull=True, vervolg__isnull=True)


class QuarantaineQuerySet(models.QuerySet["Quarantaine"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(run__in=Inleesrun.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(OPEN)


class Quarantaine(models.Model):
    """A refused row, kept whole so that it can be corrected and offered again."""

    run = models.ForeignKey(Inleesrun, models.CASCADE, related_name="quarantaine")
    bestand = models.CharField(max_length=40)
    rijnummer = models.PositiveIntegerField()
    bron_id = models.CharField(max_length=64, blank=True)
    kolom = models.CharField(max_length=60, blank=True)
    waardesoort = models.CharField(max_length=60, blank=True)
    reden = models.TextField()
    rij = models.JSONField()
    gewijzigd_op = models.DateTimeField(null=True, blank=True)
    # The run that offers the row again; when that run is refused the row is open as before.
    vervolg = models.ForeignKey(
        Inleesrun, models.SET_NULL, null=True, blank=True, related_name="aangeboden"
    )
    opgelost_op = models.DateTimeField(null=True, blank=True)
    vervallen_reden = models.CharField(max_length=200, blank=True)

    objects = QuarantaineQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quarantaine"
        indexes = [models.Index(fields=["run", "bestand", "rijnummer"], name="quarantaine_run")]

    def __str__(self) -> str:
        return f"{self.bestand} rij {self.rijnummer}"

    @property
    def is_open(self) -> bool:
        return self.opgelost_op is None and self.vervolg_id is None

    @property
    def stand(self) -> tuple[str, str]:
        """Word and colour of the badge."""
        if self.vervallen_reden:
            return "Vervallen", "neutral"
        if self.opgelost_op:
            return "Opnieuw gelezen", "success"
        if self.vervolg_id:
            return "Aangeboden", "info"
        return ("Hersteld", "info") if self.gewijzigd_op else ("Afgekeurd", "warning")


class PersoonsvraagQuerySet(models.QuerySet["Persoonsvraag"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(run__in=Inleesrun.objects.visible_to(user))


class Persoonsvraag(models.Model):
    """A possible match on name and birth date alone: a person decides."""

    class Besluit(models.TextChoices):
        OPEN = "open", "Nog te beslissen"
        ZELFDE = "zelfde", "Dezelfde persoon"
        ANDER = "ander", "Een ander"

    run = models.ForeignKey(Inleesrun, models.CASCADE, related_name="persoonsvragen")
    # Gone when both turned out to be one person: its rows went to `bestaand`.
    nieuw = models.ForeignKey(Jongere, models.SET_NULL, null=True, blank=True, related_name="+")
    bestaand = models.ForeignKey(Jongere, models.CASCADE, related_name="+")
    besluit = models.CharField(max_length=6, choices=Besluit, default=Besluit.OPEN)
    besloten_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    besloten_op = models.DateTimeField(null=True, blank=True)

    objects = PersoonsvraagQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "persoonsvragen"
        constraints = [
            models.CheckConstraint(
                name="persoonsvraag_twee_personen",
                condition=~Q(nieuw=models.F("bestaand")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_besluit_display()}"


class UitvoerQuerySet(models.QuerySet["Uitvoer"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Only who asked for a package may fetch it."""
        return self.filter(gebruiker=user)


class Uitvoer(UuidModel):
    """One package made for somebody else: a gemeente that leaves, or one dossier that moves."""

    Status = Inleesrun.Status

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    gemeentecodes = ArrayField(models.CharField(max_length=4))
    jongere = models.ForeignKey(Jongere, models.CASCADE, null=True, blank=True, related_name="+")
    reden = models.CharField(max_length=200, blank=True)
    wpg_akkoord = models.CharField(max_length=200, blank=True)
    bestand = models.FileField(upload_to="uitvoer/%Y/%m/", max_length=300, blank=True)
    status = models.CharField(
        max_length=10, choices=Inleesrun.Status, default=Inleesrun.Status.WACHT
    )
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=100, blank=True)
    melding = models.TextField(blank=True)
    rijen = models.PositiveBigIntegerField(default=0)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    objects = UitvoerQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "uitvoeren"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Pakket van {', '.join(self.gemeentecodes)}"

    def get_absolute_url(self) -> str:
        return reverse("koppelingen:uitvoer", args=[self.uuid])

    @property
    def is_bezig(self) -> bool:
        return self.status in {Inleesrun.Status.WACHT, Inleesrun.Status.BEZIG}
