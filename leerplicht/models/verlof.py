from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, UuidModel
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Beslisser, Verlofbesluit, Verlofsoort


class VerlofQuerySet(models.QuerySet["Verlof"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))


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
        indexes = [models.Index(fields=["jongere", "van"], name="verlof_jongere")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.van:%d-%m-%Y}"
