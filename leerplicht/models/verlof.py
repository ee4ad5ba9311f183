from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, School, UuidModel, Werkproces
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Beslisser, Omstandigheid, Verlofbesluit, Verlofsoort


class Opgenomen(NamedTuple):
    """Leave under art. 11 f or g that was granted, whoever granted it."""

    pk: int
    soort: str
    van: date
    tot: date
    dagen: Decimal | None


class VerlofQuerySet(models.QuerySet["Verlof"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))

    def granted_to(self, jongere_id: int) -> list[Opgenomen]:
        """All leave this youth had, also from a school in another gemeente."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, soort, van, tot, dagen FROM muur_verlof(%s) ORDER BY van, id",
                [jongere_id],
            )
            return [Opgenomen(*row) for row in cursor.fetchall()]


class Verlof(UuidModel):
    """Leave of absence (Lpw art. 11 e, f, g); `tot` is the last day, as the package has it."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="verloven")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=16, choices=Verlofsoort)
    van = models.DateField()
    tot = models.DateField("laatste dag")
    dagen = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    ingediend_op = models.DateField(null=True, blank=True)
    beslisser = models.CharField(max_length=12, choices=Beslisser, blank=True)
    besluit = models.CharField(max_length=12, choices=Verlofbesluit, blank=True)
    besluitdatum = models.DateField(null=True, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    omstandigheid = models.CharField(
        max_length=12, choices=Omstandigheid, blank=True, default="", db_default=""
    )
    # Days a week under the duty; the ten days are less for who has fewer.
    plichtdagen = models.PositiveSmallIntegerField(default=5, db_default=5)
    aard_beroep = models.BooleanField("specifieke aard van het beroep", null=True, blank=True)
    toelichting = models.TextField(blank=True, default="", db_default="")
    dagen_toegekend = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    motivering = models.TextField(blank=True, default="", db_default="")
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="verloven"
    )

    objects = VerlofQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "verloven"
        constraints = [
            models.CheckConstraint(
                name="verlof_tot_niet_voor_van",
                condition=Q(tot__gte=F("van")),
                violation_error_message="Het verlof eindigt voor het begint.",
            )
        ]
        indexes = [
            models.Index(fields=["jongere", "van"], name="verlof_jongere"),
            models.Index(fields=["gemeente", "van"], name="verlof_gemeente"),
        ]

    def __str__(self) -> str:
        return f"Verlof vanaf {self.van:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:verlof", args=[self.uuid])
