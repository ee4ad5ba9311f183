from django.urls import path

from leerplicht.views import overleg

urlpatterns = [
    path("overleg/<uuid:uuid>/", overleg.OverlegView.as_view(), name="overleg"),
    path("jongere/<uuid:uuid>/overleg/", overleg.OverlegBijView.as_view(), name="overleg_bij"),
    path("jongere/<uuid:uuid>/zorg/", overleg.ZorgBijView.as_view(), name="zorg_bij"),
]
