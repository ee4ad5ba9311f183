from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views
from accounts import views_beheer as beheer
from accounts import views_controle as controle
from accounts import views_logboek_audit as audit
from accounts import views_signalen as signalen
from accounts.views_logboek import LogboekView
from accounts.views_toegang import ToegangView

app_name = "accounts"

urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("profiel/", views.ProfielView.as_view(), name="profiel"),
    path("profiel/sessies/", views.SessiesView.as_view(), name="sessies"),
    path("profiel/sessie/", views.SessieView.as_view(), name="sessie"),
    path("hulp/", views.HulpView.as_view(), name="hulp"),
    path("hulp/<slug:onderwerp>/", views.HulpPaginaView.as_view(), name="hulp_pagina"),
    path("beheer/gebruikers/", beheer.GebruikersView.as_view(), name="gebruikers"),
    path("beheer/gebruikers/nieuw/", beheer.GebruikerNieuwView.as_view(), name="gebruiker_nieuw"),
    path("beheer/gebruikers/<int:pk>/", beheer.GebruikerView.as_view(), name="gebruiker"),
    path(
        "beheer/gebruikers/<int:pk>/wijzigen/",
        beheer.GebruikerWijzigView.as_view(),
        name="gebruiker_wijzig",
    ),
    path("beheer/gebruikers/<int:pk>/recht/", beheer.RechtNieuwView.as_view(), name="recht_nieuw"),
    path(
        "beheer/gebruikers/<int:pk>/recht/<int:recht>/einde/",
        beheer.RechtEindeView.as_view(),
        name="recht_einde",
    ),
    path(
        "beheer/gebruikers/<int:pk>/recht/<int:recht>/goedkeuren/",
        beheer.RechtGoedkeurenView.as_view(),
        name="recht_goedkeuren",
    ),
    path(
        "beheer/gebruikers/<int:pk>/inloggen/",
        beheer.GebruikerStandView.as_view(),
        name="gebruiker_stand",
    ),
    path(
        "beheer/gebruikers/<int:pk>/wachtwoord/",
        beheer.WachtwoordLinkView.as_view(),
        name="gebruiker_wachtwoord",
    ),
    path(
        "beheer/gebruikers/<int:pk>/toegang/",
        ToegangView.as_view(),
        name="gebruiker_toegang",
    ),
    path(
        "beheer/gebruikers/<int:pk>/vertrek/",
        controle.VertrekView.as_view(),
        name="gebruiker_vertrek",
    ),
    path(
        "beheer/toegangscontrole/",
        controle.ToegangscontroleView.as_view(),
        name="toegangscontrole",
    ),
    path(
        "beheer/toegangscontrole/oordeel/",
        controle.ToegangOordeelView.as_view(),
        name="toegang_oordeel",
    ),
    path(
        "beheer/toegangscontrole/uitvoer/",
        controle.ToegangUitvoerView.as_view(),
        name="toegang_uitvoer",
    ),
    path("vervanging/", controle.VervangingView.as_view(), name="vervanging"),
    path(
        "vervanging/<int:pk>/stop/", controle.VervangingStopView.as_view(), name="vervanging_stop"
    ),
    path("beheer/logboek/", LogboekView.as_view(), name="logboek"),
    path("beheer/logboek/steekproef/", audit.SteekproefView.as_view(), name="steekproef"),
    path("beheer/logboek/oordeel/", audit.OordeelView.as_view(), name="oordeel"),
    path("beheer/logboek/signalen/", signalen.SignalenView.as_view(), name="signalen"),
    path("beheer/logboek/signalen/<int:pk>/", signalen.SignaalView.as_view(), name="signaal"),
    path("beheer/logboek/uitvoer/", audit.UitvoerView.as_view(), name="logboek_uitvoer"),
    path(
        "toegankelijkheid/",
        login_not_required(views.ToegankelijkheidView.as_view()),
        name="toegankelijkheid",
    ),
]
