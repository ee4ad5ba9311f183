from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
]
