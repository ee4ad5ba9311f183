from django.urls import path

from koppelingen.api.views import Cijfers, Indicatoren, Onbekend, OpenApi

app_name = "api"

urlpatterns = [
    path("v1/openapi.json", OpenApi.as_view(), name="openapi"),
    path("v1/indicatoren", Indicatoren.as_view(), name="indicatoren"),
    path("v1/cijfers", Cijfers.as_view(), name="cijfers"),
    path("<path:rest>", Onbekend.as_view(), name="onbekend"),
]
