"""The yearly report: its sections while people write, and its frozen versions."""

import re
from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.errors import DomainError
from casework.models import UuidModel
from reporting.verslag.cijferset import Cijferset, Definitie
from reporting.verslag.klein import hide_small
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.secties import Sectiedata, Soort

schooljaar_field = RegexValidator(r"^\d{4}-\d{4}$", "Schrijf een schooljaar zoals 2022-2023.")


class Cijferstand(models.Model):
    """Figures as counted on one day, with the definitions used; a trigger forbids change."""

    peildatum = models.DateField()
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    catalogusversie = models.CharField(max_length=40)
    schooljaren = models.JSONField()
    gemeenten = models.JSONField()
    # Pairs of code and content: jsonb would lose the order of an object.
    gebieden = models.JSONField()
    definities = models.JSONField()
    cijfers = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "cijferstanden"

    def __str__(self) -> str:
        return f"Cijfers per {self.peildatum}"

    def cijferset(self) -> Cijferset:
        return Cijferset.from_rows(
            self.cijfers,
            peildatum=self.peildatum,
            schooljaren=self.schooljaren,
            gemeenten=self.gemeenten,
            gebieden=dict(self.gebieden),
            definities={
                name: Definitie(**{**row, "dimensies": tuple(row["dimensies"])})
                for name, row in self.definities
            },
        )


class JaarverslagQuerySet(models.QuerySet["Jaarverslag"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Reports of gemeenten that are all within the right of this user."""
        return self._permitted(user, "verslag.lezen")

    def writable_by(self, user: Gebruiker) -> Self:
        return self._permitted(user, "verslag.schrijven")

    def _permitted(self, user: Gebruiker, permissie: str) -> Self:
        own = gemeenten_for(user, permissie)
        links = Jaarverslag.gemeenten.through.objects.filter(jaarverslag=OuterRef("pk"))
        return self.filter(Exists(links), ~Exists(links.exclude(gemeente_id__in=own)))

    def for_list(self) -> Self:
        return self.prefetch_related("gemeenten").order_by("-schooljaar", "-gewijzigd_op", "-pk")


class Jaarverslag(UuidModel):
    """A report over one schooljaar for one or more gemeenten, made from a template."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Concept"
        IN_BOUW = "in_bouw", "Wordt gemaakt"
        TE_CONTROLEREN = "te_controleren", "Te controleren"
        VASTGESTELD = "vastgesteld", "Vastgesteld"

    titel = models.CharField(max_length=200)
    sjabloon = models.CharField(max_length=60)
    schooljaar = models.CharField(max_length=9, validators=[schooljaar_field])
    jaren = models.PositiveSmallIntegerField("aantal schooljaren", default=2)
    gemeenten = models.ManyToManyField("casework.Gemeente", related_name="jaarverslagen")
    # Counts below this are hidden in what is published; 0 hides nothing.
    minimum = models.PositiveSmallIntegerField(
        "kleinste aantal dat mag worden getoond", default=0, db_default=0
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.CONCEPT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    voortgang_tekst = models.CharField(max_length=100, blank=True)
    fout = models.TextField(blank=True)
    # The number of the version that is being built; a second delivery finds it made.
    bouw_nummer = models.PositiveSmallIntegerField(default=0)
    gevraagd_door = models.ForeignKey(
        Gebruiker, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stand = models.ForeignKey(Cijferstand, models.PROTECT, null=True, blank=True, related_name="+")
    aangemaakt_door = models.ForeignKey(
        Gebruiker, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    objects = JaarverslagQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "jaarverslagen"
        constraints = [
            models.CheckConstraint(
                name="jaarverslag_jaren",
                condition=Q(jaren__gte=1, jaren__lte=5),
                violation_error_message="Een verslag toont 1 tot 5 schooljaren.",
            ),
            models.CheckConstraint(name="jaarverslag_voortgang", condition=Q(voortgang__lte=100)),
        ]
        indexes = [models.Index(fields=["-schooljaar", "-gewijzigd_op"], name="jaarverslag_lijst")]

    def __str__(self) -> str:
        return f"{self.titel} {self.schooljaar}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:jaarverslag", args=[self.uuid])

    @property
    def may_change(self) -> bool:
        """Text is written until the report is approved, and not while it is being built."""
        return self.status in (self.Status.CONCEPT, self.Status.TE_CONTROLEREN)

    @property
    def laatste_versie(self) -> "Versie | None":
        return self.versies.order_by("-nummer").first()

    def kader(self) -> Kader:
        """The figures its texts speak of; they must have been counted."""
        if self.stand is None:
            raise DomainError("De cijfers van dit verslag zijn nog niet geteld.")
        figures = hide_small(self.stand.cijferset(), self.minimum)
        return Kader(figures, self.schooljaar, self.titel)

    def sectiedata(self) -> list[Sectiedata]:
        return [sectie.data() for sectie in self.secties.order_by("volgorde")]


class Sectie(UuidModel):
    """One part of a report in the making; text is markdown with placeholders."""

    verslag = models.ForeignKey(Jaarverslag, models.CASCADE, related_name="secties")
    volgorde = models.PositiveSmallIntegerField()
    soort = models.CharField(max_length=20, choices=Soort)
    niveau = models.PositiveSmallIntegerField(default=2)
    kop = models.CharField(max_length=200, blank=True)
    tekst = models.TextField(blank=True)
    instellingen = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "secties"
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(
                name="sectie_volgorde",
                fields=["verslag", "volgorde"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="sectie_niveau", condition=Q(niveau__gte=1, niveau__lte=3)),
        ]

    def __str__(self) -> str:
        return self.kop or self.get_soort_display()

    @property
    def leestekst(self) -> str:
        """The text as a list shows it: no markup, three dots where a figure will stand."""
        return re.sub(r"[*#]+", "", re.sub(r"\{\{.*?\}\}", "…", self.tekst))

    def data(self) -> Sectiedata:
        return Sectiedata(self.soort, self.kop, self.niveau, self.tekst, self.instellingen)


def pdf_path(versie: "Versie", filename: str) -> str:
    return f"jaarverslagen/{versie.verslag.uuid}/{versie.nummer}-{filename}"


class Versie(UuidModel):
    """What was built: figures, texts and PDF. Once approved a trigger forbids every change."""

    verslag = models.ForeignKey(Jaarverslag, models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField()
    titel = models.CharField(max_length=200)
    stand = models.ForeignKey(Cijferstand, models.PROTECT, related_name="versies")
    secties = models.JSONField()
    pdf = models.FileField(upload_to=pdf_path)
    sha256 = models.CharField(max_length=64)
    paginas = models.PositiveSmallIntegerField(default=0)
    # What the checker found, and why the differences are right.
    controle = models.JSONField(default=list)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    gemaakt_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgesteld_op = models.DateTimeField(null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "versies"
        ordering: ClassVar[list[Any]] = [F("nummer").desc()]
        constraints = [
            models.UniqueConstraint(name="versie_nummer", fields=["verslag", "nummer"]),
            models.CheckConstraint(
                name="versie_vastgesteld_door_iemand",
                condition=Q(vastgesteld_op__isnull=True, vastgesteld_door__isnull=True)
                | Q(vastgesteld_op__isnull=False, vastgesteld_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel}, versie {self.nummer}"

    def sectiedata(self) -> list[Sectiedata]:
        return [Sectiedata.from_json(row) for row in self.secties]

    def kader(self) -> Kader:
        figures = hide_small(self.stand.cijferset(), self.verslag.minimum)
        return Kader(figures, self.verslag.schooljaar, self.titel)
