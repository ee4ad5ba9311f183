from django.apps import AppConfig


class LeerplichtConfig(AppConfig):
    name = "leerplicht"
    verbose_name = "Leerplicht"
