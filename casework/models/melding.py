from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import DuoStatus, Kanaal, Meldingsoort, Reden, Resultaat
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.models.jongere import Jongere
from casework.models.onderwijs import School
from casework.models.werkproces import Werkproces
from casework.models.zicht import own_taak
from casework.schooljaar import Schooljaar

UITVOEREND = [
    (Taak.LEERPLICHT.value, "Leerplicht"),
    (Taak.DOORSTROOMPUNT.value, "Doorstroompunt"),
]


class VerzuimmeldingQuerySet(models.QuerySet["Verzuimmelding"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Reports whose taak this user does, in the gemeente of the report."""
        return self.filter(own_taak(user))

    def in_schooljaar(self, schooljaar: Schooljaar) -> Self:
        return self.filter(melddatum__gte=schooljaar.start, melddatum__lt=schooljaar.end)

    def to_triage(self) -> Self:
        """Reports nobody has taken up yet."""
        return self.filter(beoordeeld_op__isnull=True, status__in=["R", "LOKAAL"])

    def for_list(self) -> Self:
        return self.select_related("jongere", "school", "werkproces").order_by("-melddatum", "-pk")


class Verzuimmelding(UuidModel):
    """A notice of absence (Lpw art. 21, 21a; WEB 9.2.2), from DUO or from elsewhere."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="verzuimmeldingen")
    # Frozen: where the youth lived on melddatum (None: nowhere in the Netherlands).
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="verzuimmeldingen"
    )
    taak = models.CharField(max_length=20, choices=UITVOEREND)
    duo_meldingnummer = models.CharField(max_length=40, blank=True)
    kanaal = models.CharField(max_length=15, choices=Kanaal, blank=True)
    # What the reporter says; never edited. What the ambtenaar finds stands apart.
    soort = models.CharField("vermoedelijke soort", max_length=10, choices=Meldingsoort)
    vastgestelde_soort = models.CharField(max_length=10, choices=Meldingsoort, blank=True)
    soort_reden = models.CharField(
        "waarom deze soort", max_length=300, blank=True, default="", db_default=""
    )
    soort_vastgesteld_op = models.DateTimeField(null=True, blank=True)
    soort_vastgesteld_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="verzuimmeldingen"
    )
    melddatum = models.DateField()
    begindatum = models.DateField(null=True, blank=True)
    einddatum = models.DateField(null=True, blank=True)
    uren = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    aantal_te_laat = models.PositiveIntegerField(null=True, blank=True)
    alle_lessen = models.BooleanField("alle lessen gemist", null=True, blank=True)
    reden = models.CharField(max_length=15, choices=Reden, blank=True)
    actie_school = models.TextField("wat school al heeft gedaan", blank=True)
    actie_gewenst = models.BooleanField("school vraagt actie", null=True, blank=True)
    melder_naam = models.CharField(max_length=200, blank=True)
    melder_functie = models.CharField(max_length=100, blank=True)
    melder_telefoon = models.CharField(max_length=40, blank=True)
    melder_email = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=6, choices=DuoStatus, default=DuoStatus.R)
    reden_afgesloten = models.CharField(max_length=200, blank=True)
    afgesloten_op = models.DateField(null=True, blank=True)
    laatste_mutatie = models.DateTimeField(null=True, blank=True)
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="meldingen"
    )
    resultaat = models.CharField(max_length=20, choices=Resultaat, blank=True)
    # Given by a rule on arrival, or taken; nobody: the report is in the list of the team.
    behandelaar = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="verzuimmeldingen"
    )
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VerzuimmeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "verzuimmeldingen"
        constraints = [
            models.CheckConstraint(
                name="verzuimmelding_einde_niet_voor_begin",
                condition=Q(einddatum__isnull=True)
                | Q(begindatum__isnull=True)
                | Q(einddatum__gte=F("begindatum")),
                violation_error_message="Het verzuim eindigt voor het begint.",
            )
        ]
        indexes = [
            models.Index(fields=["gemeente", "taak", "melddatum"], name="melding_gemeente_datum"),
            models.Index(fields=["-melddatum", "-id"], name="melding_volgorde"),
            models.Index(fields=["jongere", "-melddatum"], name="melding_jongere"),
            models.Index(fields=["school", "-melddatum"], name="melding_school"),
            models.Index(
                fields=["gemeente", "melddatum"],
                name="melding_te_beoordelen",
                condition=Q(beoordeeld_op__isnull=True, status__in=["R", "LOKAAL"]),
            ),
            models.Index(
                fields=["behandelaar", "melddatum"],
                name="melding_te_beoordelen_van",
                condition=Q(beoordeeld_op__isnull=True, status__in=["R", "LOKAAL"]),
            ),
            models.Index(
                fields=["duo_meldingnummer"],
                name="melding_duo_nummer",
                condition=~Q(duo_meldingnummer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}, {self.melddatum:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("leerplicht:melding", args=[self.uuid])


class Verzuimdag(models.Model):
    """One day of absence inside a melding."""

    melding = models.ForeignKey(Verzuimmelding, models.CASCADE, related_name="dagen")
    datum = models.DateField()
    hele_dag = models.BooleanField(null=True, blank=True)
    lesuren = models.CharField(max_length=60, blank=True)
    klokuren = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name_plural = "verzuimdagen"
        constraints = [
            models.UniqueConstraint(name="verzuimdag_uniek", fields=["melding", "datum"])
        ]

    def __str__(self) -> str:
        return f"{self.datum}"
