import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import DuoStatus
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.melding import UITVOEREND, Verzuimmelding
from casework.models.zicht import own_taak


class Berichtstand(models.TextChoices):
    KLAAR = "KLAAR", "Wacht op verzending"
    VERZONDEN = "VERZONDEN", "Verzonden"
    BEVESTIGD = "BEVESTIGD", "Bevestigd door DUO"
    AFGEWEZEN = "AFGEWEZEN", "Geweigerd door DUO"
    VERVALLEN = "VERVALLEN", "Vervallen"


class StatusberichtQuerySet(models.QuerySet["Statusbericht"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user))


class Statusbericht(UuidModel):
    """A status that goes to the register of DUO, where the school reads it (BRO 21)."""

    # What DUO answers to; a second attempt is a message of its own.
    bericht_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    melding = models.ForeignKey(Verzuimmelding, models.PROTECT, related_name="statusberichten")
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    taak = models.CharField(max_length=20, choices=UITVOEREND, default=Taak.LEERPLICHT)
    nieuwe_status = models.CharField(max_length=6, choices=DuoStatus)
    reden_afgesloten = models.CharField(max_length=15, blank=True)
    toelichting = models.CharField(max_length=15, blank=True)
    # The change at DUO that we had seen when the message was made or tried again.
    gezien_mutatie = models.DateTimeField(null=True, blank=True)
    contact_naam = models.CharField(max_length=100, blank=True)
    contact_functie = models.CharField(max_length=60, blank=True, default="", db_default="")
    contact_email = models.CharField(max_length=100, blank=True)
    stand = models.CharField(max_length=10, choices=Berichtstand, default=Berichtstand.KLAAR)
    poging = models.PositiveSmallIntegerField(default=1)
    aangemaakt_op = models.DateTimeField()
    verzonden_op = models.DateTimeField(null=True, blank=True)
    antwoord_op = models.DateTimeField(null=True, blank=True)
    foutcode = models.CharField(max_length=40, blank=True)
    fouttekst = models.CharField(max_length=300, blank=True)

    objects = StatusberichtQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "statusberichten"
        indexes = [
            models.Index(fields=["melding", "id"], name="statusbericht_melding"),
            models.Index(fields=["-aangemaakt_op", "-id"], name="statusbericht_volgorde"),
            models.Index(
                fields=["gemeente", "taak", "-aangemaakt_op"], name="statusbericht_gemeente"
            ),
            models.Index(
                fields=["stand", "id"],
                name="statusbericht_onderweg",
                condition=Q(stand__in=["KLAAR", "VERZONDEN", "AFGEWEZEN"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nieuwe_status_display()}: {self.get_stand_display().lower()}"
