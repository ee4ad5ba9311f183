from django.urls import path

from casework import urls_agenda, urls_brieven, urls_privacy
from casework.views import (
    afscherming,
    akte,
    contact,
    documenten,
    dossier,
    gegevens,
    jongeren,
    noodtoegang,
    politie,
    politiewerk,
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
    path("jongere/<uuid:uuid>/gezin/nieuw/", gegevens.RelatieBijView.as_view(), name="relatie_bij"),
    path("relatie/<uuid:uuid>/", gegevens.RelatieView.as_view(), name="relatie"),
    path("jongere/<uuid:uuid>/adres/", gegevens.AdresBijView.as_view(), name="adres_bij"),
    path(
        "jongere/<uuid:uuid>/school/nieuw/",
        gegevens.InschrijvingBijView.as_view(),
        name="inschrijving_bij",
    ),
    path("inschrijving/<uuid:uuid>/", gegevens.UitschrijvingView.as_view(), name="uitschrijving"),
    path("jongere/<uuid:uuid>/diploma/", gegevens.DiplomaBijView.as_view(), name="diploma_bij"),
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
    path(
        "jongere/<uuid:uuid>/politiegegevens/",
        politie.JongerePolitieView.as_view(),
        name="jongere_politie",
    ),
    path("politiegegevens/", politiewerk.OverzichtView.as_view(), name="politie"),
    path("politiegegevens/zoeken/", politie.GerichtView.as_view(), name="politie_gericht"),
    path(
        "politiegegevens/verwijderd/",
        politiewerk.VerwijderdView.as_view(),
        name="politie_verwijderd",
    ),
    path(
        "politiegegevens/verzoek/<uuid:uuid>/",
        politiewerk.RegimeBesluitView.as_view(),
        name="regime_besluit",
    ),
    path(
        "politiegegevens/onderdeel/<uuid:uuid>/<slug:onderdeel>/",
        politie.OnderdeelView.as_view(),
        name="politie_onderdeel",
    ),
    *(
        path(
            f"politiegegevens/onderdeel/<uuid:uuid>/<slug:onderdeel>/{naam}/",
            view.as_view(),
            name=f"politie_{naam}",
        )
        for naam, view in (
            ("naar-wpg", politie.NaarWpgView),
            ("naar-avg", politie.NaarAvgView),
            ("persoon", politie.BetrokkeneView),
            ("onderzoek", politie.KoppelView),
            ("verstrekken", politie.VerstrekView),
        )
    ),
    path("verstrekkingen/", politiewerk.VerstrekkingenView.as_view(), name="verstrekkingen"),
    path(
        "verstrekkingen/<uuid:uuid>/",
        politiewerk.VerstrekkingBesluitView.as_view(),
        name="verstrekking",
    ),
    path("onderzoeken/", politiewerk.OnderzoekenView.as_view(), name="onderzoeken"),
    path("onderzoeken/nieuw/", politiewerk.OnderzoekNieuwView.as_view(), name="onderzoek_nieuw"),
    path("onderzoeken/<uuid:uuid>/", politiewerk.OnderzoekView.as_view(), name="onderzoek"),
    path(
        "onderzoeken/<uuid:uuid>/sluiten/",
        politiewerk.OnderzoekSluitenView.as_view(),
        name="onderzoek_sluiten",
    ),
    path("beheer/gebruikers/<int:pk>/akte/", akte.AkteView.as_view(), name="akte"),
    path("scholen/", scholen.ScholenView.as_view(), name="scholen"),
    path("school/<uuid:uuid>/", scholen.SchoolView.as_view(), name="school"),
    *urls_privacy.urlpatterns,
    *urls_brieven.urlpatterns,
    *urls_agenda.urlpatterns,
]
