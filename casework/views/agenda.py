"""The agenda by day or week, that of a team, and the feed for a calendar program."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.generic import TemplateView, View

from accounts.domain import agendalink
from accounts.domain.vertrek import replaced_by, whose_work
from accounts.gebeurtenissen import record_list
from accounts.models_agenda import Agendalink
from accounts.muur import wordt
from accounts.rechten import OPENBAAR
from accounts.toegang import RechtMixin
from casework.domain import agenda
from casework.domain.politiezicht import record_shown
from casework.ical import calendar
from casework.models import Afspraak
from casework.schooljaar import today

DAG, WEEK = "dag", "week"
DAGEN = {DAG: 1, WEEK: 7}
FEED_TERUG, FEED_VOORUIT = timedelta(days=30), timedelta(days=180)
HOOGSTENS = 500  # appointments on one page or in one feed


class AgendaView(RechtMixin, TemplateView):
    """?dag=2026-11-26&weergave=week"""

    permission = "dossier.lezen"
    template_name = "casework/agenda.html"
    titel, adres, route = "Mijn agenda", True, "casework:agenda"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        weergave = request.GET.get("weergave", DAG)
        self.weergave = weergave if weergave in DAGEN else DAG
        day = _day(request.GET.get("dag", "")) or today()
        self.van = day - timedelta(days=day.weekday()) if self.weergave == WEEK else day
        return super().get(request, *args, **kwargs)

    def rijen(self, van: date, tot: date) -> Any:
        user: Any = self.request.user
        return agenda.own_agenda(user, whose_work(user, today()), van, tot)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        van, dagen = self.van, DAGEN[self.weergave]
        tot = van + timedelta(days=dagen)
        found = list(self.rijen(van, tot)[:HOOGSTENS])
        record_shown(found, by=user, handeling="lijst")
        record_list(found, by=user, filters=[], per_regel=False)
        adressen = agenda.home_addresses(found, user, today()) if self.adres else {}
        return super().get_context_data(
            titel=self.titel,
            dagen=agenda.by_day(found, adressen, van, dagen),
            zonder_uitkomst=self._open(user),
            weergave=self.weergave,
            van=van,
            tot_en_met=tot - timedelta(days=1),
            vandaag=today(),
            vorige=self._url(van - timedelta(days=dagen)),
            volgende=self._url(tot),
            andere=self._url(van, WEEK if self.weergave == DAG else DAG),
            nu=self._url(today()),
            team=not self.adres,
            mag_team=user.may(agenda.TEAM),
            vervangt=replaced_by(user, today()) if self.adres else [],
            **kwargs,
        )

    def _open(self, user: Any) -> list[Afspraak]:
        """Of the last month, and nobody said how it went."""
        if not self.adres:
            return []
        rows = agenda.own_agenda(
            user, whose_work(user, today()), today() - timedelta(days=30), today()
        )
        found = list(rows.filter(uitkomst=Afspraak.Uitkomst.GEPLAND)[:10])
        record_shown(found, by=user, handeling="lijst")
        return found

    def _url(self, dag: date, weergave: str = "") -> str:
        return f"{reverse(self.route)}?dag={dag}&weergave={weergave or self.weergave}"


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None


class TeamAgendaView(AgendaView):
    """Who is where; no addresses, since this page is often left open."""

    permission = agenda.TEAM
    titel, adres, route = "Agenda van het team", False, "casework:agenda_team"

    def rijen(self, van: date, tot: date) -> Any:
        user: Any = self.request.user
        return agenda.team_agenda(user, van, tot)


class AgendalinkView(RechtMixin, TemplateView):
    """The secret address is shown once, right after making it."""

    permission = "dossier.lezen"
    template_name = "casework/agendalink.html"
    vers = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link = Agendalink.objects.filter(gebruiker=self.request.user).first()
        return super().get_context_data(link=link, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        url = ""
        if request.POST.get("doen") == "uit":
            agendalink.stop(request.user)
        else:
            path = reverse("casework:agenda_feed", args=[agendalink.make(request.user)])
            url = request.build_absolute_uri(path)
        return render(request, self.template_name, self.get_context_data(url=url))


class FeedView(RechtMixin, View):
    """For a program without a login: the secret in the address says whose agenda it is.

    Unknown, renewed, switched off and of a user who left all look the same: 404.
    """

    permission = OPENBAAR
    limiet = "agenda"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, sleutel: str) -> HttpResponse:
        user = agendalink.owner(sleutel)
        if user is None or not user.may("dossier.lezen"):
            raise Http404("Deze agenda bestaat niet.")
        wordt(user)
        day = today()
        rows = agenda.own_agenda(user, [user.pk], day - FEED_TERUG, day + FEED_VOORUIT)
        site = f"{request.scheme}://{request.get_host()}"
        answer = HttpResponse(
            calendar(rows[:HOOGSTENS], site=site, now=timezone.now()),
            content_type="text/calendar; charset=utf-8",
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
