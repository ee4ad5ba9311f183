"""The statement of destruction: counts and grounds, who and when, and no name of a youth."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min

from casework.models import Vernietigingslijst, Vernietigingsregel

SOORTEN = dict(Vernietigingsregel.Soort.choices)


@dataclass(frozen=True, slots=True)
class Verklaring:
    gronden: list[dict[str, Any]]
    tabellen: list[tuple[str, str, int]]
    overgeslagen: list[dict[str, Any]]
    schooljaren: list[str]


def statement(lijst: Vernietigingslijst) -> Verklaring:
    regels = lijst.regels.order_by()
    gone = regels.filter(vernietigd_op__isnull=False)
    gronden = gone.values("soort", "grond").annotate(
        n=Count("pk"), eerste=Min("dag"), laatste=Max("dag")
    )
    left = regels.exclude(overgeslagen="").values("soort", "overgeslagen").annotate(n=Count("pk"))
    return Verklaring(
        gronden=[{**row, "soort": SOORTEN[row["soort"]]} for row in gronden.order_by("soort")],
        tabellen=[
            (SOORTEN[soort], name_of(label), count)
            for soort, per in sorted(lijst.aantallen.items())
            for label, count in sorted(per.items())
            if count
        ],
        overgeslagen=[{**row, "soort": SOORTEN[row["soort"]]} for row in left.order_by("soort")],
        schooljaren=[row["schooljaar"] for row in lijst.cijfers],
    )


def destroyed_years(codes: Collection[str]) -> set[str]:
    """Schooljaren of these gemeenten of which rows were destroyed: counting again gives less."""
    lists = Vernietigingslijst.objects.filter(gemeente__code__in=codes).exclude(cijfers=[])
    return {row["schooljaar"] for kept in lists.values_list("cijfers", flat=True) for row in kept}


def name_of(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name_plural).capitalize()
