from django.apps import AppConfig


class LeerplichtConfig(AppConfig):
    name = "leerplicht"
    verbose_name = "Leerplicht"

    def ready(self) -> None:
        from leerplicht import dossier  # models must be loaded first

        dossier.register()
