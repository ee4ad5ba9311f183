from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("profiel/", views.ProfielView.as_view(), name="profiel"),
    path("profiel/sessies/", views.SessiesView.as_view(), name="sessies"),
    path("profiel/sessie/", views.SessieView.as_view(), name="sessie"),
    path("hulp/", views.HulpView.as_view(), name="hulp"),
    path("hulp/<slug:onderwerp>/", views.HulpPaginaView.as_view(), name="hulp_pagina"),
    path(
        "toegankelijkheid/",
        login_not_required(views.ToegankelijkheidView.as_view()),
        name="toegankelijkheid",
    ),
]
