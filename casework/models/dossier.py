from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Gesprekspartner
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.onderwijs import School
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.werkproces import Werkproces
from casework.models.zicht import own_taak, regime_allowed


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user))


class Dossier(UuidModel):
    """The file of one youth for one taak in one gemeente."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="dossiers")
    taak = models.CharField(max_length=20, choices=Taak)
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    behandelaar = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    geopend_op = models.DateField()
    gesloten_op = models.DateField(null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dossier_een_open_per_taak",
                fields=["jongere", "taak", "gemeente"],
                condition=Q(gesloten_op__isnull=True),
                violation_error_message="Deze jongere heeft hier al een open dossier.",
            ),
            models.CheckConstraint(
                name="dossier_gesloten_na_open",
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("geopend_op")),
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "taak"], name="dossier_gemeente_taak"),
            models.Index(fields=["behandelaar"], name="dossier_behandelaar"),
        ]

    def __str__(self) -> str:
        return f"Dossier {self.get_taak_display()}"


class ActieQuerySet(models.QuerySet["Actie"]):
    def visible_to(self, user: Gebruiker) -> Self:
        own = Q(jongere__isnull=True, toegewezen_aan=user)
        about = Q(own_taak(user), jongere__isnull=False)
        return self.filter(own | about).filter(regime_allowed(user))

    def open(self) -> Self:
        return self.filter(gedaan_op__isnull=True)

    def due_before(self, day: date) -> Self:
        return self.open().filter(vervalt_op__lt=day)


class Actie(Politiegegeven, UuidModel):
    """Something to do before a date; in Dutch offices a 'taak', a word already taken here."""

    verzetbaar = True
    # Empty: about the own work of whom it is for, such as an akte that ends.
    jongere = models.ForeignKey(
        Jongere, models.PROTECT, null=True, blank=True, related_name="acties"
    )
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="acties"
    )
    taak = models.CharField(max_length=20, choices=Taak)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    omschrijving = models.CharField(max_length=200)
    toegewezen_aan = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="acties"
    )
    vervalt_op = models.DateField("uiterlijk op")
    grondslag = models.CharField("artikel of afspraak", max_length=100, blank=True)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    gedaan_op = models.DateTimeField(null=True, blank=True)
    gedaan_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActieQuerySet.as_manager()

    class Meta:
        constraints = [
            wpg_clock("actie"),
            models.CheckConstraint(
                name="actie_over_iemand",
                condition=Q(jongere__isnull=False)
                | Q(toegewezen_aan__isnull=False, werkproces__isnull=True, regime="AVG"),
                violation_error_message="Een actie zonder jongere is van een medewerker zelf.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["toegewezen_aan", "vervalt_op"],
                name="actie_open_van",
                condition=Q(gedaan_op__isnull=True),
            ),
            models.Index(
                fields=["gemeente", "taak", "vervalt_op"],
                name="actie_open_gemeente",
                condition=Q(gedaan_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving

    @property
    def is_termijn(self) -> bool:
        """The term of a state of a werkproces; it falls away with the next step."""
        return self.grondslag.startswith("termijn:")


class AfspraakQuerySet(models.QuerySet["Afspraak"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Afspraak(Politiegegeven, UuidModel):
    """An appointment with the youth, parents or school."""

    verzetbaar = True

    class Soort(models.TextChoices):
        GESPREK = "gesprek", "Gesprek"
        HUISBEZOEK = "huisbezoek", "Huisbezoek"
        OVERLEG = "overleg", "Overleg"
        MDO = "mdo", "Multidisciplinair overleg (MDO)"
        SPREEKUUR = "spreekuur", "Spreekuur"
        ZITTING = "zitting", "Zitting"
        TELEFOON = "telefoon", "Telefonische afspraak"

    class Uitkomst(models.TextChoices):
        GEPLAND = "gepland", "Gepland"
        GEWEEST = "geweest", "Geweest"
        NIET_VERSCHENEN = "niet_verschenen", "Niet verschenen"
        NIEMAND_THUIS = "niemand_thuis", "Niemand thuis"
        GEWEIGERD = "geweigerd", "Niet binnengelaten"
        AFGEZEGD = "afgezegd", "Afgezegd"

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="afspraken")
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="afspraken"
    )
    taak = models.CharField(max_length=20, choices=Taak)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="afspraken")
    soort = models.CharField(max_length=12, choices=Soort, default=Soort.GESPREK)
    begin = models.DateTimeField()
    einde = models.DateTimeField(null=True, blank=True)
    plaats = models.CharField(max_length=200, blank=True)
    met = models.CharField("wie erbij zijn", max_length=200, blank=True, db_default="")
    # Whom it counts for in the werkproces; empty when it is no talk with one of these.
    wie = models.CharField(max_length=8, choices=Gesprekspartner, blank=True, db_default="")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    uitkomst = models.CharField(max_length=16, choices=Uitkomst, default=Uitkomst.GEPLAND)

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "afspraken"
        constraints = [
            models.CheckConstraint(
                name="afspraak_einde_na_begin",
                condition=Q(einde__isnull=True) | Q(einde__gt=F("begin")),
                violation_error_message="De afspraak eindigt voor hij begint.",
            ),
            wpg_clock("afspraak"),
        ]
        indexes = [models.Index(fields=["gebruiker", "begin"], name="afspraak_agenda")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.begin:%d-%m-%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("casework:afspraak_bij", args=[self.uuid])

    @property
    def is_gepland(self) -> bool:
        return self.uitkomst == self.Uitkomst.GEPLAND
