from django.apps import AppConfig


class KoppelingenConfig(AppConfig):
    name = "koppelingen"
    verbose_name = "Koppelingen"

    def ready(self) -> None:
        from koppelingen import dossier  # models must be loaded first

        dossier.register()
