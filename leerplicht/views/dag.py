"""Mijn dag: what asks attention now."""

from datetime import datetime, time, timedelta
from typing import Any

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
        nieuw = meldingen.to_triage().select_related("jongere", "school")
        nieuw = nieuw.order_by("melddatum", "pk")
        blokken = {
            # Own ones before those of nobody; apart, since each walks an index by date.
            "meldingen": _short(nieuw.filter(behandelaar__in=wie), nieuw.filter(behandelaar=None)),
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


class KortePaginator(BegrensdPaginator):
    grens = 1_000  # of more work than this nobody needs the number


def _short(*delen: Any) -> dict[str, Any]:
    """The first rows of these querysets one after the other, and how many there are."""
    pages = [KortePaginator(deel, KORT).page(1) for deel in delen]
    return {
        "rijen": [row for page in pages for row in page][:KORT],
        "aantal": sum(page.paginator.count for page in pages),
        "meer": any(page.paginator.meer for page in pages),
    }
