"""Mijn jongeren: the caseload of one doorstroomcoach on one page."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import TemplateView

from accounts.domain.vertrek import replaced_by, whose_work
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain.politiezicht import record_shown
from casework.models import Actie, Afspraak
from casework.schooljaar import AMSTERDAM, today
from casework.views.lijst import BegrensdPaginator
from doorstroompunt.domain.contactpoging import never_reached, tried
from doorstroompunt.domain.toestanden import OPEN, TOESTANDEN
from doorstroompunt.models import Contactpoging, Traject
from doorstroompunt.views.basis import own_meldingen

KORT = 10
BINNENKORT = timedelta(days=31)


class MijnJongerenView(RechtMixin, TemplateView):
    permission = "doorstroompunt.lezen"
    template_name = "doorstroompunt/mijn_jongeren.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        day = today()
        wie = whose_work(user, day)
        mine = Traject.objects.visible_to(user).filter(behandelaar__in=wie)
        opnieuw = mine.filter(
            toestand="herbenaderen", volgende_benadering__lte=day + BINNENKORT
        ).select_related("jongere")
        meldingen = own_meldingen(user).to_triage()
        acties, afspraken = list(_acties(user, wie)), list(_afspraken(user, wie, day))
        record_shown([*acties, *afspraken], by=user, handeling="lijst")
        return super().get_context_data(
            vandaag=day,
            vervangt=replaced_by(user, day),
            toestanden=_counts(mine),
            zonder_behandelaar=_count(
                Traject.objects.visible_to(user).open().filter(behandelaar=None)
            ),
            meldingen=_count(meldingen),
            opnieuw=opnieuw.order_by("volgende_benadering", "pk")[:KORT],
            nooit=_not_reached(mine),
            acties=acties,
            afspraken=afspraken,
            **kwargs,
        )


def _count(rows: QuerySet[Any]) -> int:
    """No further than 10,000, as in the lists."""
    return rows.order_by()[: BegrensdPaginator.grens].count()


def _counts(mine: QuerySet[Traject]) -> list[dict[str, Any]]:
    """Trajecten of the coach per state, in the order of the work; the closed ones stay out."""
    rows = mine.filter(toestand__in=[*OPEN, "herbenaderen", "nazorg"]).order_by()
    counts = dict(rows.values_list("toestand").annotate(Count("pk")))
    return [
        {"naam": naam, "label": t.label, "aantal": counts[naam]}
        for naam, t in TOESTANDEN.items()
        if naam in counts
    ]


def _not_reached(mine: QuerySet[Traject]) -> list[dict[str, Any]]:
    """On the work list or being approached, and never spoken to: what was tried and what not."""
    rows = mine.filter(toestand__in=["te_benaderen", "in_benadering"]).select_related("jongere")
    trajecten = list(never_reached(rows).order_by("datum_melding", "pk")[:KORT])
    return [{"traject": t, **tried(own)} for t, own in _with_attempts(trajecten)]


def _with_attempts(trajecten: Sequence[Traject]) -> list[tuple[Traject, list[Contactpoging]]]:
    found: dict[int, list[Contactpoging]] = defaultdict(list)
    for row in Contactpoging.objects.filter(traject__in=trajecten).order_by("datum"):
        found[row.traject_id].append(row)
    return [(traject, found[traject.pk]) for traject in trajecten]


def _acties(user: Any, wie: list[int]) -> QuerySet[Actie]:
    rows = Actie.objects.visible_to(user).open().filter(taak=Taak.DOORSTROOMPUNT)
    own = rows.filter(toegewezen_aan__in=wie).select_related("jongere")
    return own.order_by("vervalt_op", "pk")[:KORT]


def _afspraken(user: Any, wie: list[int], day: date) -> QuerySet[Afspraak]:
    begin = datetime.combine(day, time(0), AMSTERDAM)
    rows = Afspraak.objects.visible_to(user).filter(
        gebruiker__in=wie,
        taak=Taak.DOORSTROOMPUNT,
        begin__gte=begin,
        begin__lt=begin + timedelta(days=1),
    )
    return rows.select_related("jongere").order_by("begin", "pk")
