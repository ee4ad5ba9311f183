from django.urls import path

from casework.views import briefteksten, brieven

urlpatterns = [
    path("jongere/<uuid:uuid>/brief/", brieven.BriefKiezenView.as_view(), name="brief_kiezen"),
    path(
        "jongere/<uuid:uuid>/brief/<slug:soort>/",
        brieven.BriefNieuwView.as_view(),
        name="brief_nieuw",
    ),
    path("brieven/", brieven.BrievenView.as_view(), name="brieven"),
    path("brieven/nieuw/", brieven.BulkKiezenView.as_view(), name="brieven_kiezen"),
    path("brieven/nieuw/<slug:soort>/", brieven.BulkView.as_view(), name="brieven_bulk"),
    path("brieven/<uuid:uuid>/", brieven.RondeView.as_view(), name="brievenronde"),
    path(
        "brieven/<uuid:uuid>/voortgang/",
        brieven.RondeVoortgangView.as_view(),
        name="brievenronde_voortgang",
    ),
    path(
        "brieven/<uuid:uuid>/afdruk/", brieven.RondeAfdrukView.as_view(), name="brievenronde_afdruk"
    ),
    path("briefteksten/", briefteksten.BriefTekstenView.as_view(), name="briefteksten"),
    path(
        "briefteksten/<slug:code>/afzender/",
        briefteksten.BriefAfzenderView.as_view(),
        name="briefafzender",
    ),
    path(
        "briefteksten/<slug:code>/<slug:soort>/",
        briefteksten.BriefTekstView.as_view(),
        name="brieftekst",
    ),
]
