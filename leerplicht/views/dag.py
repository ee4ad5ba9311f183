"""Mijn dag: what asks attention now."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.views.generic import TemplateView

from accounts.domain.vertrek import replaced_by, whose_work
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain.akte import reminder
from casework.domain.politiezicht import record_shown
from casework.kalender import add_werkdagen
from casework.models import Actie, Afspraak, Verzuimmelding
from casework.schooljaar import AMSTERDAM, today
from casework.views.lijst import BegrensdPaginator
from leerplicht.domain.toewijzing import mine_or_nobodys
from leerplicht.models import Overdracht

KORT = 8
OVERDRACHTEN = 20
RISICO_WERKDAGEN = 5


class MijnDagView(RechtMixin, TemplateView):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/mijn_dag.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        day = today()
        wie = whose_work(user, day)
        acties = Actie.objects.visible_to(user).open().filter(toegewezen_aan__in=wie)
        acties = acties.select_related("jongere", "werkproces").order_by("vervalt_op", "pk")
        termen = acties.filter(grondslag__startswith="termijn:")
        begin = datetime.combine(day, time(0), AMSTERDAM)
        afspraken = Afspraak.objects.visible_to(user).filter(
            gebruiker__in=wie, begin__gte=begin, begin__lt=begin + timedelta(days=1)
        )
        meldingen = Verzuimmelding.objects.visible_to(user).filter(taak=Taak.LEERPLICHT)
        nieuw = meldingen.to_triage().filter(mine_or_nobodys(wie))
        nieuw = nieuw.select_related("jongere", "school")
        blokken = {
            "meldingen": _short(
                nieuw.order_by(F("behandelaar").asc(nulls_last=True), "melddatum", "pk")
            ),
            "termijnen": _short(
                termen.filter(vervalt_op__lte=add_werkdagen(day, RISICO_WERKDAGEN))
            ),
            "afspraken": _short(afspraken.select_related("jongere").order_by("begin", "pk")),
            "acties": _short(acties.exclude(grondslag__startswith="termijn:")),
        }
        shown = [row for blok in blokken.values() for row in blok["rijen"]]
        record_shown(shown, by=user, handeling="lijst")
        return super().get_context_data(
            vandaag=day,
            vervangt=replaced_by(user, day),
            overdrachten=Overdracht.objects.unread_by(user)
            .select_related("jongere", "door")
            .order_by("-op", "-pk")[:OVERDRACHTEN],
            blokken=blokken,
            boa=user.may("opsporing.lezen"),
            akte=reminder(user, day) if user.may("opsporing.lezen") else "",
            te_laat=acties.filter(vervalt_op__lt=day).count(),
            **kwargs,
        )


def _short(rows: Any) -> dict[str, Any]:
    """The first rows and how many there are (no further than 10,000)."""
    page = BegrensdPaginator(rows, KORT).page(1)
    return {"rijen": list(page), "aantal": page.paginator.count}
