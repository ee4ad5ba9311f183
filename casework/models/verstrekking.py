"""Around police data: other persons in it, moves back to AVG, and to whom it was given."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.zicht import not_hidden
from casework.politiecodes import Categorie, Ontvangersoort, Verstrekkingsgrond


class BijObjectQuerySet(models.QuerySet["BijObject"]):
    def visible_to(self, user: Gebruiker) -> Self:
        here = gemeenten_for(user, "opsporing.lezen")
        return self.filter(not_hidden(user), gemeente_id__in=here)


class BijObject(UuidModel):
    """Belongs to one object of a dossier, by its kind and key."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    # Name of the model, such as "document".
    soort = models.CharField(max_length=20)
    object_uuid = models.UUIDField()

    objects = BijObjectQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["object_uuid"], name="%(class)s_object")]


class Betrokkene(BijObject):
    """A person in a piece of police data besides the jongere (Wpg 6b)."""

    naam = models.CharField(max_length=200)
    categorie = models.CharField(max_length=12, choices=Categorie)

    class Meta(BijObject.Meta):
        abstract = False
        verbose_name_plural = "betrokkenen"
        constraints = [
            models.CheckConstraint(
                name="betrokkene_categorie",
                condition=Q(categorie__in=Categorie.values),
                violation_error_message="Kies wat deze persoon is.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_categorie_display().lower()})"


def _second_person(naam: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=naam,
        condition=Q(besloten_door=None) | ~Q(besloten_door=F("gevraagd_door")),
        violation_error_message="Een ander dan de vrager beslist.",
    )


class Tweedepersoon(BijObject):
    """Asked by one, decided by another; `akkoord` is empty while it waits."""

    gevraagd_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField()
    besloten_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    besloten_op = models.DateTimeField(null=True, blank=True)
    akkoord = models.BooleanField(null=True, blank=True)

    class Meta(BijObject.Meta):
        abstract = True

    @property
    def wacht(self) -> bool:
        return self.akkoord is None


class Regimeverzoek(Tweedepersoon):
    """Wish to make police data an ordinary object again (Wpg to AVG)."""

    reden = models.CharField(max_length=300)

    class Meta(Tweedepersoon.Meta):
        abstract = False
        verbose_name_plural = "regimeverzoeken"
        constraints = [
            _second_person("regimeverzoek_tweede_persoon"),
            models.UniqueConstraint(
                name="regimeverzoek_een_open",
                fields=["object_uuid"],
                condition=Q(akkoord=None),
                violation_error_message="Er wacht al een verzoek voor dit onderdeel.",
            ),
        ]

    def __str__(self) -> str:
        return f"Terug naar AVG: {self.soort}"


class Verstrekking(Tweedepersoon):
    """Police data given to somebody (Wpg 16-24, 32); counts when `akkoord`."""

    ontvanger = models.CharField(max_length=10, choices=Ontvangersoort)
    ontvanger_naam = models.CharField(max_length=200, blank=True)
    doel = models.CharField(max_length=300)
    grondslag = models.CharField(max_length=10, choices=Verstrekkingsgrond)
    verstrekt_op = models.DateField()

    class Meta(Tweedepersoon.Meta):
        abstract = False
        verbose_name_plural = "verstrekkingen"
        constraints = [
            _second_person("verstrekking_tweede_persoon"),
            # Outside the standing list nothing counts without a second person.
            models.CheckConstraint(
                name="verstrekking_buiten_lijst",
                condition=~Q(ontvanger=Ontvangersoort.ANDERS)
                | ~Q(akkoord=True)
                | Q(besloten_door__isnull=False),
            ),
            models.CheckConstraint(
                name="verstrekking_doel_en_grondslag", condition=~Q(doel="") & ~Q(grondslag="")
            ),
        ]

    def __str__(self) -> str:
        return f"Verstrekking aan {self.ontvanger_naam or self.get_ontvanger_display()}"
