"""Lists that follow from the registers: absoluut verzuim, and exemptions to renew."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.rechten import Taak
from casework.briefsoorten import Briefsoort
from casework.codes import Werkprocessoort
from casework.domain.brieven import Aanleiding, long_date
from casework.models import Gemeente, Inschrijving, Werkproces
from casework.schooljaar import Schooljaar, today
from casework.views.brieven import BulkView
from casework.views.lijst import Lijst
from leerplicht.domain.absoluut_tabel import ABSOLUUT
from leerplicht.domain.bijzonder import grounds_told
from leerplicht.domain.tabellen import tabel_of
from leerplicht.domain.vrijstelling_proces import Ronde, day_of_round, to_renew
from leerplicht.models import Vrijstelling
from leerplicht.views.meldingen import own_gemeenten


class AbsoluutFilter(django_filters.FilterSet):
    """Without a choice: what is open."""

    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Open",
        method="by_stand",
        choices=[("gesloten", "Gesloten"), ("alle", "Alle")],
    )
    toestand = django_filters.ChoiceFilter(
        label="Toestand",
        empty_label="Alle",
        choices=[(t.naam, t.label) for t in ABSOLUUT.toestanden.values()],
    )
    wie = django_filters.ChoiceFilter(
        label="Behandelaar",
        empty_label="Van iedereen",
        method="by_wie",
        choices=[("niemand", "Nog van niemand"), ("ik", "Van mij")],
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Werkproces
        fields: list[str] = []

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(status="GESLOTEN") if value == "gesloten" else rows

    def by_wie(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(behandelaar=None if value == "niemand" else self.request.user)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("stand") else rows.open()


class AbsoluutView(Lijst):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/absoluut_verzuim.html"
    filterset_class = AbsoluutFilter
    sorteringen = {"sinds": ("gestart_op", "pk"), "naam": ("jongere__sorteernaam", "pk")}

    def rijen(self) -> "QuerySet[Werkproces]":
        last = Inschrijving.objects.filter(jongere=OuterRef("jongere")).order_by(
            "-begindatum", "-pk"
        )
        rows = Werkproces.objects.visible_to(self.request.user)
        rows = rows.filter(taak=Taak.LEERPLICHT, soort=Werkprocessoort.ABSOLUUT)
        return rows.select_related("jongere", "behandelaar", "gemeente").annotate(
            school=Subquery(last.values("school__naam")[:1]),
            uitgeschreven=Subquery(last.values("einddatum")[:1]),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day = today()
        context["rijen"] = [
            (row, tabel_of(row).toestanden[row.toestand].label, row.jongere.leeftijd(day))
            for row in context["object_list"]
        ]
        return context


class VerlengenFilter(django_filters.FilterSet):
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Vrijstelling
        fields: list[str] = []


class VerlengenView(Lijst):
    """Exemptions of this schooljaar without a notice for the next one (Lpw 6)."""

    permission = "leerplicht.lezen"
    template_name = "leerplicht/vrijstellingen_verlengen.html"
    filterset_class = VerlengenFilter
    sorteringen = {"einde": ("einddatum", "pk"), "naam": ("jongere__sorteernaam", "pk")}

    def rijen(self) -> "QuerySet[Vrijstelling]":
        user: Any = self.request.user
        own = Vrijstelling.objects.visible_to(user).filter(grounds_told(user)).values("pk")
        rows = to_renew(Schooljaar.of(today())).filter(pk__in=own)
        return rows.select_related("jongere", "gemeente")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jaar = Schooljaar.of(today())
        dagen = {ronde.value: day_of_round(ronde, jaar.end.year) for ronde in Ronde}
        user: Any = self.request.user
        own = Gemeente.objects.permitted(user, "leerplicht.schrijven")
        return super().get_context_data(
            schooljaar=jaar,
            dagen=dagen,
            brieven_voor=own.filter(pk__in=self.rijen().values("gemeente")),
            **kwargs,
        )


class VerlengenBrievenView(BulkView):
    """The letter of the season to the parents of everyone on that list who lives here."""

    soort = Briefsoort.VERLENGING
    wat = "vrijstellingen die nog niet verlengd zijn"

    def rijen(self) -> "QuerySet[Vrijstelling]":
        user: Any = self.request.user
        own = Vrijstelling.objects.visible_to(user).filter(grounds_told(user)).values("pk")
        rows = to_renew(Schooljaar.of(today())).filter(pk__in=own, jongere__gemeente=self.gemeente)
        # A household is written once, so is a youth with two grounds.
        first = rows.order_by("jongere", "pk").distinct("jongere").values("pk")
        rows = Vrijstelling.objects.filter(pk__in=first)
        return rows.select_related("jongere__gemeente", "werkproces__gemeente").order_by("pk")

    def aanleiding(self, row: Vrijstelling) -> Aanleiding:
        return Aanleiding(row.jongere)

    def get_initial(self) -> dict[str, Any]:
        """Before 1 July (Lpw 6)."""
        return {"reageren_voor": long_date(date(Schooljaar.of(today()).end.year, 6, 30))}
