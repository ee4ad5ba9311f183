from django.urls import path

from koppelingen.views import inlezen as i
from koppelingen.views import personen as p
from koppelingen.views import quarantaine as q
from koppelingen.views import uitvoer as u

app_name = "koppelingen"

urlpatterns = [
    path("", i.PakkettenView.as_view(), name="pakketten"),
    path("inlezen/", i.InlezenView.as_view(), name="inlezen"),
    path("inlezen/<uuid:uuid>/", i.RunView.as_view(), name="run"),
    path("inlezen/<uuid:uuid>/voortgang/", i.RunVoortgangView.as_view(), name="run_voortgang"),
    path("inlezen/<uuid:uuid>/echt/", i.RunEchtView.as_view(), name="run_echt"),
    path("inlezen/<uuid:uuid>/opnieuw/", i.RunOpnieuwView.as_view(), name="run_opnieuw"),
    path("inlezen/<uuid:uuid>/quarantaine/", q.QuarantaineView.as_view(), name="quarantaine"),
    path("inlezen/<uuid:uuid>/aanbieden/", q.AanbiedenView.as_view(), name="aanbieden"),
    path("inlezen/<uuid:uuid>/quarantaine/<int:pk>/", q.RijView.as_view(), name="quarantaine_rij"),
    path(
        "inlezen/<uuid:uuid>/quarantaine/<int:pk>/vervallen/",
        q.RijVervallenView.as_view(),
        name="quarantaine_vervallen",
    ),
    path("inlezen/<uuid:uuid>/personen/", p.PersonenView.as_view(), name="personen"),
    path(
        "inlezen/<uuid:uuid>/personen/<int:pk>/",
        p.PersoonsvraagView.as_view(),
        name="persoonsvraag",
    ),
    path("uitvoer/", u.UitvoerenView.as_view(), name="uitvoeren"),
    path("uitvoer/nieuw/", u.UitvoerNieuwView.as_view(), name="uitvoer_nieuw"),
    path("uitvoer/<uuid:uuid>/", u.UitvoerView.as_view(), name="uitvoer"),
    path(
        "uitvoer/<uuid:uuid>/voortgang/", u.UitvoerVoortgangView.as_view(), name="uitvoer_voortgang"
    ),
    path("uitvoer/<uuid:uuid>/bestand/", u.UitvoerBestandView.as_view(), name="uitvoer_bestand"),
]
