"""Letters: the texts of a gemeente by date, a round of letters, and each letter itself."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.briefsoorten import Berichtmoment, Briefsoort, Partij, Verzendwijze
from casework.models.basis import UuidModel
from casework.models.contact import Document
from casework.models.dossier import Afspraak
from casework.models.gebied import Gemeente
from casework.models.jongere import Adres, Jongere, Relatie
from casework.models.melding import Verzuimmelding
from casework.models.onderwijs import School
from casework.models.politie import Politiegegeven, wpg_clock
from casework.models.werkproces import Werkproces
from casework.models.zicht import own_taak, regime_allowed


class BriefsjabloonQuerySet(models.QuerySet["Briefsjabloon"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente__in=gemeenten_for(user, "brief.beheren"))

    def on(self, gemeente_id: int | None, soort: str, day: date) -> "Briefsjabloon | None":
        """The text in force on this day: the newest version of the newest day."""
        rows = self.filter(gemeente=gemeente_id, soort=soort, van__lte=day)
        return rows.order_by("-van", "-pk").first()


class Briefsjabloon(UuidModel):
    """One version of a text of a gemeente; a change is a next row, never another text."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=30, choices=Briefsoort)
    van = models.DateField("geldt vanaf")
    onderwerp = models.CharField(max_length=150)
    tekst = models.TextField()
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(auto_now_add=True)

    objects = BriefsjabloonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "briefsjablonen"
        indexes = [models.Index(fields=["gemeente", "soort", "-van"], name="sjabloon_geldig")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.van:%d-%m-%Y}"


class Briefafzender(models.Model):
    """What stands at the head of each letter of a gemeente."""

    gemeente = models.OneToOneField(Gemeente, models.PROTECT, related_name="briefafzender")
    afdeling = models.CharField(max_length=80)
    postadres = models.CharField(max_length=80)
    postcode_plaats = models.CharField("postcode en plaats", max_length=80)
    telefoon = models.CharField(max_length=40)
    email = models.EmailField("e-mailadres", blank=True)

    def __str__(self) -> str:
        return f"Gemeente {self.gemeente}, {self.afdeling}"


class BrievenrondeQuerySet(models.QuerySet["Brievenronde"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemaakt_door=user)


class Brievenronde(UuidModel):
    """Letters made in one go, for one youth or for many; of who made it."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Nog niet gemaakt"
        WACHT = "wacht", "Wacht op de bedenktijd"
        BEZIG = "bezig", "Wordt gemaakt"
        KLAAR = "klaar", "Klaar"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    class Afdrukstand(models.TextChoices):
        GEEN = "", "Geen"
        WACHT = "wacht", "In de wachtrij"
        BEZIG = "bezig", "Wordt gemaakt"
        KLAAR = "klaar", "Klaar"
        MISLUKT = "mislukt", "Mislukt"

    soort = models.CharField(max_length=30, choices=Briefsoort)
    taak = models.CharField(max_length=20, choices=Taak)
    gemaakt_door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    bulk = models.BooleanField(default=False)
    verzendwijze = models.CharField(max_length=12, choices=Verzendwijze, default=Verzendwijze.POST)
    status = models.CharField(max_length=12, choices=Status, default=Status.CONCEPT)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)
    maken_vanaf = models.DateTimeField(null=True, blank=True)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stap = models.CharField(max_length=100, blank=True)
    # All letters in one file, to print; for some days.
    afdruk = models.FileField(upload_to="afdruk/", max_length=300, blank=True, db_default="")
    afdruk_stand = models.CharField(
        max_length=7, choices=Afdrukstand, blank=True, default="", db_default=""
    )
    afdruk_op = models.DateTimeField(null=True, blank=True)

    objects = BrievenrondeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "brievenrondes"
        indexes = [models.Index(fields=["status", "maken_vanaf"], name="ronde_te_maken")]

    def __str__(self) -> str:
        return self.get_soort_display()

    def get_absolute_url(self) -> str:
        return reverse("casework:brievenronde", args=[self.uuid])

    @property
    def is_bezig(self) -> bool:
        return self.status == self.Status.BEZIG

    @property
    def afdruk_bezig(self) -> bool:
        return self.afdruk_stand in {self.Afdrukstand.WACHT, self.Afdrukstand.BEZIG}


class BriefQuerySet(models.QuerySet["Brief"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(own_taak(user)).filter(regime_allowed(user))


class Brief(Politiegegeven, UuidModel):
    """A letter to one address; it keeps the text it was made with, and no address."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Nog niet gemaakt"
        UITGESLOTEN = "uitgesloten", "Niet gemaakt"
        GEMAAKT = "gemaakt", "Gemaakt"
        VERSTUURD = "verstuurd", "Verstuurd"
        MISLUKT = "mislukt", "Mislukt"

    ronde = models.ForeignKey(Brievenronde, models.CASCADE, related_name="brieven")
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="brieven")
    werkproces = models.ForeignKey(
        Werkproces, models.PROTECT, null=True, blank=True, related_name="brieven"
    )
    afspraak = models.ForeignKey(
        Afspraak, models.PROTECT, null=True, blank=True, related_name="brieven"
    )
    # A report outside DUO: its school hears by letter that it came in, and how it ended.
    verzuimmelding = models.ForeignKey(
        Verzuimmelding, models.PROTECT, null=True, blank=True, related_name="brieven"
    )
    moment = models.CharField(max_length=10, choices=Berichtmoment, blank=True)
    taak = models.CharField(max_length=20, choices=Taak)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    soort = models.CharField(max_length=30, choices=Briefsoort)
    partij = models.CharField(max_length=10, choices=Partij)
    # The reader by key; names and the address are asked again at the moment of making.
    relatie = models.ForeignKey(Relatie, models.PROTECT, null=True, blank=True, related_name="+")
    tweede = models.ForeignKey(Relatie, models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    adres = models.ForeignKey(Adres, models.PROTECT, null=True, blank=True, related_name="+")
    geheim = models.BooleanField("naar een geheim adres", default=False)
    aan = models.CharField(max_length=300)
    onderwerp = models.CharField(max_length=200)
    tekst = models.TextField()
    datum = models.DateField()
    status = models.CharField(max_length=12, choices=Status, default=Status.CONCEPT)
    melding = models.CharField(max_length=300, blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="brief"
    )
    verstuurd_op = models.DateField(null=True, blank=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "brieven"
        constraints = [
            wpg_clock("brief"),
            models.CheckConstraint(
                name="brief_gemaakt_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Een brief zonder tekst bestaat niet.",
            ),
        ]
        indexes = [models.Index(fields=["jongere", "-datum"], name="brief_jongere")]

    def __str__(self) -> str:
        return self.onderwerp

    @property
    def kenmerk(self) -> str:
        """On the letter and in the name of its file: a number, no person."""
        return f"B{self.pk}"
