"""Pages of the privacy officer: requests, retention and data breaches."""

from django.urls import path

from casework.views import bewaren, datalek, privacy

LIJST = "privacy/vernietiging/<uuid:uuid>"
urlpatterns = [
    path("privacy/verzoeken/", privacy.VerzoekenView.as_view(), name="verzoeken"),
    path("privacy/verzoeken/nieuw/", privacy.JongereZoekView.as_view(), name="verzoek_zoeken"),
    path(
        "privacy/verzoeken/nieuw/<uuid:uuid>/",
        privacy.VerzoekNieuwView.as_view(),
        name="verzoek_nieuw",
    ),
    path("privacy/verzoek/<uuid:uuid>/", privacy.VerzoekView.as_view(), name="verzoek"),
    *(
        path(f"privacy/verzoek/<uuid:uuid>/{naam}/", view.as_view(), name=f"verzoek_{naam}")
        for naam, view in (
            ("verlengen", privacy.VerlengView),
            ("besluit", privacy.BesluitView),
            ("inzage", privacy.InzageNieuwView),
            ("rectificeren", privacy.RectificeerView),
        )
    ),
    path("privacy/inzage/<uuid:uuid>/", privacy.InzageView.as_view(), name="inzage"),
    path(
        "privacy/inzage/<uuid:uuid>/voortgang/",
        privacy.InzageVoortgangView.as_view(),
        name="inzage_voortgang",
    ),
    path(
        "privacy/inzage/<uuid:uuid>/bestand/<slug:soort>/",
        privacy.InzageBestandView.as_view(),
        name="inzage_bestand",
    ),
    path(
        "privacy/rectificatie/<uuid:uuid>/", privacy.RectificatieView.as_view(), name="rectificatie"
    ),
    path(
        "privacy/kennisgeving/<uuid:uuid>/", privacy.KennisgevingView.as_view(), name="kennisgeving"
    ),
    path("privacy/bewaren/", bewaren.BewarenView.as_view(), name="bewaren"),
    path(f"{LIJST}/", bewaren.VernietigingslijstView.as_view(), name="vernietigingslijst"),
    path(
        f"{LIJST}/voortgang/",
        bewaren.VernietigingVoortgangView.as_view(),
        name="vernietiging_voortgang",
    ),
    path(
        f"{LIJST}/afwijzen/",
        bewaren.VernietigingAfwijzenView.as_view(),
        name="vernietiging_afwijzen",
    ),
    path(f"{LIJST}/verklaring/", bewaren.VerklaringView.as_view(), name="verklaring"),
    path(
        f"{LIJST}/doen/<slug:actie>/",
        bewaren.VernietigingActieView.as_view(),
        name="vernietiging_actie",
    ),
    path("privacy/bewaarstop/nieuw/", bewaren.StopZoekView.as_view(), name="bewaarstop_zoeken"),
    path(
        "privacy/bewaarstop/nieuw/<uuid:uuid>/",
        bewaren.StopNieuwView.as_view(),
        name="bewaarstop_nieuw",
    ),
    path("privacy/bewaarstop/<uuid:uuid>/", bewaren.StopView.as_view(), name="bewaarstop"),
    path("privacy/datalekken/", datalek.DatalekkenView.as_view(), name="datalekken"),
    path("privacy/datalekken/nieuw/", datalek.DatalekNieuwView.as_view(), name="datalek_nieuw"),
    path("privacy/datalek/<uuid:uuid>/", datalek.DatalekView.as_view(), name="datalek"),
    path(
        "privacy/datalek/<uuid:uuid>/wijzigen/",
        datalek.DatalekWijzigView.as_view(),
        name="datalek_wijzigen",
    ),
    path(
        "privacy/datalek/<uuid:uuid>/besluit/",
        datalek.DatalekBesluitView.as_view(),
        name="datalek_besluit",
    ),
]
