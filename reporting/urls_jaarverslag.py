from django.urls import path

from reporting.views import jaarverslag as v
from reporting.views import jaarverslag_secties as s
from reporting.views import jaarverslag_versies as w

urlpatterns = [
    path("verslag/", v.VerslagLijstView.as_view(), name="verslagen"),
    path("verslag/nieuw/", v.NieuwVerslagView.as_view(), name="verslag_nieuw"),
    path("verslag/<uuid:uuid>/", v.VerslagView.as_view(), name="jaarverslag"),
    path("verslag/<uuid:uuid>/voortgang/", v.VoortgangView.as_view(), name="verslag_voortgang"),
    path("verslag/<uuid:uuid>/tekst/", v.TekstView.as_view(), name="verslag_tekst"),
    path("verslag/<uuid:uuid>/voorbeeld/", v.VoorbeeldView.as_view(), name="verslag_voorbeeld"),
    path("verslag/<uuid:uuid>/controle/", v.ControleView.as_view(), name="verslag_controle"),
    path("verslag/<uuid:uuid>/maken/", v.MaakView.as_view(), name="verslag_maken"),
    path("verslag/<uuid:uuid>/cijfers/", v.VerversCijfersView.as_view(), name="verslag_cijfers"),
    path(
        "verslag/<uuid:uuid>/vaststellen/", v.VaststellenView.as_view(), name="verslag_vaststellen"
    ),
    path("verslag/<uuid:uuid>/heropenen/", v.HeropenView.as_view(), name="verslag_heropenen"),
    path("verslag/<uuid:uuid>/onderdeel/", s.SectieNieuwView.as_view(), name="sectie_nieuw"),
    path("verslag/<uuid:uuid>/onderdeel/<uuid:sectie>/", s.SectieView.as_view(), name="sectie"),
    path(
        "verslag/<uuid:uuid>/onderdeel/<uuid:sectie>/verplaatsen/",
        s.SectieVerplaatsView.as_view(),
        name="sectie_verplaatsen",
    ),
    path(
        "verslag/<uuid:uuid>/onderdeel/<uuid:sectie>/verwijderen/",
        s.SectieVerwijderView.as_view(),
        name="sectie_verwijderen",
    ),
    path("verslag/<uuid:uuid>/versie/<int:nummer>/", w.VersieView.as_view(), name="versie"),
    path(
        "verslag/<uuid:uuid>/versie/<int:nummer>/pdf/", w.VersiePdfView.as_view(), name="versie_pdf"
    ),
    path(
        "verslag/<uuid:uuid>/versie/<int:nummer>/cijfers/",
        w.VersieCijfersView.as_view(),
        name="versie_cijfers",
    ),
]
