from django.urls import include, path

from config.views import gezond, security_txt

urlpatterns = [
    path("gezond", gezond, name="gezond"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("account/", include("accounts.account_urls")),
    path("", include("accounts.urls")),
    path("", include("reporting.urls")),
    path("", include("casework.urls")),
    path("", include("leerplicht.urls")),
    path("api/", include("koppelingen.api.urls")),
    path("doorstroompunt/", include("doorstroompunt.urls")),
    path("pakket/", include("koppelingen.urls")),
]
