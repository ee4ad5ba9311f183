from django.urls import path

from reporting.views import cijfers as v
from reporting.views.cijferlijst import CijferLijstView

urlpatterns = [
    path("cijfers/", v.CijfersView.as_view(), name="cijfers"),
    path("cijfers/<str:indicator>/", v.CijferView.as_view(), name="cijfer"),
    path("cijfers/<str:indicator>/lijst/", CijferLijstView.as_view(), name="cijfer_lijst"),
    path(
        "cijfers/<str:indicator>/tabel.<str:formaat>",
        v.CijferBestandView.as_view(),
        name="cijfer_bestand",
    ),
]
