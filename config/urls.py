from django.urls import include, path

urlpatterns = [
    path("account/", include("accounts.account_urls")),
    path("", include("accounts.urls")),
]
