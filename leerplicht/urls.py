from django.urls import path

from leerplicht.views import (
    dag,
    duo,
    meldingen,
    opsporing,
    registers,
    spreekuur,
    tafels,
    thuiszitters,
    toewijzing,
    verdelen,
    verlof,
    vrijstellingen,
    werkprocessen,
)

app_name = "leerplicht"

urlpatterns = [
    path("spreekuur/", spreekuur.SpreekurenView.as_view(), name="spreekuren"),
    path("spreekuur/<uuid:uuid>/", spreekuur.SpreekuurView.as_view(), name="spreekuur"),
    path("thuiszitters/", thuiszitters.ThuiszittersView.as_view(), name="thuiszitters"),
    path(
        "thuiszitters/kwartaal/",
        thuiszitters.KwartaalView.as_view(),
        name="thuiszitters_kwartaal",
    ),
    path("thuiszitters/tafels/", tafels.TafelsView.as_view(), name="tafels"),
    path("thuiszitters/tafel/nieuw/", tafels.TafelNieuwView.as_view(), name="tafel_nieuw"),
    path("thuiszitters/tafel/<uuid:uuid>/", tafels.TafelView.as_view(), name="tafel"),
    path(
        "thuiszitters/tafel/<uuid:uuid>/verslag/",
        tafels.TafelVerslagView.as_view(),
        name="tafel_verslag",
    ),
    path("thuiszitters/plaatsen/", thuiszitters.PlaatsenView.as_view(), name="plaatsen"),
    path(
        "thuiszitters/plaats/<uuid:uuid>/",
        thuiszitters.PlaatsKlaarView.as_view(),
        name="plaats_klaar",
    ),
    path("thuiszitter/<uuid:uuid>/", thuiszitters.ThuiszitterView.as_view(), name="thuiszitter"),
    path("jongere/<uuid:uuid>/plaats/", thuiszitters.PlaatsBijView.as_view(), name="plaats_bij"),
    path("toewijzing/", toewijzing.ToewijzingView.as_view(), name="toewijzing"),
    path("toewijzing/nieuw/", toewijzing.RegelNieuwView.as_view(), name="toewijzing_nieuw"),
    path("toewijzing/<uuid:uuid>/", toewijzing.RegelEindeView.as_view(), name="toewijzing_einde"),
    path("teamlijst/", toewijzing.TeamlijstView.as_view(), name="teamlijst"),
    path("teamlijst/werkprocessen/", toewijzing.TeamlijstWerkView.as_view(), name="teamlijst_werk"),
    path("werkverdeling/", verdelen.WerkverdelingView.as_view(), name="werkverdeling"),
    path("werkverdeling/<int:pk>/", verdelen.WerkVanView.as_view(), name="werk_van"),
    path(
        "jongere/<uuid:uuid>/overdracht/",
        verdelen.OverdrachtSchrijfView.as_view(),
        name="overdracht",
    ),
    path(
        "overdracht/<uuid:uuid>/gelezen/",
        verdelen.OverdrachtGelezenView.as_view(),
        name="overdracht_gelezen",
    ),
    path("mijn-dag/", dag.MijnDagView.as_view(), name="mijn_dag"),
    path("meldingen/", meldingen.MeldingenView.as_view(), name="meldingen"),
    path("meldingen/duo/", duo.BerichtenView.as_view(), name="duo_berichten"),
    path("melding/nieuw/", meldingen.MeldingNieuwView.as_view(), name="melding_nieuw"),
    path("melding/<uuid:uuid>/", meldingen.MeldingView.as_view(), name="melding"),
    path(
        "melding/<uuid:uuid>/<slug:actie>/",
        meldingen.MeldingActieView.as_view(),
        name="melding_actie",
    ),
    path("jongere/<uuid:uuid>/melding/", meldingen.MeldingBijView.as_view(), name="melding_bij"),
    path("werkprocessen/", werkprocessen.WerkprocessenView.as_view(), name="werkprocessen"),
    path("werkprocessen/afwijken/", werkprocessen.AfwijkenView.as_view(), name="afwijken"),
    path("werkproces/<uuid:uuid>/", werkprocessen.WerkprocesView.as_view(), name="werkproces"),
    path("werkproces/<uuid:uuid>/stap/<slug:stap>/", werkprocessen.StapView.as_view(), name="stap"),
    path(
        "werkproces/<uuid:uuid>/proces-verbaal/",
        opsporing.PvView.as_view(),
        name="proces_verbaal",
    ),
    path("absoluut-verzuim/", registers.AbsoluutView.as_view(), name="absoluut_verzuim"),
    path("verlof/", verlof.VerlovenView.as_view(), name="verloven"),
    path("verlof/<uuid:uuid>/", verlof.VerlofView.as_view(), name="verlof"),
    path("jongere/<uuid:uuid>/verlof/", verlof.VerlofBijView.as_view(), name="verlof_bij"),
    path("jongere/<uuid:uuid>/luxeverzuim/", verlof.LuxeBijView.as_view(), name="luxe_bij"),
    path("luxeverzuim/<uuid:uuid>/", verlof.LuxeGezinView.as_view(), name="luxe_gezin"),
    path(
        "vrijstellingen/verlengen/",
        registers.VerlengenView.as_view(),
        name="vrijstellingen_verlengen",
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
