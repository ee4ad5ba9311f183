from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, UuidModel, Werkproces
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import GELDIG, Besluit, Grond, Hoedanigheid, RedenEinde, Voorziening


class VrijstellingQuerySet(models.QuerySet["Vrijstelling"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Leerplicht only: exemptions are not released to the Doorstroompunt (WRO art. 21)."""
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))

    def valid_on(self, day: date) -> Self:
        """Exemptions that hold on this day; `einddatum` is the last day."""
        return self.filter(besluit__in=sorted(GELDIG), begindatum__lte=day).filter(
            Q(einddatum__isnull=True) | Q(einddatum__gte=day)
        )


class Vrijstelling(UuidModel):
    """Exemption (Lpw art. 5, 5a, 15) or vervangende leerplicht (3a, 3b); what V counts."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="vrijstellingen")
    # Frozen on begindatum, aanvraagdatum and the return to school, in that order.
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="vrijstellingen"
    )
    gemeente_aanvraag = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemeente_terug = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    grond = models.CharField(max_length=12, choices=Grond)
    aanvraagdatum = models.DateField()
    nieuw = models.BooleanField("eerste keer op deze grond", null=True, blank=True)
    begindatum = models.DateField()
    einddatum = models.DateField("laatste dag", null=True, blank=True)
    besluit = models.CharField(max_length=15, choices=Besluit, default=Besluit.IN_BEHANDELING)
    besluitdatum = models.DateField(null=True, blank=True)
    voorziening = models.CharField(max_length=5, choices=Voorziening, blank=True)
    tot_einde_leerplicht = models.BooleanField(null=True, blank=True)
    terug_naar_school_op = models.DateField(null=True, blank=True)
    # The statement or declaration (art. 7 to 9): date and writer, never what is in it.
    verklaring_datum = models.DateField(null=True, blank=True)
    verklaring_door = models.CharField(max_length=100, blank=True, default="", db_default="")
    verklaring_hoedanigheid = models.CharField(
        max_length=10, choices=Hoedanigheid, blank=True, default="", db_default=""
    )
    nooit_geschikt = models.BooleanField("verklaring zegt nooit geschikt", null=True, blank=True)
    te_laat = models.BooleanField("kennisgeving kwam te laat", null=True, blank=True)
    bijzondere_omstandigheid = models.TextField(blank=True, default="", db_default="")
    reden_einde = models.CharField(
        max_length=20, choices=RedenEinde, blank=True, default="", db_default=""
    )
    gemeld_duo_op = models.DateField(null=True, blank=True)
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="vrijstellingen"
    )

    objects = VrijstellingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vrijstellingen"
        constraints = [
            models.CheckConstraint(
                name="vrijstelling_einde_niet_voor_begin",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("begindatum")),
                violation_error_message="De vrijstelling eindigt voor zij begint.",
            )
        ]
        indexes = [
            models.Index(fields=["gemeente", "begindatum"], name="vrijstelling_gemeente"),
            models.Index(
                fields=["gemeente_aanvraag", "aanvraagdatum"],
                name="vrijstelling_aanvraag",
            ),
            models.Index(fields=["jongere", "begindatum"], name="vrijstelling_jongere"),
            models.Index(fields=["einddatum"], name="vrijstelling_einde"),
        ]

    def __str__(self) -> str:
        return f"Vrijstelling vanaf {self.begindatum:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:vrijstelling", args=[self.uuid])
