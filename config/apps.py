from django.apps import AppConfig


class LeerrechtConfig(AppConfig):
    name = "config"
    verbose_name = "Leerrecht"
