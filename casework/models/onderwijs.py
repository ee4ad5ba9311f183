from collections.abc import Mapping
from datetime import date
from typing import Final, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models import Gebruiker
from casework.codes import (
    Diplomasoort,
    Gegevensbron,
    Leerweg,
    Onderwijssoort,
    Uitstroomprofiel,
)
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere

SCHOOLSOORTEN: Final[Mapping[str, str]] = {
    "PO": "Basisonderwijs",
    "BO": "Basisonderwijs",
    "SBO": "Speciaal basisonderwijs",
    "SO": "Speciaal onderwijs",
    "VSO": "Voortgezet speciaal onderwijs",
    "PRO": "Praktijkonderwijs",
    "VO": "Voortgezet onderwijs",
    "ISK": "Internationale schakelklas",
    "VAVO": "Volwassenenonderwijs (vavo)",
    "MBO": "Mbo",
    "HO": "Hoger onderwijs",
    "EDUCATIE": "Educatie",
    "PARTICULIER": "Particulier onderwijs",
    "BUITENLAND": "Onderwijs in het buitenland",
}


class School(UuidModel):
    """A school or vestiging; closes with `tot`, is never deleted. Not personal data."""

    naam = models.CharField(max_length=200)
    brin = models.CharField(max_length=10, blank=True)
    vestigingscode = models.CharField(max_length=10, blank=True)
    soort = models.CharField(max_length=20, blank=True)
    straat = models.CharField(max_length=100, blank=True)
    huisnummer = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    plaats = models.CharField(max_length=100, blank=True)
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="scholen"
    )
    denominatie = models.CharField(max_length=100, blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)
    zoeknaam = models.TextField(blank=True, editable=False)
    # A code nobody knew came in with a melding; somebody has to look at it.
    te_controleren = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "scholen"
        constraints = [
            models.UniqueConstraint(
                name="school_vestigingscode_uniek",
                fields=["vestigingscode"],
                condition=~Q(vestigingscode=""),
                violation_error_message="Er is al een school met deze vestigingscode.",
            )
        ]
        indexes = [
            GinIndex(fields=["zoeknaam"], name="school_zoeknaam", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["gemeente", "naam"], name="school_gemeente"),
            models.Index(fields=["brin"], name="school_brin"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def soort_woord(self) -> str:
        """The kind in words; sources write a code or a text of their own."""
        return SCHOOLSOORTEN.get(self.soort.upper(), self.soort)


class Schoolcode(models.Model):
    """Another code by which others know the school, dated (BRIN, RIO and own codes)."""

    class Soort(models.TextChoices):
        BRIN = "BRIN", "BRIN"
        VESTIGING = "VESTIGING", "Vestigingscode"
        AANBIEDER = "AANBIEDER", "Onderwijsaanbieder (RIO)"
        LOCATIE = "LOCATIE", "Onderwijslocatie (RIO)"
        EIGEN = "EIGEN", "Eigen code"

    school = models.ForeignKey(School, models.CASCADE, related_name="codes")
    soort = models.CharField(max_length=10, choices=Soort)
    code = models.CharField(max_length=20)
    naam = models.CharField(max_length=200, blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["soort", "code"], name="schoolcode_code")]

    def __str__(self) -> str:
        return f"{self.soort} {self.code}"


class InschrijvingQuerySet(models.QuerySet["Inschrijving"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(jongere__in=Jongere.objects.visible_to(user))

    def on(self, day: date) -> Self:
        """Enrolments that hold on this day; `einddatum` is the last day enrolled."""
        return self.filter(begindatum__lte=day).filter(
            Q(einddatum__isnull=True) | Q(einddatum__gte=day)
        )


class Inschrijving(UuidModel):
    """Enrolment at a school; `einddatum` is the last day, as the package has it."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="inschrijvingen")
    school = models.ForeignKey(School, models.PROTECT, related_name="inschrijvingen")
    onderwijssoort = models.CharField(max_length=12, choices=Onderwijssoort)
    uitstroomprofiel = models.CharField(max_length=12, choices=Uitstroomprofiel, blank=True)
    leerjaar = models.PositiveSmallIntegerField(null=True, blank=True)
    opleidingscode = models.CharField(max_length=20, blank=True)
    opleidingsnaam = models.CharField(max_length=200, blank=True)
    leerweg = models.CharField(max_length=3, choices=Leerweg, blank=True)
    bekostigd = models.BooleanField(default=True)
    begindatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(max_length=200, blank=True)
    herkomst = models.CharField(max_length=10, choices=Gegevensbron, blank=True)

    objects = InschrijvingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inschrijvingen"
        indexes = [
            models.Index(
                fields=["jongere", "begindatum"],
                name="inschrijving_jongere",
                include=["einddatum", "onderwijssoort", "leerjaar"],
            ),
            models.Index(fields=["school", "begindatum"], name="inschrijving_school"),
        ]

    def __str__(self) -> str:
        return f"{self.get_onderwijssoort_display()} vanaf {self.begindatum}"


class DiplomaQuerySet(models.QuerySet["Diploma"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(jongere__in=Jongere.objects.visible_to(user))


class Diploma(UuidModel):
    """A diploma or other proof; `startkwalificatie` says whether it is one (Lpw art. 1 f)."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="diplomas")
    soort = models.CharField(max_length=15, choices=Diplomasoort)
    naam = models.CharField(max_length=200, blank=True)
    niveau = models.CharField(max_length=40, blank=True)
    datum = models.DateField()
    startkwalificatie = models.BooleanField()

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["jongere", "datum"], name="diploma_jongere")]

    def __str__(self) -> str:
        return self.naam or self.get_soort_display()
