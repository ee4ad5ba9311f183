from django.urls import path

from leerplicht.views import meldcode

urlpatterns = [
    path("meldcode/", meldcode.MeldcodesView.as_view(), name="meldcodes"),
    path("meldcode/<uuid:uuid>/", meldcode.MeldcodeView.as_view(), name="meldcode"),
    path(
        "meldcode/<uuid:uuid>/stap/<slug:stap>/",
        meldcode.MeldcodeStapView.as_view(),
        name="meldcode_stap",
    ),
    path("jongere/<uuid:uuid>/meldcode/", meldcode.MeldcodeBijView.as_view(), name="meldcode_bij"),
]
