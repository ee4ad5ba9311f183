from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, by_taak_and_gemeente, gemeenten_of
from casework.codes import (
    Adressoort,
    Datumprecisie,
    Gegevensbron,
    Geslacht,
    Gezag,
    Herkomst,
    Relatiesoort,
)
from casework.fields import VersleuteldField
from casework.models.basis import UuidModel
from casework.models.gebied import Gemeente
from casework.namen import full_name, search_name, sort_name
from casework.versleuteling import blind_index, mask


class JongereQuerySet(models.QuerySet["Jongere"]):
    def visible_to(self, user: Gebruiker) -> Self:
        """Youths within the rights, but nobody hidden from this user: closed, or own family."""
        from casework.models.zicht import not_hidden

        return self.within_rights(user).filter(not_hidden(user, "pk"))

    def within_rights(self, user: Gebruiker) -> Self:
        """Youths who live in a gemeente the user works for, or whose dossier is there."""
        from casework.models.dossier import Dossier

        dossiers = Dossier.objects.filter(
            by_taak_and_gemeente(user.rechten), jongere=OuterRef("pk")
        )
        gemeenten = gemeenten_of(user, *UITVOEREND)
        return self.filter(Q(gemeente_id__in=gemeenten) | Exists(dossiers))

    def known_as(self, nummer: str, achternaam: str, geboren: date | None) -> "list[Jongere]":
        """Who this is, in sight or not: only the key and the gemeente are filled."""
        with connection.cursor() as cursor:
            index = blind_index(nummer) if nummer else None
            cursor.execute(
                "SELECT id, gemeente_id FROM muur_persoon(%s, %s, %s)", [index, achternaam, geboren]
            )
            return [Jongere(pk=pk, gemeente_id=gemeente) for pk, gemeente in cursor.fetchall()]

    def is_in_use(self, bsn: str) -> bool:
        """Whether anybody has this BSN, in sight or not."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT muur_bsn_bestaat(%s)", [blind_index(bsn)])
            return bool(cursor.fetchone()[0])

    def with_bsn(self, bsn: str) -> Self:
        return self.filter(bsn_index=blind_index(bsn))

    def with_onderwijsnummer(self, nummer: str) -> Self:
        return self.filter(onderwijsnummer_index=blind_index(nummer))


class Jongere(UuidModel):
    """A young person; never called child. One row from 5 to 27, whatever the task."""

    bsn = VersleuteldField()
    bsn_index = models.BinaryField(max_length=16, null=True, editable=False)
    onderwijsnummer = VersleuteldField()
    onderwijsnummer_index = models.BinaryField(max_length=16, null=True, editable=False)
    achternaam = models.CharField(max_length=200)
    voorvoegsel = models.CharField(max_length=10, blank=True)
    voornamen = models.CharField(max_length=200, blank=True)
    roepnaam = models.CharField(max_length=100, blank=True)
    zoeknaam = models.TextField(blank=True, editable=False)
    sorteernaam = models.TextField(blank=True, editable=False)
    # Of an incomplete date the first possible day; `geboortedatum_precisie` tells.
    geboortedatum = models.DateField()
    geboortedatum_precisie = models.CharField(
        max_length=1, choices=Datumprecisie, default=Datumprecisie.DAG
    )
    geslacht = models.CharField(
        max_length=1, choices=Geslacht, default=Geslacht.ONBEKEND, blank=True
    )
    geboorteland = models.CharField(max_length=4, blank=True)
    # Where the youth lives now; facts keep the gemeente of their own day.
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="jongeren"
    )
    gezin_id = models.CharField(max_length=64, blank=True)
    geheimhouding = models.BooleanField(default=False)
    datum_overlijden = models.DateField(null=True, blank=True)
    datum_vestiging_nl = models.DateField(null=True, blank=True)
    datum_vertrek = models.DateField(null=True, blank=True)
    herkomst = models.CharField(max_length=20, choices=Herkomst, blank=True)
    telefoon = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    voorkeurstaal = models.CharField(max_length=40, blank=True)
    tolk = models.BooleanField(default=False)
    opmerking = models.TextField(blank=True)
    # Number of full school years, only when a user knows it (Lpw art. 3 lid 1 onder a).
    schooljaren_voltooid = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = JongereQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "jongeren"
        constraints = [
            models.UniqueConstraint(
                name="jongere_bsn_uniek",
                fields=["bsn_index"],
                violation_error_message="Er is al een jongere met dit BSN.",
            ),
            models.CheckConstraint(
                name="jongere_overleden_na_geboorte",
                condition=Q(datum_overlijden__isnull=True)
                | Q(datum_overlijden__gte=F("geboortedatum")),
                violation_error_message="De overlijdensdatum ligt voor de geboortedatum.",
            ),
        ]
        indexes = [
            GinIndex(fields=["zoeknaam"], name="jongere_zoeknaam", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["gemeente", "sorteernaam", "id"], name="jongere_gemeente_naam"),
            models.Index(fields=["gemeente", "geboortedatum"], name="jongere_gemeente_geboren"),
            models.Index(fields=["geboortedatum", "sorteernaam"], name="jongere_geboren"),
            models.Index(fields=["onderwijsnummer_index"], name="jongere_onderwijsnummer"),
            models.Index(fields=["gezin_id"], name="jongere_gezin", condition=~Q(gezin_id="")),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("casework:jongere", args=[self.uuid])

    @property
    def naam(self) -> str:
        return full_name(self.roepnaam or self.voornamen, self.voorvoegsel, self.achternaam)

    @property
    def bsn_masked(self) -> str:
        return mask(self.bsn)

    @property
    def onderwijsnummer_masked(self) -> str:
        return mask(self.onderwijsnummer)

    def leeftijd(self, day: date) -> int:
        """Age in whole years on that day; 29 February has its birthday on 1 March."""
        born = self.geboortedatum
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def derive(self) -> Self:
        """Fill the columns that follow from the others: search, sort, blind indexes."""
        self.zoeknaam = search_name(
            self.voornamen, self.roepnaam, self.voorvoegsel, self.achternaam
        )
        self.sorteernaam = sort_name(self.achternaam, self.voorvoegsel, self.voornamen)
        self.bsn_index = blind_index(self.bsn) if self.bsn else None
        self.onderwijsnummer_index = (
            blind_index(self.onderwijsnummer) if self.onderwijsnummer else None
        )
        return self


class RelatieQuerySet(models.QuerySet["Relatie"]):
    def visible_to(self, user: Gebruiker) -> Self:
        return self.filter(jongere__in=Jongere.objects.visible_to(user))


class Relatie(UuidModel):
    """A parent, guardian or other person around the youth; gezag is dated."""

    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="relaties")
    soort = models.CharField(max_length=20, choices=Relatiesoort)
    bsn = VersleuteldField()
    bsn_index = models.BinaryField(max_length=16, null=True, editable=False)
    achternaam = models.CharField(max_length=200)
    voorvoegsel = models.CharField(max_length=10, blank=True)
    voornamen = models.CharField(max_length=200, blank=True)
    geboortedatum = models.DateField(null=True, blank=True)
    geboortedatum_precisie = models.CharField(
        max_length=1, choices=Datumprecisie, default=Datumprecisie.DAG
    )
    gezag = models.CharField(max_length=10, choices=Gezag, default=Gezag.ONBEKEND)
    contactpersoon = models.BooleanField(null=True, blank=True)
    telefoon = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    adres_zelfde = models.BooleanField("woont op hetzelfde adres", null=True, blank=True)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)
    herkomst = models.CharField(max_length=10, choices=Gegevensbron, blank=True)

    objects = RelatieQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["bsn_index"], name="relatie_bsn")]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        return full_name(self.voornamen, self.voorvoegsel, self.achternaam)

    def derive(self) -> Self:
        self.bsn_index = blind_index(self.bsn) if self.bsn else None
        return self


class AdresQuerySet(models.QuerySet["Adres"]):
    def visible_to(self, user: Gebruiker) -> Self:
        visible = Jongere.objects.visible_to(user)
        return self.filter(Q(jongere__in=visible) | Q(relatie__jongere__in=visible))

    def on(self, day: date) -> Self:
        """Addresses that hold on this day (van <= day < tot; open ends count)."""
        return self.filter(Q(van__isnull=True) | Q(van__lte=day)).filter(
            Q(tot__isnull=True) | Q(tot__gt=day)
        )


class Adres(UuidModel):
    """An address of a youth or of a relatie (exactly one of the two), dated."""

    jongere = models.ForeignKey(
        Jongere, models.PROTECT, null=True, blank=True, related_name="adressen"
    )
    relatie = models.ForeignKey(
        Relatie, models.PROTECT, null=True, blank=True, related_name="adressen"
    )
    soort = models.CharField(max_length=10, choices=Adressoort, default=Adressoort.WOON)
    straat = models.CharField(max_length=100, blank=True)
    huisnummer = models.PositiveIntegerField(null=True, blank=True)
    huisletter = models.CharField(max_length=5, blank=True)
    toevoeging = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    woonplaats = models.CharField(max_length=100, blank=True)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    land = models.CharField(max_length=60, blank=True)
    geheim = models.BooleanField(default=False)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)

    objects = AdresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "adressen"
        constraints = [
            models.CheckConstraint(
                name="adres_van_jongere_of_relatie",
                condition=Q(jongere__isnull=False, relatie__isnull=True)
                | Q(jongere__isnull=True, relatie__isnull=False),
                violation_error_message="Een adres hoort bij een jongere of bij een relatie.",
            ),
            models.CheckConstraint(
                name="adres_tot_niet_voor_van",
                condition=Q(tot__isnull=True) | Q(van__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De einddatum van het adres ligt voor de begindatum.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["jongere", "van"],
                name="adres_jongere_woon",
                condition=Q(soort=Adressoort.WOON),
                include=["tot", "gemeente"],
            ),
            models.Index(fields=["postcode", "huisnummer"], name="adres_postcode"),
        ]

    def __str__(self) -> str:
        nummer = (
            f"{self.huisnummer or ''}{self.huisletter}{self.toevoeging and '-'}{self.toevoeging}"
        )
        return f"{self.straat} {nummer}, {self.postcode} {self.woonplaats}".strip(" ,")
