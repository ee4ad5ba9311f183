from django.urls import path

from doorstroompunt.views import contact, mijn, nieuw, traject, trajecten, verzuim

app_name = "doorstroompunt"

urlpatterns = [
    path("mijn-jongeren/", mijn.MijnJongerenView.as_view(), name="mijn_jongeren"),
    path("trajecten/", trajecten.TrajectenView.as_view(), name="trajecten"),
    path("traject/nieuw/", nieuw.TrajectNieuwView.as_view(), name="traject_nieuw"),
    path("jongere/<uuid:uuid>/traject/", nieuw.TrajectBijView.as_view(), name="traject_bij"),
    path("traject/<uuid:uuid>/", traject.TrajectView.as_view(), name="traject"),
    path("traject/<uuid:uuid>/stap/<slug:stap>/", traject.StapView.as_view(), name="stap"),
    path("traject/<uuid:uuid>/overnemen/", traject.OvernemenView.as_view(), name="overnemen"),
    path("traject/<uuid:uuid>/poging/", contact.SnellePogingView.as_view(), name="snelle_poging"),
    path(
        "traject/<uuid:uuid>/poging/nieuw/",
        contact.PogingNieuwView.as_view(),
        name="poging_nieuw",
    ),
    path("poging/<uuid:uuid>/", contact.PogingView.as_view(), name="poging"),
    path("traject/<uuid:uuid>/doel/", contact.DoelNieuwView.as_view(), name="doel_nieuw"),
    path("doel/<uuid:uuid>/", contact.DoelView.as_view(), name="doel"),
    path("verzuim/", verzuim.VerzuimView.as_view(), name="verzuim"),
    path("verzuim/<uuid:uuid>/", verzuim.MeldingView.as_view(), name="verzuim_melding"),
    path(
        "verzuim/<uuid:uuid>/<slug:actie>/",
        verzuim.MeldingActieView.as_view(),
        name="verzuim_actie",
    ),
]
