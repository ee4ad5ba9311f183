from django.urls import path

from leerplicht.views import dag, meldingen, opsporing, vrijstellingen, werkprocessen

app_name = "leerplicht"

urlpatterns = [
    path("mijn-dag/", dag.MijnDagView.as_view(), name="mijn_dag"),
    path("meldingen/", meldingen.MeldingenView.as_view(), name="meldingen"),
    path("melding/nieuw/", meldingen.MeldingNieuwView.as_view(), name="melding_nieuw"),
    path("melding/<uuid:uuid>/", meldingen.MeldingView.as_view(), name="melding"),
    path(
        "melding/<uuid:uuid>/<slug:actie>/",
        meldingen.MeldingActieView.as_view(),
        name="melding_actie",
    ),
    path("jongere/<uuid:uuid>/melding/", meldingen.MeldingBijView.as_view(), name="melding_bij"),
    path("werkprocessen/", werkprocessen.WerkprocessenView.as_view(), name="werkprocessen"),
    path("werkproces/<uuid:uuid>/", werkprocessen.WerkprocesView.as_view(), name="werkproces"),
    path("werkproces/<uuid:uuid>/stap/<slug:stap>/", werkprocessen.StapView.as_view(), name="stap"),
    path(
        "werkproces/<uuid:uuid>/proces-verbaal/",
        opsporing.PvView.as_view(),
        name="proces_verbaal",
    ),
    path("vrijstellingen/", vrijstellingen.VrijstellingenView.as_view(), name="vrijstellingen"),
    path(
        "vrijstelling/<uuid:uuid>/", vrijstellingen.VrijstellingView.as_view(), name="vrijstelling"
    ),
    path(
        "jongere/<uuid:uuid>/vrijstelling/",
        vrijstellingen.VrijstellingBijView.as_view(),
        name="vrijstelling_bij",
    ),
]
