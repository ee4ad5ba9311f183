"""Who must not see a youth, whatever his rights: closed dossiers, own family, and the way round."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Gebruiker
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente


class AfschermingQuerySet(models.QuerySet["Afscherming"]):
    def open(self) -> Self:
        return self.filter(tot__isnull=True)


class Afscherming(UuidModel):
    """A closed dossier: until `tot` is filled only the named list sees this youth."""

    class Reden(models.TextChoices):
        COLLEGA = "collega", "Familie van een collega"
        BEKEND = "bekend", "Bekende persoon"
        DREIGING = "dreiging", "Bedreiging of geheim verblijf"
        ANDERS = "anders", "Andere reden"

    jongere = models.ForeignKey("Jongere", models.PROTECT, related_name="afschermingen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    reden = models.CharField(max_length=10, choices=Reden)
    toelichting = models.TextField()
    van = models.DateTimeField(db_default=Now())
    tot = models.DateTimeField(null=True, blank=True)
    gesloten_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    leden = models.ManyToManyField(Gebruiker, through="AfschermingLid", related_name="+")

    objects = AfschermingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "afschermingen"
        constraints = [
            models.UniqueConstraint(
                name="afscherming_een_per_jongere",
                fields=["jongere"],
                condition=Q(tot__isnull=True),
                violation_error_message="Dit dossier is al afgesloten.",
            )
        ]

    def __str__(self) -> str:
        """The number people use: it tells nothing about whose dossier it is."""
        return f"A{self.pk}"


class AfschermingLid(models.Model):
    """One name on the list of a closed dossier."""

    afscherming = models.ForeignKey(Afscherming, models.CASCADE, related_name="lijst")
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "afschermingleden"
        constraints = [
            models.UniqueConstraint(
                name="afscherminglid_uniek", fields=["gebruiker", "afscherming"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.afscherming}: {self.gebruiker}"


class Afschermingverzoek(UuidModel):
    """Asked by one, decided by another: open the dossier again, or another list of names."""

    class Soort(models.TextChoices):
        OPENEN = "openen", "Dossier weer openen"
        LIJST = "lijst", "Lijst met namen wijzigen"

    afscherming = models.ForeignKey(Afscherming, models.CASCADE, related_name="verzoeken")
    soort = models.CharField(max_length=6, choices=Soort)
    leden = models.ManyToManyField(Gebruiker, related_name="+", blank=True)  # the whole new list
    reden = models.TextField()
    gevraagd_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(db_default=Now())
    besluit_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    besluit_op = models.DateTimeField(null=True, blank=True)
    akkoord = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "afschermingverzoeken"
        constraints = [
            models.CheckConstraint(
                name="afschermingverzoek_tweede_persoon",
                condition=Q(besluit_door__isnull=True) | ~Q(besluit_door=F("gevraagd_door")),
                violation_error_message="Een ander dan de aanvrager beslist.",
            ),
            models.CheckConstraint(
                name="afschermingverzoek_besluit_heel",
                condition=Q(
                    besluit_door__isnull=True, besluit_op__isnull=True, akkoord__isnull=True
                )
                | Q(besluit_door__isnull=False, besluit_op__isnull=False, akkoord__isnull=False),
            ),
            models.UniqueConstraint(
                name="afschermingverzoek_een_open",
                fields=["afscherming"],
                condition=Q(besluit_op__isnull=True),
                violation_error_message="Er wacht al een verzoek voor dit dossier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.afscherming}: {self.get_soort_display()}"


class Betrokkenheid(models.Model):
    """A user who knows this youth outside work, and therefore never sees the dossier."""

    class Soort(models.TextChoices):
        EIGEN = "eigen", "Eigen kind of pleegkind"
        FAMILIE = "familie", "Familie"
        BEKENDE = "bekende", "Bekende"

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    jongere = models.ForeignKey("Jongere", models.PROTECT, related_name="betrokkenen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=10, choices=Soort)
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    op = models.DateTimeField(db_default=Now())
    # Written by mistake: taken back by somebody else than the user himself.
    vervallen_op = models.DateTimeField(null=True, blank=True)
    vervallen_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "betrokkenheden"
        constraints = [
            models.UniqueConstraint(
                name="betrokkenheid_uniek",
                fields=["gebruiker", "jongere"],
                condition=Q(vervallen_op__isnull=True),
                violation_error_message="Dit is al vastgelegd.",
            ),
            models.CheckConstraint(
                name="betrokkenheid_niet_zelf_vervallen",
                condition=Q(vervallen_door__isnull=True) | ~Q(vervallen_door=F("gebruiker")),
                violation_error_message="Een ander dan de gebruiker zelf laat dit vervallen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker}: {self.get_soort_display()}"


class Noodtoegang(UuidModel):
    """Break-glass: one user, one youth, a few hours; stays open until somebody reviewed it."""

    class Oordeel(models.TextChoices):
        TERECHT = "terecht", "Terecht gebruikt"
        GESPREK = "gesprek", "Bespreken met de medewerker"
        ONTERECHT = "onterecht", "Niet terecht"

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    jongere = models.ForeignKey("Jongere", models.PROTECT, related_name="noodtoegangen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    reden = models.TextField()
    van = models.DateTimeField(db_default=Now())
    tot = models.DateTimeField()
    beoordelen_voor = models.DateField()
    oordeel = models.CharField(max_length=10, choices=Oordeel, blank=True)
    toelichting = models.TextField(blank=True)
    beoordeeld_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    beoordeeld_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "noodtoegangen"
        indexes = [models.Index(fields=["gebruiker", "tot"], name="noodtoegang_van")]
        constraints = [
            models.CheckConstraint(name="noodtoegang_tot_na_van", condition=Q(tot__gt=F("van"))),
            models.CheckConstraint(
                name="noodtoegang_tweede_persoon",
                condition=Q(beoordeeld_door__isnull=True) | ~Q(beoordeeld_door=F("gebruiker")),
                violation_error_message="Een ander dan de gebruiker beoordeelt dit.",
            ),
            models.CheckConstraint(
                name="noodtoegang_oordeel_heel",
                condition=Q(oordeel="", beoordeeld_door__isnull=True, beoordeeld_op__isnull=True)
                | (~Q(oordeel="") & Q(beoordeeld_door__isnull=False, beoordeeld_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"N{self.pk}"
