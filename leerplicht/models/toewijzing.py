"""Who gets which work: dated rules, and what is told when work goes to a colleague."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for, gemeenten_of
from casework.models import Gemeente, Jongere, School, UuidModel
from casework.models.zicht import in_gemeenten, not_hidden

DAGEN = Func(F("van"), F("tot"), function="daterange", output_field=DateRangeField())
LEEFTIJDEN = Func(
    F("leeftijd_van"),
    F("leeftijd_tot"),
    Value("[]"),
    function="int4range",
    output_field=IntegerRangeField(),
)
LOOPT_AL = "Voor dit werk loopt in deze dagen al een regel. Geef die eerst een laatste dag."


class ToewijzingsregelQuerySet(models.QuerySet["Toewijzingsregel"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(gemeente__in=gemeenten_for(user, "toewijzing.regelen"))

    def on(self, day: date) -> Self:
        return self.filter(van__lte=day).filter(Q(tot__isnull=True) | Q(tot__gt=day))


class Toewijzingsregel(UuidModel):
    """Who gets new work: of one school in every gemeente, or of a gemeente, or of ages there.

    With `nooit` who does none of the work of a school, since he supervises its head for the
    Inspectie (Lpw 16a).
    """

    # At a school: the gemeente that keeps the rule, not where the youths live.
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="toewijzingsregels")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="toewijzingsregels"
    )
    leeftijd_van = models.PositiveSmallIntegerField("vanaf leeftijd", null=True, blank=True)
    leeftijd_tot = models.PositiveSmallIntegerField("tot en met leeftijd", null=True, blank=True)
    behandelaar = models.ForeignKey(Gebruiker, models.PROTECT, related_name="toewijzingsregels")
    nooit = models.BooleanField("doet geen werk voor deze school", default=False, db_default=False)
    van = models.DateField("eerste dag")
    tot = models.DateField(null=True, blank=True)

    objects = ToewijzingsregelQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "toewijzingsregels"
        constraints = [
            models.CheckConstraint(
                name="toewijzing_leeftijd",
                condition=Q(leeftijd_van__isnull=True, leeftijd_tot__isnull=True)
                | Q(
                    school__isnull=True,
                    leeftijd_van__isnull=False,
                    leeftijd_tot__gte=F("leeftijd_van"),
                ),
                violation_error_message="Vul beide leeftijden in, de laagste eerst.",
            ),
            models.CheckConstraint(
                name="toewijzing_tot_na_van",
                condition=Q(tot__isnull=True) | Q(tot__gt=F("van")),
                violation_error_message="De regel eindigt voor hij begint.",
            ),
            models.CheckConstraint(
                name="toewijzing_nooit_van_school",
                condition=Q(nooit=False) | Q(school__isnull=False),
                violation_error_message="Kies de school waar deze collega geen werk voor doet.",
            ),
            ExclusionConstraint(
                name="toewijzing_school",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (DAGEN, RangeOperators.OVERLAPS),
                ],
                condition=Q(school__isnull=False, nooit=False),
                violation_error_message=LOOPT_AL,
            ),
            ExclusionConstraint(
                name="toewijzing_nooit",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("behandelaar", RangeOperators.EQUAL),
                    (DAGEN, RangeOperators.OVERLAPS),
                ],
                condition=Q(nooit=True),
                violation_error_message=LOOPT_AL,
            ),
            ExclusionConstraint(
                name="toewijzing_gemeente",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    (DAGEN, RangeOperators.OVERLAPS),
                ],
                condition=Q(school__isnull=True, leeftijd_van__isnull=True),
                violation_error_message=LOOPT_AL,
            ),
            ExclusionConstraint(
                name="toewijzing_leeftijden",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    (DAGEN, RangeOperators.OVERLAPS),
                    (LEEFTIJDEN, RangeOperators.OVERLAPS),
                ],
                condition=Q(school__isnull=True, leeftijd_van__isnull=False),
                violation_error_message=LOOPT_AL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wat}: {self.behandelaar}"

    @property
    def wat(self) -> str:
        """The work the rule is about, as people say it."""
        if self.school_id:
            return f"Niet voor {self.school}" if self.nooit else str(self.school)
        if self.leeftijd_van is None:
            return f"{self.gemeente}, alle leeftijden"
        return f"{self.gemeente}, {self.leeftijd_van} tot en met {self.leeftijd_tot} jaar"

    @property
    def laatste_dag(self) -> date | None:
        return self.tot - timedelta(days=1) if self.tot else None


class OverdrachtQuerySet(models.QuerySet["Overdracht"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(in_gemeenten(gemeenten_of(user, Taak.LEERPLICHT)), not_hidden(user))

    def unread_by(self, user: Gebruiker) -> Self:
        return self.visible_to(user).filter(naar=user, gelezen_op__isnull=True)


class Overdracht(UuidModel):
    """What a colleague must know of one youth when the work comes to him."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="overdrachten")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    van = models.ForeignKey(Gebruiker, models.PROTECT, null=True, blank=True, related_name="+")
    naar = models.ForeignKey(Gebruiker, models.PROTECT, related_name="overdrachten")
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="+")
    notitie = models.TextField()
    op = models.DateTimeField()
    gelezen_op = models.DateTimeField(null=True, blank=True)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "overdrachten"
        indexes = [
            models.Index(fields=["jongere"], name="overdracht_jongere"),
            models.Index(
                fields=["naar", "-op"],
                name="overdracht_ongelezen",
                condition=Q(gelezen_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Overdracht van {self.op:%d-%m-%Y}"
