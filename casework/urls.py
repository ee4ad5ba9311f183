from django.urls import path

from casework.views import (
    afscherming,
    contact,
    documenten,
    dossier,
    jongeren,
    noodtoegang,
    scholen,
    zoeken,
)

app_name = "casework"

urlpatterns = [
    path("zoeken/", zoeken.ZoekenView.as_view(), name="zoeken"),
    path("jongeren/", jongeren.JongerenView.as_view(), name="jongeren"),
    path("jongere/nieuw/", jongeren.JongereNieuwView.as_view(), name="jongere_nieuw"),
    path("jongere/<uuid:uuid>/", dossier.TijdlijnView.as_view(), name="jongere"),
    path("jongere/<uuid:uuid>/gezin/", dossier.GezinView.as_view(), name="jongere_gezin"),
    path(
        "jongere/<uuid:uuid>/toon/<slug:onderdeel>/",
        dossier.ToonView.as_view(),
        name="jongere_toon",
    ),
    path(
        "jongere/<uuid:uuid>/school/", dossier.SchoolloopbaanView.as_view(), name="jongere_school"
    ),
    path(
        "jongere/<uuid:uuid>/meldingen/",
        dossier.MeldingenTabView.as_view(),
        name="jongere_meldingen",
    ),
    path(
        "jongere/<uuid:uuid>/werkprocessen/",
        dossier.WerkprocessenTabView.as_view(),
        name="jongere_werkprocessen",
    ),
    path(
        "jongere/<uuid:uuid>/documenten/",
        documenten.DocumentenView.as_view(),
        name="jongere_documenten",
    ),
    path(
        "jongere/<uuid:uuid>/documenten/nieuw/",
        documenten.DocumentNieuwView.as_view(),
        name="document_nieuw",
    ),
    path("jongere/<uuid:uuid>/wie-keek/", dossier.WieKeekView.as_view(), name="jongere_wie_keek"),
    path("jongere/<uuid:uuid>/notitie/", contact.NotitieView.as_view(), name="notitie"),
    path("jongere/<uuid:uuid>/afspraak/", contact.AfspraakView.as_view(), name="afspraak"),
    path("jongere/<uuid:uuid>/actie/", contact.ActieView.as_view(), name="actie"),
    path("actie/<uuid:uuid>/gedaan/", contact.ActieGedaanView.as_view(), name="actie_gedaan"),
    path("document/<uuid:uuid>/", documenten.DocumentView.as_view(), name="document"),
    path(
        "jongere/<uuid:uuid>/afscherming/",
        afscherming.AfschermingTabView.as_view(),
        name="jongere_afscherming",
    ),
    path(
        "jongere/<uuid:uuid>/afscherming/sluiten/",
        afscherming.AfsluitenView.as_view(),
        name="jongere_afsluiten",
    ),
    path("jongere/<uuid:uuid>/betrokken/", afscherming.BetrokkenView.as_view(), name="betrokken"),
    path(
        "jongere/<uuid:uuid>/betrokken/<int:pk>/vervalt/",
        afscherming.BetrokkenVervaltView.as_view(),
        name="betrokken_vervalt",
    ),
    path("betrokken/", afscherming.BetrokkenZelfView.as_view(), name="betrokken_zelf"),
    path("afschermingen/", afscherming.AfschermingenView.as_view(), name="afschermingen"),
    path(
        "afschermingen/verzoek/<uuid:uuid>/",
        afscherming.AfschermingBesluitView.as_view(),
        name="afscherming_besluit",
    ),
    path(
        "afscherming/<uuid:uuid>/<slug:actie>/",
        afscherming.AfschermingVraagView.as_view(),
        name="afscherming_vraag",
    ),
    path("noodtoegang/", noodtoegang.NoodtoegangView.as_view(), name="noodtoegang"),
    path("noodtoegangen/", noodtoegang.NoodtoegangenView.as_view(), name="noodtoegangen"),
    path(
        "noodtoegangen/<uuid:uuid>/",
        noodtoegang.NoodtoegangOordeelView.as_view(),
        name="noodtoegang_oordeel",
    ),
    path("scholen/", scholen.ScholenView.as_view(), name="scholen"),
    path("school/<uuid:uuid>/", scholen.SchoolView.as_view(), name="school"),
]
