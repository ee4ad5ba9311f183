from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.codes import Onderwijssoort
from casework.models import Document, Gemeente, Jongere, UuidModel, Verzuimmelding, Zaak
from casework.models.zicht import in_gemeenten, not_hidden
from doorstroompunt.codes import (
    TRAJECTREDENEN,
    Bronmelding,
    Doelstatus,
    Fase,
    Intensiteit,
    Leefgebied,
    Pogingkanaal,
    Pogingresultaat,
    Trajectsoort,
    Trajectstatus,
    Uitstroom,
)


class TrajectQuerySet(models.QuerySet["Traject"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.DOORSTROOMPUNT)), not_hidden(user))

    def open(self) -> Self:
        return self.exclude(status=Trajectstatus.GESLOTEN)


class Traject(Zaak):
    """One guidance case of a youth (WEB 9.2.4); what T counts. A youth may have several."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="trajecten")
    # Frozen on datum_melding, datum_uitval and benaderd_op, in that order.
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="trajecten"
    )
    gemeente_uitval = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemeente_benaderd = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    soort = models.CharField(max_length=16, choices=Trajectsoort)
    bron_melding = models.CharField(max_length=12, choices=Bronmelding, blank=True)
    melding = models.ForeignKey(
        Verzuimmelding, models.PROTECT, null=True, blank=True, related_name="trajecten"
    )
    datum_melding = models.DateField()
    datum_uitval = models.DateField(null=True, blank=True)
    laatste_onderwijssoort = models.CharField(max_length=12, choices=Onderwijssoort, blank=True)
    reden = models.CharField(max_length=15, choices=TRAJECTREDENEN, blank=True)
    benaderd_op = models.DateField(null=True, blank=True)
    begeleid_van = models.DateField(null=True, blank=True)
    intensiteit = models.CharField(max_length=10, choices=Intensiteit, blank=True)
    behandelaar = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="trajecten"
    )
    status = models.CharField(
        max_length=10, choices=Trajectstatus, default=Trajectstatus.OPEN, blank=True
    )
    gesloten_op = models.DateField(null=True, blank=True)
    uitstroom = models.CharField(max_length=24, choices=Uitstroom, blank=True)
    uitstroom_onderwijs = models.CharField(max_length=12, choices=Onderwijssoort, blank=True)
    volgende_benadering = models.DateField(null=True, blank=True)
    overleg_school_op = models.DateField(null=True, blank=True)
    overleg_school_reden = models.TextField(blank=True)

    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trajecten"
        constraints = [
            models.CheckConstraint(
                name="traject_gesloten_na_melding",
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("datum_melding")),
                violation_error_message="Het traject is gesloten voor het begon.",
            )
        ]
        indexes = [
            models.Index(fields=["gemeente", "soort", "datum_melding"], name="traject_gemeente"),
            models.Index(fields=["jongere", "soort"], name="traject_jongere"),
            models.Index(
                fields=["gemeente_uitval", "datum_uitval"],
                name="traject_uitval",
                condition=Q(soort="VSV"),
            ),
            models.Index(
                fields=["behandelaar", "toestand"],
                name="traject_open_van",
                condition=~Q(status="GESLOTEN"),
            ),
            models.Index(
                fields=["gemeente", "toestand", "toestand_sinds"],
                name="traject_open_gemeente",
                condition=~Q(status="GESLOTEN"),
            ),
            models.Index(
                fields=["volgende_benadering"],
                name="traject_herbenaderen",
                condition=Q(volgende_benadering__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.datum_melding:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("doorstroompunt:traject", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.status != Trajectstatus.GESLOTEN


_OfTraject = TypeVar("_OfTraject", bound=models.Model, covariant=True)


class OfTrajectQuerySet(models.QuerySet[_OfTraject]):
    """Rows that are visible with their traject."""

    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(traject__in=Traject.objects.visible_to(user))


class Trajectstap(models.Model):
    """One performed step of the state machine; the history of the traject."""

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="stappen")
    stap = models.CharField(max_length=30)
    van_toestand = models.CharField(max_length=30)
    naar_toestand = models.CharField(max_length=30)
    datum = models.DateField()
    gebruiker = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    toelichting = models.TextField(blank=True)
    gegevens = models.JSONField(default=dict, blank=True)  # answers to the fields of the step

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trajectstappen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.van_toestand} naar {self.naar_toestand}"


class Trajectfase(UuidModel):
    """A phase of a side-traject; `tot` is half open as in the package."""

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="fasen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    fase = models.CharField(max_length=12, choices=Fase)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    uitkomst = models.CharField(max_length=24, choices=Uitstroom, blank=True)
    instrument = models.CharField(max_length=200, blank=True)

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trajectfasen"
        indexes = [models.Index(fields=["gemeente", "van"], name="fase_gemeente")]

    def __str__(self) -> str:
        return self.get_fase_display()


class Contactpoging(UuidModel):
    """One attempt to reach the youth; counts as 'benaderd' from the first outgoing one."""

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="contactpogingen")
    # Frozen on the date of the attempt.
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    datum = models.DateTimeField()
    kanaal = models.CharField(max_length=12, choices=Pogingkanaal)
    resultaat = models.CharField(max_length=22, choices=Pogingresultaat)
    door_partner = models.BooleanField(default=False)
    uitkomst = models.CharField(max_length=24, choices=Uitstroom, blank=True)
    uitvoerder = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opmerking = models.TextField(blank=True)

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "contactpogingen"
        indexes = [
            models.Index(fields=["traject", "-datum"], name="poging_traject"),
            models.Index(fields=["gemeente", "datum"], name="poging_gemeente"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()}: {self.get_resultaat_display()}"


class Plan(UuidModel):
    """One goal of the plan in one leefgebied."""

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="plannen")
    leefgebied = models.CharField(max_length=12, choices=Leefgebied)
    doel = models.TextField()
    actie = models.TextField(blank=True)
    wie = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=10, choices=Doelstatus, default=Doelstatus.OPEN, blank=True
    )
    datum = models.DateField(null=True, blank=True)

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "plannen"

    def __str__(self) -> str:
        return self.doel


class TrajectDocument(models.Model):
    """Ties a document of the dossier to a traject; casework knows no trajecten."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="traject_koppeling")
    traject = models.ForeignKey(Traject, models.CASCADE, related_name="document_koppelingen")

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trajectdocumenten"

    def __str__(self) -> str:
        return str(self.document)


class TrajectMelding(models.Model):
    """A melding taken up in a traject; several may join one (casework knows no trajecten)."""

    melding = models.OneToOneField(Verzuimmelding, models.CASCADE, related_name="traject_koppeling")
    traject = models.ForeignKey(Traject, models.CASCADE, related_name="melding_koppelingen")

    objects = OfTrajectQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trajectmeldingen"

    def __str__(self) -> str:
        return str(self.melding)
