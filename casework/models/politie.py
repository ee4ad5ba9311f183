"""Police data (Wpg): what an object carries when it is police data, and the art. 9 onderzoek."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from casework.codes import Regime
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.politiecodes import Categorie, Herkomst, Wpggrond


class OnderzoekQuerySet(models.QuerySet["Onderzoek"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Only the officers who are named, where they do opsporing."""
        here = gemeenten_for(user, "opsporing.lezen")
        return self.filter(gemeente_id__in=here, functionarissen=user.pk)


class Onderzoek(UuidModel):
    """An investigation with a purpose and named officers (Wpg 9)."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    naam = models.CharField(max_length=100)
    doel = models.CharField(max_length=500)
    functionarissen = models.ManyToManyField(Gebruiker, related_name="onderzoeken")
    geopend_op = models.DateField()
    gesloten_op = models.DateField(null=True, blank=True)

    objects = OnderzoekQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "onderzoeken"
        constraints = [
            models.CheckConstraint(
                name="onderzoek_heeft_doel",
                condition=~Q(doel=""),
                violation_error_message="Schrijf op wat het doel van het onderzoek is.",
            ),
            models.CheckConstraint(
                name="onderzoek_gesloten_na_open",
                condition=Q(gesloten_op=None) | Q(gesloten_op__gte=F("geopend_op")),
                violation_error_message="Het onderzoek is gesloten voor het begon.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Politiegegeven(models.Model):
    """Base of every object that can be police data; `regime` says whether it is."""

    # Whether a boa may move it; a werkproces or proces-verbaal is what it is.
    verzetbaar: ClassVar[bool] = False
    regime = models.CharField(
        max_length=3, choices=Regime, default=Regime.AVG, db_default=Regime.AVG
    )
    # From this day the terms of Wpg 8 run.
    eerste_verwerking = models.DateField(null=True, blank=True)
    herkomst = models.CharField(
        max_length=10, choices=Herkomst, blank=True, default="", db_default=""
    )
    wpg_grond = models.CharField(
        max_length=2, choices=Wpggrond, blank=True, default="", db_default=""
    )
    # What the jongere is in this object; others stand in Betrokkene.
    categorie = models.CharField(
        max_length=12, choices=Categorie, blank=True, default="", db_default=""
    )
    onderzoek = models.ForeignKey(
        Onderzoek, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Out of use (Wpg 14): kept for complaints and audit until it is destroyed.
    verwijderd_op = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_wpg(self) -> bool:
        return self.regime == Regime.WPG

    @property
    def modelcode(self) -> str:
        """In addresses and in rows that point to this object."""
        return str(self._meta.model_name)

    @property
    def modelnaam(self) -> str:
        return str(self._meta.verbose_name)


def wpg_clock(naam: str) -> models.CheckConstraint:
    """Police data without a first day would never leave."""
    return models.CheckConstraint(
        name=f"{naam}_wpg_eerste_dag",
        condition=Q(regime=Regime.AVG) | Q(eerste_verwerking__isnull=False),
        violation_error_message="Van politiegegevens moet de eerste dag bekend zijn.",
    )


def politiemodellen() -> list[type[Any]]:
    """Every model whose objects can be police data, of all apps."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Politiegegeven)]
