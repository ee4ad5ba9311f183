from django.apps import AppConfig


class DoorstroompuntConfig(AppConfig):
    name = "doorstroompunt"
    verbose_name = "Doorstroompunt"

    def ready(self) -> None:
        from doorstroompunt import dossier  # models must be loaded first

        dossier.register()
