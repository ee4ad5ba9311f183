"""Users, their rights, and the record of who did what."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.rechten import Politiezicht, Recht, Rol, Taak, gemeenten_for, may, valid_on

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class GebruikerManager(BaseUserManager["Gebruiker"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Gebruiker":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        return self.get(email__iexact=username)

    def visible_to(self, user: "Gebruiker") -> models.QuerySet["Gebruiker"]:
        """Users with a right, past or present, where this user is beheerder; and those without."""
        rechten = Bevoegdheid.objects.filter(gebruiker=OuterRef("pk"))
        own = rechten.filter(gemeente_id__in=gemeenten_for(user, "beheer.lezen"))
        return self.filter(Exists(own) | ~Exists(rechten))


class Gebruiker(AbstractBaseUser):
    """A colleague who can log in, or the inactive author of imported work."""

    email = models.EmailField("e-mailadres", unique=True, null=True, blank=True)
    naam = models.CharField(max_length=200)
    functie = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField("actief", default=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]
    # Set by the request middleware: ties every event of one request together, and says from
    # which network it came.
    trace_id: str = ""
    oorsprong: str = ""
    ouder_span: str = ""
    # Also of the request; without it police data stay out of sight.
    politiezicht: Politiezicht | None = None

    objects = GebruikerManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gebruiker_actief_heeft_email",
                condition=Q(is_active=False) | Q(email__isnull=False),
                violation_error_message="Wie kan inloggen heeft een e-mailadres nodig.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @cached_property
    def rechten(self) -> frozenset[Recht]:
        """Rights valid now; read once per request, the only place rights come from."""
        if not self.is_active or self.pk is None:
            return frozenset()
        today = datetime.now(AMSTERDAM).date()
        rows = self.bevoegdheden.filter(valid_on(today))
        return frozenset(
            Recht(taak, gemeente, rol)
            for taak, gemeente, rol in rows.values_list("taak", "gemeente_id", "rol")
        )

    def may(self, permissie: str, gemeente_id: int | None = None) -> bool:
        return may(self, permissie, gemeente_id)


class BevoegdheidQuerySet(models.QuerySet["Bevoegdheid"]):
    def valid(self, day: Any) -> Self:
        return self.filter(valid_on(day))


class Bevoegdheid(models.Model):
    """The right to do one taak in one gemeente; the only source of rights."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="bevoegdheden")
    taak = models.CharField(max_length=20, choices=Taak)
    # casework is above this app, so the arrow is by name only.
    gemeente = models.ForeignKey("casework.Gemeente", models.PROTECT, related_name="+")
    rol = models.CharField(max_length=20, choices=Rol)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    # A right to police data waits for a second person (Wpg 6); it gives nothing until then.
    wacht = models.BooleanField(default=False, db_default=False)
    aangevraagd_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BevoegdheidQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bevoegdheden"
        constraints = [
            models.CheckConstraint(
                name="bevoegdheid_tot_na_van",
                condition=Q(tot__isnull=True) | Q(tot__gt=F("van")),
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                name="bevoegdheid_tweede_persoon",
                condition=Q(goedgekeurd_door__isnull=True)
                | (
                    ~Q(goedgekeurd_door=F("aangevraagd_door")) & ~Q(goedgekeurd_door=F("gebruiker"))
                ),
                violation_error_message="Een ander dan de aanvrager keurt het recht goed.",
            ),
            models.UniqueConstraint(
                name="bevoegdheid_uniek",
                fields=["gebruiker", "taak", "gemeente", "van"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker}: {self.get_taak_display()}"

    @property
    def soort(self) -> str:
        return f"{self.get_taak_display()} ({self.get_rol_display().lower()})"

    @property
    def laatste_dag(self) -> date | None:
        """The last day on which the right holds, as people say it."""
        return self.tot - timedelta(days=1) if self.tot else None

    def holds_on(self, day: date) -> bool:
        return self.van <= day and not self.is_over(day) and not self.wacht

    def is_over(self, day: date) -> bool:
        return self.tot is not None and self.tot <= day


class GebeurtenisQuerySet(models.QuerySet["Gebeurtenis"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """The log of the gemeenten of a privacy officer, and what their users did without one."""
        return self.of_gemeenten(gemeenten_for(user, "privacy.lezen"))

    def of_gemeenten(self, gemeenten: Collection[int]) -> Self:
        users = Bevoegdheid.objects.filter(gemeente_id__in=gemeenten).values("gebruiker")
        return self.filter(
            Q(gemeente_id__in=gemeenten) | Q(gemeente_id__isnull=True, gebruiker__in=users)
        )


class Gebeurtenis(models.Model):
    """One read or change of a dossier; append-only, kept so by a database trigger.

    `gegevens` holds codes and dates of the change, never a BSN, name or free text.
    A new column needs a next version of the database function gebeurtenis_inhoud.
    """

    class Resultaat(models.TextChoices):
        GELUKT = "gelukt", "Gelukt"
        GEWEIGERD = "geweigerd", "Geweigerd"

    tijd = models.DateTimeField(default=timezone.now)
    gebruiker = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="gebeurtenissen"
    )
    rol = models.CharField(max_length=60, blank=True)
    actie = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True, blank=True)
    # No foreign keys upwards: the record outlives what it is about.
    jongere_id = models.BigIntegerField(null=True, blank=True)
    gemeente_id = models.BigIntegerField(null=True, blank=True)
    taak = models.CharField(max_length=20, blank=True)
    reden = models.TextField(blank=True)
    gegevens = models.JSONField(default=dict, blank=True)
    trace_id = models.CharField(max_length=36, blank=True)
    resultaat = models.CharField(
        max_length=20,
        choices=Resultaat,
        default=Resultaat.GELUKT,
        db_default=Resultaat.GELUKT,
    )
    # The network the request came from, not the whole address.
    oorsprong = models.CharField(max_length=50, blank=True, default="", db_default="")

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "gebeurtenissen"
        indexes = [
            models.Index(fields=["jongere_id", "-tijd"], name="gebeurtenis_jongere"),
            models.Index(fields=["gebruiker", "-tijd"], name="gebeurtenis_gebruiker"),
            models.Index(fields=["gemeente_id", "-id"], name="gebeurtenis_gemeente"),
        ]

    def __str__(self) -> str:
        return f"{self.actie} ({self.tijd:%Y-%m-%d %H:%M})"


def new_trace_id() -> str:
    """Random, in the form of W3C Trace Context."""
    return uuid.uuid4().hex


class Ketenregel(models.Model):
    """The place of one event in the hash chain; written by the database alone, append-only."""

    nr = models.BigIntegerField(primary_key=True)
    gebeurtenis_id = models.BigIntegerField(unique=True)
    versie = models.SmallIntegerField(db_default=1)  # of gebeurtenis_inhoud
    vorige = models.BinaryField()
    hash = models.BinaryField()


class Ketenwacht(models.Model):
    """An event that has no place in the chain yet; a trigger on the log puts it here."""

    gebeurtenis_id = models.BigIntegerField(primary_key=True)


class Logboekcontrole(models.Model):
    """Outcome of one check of the log, kept as dated evidence."""

    tijd = models.DateTimeField(default=timezone.now)
    goed = models.BooleanField()
    regels = models.BigIntegerField()
    gebeurtenis_id = models.BigIntegerField("eerste regel die niet klopt", null=True)
    uitleg = models.CharField(max_length=200)


class Steekproefoordeel(models.Model):
    """What a privacy officer found of one line in the sample of a month; the newest one counts."""

    class Uitkomst(models.TextChoices):
        IN_ORDE = "in_orde", "In orde"
        NAVRAGEN = "navragen", "Navragen"
        MELDEN = "melden", "Melden"

    maand = models.DateField()  # its first day
    gemeente = models.ForeignKey("casework.Gemeente", models.PROTECT, related_name="+")
    gebeurtenis = models.ForeignKey(Gebeurtenis, models.PROTECT, related_name="oordelen")
    uitkomst = models.CharField(max_length=20, choices=Uitkomst)
    reden = models.TextField(blank=True)
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "steekproefoordelen"
        indexes = [models.Index(fields=["gemeente", "maand"], name="oordeel_gemeente_maand")]
        constraints = [
            models.CheckConstraint(
                name="oordeel_heeft_reden",
                condition=Q(uitkomst="in_orde") | ~Q(reden=""),
                violation_error_message="Schrijf op waarom u navraagt of meldt.",
            )
        ]


class Verwerkingsregel(models.Model):
    """One processing of the data of one person, as the Logboek Dataverwerkingen writes it.

    Names of columns are those of the standard. There is no user in it: who did it stands in the
    event with the same trace id.
    """

    class Status(models.TextChoices):
        OK = "Ok"
        ERROR = "Error"

    nr = models.BigIntegerField()  # of the place in the chain it came from
    trace_id = models.CharField(max_length=32, db_index=True)
    span_id = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=5, choices=Status)
    name = models.CharField(max_length=60)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    processing_activity_id = models.CharField(max_length=200)
    data_subject_id = models.BinaryField()  # encrypted; rotated with the other fields
    # Finds the rows of one person without reading them.
    betrokkene_index = models.BinaryField(db_index=True)
    foreign_span_id = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verwerkingsregel_per_betrokkene", fields=["nr", "betrokkene_index"]
            )
        ]


class SignaalQuerySet(models.QuerySet["Signaal"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """About users with a right, past or present, where this user is privacy officer."""
        rechten = Bevoegdheid.objects.filter(
            gebruiker=OuterRef("gebruiker"), gemeente_id__in=gemeenten_for(user, "privacy.lezen")
        )
        return self.filter(Exists(rechten))


class Signaal(models.Model):
    """Something odd in the log, for a privacy officer to look into; made by a task, never twice."""

    class Soort(models.TextChoices):
        VEEL_GELEZEN = "veel_gelezen", "Veel dossiers in een uur"
        GEWEIGERD = "geweigerd", "Vaak geweigerd op een dag"
        NACHT = "nacht", "Uitvoer in de nacht"
        NIEUWE_PLEK = "nieuwe_plek", "Vanaf een nieuwe plek in het netwerk"

    class Uitkomst(models.TextChoices):
        OPEN = "", "Nog te bekijken"
        IN_ORDE = "in_orde", "In orde"
        NAVRAGEN = "navragen", "Navragen"
        MELDEN = "melden", "Melden"

    soort = models.CharField(max_length=20, choices=Soort)
    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    begin = models.DateTimeField()  # of the hour, the day or the act it is about
    aantal = models.PositiveIntegerField()
    gewoon = models.PositiveIntegerField()  # what was expected at most
    oorsprong = models.CharField(max_length=50, blank=True)
    gemaakt_op = models.DateTimeField(default=timezone.now)
    uitkomst = models.CharField(max_length=20, choices=Uitkomst, blank=True)
    reden = models.TextField(blank=True)
    door = models.ForeignKey(Gebruiker, models.PROTECT, null=True, blank=True, related_name="+")
    op = models.DateTimeField(null=True, blank=True)

    objects = SignaalQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "signalen"
        constraints = [
            models.UniqueConstraint(
                name="signaal_een_keer", fields=["soort", "gebruiker", "begin", "oorsprong"]
            ),
            models.CheckConstraint(
                name="signaal_heeft_reden",
                condition=Q(uitkomst__in=["", "in_orde"]) | ~Q(reden=""),
                violation_error_message="Schrijf op waarom u navraagt of meldt.",
            ),
        ]


# Models of this app that stand in a module of their own.
import accounts.models_agenda  # noqa: E402  # needs the models above; Django finds it here
import accounts.models_controle  # noqa: E402, F401  # the same
