from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Contactkanaal, ContactMet, Documentsoort, Richting
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.werkproces import Werkproces
from casework.models.zicht import own_taak, regime_allowed


class ContactmomentQuerySet(models.QuerySet["Contactmoment"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Contactmoment(Politiegegeven, UuidModel):
    """A talk, call, letter or visit, with its note; what B counts."""

    verzetbaar = True
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="contactmomenten")
    werkproces = models.ForeignKey(
        Werkproces,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contactmomenten",
    )
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    # Frozen on the date of the contact.
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    datum = models.DateTimeField()
    kanaal = models.CharField(max_length=12, choices=Contactkanaal)
    met = models.CharField(max_length=10, choices=ContactMet, blank=True)
    richting = models.CharField(max_length=3, choices=Richting, blank=True)
    preventief = models.BooleanField(default=False)
    uitkomst = models.CharField(max_length=200, blank=True)
    verslag = models.TextField(blank=True)
    # Police data: what the writer thinks of it, apart from the facts in `verslag` (Wpg 4).
    oordeel = models.TextField(blank=True, default="", db_default="")
    gebruiker = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="contactmomenten"
    )

    objects = ContactmomentQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "contactmomenten"
        constraints = [wpg_clock("contact")]
        indexes = [
            models.Index(fields=["jongere", "-datum"], name="contact_jongere"),
            models.Index(
                fields=["gemeente", "datum"],
                name="contact_preventief",
                condition=Q(preventief=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.datum:%d-%m-%Y}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Document(Politiegegeven, UuidModel):
    """A file in the dossier; stored privately, never served by path."""

    verzetbaar = True
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="documenten")
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="documenten"
    )
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    bestand = models.FileField(upload_to="documenten/%Y/%m/", max_length=300)
    bestandsnaam = models.CharField(max_length=255)
    titel = models.CharField(max_length=200, blank=True)
    soort = models.CharField(max_length=12, choices=Documentsoort, blank=True)
    datum = models.DateField(null=True, blank=True)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # A letter to a secret address: only who may see that address opens it.
    adres_geheim = models.BooleanField(default=False, db_default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "documenten"
        constraints = [wpg_clock("document")]
        indexes = [models.Index(fields=["jongere", "-datum"], name="document_jongere")]

    def __str__(self) -> str:
        return self.titel or self.bestandsnaam
