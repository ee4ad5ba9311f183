from django.contrib.auth.decorators import login_not_required
from django.urls import path

from casework.views import afspraken, agenda

urlpatterns = [
    path("jongere/<uuid:uuid>/afspraak/", afspraken.AfspraakView.as_view(), name="afspraak"),
    path("afspraak/<uuid:uuid>/", afspraken.AfspraakBijView.as_view(), name="afspraak_bij"),
    path(
        "afspraak/<uuid:uuid>/uitkomst/",
        afspraken.UitkomstView.as_view(),
        name="afspraak_uitkomst",
    ),
    path(
        "afspraak/<uuid:uuid>/verzetten/",
        afspraken.VerzettenView.as_view(),
        name="afspraak_verzetten",
    ),
    path("agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path("agenda/team/", agenda.TeamAgendaView.as_view(), name="agenda_team"),
    path("agenda/link/", agenda.AgendalinkView.as_view(), name="agendalink"),
    path(
        "agenda/feed/<str:sleutel>.ics",
        login_not_required(agenda.FeedView.as_view()),
        name="agenda_feed",
    ),
]
