from django.db import models


class VsvCijfer(models.Model):
    """A vsv figure as DUO published it; not personal data. Every publication is kept."""

    class Gebiedsoort(models.TextChoices):
        LAND = "land", "Nederland"
        REGIO = "regio", "Doorstroompuntregio"
        SUBREGIO = "subregio", "Subregio"
        GEMEENTE = "gemeente", "Gemeente"

    class Onderwijs(models.TextChoices):
        TOTAAL = "totaal", "Totaal"
        VO = "vo", "Vo"
        MBO = "mbo", "Mbo"
        VAVO = "vavo", "Vavo"

    class Status(models.TextChoices):
        VOORLOPIG = "voorlopig", "Voorlopig"
        DEFINITIEF = "definitief", "Definitief"

    gebied_soort = models.CharField(max_length=10, choices=Gebiedsoort)
    gebied_code = models.CharField(max_length=20, blank=True)
    gebied_naam = models.CharField(max_length=100)
    beginjaar = models.PositiveSmallIntegerField("schooljaar (beginjaar)")
    onderwijssoort = models.CharField(max_length=6, choices=Onderwijs, default=Onderwijs.TOTAAL)
    niveau = models.CharField(max_length=1, blank=True)
    startpopulatie = models.PositiveIntegerField(null=True, blank=True)
    vsv = models.PositiveIntegerField(null=True, blank=True)
    percentage = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    niet_terug_pct = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status)
    publicatie = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "vsv-cijfers"
        constraints = [
            models.UniqueConstraint(
                name="vsvcijfer_uniek",
                fields=[
                    "gebied_soort",
                    "gebied_code",
                    "gebied_naam",
                    "beginjaar",
                    "onderwijssoort",
                    "niveau",
                    "status",
                    "publicatie",
                ],
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["beginjaar", "gebied_soort"], name="vsvcijfer_jaar")]

    def __str__(self) -> str:
        return f"{self.gebied_naam} {self.beginjaar}"
