import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Gemeente, Jongere, UuidModel, Werkproces
from casework.models.zicht import in_gemeenten, not_hidden
from leerplicht.codes import Luxeoordeel, Verloffase


class LuxeverzuimQuerySet(models.QuerySet["Luxeverzuim"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))


class Luxeverzuim(UuidModel):
    """One child of a household that was away without leave; `gezinszaak` is the same for all.

    The decision is one for the household, and stands with each child: a dossier of one child is
    whole when that of another has been destroyed.
    """

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="luxeverzuim")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    werkproces = models.OneToOneField(Werkproces, models.PROTECT, related_name="luxeverzuim")
    gezinszaak = models.UUIDField(default=uuid.uuid4, editable=False)
    van = models.DateField("eerste dag weg")
    tot = models.DateField("laatste dag weg")
    verlof = models.CharField(max_length=15, choices=Verloffase)
    oordeel = models.CharField(max_length=20, choices=Luxeoordeel, blank=True)
    oordeel_op = models.DateField(null=True, blank=True)
    motivering = models.TextField(blank=True)

    objects = LuxeverzuimQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "luxeverzuim"
        constraints = [
            models.CheckConstraint(
                name="luxe_tot_niet_voor_van",
                condition=Q(tot__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.UniqueConstraint(name="luxe_kind_een_keer", fields=["gezinszaak", "jongere"]),
        ]
        indexes = [models.Index(fields=["gemeente", "van"], name="luxe_gemeente")]

    def __str__(self) -> str:
        return f"Luxeverzuim {self.van:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:luxe_gezin", args=[self.gezinszaak])
