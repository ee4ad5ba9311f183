from decimal import Decimal
from typing import Self

from django.db import connection, models
from django.db.models import F, Q

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.codes import Regime, Verzuimsoort
from casework.models import Gemeente, Jongere, UuidModel, Verzuimmelding, Werkproces
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.zicht import in_gemeenten, not_hidden, regime_allowed
from leerplicht.codes import Afdoening, Haltresultaat, Verdachte


class HaltverwijzingQuerySet(models.QuerySet["Haltverwijzing"]):
    def visible_to(self, user: Gebruiker) -> Self:
        rows = self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))
        return rows.filter(regime_allowed(user))

    def ever(self, jongere_id: int) -> bool:
        """Whether this youth was ever referred, here or in another gemeente."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT muur_halt_eerder(%s)", [jongere_id])
            return bool(cursor.fetchone()[0])


class Haltverwijzing(Politiegegeven, UuidModel):
    """A referral to Halt (Sr art. 77e; MAS route 2); one of the measures Z counts."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="haltverwijzingen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    melding = models.ForeignKey(
        Verzuimmelding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="haltverwijzingen",
    )
    werkproces = models.ForeignKey(
        Werkproces,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="haltverwijzingen",
    )
    datum_verwijzing = models.DateField()
    uren = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    aantal_te_laat = models.PositiveIntegerField(null=True, blank=True)
    instemming_jongere = models.BooleanField(null=True, blank=True)
    instemming_ouder = models.BooleanField(null=True, blank=True)
    datum_retour = models.DateField(null=True, blank=True)
    resultaat = models.CharField(max_length=15, choices=Haltresultaat, blank=True)
    verzuimsoort = models.CharField(max_length=10, choices=Verzuimsoort, blank=True)

    objects = HaltverwijzingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "haltverwijzingen"
        constraints = [
            models.CheckConstraint(
                name="halt_retour_na_verwijzing",
                condition=Q(datum_retour__isnull=True) | Q(datum_retour__gte=F("datum_verwijzing")),
                violation_error_message="Halt meldde terug voor de verwijzing.",
            ),
            wpg_clock("halt"),
        ]
        indexes = [
            models.Index(fields=["gemeente", "datum_verwijzing"], name="halt_gemeente"),
            models.Index(fields=["jongere"], name="halt_jongere"),
        ]

    def __str__(self) -> str:
        return f"Haltverwijzing {self.datum_verwijzing:%d-%m-%Y}"


class ProcesVerbaalQuerySet(models.QuerySet["ProcesVerbaal"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Police data: only who does opsporing in that gemeente, and said why he looks."""
        return self.filter(regime_allowed(user), not_hidden(user))


class ProcesVerbaal(Politiegegeven, UuidModel):
    """A proces-verbaal (Lpw art. 22); always regime Wpg, one suspect each."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="processen_verbaal")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    melding = models.ForeignKey(
        Verzuimmelding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processen_verbaal",
    )
    werkproces = models.ForeignKey(
        Werkproces,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processen_verbaal",
    )
    pv_nummer = models.CharField(max_length=64, blank=True)
    verdachte = models.CharField(max_length=10, choices=Verdachte, blank=True)
    verzuimsoort = models.CharField(max_length=10, choices=Verzuimsoort)
    pv_datum = models.DateField()
    verbalisant = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingezonden_op = models.DateField(null=True, blank=True)
    afdoening = models.CharField(max_length=15, choices=Afdoening, blank=True)
    zittingsdatum = models.DateField(null=True, blank=True)
    geldboete = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
    )
    uitspraak = models.TextField(blank=True)
    regime = models.CharField(
        max_length=3, choices=Regime, default=Regime.WPG, db_default=Regime.WPG
    )

    objects = ProcesVerbaalQuerySet.as_manager()

    class Meta:
        verbose_name = "proces-verbaal"
        verbose_name_plural = "processen-verbaal"
        constraints = [
            models.CheckConstraint(
                name="pv_boete_niet_negatief",
                condition=Q(geldboete__isnull=True) | Q(geldboete__gte=Decimal(0)),
                violation_error_message="Een boete kan niet negatief zijn.",
            ),
            wpg_clock("pv"),
            models.CheckConstraint(name="pv_altijd_wpg", condition=Q(regime=Regime.WPG)),
        ]
        indexes = [
            models.Index(fields=["gemeente", "pv_datum"], name="pv_gemeente"),
            models.Index(fields=["jongere"], name="pv_jongere"),
        ]

    def __str__(self) -> str:
        return f"Proces-verbaal {self.pv_nummer}".strip()
