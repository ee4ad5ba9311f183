"""Schools: the list and the page with what this school reports."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from accounts.toegang import RechtMixin
from casework.models import Gemeente, School, Verzuimmelding
from casework.namen import normalise
from casework.schooljaar import Schooljaar, today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.lijst import Lijst


class SchoolFilter(django_filters.FilterSet):
    naam = django_filters.CharFilter(label="Naam", method="by_name")
    brin = django_filters.CharFilter(label="BRIN", lookup_expr="istartswith")
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=Gemeente.objects.all(), empty_label="Alle"
    )

    class Meta:
        model = School
        fields: list[str] = []

    def by_name(self, rows: QuerySet[School], name: str, value: str) -> QuerySet[School]:
        for woord in normalise(value).split():
            rows = rows.filter(zoeknaam__contains=woord)
        return rows


class ScholenView(Lijst):
    personen = False
    permission = "dossier.lezen"
    template_name = "casework/scholen.html"
    filterset_class = SchoolFilter
    sorteringen = {"naam": ("naam", "pk"), "plaats": ("plaats", "naam", "pk")}

    def rijen(self) -> QuerySet[School]:
        return School.objects.select_related("gemeente")


class SchoolView(RechtMixin, TemplateView):
    """Reports of one school in the user's sight, by schooljaar and kind, and who reports."""

    permission = "dossier.lezen"
    template_name = "casework/school.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        school = get_object_or_404(
            School.objects.select_related("gemeente"), uuid=self.kwargs["uuid"]
        )
        rows = Verzuimmelding.objects.visible_to(self.request.user).filter(school=school)
        dit = Schooljaar.of(today())
        return super().get_context_data(
            school=school,
            meldingen=rows.for_list()[:15],
            cijfers=_figures(rows, (dit, dit.vorige)),
            schooljaren=(dit, dit.vorige),
            werk=[
                line
                for source in UITBREIDINGEN.schoolcijfers
                for line in source(school, self.request.user, (dit, dit.vorige))
            ],
            melders=_reporters(rows.in_schooljaar(dit)),
            te_beoordelen=rows.to_triage().count(),
            **kwargs,
        )


def _figures(rows: Any, jaren: tuple[Schooljaar, Schooljaar]) -> list[tuple[str, list[int]]]:
    """Number of reports per kind in these schooljaren."""
    counts = [
        dict(rows.in_schooljaar(jaar).order_by().values_list("soort").annotate(n=Count("pk")))
        for jaar in jaren
    ]
    return [
        (label, [count.get(soort, 0) for count in counts])
        for soort, label in Verzuimmelding._meta.get_field("soort").choices
        if any(count.get(soort) for count in counts)
    ]


def _reporters(rows: Any) -> list[dict[str, Any]]:
    fields = ("melder_naam", "melder_functie", "melder_telefoon", "melder_email")
    known = rows.exclude(melder_naam="").order_by()
    return list(known.values(*fields).annotate(n=Count("pk")).order_by("-n", "melder_naam")[:10])
