"""Police processes of leerplicht: Halt, proces-verbaal and verhoor. Always regime Wpg."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.models import BoaAkte, Document, Gemeente, Jongere, UuidModel, Werkproces, Zaak
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.zicht import own_taak, regime_allowed
from leerplicht.codes import Verdachte
from leerplicht.models.handhaving import Haltverwijzing, ProcesVerbaal
from leerplicht.opsporingscodes import HALT_EINDE, STRAF_EINDE, Feit, Raadsman, Verhoorrol

M = TypeVar("M", bound=models.Model)


class OpsporingQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Of who does leerplicht and opsporing in that gemeente, and said why he looks."""
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Opsporingszaak(Politiegegeven, Zaak):
    """A police process about one person; the history of its steps stands in the row itself."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    # Police data have terms of their own: the werkproces may be gone before them.
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="%(class)sen"
    )
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    boa = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    # What was done: step, states, day, who, and the answers; oldest first.
    verloop = models.JSONField(default=list, blank=True)
    regime = models.CharField(
        max_length=3, choices=Regime, default=Regime.WPG, db_default=Regime.WPG
    )

    class Meta:
        abstract = True


class HaltzaakQuerySet(OpsporingQuerySet["Haltzaak"]):
    def running(self) -> Self:
        return self.exclude(toestand__in=HALT_EINDE)

    def at_halt(self) -> Self:
        return self.filter(toestand__in=("verzonden", "gestart"))


class Haltzaak(Opsporingszaak):
    """From proposal to result; only what was sent becomes a Haltverwijzing, which counts."""

    soort = models.CharField(max_length=16, default="HALT")
    toestand = models.CharField(max_length=30, default="voorgesteld")
    uren = models.DecimalField(max_digits=7, decimal_places=2)
    aantal_te_laat = models.PositiveIntegerField(default=0)
    # Each criterium with what the dossier tells and what the officer says to it.
    criteria = models.JSONField(default=list)
    school_deed = models.TextField()
    verklaring = models.TextField("verklaring van de jongere", blank=True)
    # What a suspect is told before he is asked anything (Sv 27c, 29), and who translated.
    cautie_gegeven_op = models.DateTimeField(null=True, blank=True)
    recht_op_raadsman_meegedeeld = models.BooleanField(default=False)
    raadsman = models.CharField(max_length=10, choices=Raadsman, blank=True)
    tolk = models.CharField(max_length=100, blank=True)
    hulp = models.TextField("hulp die loopt", blank=True)
    verwijzing = models.OneToOneField(
        Haltverwijzing, models.PROTECT, null=True, blank=True, related_name="zaak"
    )

    objects = HaltzaakQuerySet.as_manager()

    class Meta:
        verbose_name = "verwijzing naar Halt"
        verbose_name_plural = "verwijzingen naar Halt"
        constraints = [
            wpg_clock("haltzaak"),
            models.CheckConstraint(name="haltzaak_altijd_wpg", condition=Q(regime=Regime.WPG)),
            models.UniqueConstraint(
                name="haltzaak_een_open",
                fields=["werkproces"],
                condition=~Q(toestand__in=HALT_EINDE),
                violation_error_message="Er loopt al een verwijzing naar Halt.",
            ),
        ]
        indexes = [
            models.Index(fields=["jongere"], name="haltzaak_jongere"),
            # Of the list; boa and gemeente have one as foreign keys.
            models.Index(fields=["toestand", "toestand_sinds"], name="haltzaak_toestand"),
        ]

    def __str__(self) -> str:
        return "Verwijzing naar Halt"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:haltzaak", args=[self.uuid])


class Bundelstand(models.TextChoices):
    """How far the proces-verbaal with its annexes is, which a worker makes."""

    GEEN = "", "Geen"
    WACHT = "wacht", "In de wachtrij"
    BEZIG = "bezig", "Wordt gemaakt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Mislukt"


class StrafzaakQuerySet(OpsporingQuerySet["Strafzaak"]):
    def running(self) -> Self:
        return self.exclude(toestand__in=STRAF_EINDE)


class Strafzaak(Opsporingszaak):
    """The case against one suspect, from concept to outcome (MAS route 4).

    The proces-verbaal that counts is made when it is signed.
    """

    soort = models.CharField("verdachte", max_length=16, choices=Verdachte)
    toestand = models.CharField(max_length=30, default="concept")
    naam = models.CharField("naam van de verdachte", max_length=200)
    geboren = models.DateField("geboortedatum", null=True, blank=True)
    adres = models.CharField(max_length=200, blank=True)
    identiteit_op = models.DateField("identiteit gecontroleerd op", null=True, blank=True)
    parket = models.CharField("parketregio", max_length=60, blank=True)
    pv_nummer = models.CharField("nummer", max_length=64, blank=True)
    feit = models.CharField("feit", max_length=16, choices=Feit, blank=True)
    feit_van = models.DateField("eerste dag", null=True, blank=True)
    feit_tot = models.DateField("laatste dag", null=True, blank=True)
    feit_plaats = models.CharField("plaats", max_length=100, blank=True)
    uren = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    bevindingen = models.TextField("bevindingen en redenen van wetenschap", blank=True)
    verklaringen = models.TextField("verklaringen van anderen", blank=True)
    geprobeerd = models.TextField("wat is geprobeerd, met data", blank=True)
    eerder = models.TextField("eerdere processen-verbaal", blank=True)
    oordeel = models.TextField("oordeel over het verwijt", blank=True)
    advies = models.TextField("advies over de afdoening", blank=True)
    rvdk_advies = models.BooleanField("advies van de Raad gewenst", default=False)
    niet_gehoord = models.TextField("waarom de verdachte niet is gehoord", blank=True)
    akte = models.ForeignKey(BoaAkte, models.PROTECT, null=True, blank=True, related_name="+")
    ondertekend_op = models.DateField(null=True, blank=True)
    verzonden_op = models.DateField(null=True, blank=True)
    verzet_tot = models.DateField(null=True, blank=True)
    zitting_op = models.DateField(null=True, blank=True)
    vonnis_op = models.DateField(null=True, blank=True)
    straffen = models.JSONField(default=list, blank=True)
    hechtenis_dagen = models.PositiveIntegerField(null=True, blank=True)
    taakstraf_uren = models.PositiveIntegerField(null=True, blank=True)
    boete = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    voorwaardelijk = models.CharField(max_length=300, blank=True)
    pv = models.OneToOneField(
        ProcesVerbaal, models.PROTECT, null=True, blank=True, related_name="zaak"
    )
    bundel_stand = models.CharField(
        max_length=7, choices=Bundelstand, blank=True, default="", db_default=""
    )
    # Who asked, with which annexes and reason; empty once it is made.
    bundel_vraag = models.JSONField(default=dict, blank=True, db_default={})
    bundel_voortgang = models.PositiveSmallIntegerField(default=0, db_default=0)
    bundel_stap = models.CharField(max_length=300, blank=True, default="", db_default="")
    bundel = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="bundel_van"
    )

    objects = StrafzaakQuerySet.as_manager()

    class Meta:
        verbose_name = "strafzaak"
        verbose_name_plural = "strafzaken"
        constraints = [
            wpg_clock("strafzaak"),
            models.CheckConstraint(name="strafzaak_altijd_wpg", condition=Q(regime=Regime.WPG)),
            models.UniqueConstraint(
                name="strafzaak_een_per_verdachte",
                fields=["werkproces", "soort"],
                condition=~Q(toestand__in=STRAF_EINDE),
                violation_error_message="Tegen deze verdachte loopt al een zaak.",
            ),
        ]
        indexes = [
            models.Index(fields=["jongere"], name="strafzaak_jongere"),
            models.Index(fields=["toestand", "toestand_sinds"], name="strafzaak_toestand"),
        ]

    def __str__(self) -> str:
        return f"Proces-verbaal tegen {self.get_soort_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:strafzaak", args=[self.uuid])


class VerhoorQuerySet(OpsporingQuerySet["Verhoor"]):
    def of_suspect(self) -> Self:
        return self.filter(rol=Verhoorrol.VERDACHTE)


class Verhoor(Politiegegeven, UuidModel):
    """What a suspect or witness said to a boa; another thing than a talk, and never merged."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    taak = models.CharField(max_length=20, choices=Taak, default=Taak.LEERPLICHT)
    regime = models.CharField(
        max_length=3, choices=Regime, default=Regime.WPG, db_default=Regime.WPG
    )
    zaak = models.ForeignKey(Strafzaak, models.PROTECT, related_name="verhoren")
    boa = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    rol = models.CharField(max_length=10, choices=Verhoorrol)
    naam = models.CharField(max_length=200)
    begin = models.DateTimeField()
    plaats = models.CharField(max_length=100)
    cautie_gegeven_op = models.DateTimeField(null=True, blank=True)
    recht_op_raadsman_meegedeeld = models.BooleanField(default=False)
    raadsman = models.CharField(max_length=10, choices=Raadsman, blank=True)
    tolk = models.CharField(max_length=100, blank=True)
    taal = models.CharField(max_length=60, default="Nederlands")
    aanwezigen = models.TextField(blank=True)
    ouders_ingelicht = models.TextField(blank=True)
    verklaring = models.TextField()
    # What the boa saw and thinks, apart from what was said (Wpg 4).
    waarneming = models.TextField(blank=True)

    objects = VerhoorQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "verhoren"
        constraints = [
            wpg_clock("verhoor"),
            models.CheckConstraint(name="verhoor_altijd_wpg", condition=Q(regime=Regime.WPG)),
            models.CheckConstraint(
                name="verhoor_cautie",
                condition=~Q(rol="VERDACHTE")
                | Q(cautie_gegeven_op__isnull=False, cautie_gegeven_op__lte=models.F("begin")),
                violation_error_message="Geef eerst de cautie.",
            ),
        ]
        indexes = [models.Index(fields=["jongere"], name="verhoor_jongere")]

    def __str__(self) -> str:
        return f"Verhoor van {self.naam}"
